import { describe, expect, it } from 'vitest';
import { ROUTES } from '#libs/contracts';
import { connectionBody, type ConnectionKind, faultsOf, startValues } from './connection-values.js';

const CERTIFICATE = '-----BEGIN CERTIFICATE-----\ninvented\n-----END CERTIFICATE-----';

const filled = (kind: ConnectionKind) => ({
  ...startValues({ kind, production: false, participation: 'A' }),
  url: kind === 'sftp' ? 'sftp://files.insurer.example:22' : 'https://claims.insurer.example/in',
  receiverId: 'ACME1',
  secret: 'an-invented-secret',
  certificateAuthority: kind === 'https-mtls' ? CERTIFICATE : '',
  clientCertificate: kind === 'https-mtls' ? CERTIFICATE : '',
  tokenUrl: kind === 'https-oauth2' ? 'https://login.insurer.example/token' : '',
  clientId: kind === 'https-oauth2' ? 'practice' : '',
  hostKey: kind === 'sftp' ? `SHA256:${'a'.repeat(43)}` : '',
  user: kind === 'sftp' ? 'practice' : '',
  inbound: kind === 'sftp' ? '/in' : '',
  outbound: kind === 'sftp' ? '/out' : '',
});

const KINDS = ['https', 'https-oauth2', 'https-mtls', 'sftp'] as const;

describe('what was entered of a connection', () => {
  it.each(KINDS)('is, as %s, what the contract takes', (kind) => {
    expect(faultsOf(filled(kind))).toEqual({});
    expect(ROUTES.changeConnection.body.safeParse(connectionBody(filled(kind))).error?.issues ?? []).toEqual([]);
  });

  it('leaves behind what was typed for another kind', () => {
    const typed = { ...filled('sftp'), kind: 'https' as const, url: 'https://claims.insurer.example/in' };
    expect(Object.keys(connectionBody(typed)).sort()).toEqual(
      ['kind', 'participation', 'production', 'receiverId', 'secret', 'url'].sort(),
    );
  });

  it.each(KINDS)('says, as %s, what is missing', (kind) => {
    const faults = faultsOf(startValues({ kind, production: false, participation: 'C' }));
    expect(faults.url).toBe('required');
    expect(faults.secret).toBe('required');
    expect(faults.receiverId).toBe('required');
  });

  it('says what has another form than it must', () => {
    const wrong = { ...filled('sftp'), url: 'https://x', hostKey: 'SHA256:short', suffix: 'x12', pin: 'x' };
    expect(faultsOf(wrong)).toEqual({ url: 'sftp', hostKey: 'hostKey', suffix: 'suffix' });
    // What was typed wrong for one kind is in nobody’s way once another is chosen.
    expect(faultsOf({ ...wrong, kind: 'https' })).toEqual({ pin: 'pin' });
    expect(faultsOf({ ...filled('https'), url: 'https://user@insurer.example' }).url).toBe('web');
    expect(faultsOf({ ...filled('https-mtls'), clientCertificate: 'no' }).clientCertificate).toBe('pem');
  });
});
