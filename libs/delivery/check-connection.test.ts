import { readFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { InsurerProfile, InsurerRecord, WebConnection } from '#libs/application';
import type { InsurerId } from '#libs/kernel';
import { mustHaveSshd, startSshd } from '../../test/support/own-sshd.js';
import { sshdMissing, type SshdProcess } from '../../test/support/sshd-process.mjs';
import { createConnectionCheck } from './check-connection.js';
import { sftpStand, type SftpStand } from './sftp-stand.fixture.js';

const fixture = (name: string): string => readFileSync(new URL(`./fixtures/${name}.pem`, import.meta.url), 'utf8');

const checker = (resolve: readonly string[] = ['127.0.0.1'], allowLoopback = true) =>
  createConnectionCheck({
    monotonic: () => performance.now(),
    clock: { now: () => 1_790_000_000_000 },
    ids: { uuid: () => '00000000-0000-4000-8000-00000000beef' },
    allowLoopback,
    resolve: () => Promise.resolve(resolve),
    timeouts: { connect: 2_000, headers: 2_000 },
  });

const told = (steps: Awaited<ReturnType<ReturnType<typeof checker>>>) =>
  steps.map(({ step, outcome, code, status }) =>
    [step, outcome, code, status].filter((one) => one !== undefined).join(' '),
  );

describe('checking a service over HTTPS', () => {
  let server: Server;
  let requests: IncomingMessage[];
  let status: number;

  beforeEach(async () => {
    requests = [];
    status = 200;
    server = createServer({ cert: fixture('insurer'), key: fixture('insurer-key') }, (request, response) => {
      requests.push(request);
      response.writeHead(request.headers.authorization === 'Bearer invented-token' ? status : 401).end('{}');
    });
    server.on('tlsClientError', () => undefined);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  });
  afterEach(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });

  const insurer = (change: object = {}, profile: Partial<InsurerProfile> = {}): InsurerRecord<WebConnection> => ({
    id: '00000000-0000-4000-8000-0000000000aa' as InsurerId,
    profile: { inFlightCap: 4, resolution: 'probe', ...profile } as InsurerProfile,
    connection: {
      url: `https://insurer.example:${(server.address() as AddressInfo).port}/v2/`,
      receiverId: 'R',
      production: false,
      certificateAuthority: fixture('authority'),
      ...change,
    },
    token: 'invented-token',
  });

  it('names each step, and asks nothing where the profile names no harmless question', async () => {
    expect(told(await checker()(insurer()))).toEqual([
      'address ok',
      'connect ok',
      'tls ok',
      'authenticate skipped not_named_by_profile',
    ]);
    expect(requests).toEqual([]);
  });

  it('asks what the profile names, with the token and nothing else', async () => {
    const steps = await checker()(insurer({}, { check: { path: '/ping' } }));
    expect(told(steps).at(-1)).toBe('authenticate ok');
    expect(requests.map(({ method, url }) => `${method ?? ''} ${url ?? ''}`)).toEqual(['GET /v2/ping']);
    expect(Object.keys(requests[0]?.headers ?? {}).sort()).toEqual(['accept', 'authorization', 'connection', 'host']);
  });

  it('says by code at which step it ends', async () => {
    const profile = { check: { path: '/ping' } };
    const wrongToken = { ...insurer({}, profile), token: 'another-token' };
    expect(told(await checker()(wrongToken)).at(-1)).toBe('authenticate failed unauthorized 401');
    status = 302;
    expect(told(await checker()(insurer({}, profile))).at(-1)).toBe('authenticate failed redirect_refused 302');
    expect(told(await checker()(insurer({ pin: Buffer.alloc(32).toString('base64') })))).toEqual([
      'address ok',
      'connect ok',
      'tls failed tls_pin_mismatch',
      'authenticate skipped',
    ]);
    expect(told(await checker()(insurer({ url: 'https://insurer.example:1/' })))).toEqual([
      'address ok',
      'connect failed connection_refused',
      'tls skipped',
      'authenticate skipped',
    ]);
  });

  it('goes nowhere behind the egress guard', async () => {
    const before = requests.length;
    for (const [addresses, loopback] of [
      [['10.0.0.1'], true],
      [['127.0.0.1'], false],
      [['169.254.169.254'], true],
    ] as const)
      expect(told(await checker(addresses, loopback)(insurer()))).toEqual([
        'address failed egress_denied',
        'connect skipped',
        'tls skipped',
        'authenticate skipped',
      ]);
    expect(told(await checker([])(insurer()))[0]).toBe('address failed name_not_resolved');
    expect(requests).toHaveLength(before);
  });

  it('gets a token where the connection says so, from behind the same guard', async () => {
    const { port } = server.address() as AddressInfo;
    const service = { certificateAuthority: fixture('authority'), url: `https://insurer.example:${port}/token` };
    const steps = await checker()(
      insurer({
        kind: 'https-oauth2',
        token: { ...service, clientId: 'us', authentication: 'client-secret' },
      }),
    );
    expect(told(steps).at(-1)).toBe('authenticate failed token_refused');
  });
});

it('an SSH server is there in CI', mustHaveSshd);

describe.skipIf(sshdMissing !== undefined)(sshdMissing ?? 'checking a real SSH server', () => {
  let stand: SftpStand<SshdProcess>;

  beforeEach(async () => {
    stand = await sftpStand(await startSshd({ gated: true }));
  });
  afterEach(() => stand.close());

  it('signs in and looks, and leaves nothing', async () => {
    expect(told(await checker()(stand.insurer))).toEqual([
      'address ok',
      'connect ok',
      'host-key ok',
      'authenticate ok',
      'list ok',
    ]);
    const writes = { ...stand.insurer, profile: { ...stand.insurer.profile, check: { write: true } } } as InsurerRecord;
    expect(told(await checker()(writes)).at(-1)).toBe('write ok');
    expect(await stand.names()).toEqual([]);
  });

  it('says by code at which step it ends', async () => {
    await stand.behave('is somebody else');
    expect(told(await checker()(stand.insurer))).toEqual([
      'address ok',
      'connect ok',
      'host-key failed host_key_changed',
      'authenticate skipped',
      'list skipped',
    ]);
    await stand.behave('lets nobody in');
    expect(told(await checker()(stand.insurer)).slice(2)).toEqual([
      'host-key ok',
      'authenticate failed unauthorized',
      'list skipped',
    ]);
    await stand.behave('accepts');
    const elsewhere = { ...stand.insurer, connection: { ...stand.insurer.connection, inbound: '/nowhere' } };
    expect(told(await checker()(elsewhere)).at(-1)).toBe('list failed directory_missing');
  });
});
