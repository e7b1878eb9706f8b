import { createPublicKey, generateKeyPairSync, verify } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { InsurerProfile, InsurerRecord, OAuthConnection, Permit } from '#libs/application';
import type { Sealed } from '#libs/disclosure';
import type { InsurerId, TransmissionId } from '#libs/kernel';
import { createHttpsTransport, type HttpsTransport } from './https-transport.js';
import { aSealed } from './sealed.fixture.js';

/** An insurer and its token end point, on one port: `/token`, and everything else. */
class Site {
  readonly asked: { readonly authorization: string; readonly form: URLSearchParams }[] = [];
  readonly authorizations: string[] = [];
  /** Tokens that the service takes; the token end point gives out token-1, token-2 and so on. */
  good: (token: string) => boolean = () => true;
  token: (response: ServerResponse, number: number) => void = (response, number) =>
    this.say(response, 200, { access_token: `token-${number}`, token_type: 'Bearer', expires_in: 600 });
  submitted: (response: ServerResponse) => void = (response) => this.say(response, 202, { receipt: 'r' });

  private constructor(readonly server: Server) {}

  static async open(): Promise<Site> {
    const server = createServer();
    const site = new Site(server);
    server.on('request', (request, response) => void site.answer(request, response));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return site;
  }

  get url(): string {
    return `http://insurer.example:${(this.server.address() as AddressInfo).port}`;
  }

  say(response: ServerResponse, status: number, body: unknown): void {
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
  }

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const authorization = request.headers.authorization ?? '';
    if (request.url === '/token') {
      this.asked.push({ authorization, form: new URLSearchParams(Buffer.concat(chunks).toString()) });
      this.token(response, this.asked.length);
      return;
    }
    this.authorizations.push(authorization);
    if (!this.good(authorization.replace('Bearer ', ''))) this.say(response, 401, {});
    else if (request.method === 'POST') this.submitted(response);
    else this.say(response, 404, { known: false });
  }
}

let site: Site;
let now: number;
let https: HttpsTransport;

const insurer = (
  change: Partial<OAuthConnection['token']> = {},
  secret = 's3cret&=%',
): InsurerRecord<OAuthConnection> => ({
  id: '00000000-0000-4000-8000-0000000000aa' as InsurerId,
  profile: { inFlightCap: 8, resolution: 'idempotency-key' } as InsurerProfile,
  connection: {
    kind: 'https-oauth2',
    url: site.url,
    receiverId: 'R',
    production: false,
    token: { url: `${site.url}/token`, clientId: 'client:1', authentication: 'client-secret', ...change },
  },
  token: secret,
});

const permit = (): Permit & { readonly asked: number } => {
  const stand = {
    transmission: '00000000-0000-4000-8000-000000000001' as TransmissionId,
    asked: 0,
    use: () => (stand.asked += 1) === 1,
  };
  const unknown: unknown = stand;
  return unknown as Permit & { readonly asked: number };
};

const send = (to = insurer(), given = permit(), bytes: Sealed = aSealed()) => https.send(bytes, given, to);

beforeEach(async () => {
  site = await Site.open();
  now = 0;
  https = createHttpsTransport({
    monotonic: () => now,
    clock: { now: () => 1_790_000_000_000 },
    ids: { uuid: () => '00000000-0000-4000-8000-00000000beef' },
    allowLoopback: true,
    resolve: (host) => Promise.resolve([host === 'inside.example' ? '10.0.0.1' : '127.0.0.1']),
    timeouts: { connect: 300, headers: 300, body: 300 },
  });
});

afterEach(async () => {
  await https.close();
  site.server.closeAllConnections();
  await new Promise((resolve) => site.server.close(resolve));
});

describe('a token by client credentials', () => {
  it('is asked for as RFC 6749 says, and goes as a bearer token', async () => {
    expect(await send(insurer({ scope: 'claims answers' }))).toEqual({ kind: 'accepted', status: 202 });
    const [asked] = site.asked;
    expect(asked?.authorization).toBe(`Basic ${Buffer.from('client%3A1:s3cret%26%3D%25').toString('base64')}`);
    expect([...(asked?.form ?? [])]).toEqual([
      ['grant_type', 'client_credentials'],
      ['scope', 'claims answers'],
    ]);
    expect(site.authorizations).toEqual(['Bearer token-1']);
  });

  it('is asked for with an assertion that the key signed, and the secret stays here', async () => {
    for (const pair of [
      generateKeyPairSync('ec', { namedCurve: 'P-256' }),
      generateKeyPairSync('rsa', { modulusLength: 2048 }),
    ]) {
      const key = pair.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
      const to = insurer({ authentication: 'private-key-jwt', keyId: 'k1' }, key);
      expect((await send(to)).kind).toBe('accepted');
      const asked = site.asked.at(-1);
      expect(asked?.authorization).toBe('');
      const [head = '', claims = '', signature = ''] = asked?.form.get('client_assertion')?.split('.') ?? [];
      const isEc = pair.publicKey.asymmetricKeyType === 'ec';
      expect(JSON.parse(Buffer.from(head, 'base64url').toString())).toEqual({
        alg: isEc ? 'ES256' : 'RS256',
        typ: 'JWT',
        kid: 'k1',
      });
      expect(JSON.parse(Buffer.from(claims, 'base64url').toString())).toEqual({
        ...{ iss: 'client:1', sub: 'client:1', aud: `${site.url}/token` },
        ...{ jti: '00000000-0000-4000-8000-00000000beef', iat: 1_790_000_000, exp: 1_790_000_060 },
      });
      const publicKey = createPublicKey(pair.publicKey.export({ type: 'spki', format: 'pem' }).toString());
      const given = Buffer.from(`${head}.${claims}`);
      expect(
        verify('sha256', given, { key: publicKey, dsaEncoding: 'ieee-p1363' }, Buffer.from(signature, 'base64url')),
      ).toBe(true);
    }
  });

  it('is asked for once by many who wait, and again shortly before it expires', async () => {
    const outcomes = await Promise.all(Array.from({ length: 8 }, () => send()));
    expect(outcomes.every(({ kind }) => kind === 'accepted')).toBe(true);
    expect(site.asked).toHaveLength(1);
    now = 569_999;
    await send();
    expect(site.asked).toHaveLength(1);
    now = 570_000;
    await send();
    expect(site.asked).toHaveLength(2);
    expect(site.authorizations.at(-1)).toBe('Bearer token-2');
  });

  it('is another one for another secret', async () => {
    await send();
    await send(insurer({}, 'another'));
    expect(site.asked).toHaveLength(2);
  });

  it('that the insurer refuses is replaced once, by an attempt with a permit of its own', async () => {
    site.good = (token) => token !== 'token-1';
    const first = permit();
    expect(await send(insurer(), first)).toEqual({ kind: 'not-sent', code: 'token_stale' });
    expect(first.asked).toBe(1);
    expect(await send()).toEqual({ kind: 'accepted', status: 202 });
    expect(site.authorizations).toEqual(['Bearer token-1', 'Bearer token-2']);
    expect(site.asked).toHaveLength(2);
  });

  it('that many find refused is replaced once', async () => {
    site.good = (token) => token !== 'token-1';
    const outcomes = await Promise.all(Array.from({ length: 8 }, () => send()));
    expect(new Set(outcomes.map((one) => JSON.stringify(one)))).toEqual(
      new Set([JSON.stringify({ kind: 'not-sent', code: 'token_stale' })]),
    );
    expect((await send()).kind).toBe('accepted');
    expect(site.asked).toHaveLength(2);
  });

  it('is not replaced for ever: refused anew, a person must look', async () => {
    site.good = () => false;
    expect(await send()).toEqual({ kind: 'not-sent', code: 'token_stale' });
    expect(await send()).toEqual({ kind: 'refused', code: 'unauthorized', status: 401 });
    expect(site.asked).toHaveLength(2);
  });

  it('that was taken in between is replaced again when it is refused one day', async () => {
    site.good = (token) => token === 'token-2';
    await send();
    expect((await send()).kind).toBe('accepted');
    site.good = (token) => token === 'token-3';
    expect(await send()).toEqual({ kind: 'not-sent', code: 'token_stale' });
    expect((await send()).kind).toBe('accepted');
  });

  it('is not replaced for an answer that breaks off: the claim may have been taken in', async () => {
    site.submitted = (response) => {
      response.writeHead(401, { 'content-length': 50 }).write('{');
      setTimeout(() => response.socket?.destroy(), 20);
    };
    expect(await send()).toMatchObject({ kind: 'ambiguous', status: 401 });
    await send();
    expect(site.asked).toHaveLength(1);
  });

  it('is replaced for a reading, which is then made again', async () => {
    site.good = (token) => token !== 'token-1';
    expect(await https.probe('key-0001', insurer())).toEqual({ kind: 'unseen' });
    expect(site.authorizations).toEqual(['Bearer token-1', 'Bearer token-2']);
  });
});

describe('without a token nothing is sent', () => {
  const fails = async (expected: string, to = insurer()) => {
    const given = permit();
    expect(await send(to, given)).toEqual({ kind: 'not-sent', code: expected });
    expect(given.asked).toBe(0);
    expect(site.authorizations).toEqual([]);
  };

  it.each([
    ['400', 400, { error: 'invalid_client' }, 'token_refused'],
    ['401', 401, {}, 'token_refused'],
    ['500', 500, {}, 'token_unavailable'],
    ['302', 302, {}, 'token_unavailable'],
    ['another type', 200, { access_token: 'a', token_type: 'mac' }, 'token_unavailable'],
    ['what cannot stand in a header', 200, { access_token: 'a\r\nb: c', token_type: 'bearer' }, 'token_unavailable'],
    ['no token', 200, { token_type: 'bearer' }, 'token_unavailable'],
    ['no JSON', 200, undefined, 'token_unavailable'],
  ] as const)('the end point says %s', async (_name, status, body, expected) => {
    site.token = (response) => site.say(response, status, body);
    await fails(expected);
  });

  it('the end point is silent', async () => {
    site.token = () => undefined;
    await fails('token_unavailable');
  });

  it('the end point is an address inside', async () => {
    await fails('egress_denied', insurer({ url: 'http://[::ffff:7f00:1]/token' }));
    await fails('egress_denied', insurer({ url: 'https://inside.example/token' }));
    await fails('egress_denied', insurer({ url: 'ftp://insurer.example/token' }));
  });

  it('the key signs nothing', () => fails('token_refused', insurer({ authentication: 'private-key-jwt' })));

  it('and a failure is not remembered', async () => {
    site.token = (response) => site.say(response, 503, {});
    await fails('token_unavailable');
    site.token = (response) => site.say(response, 200, { access_token: 'b', token_type: 'bearer', expires_in: 60 });
    expect((await send()).kind).toBe('accepted');
  });
});
