import { createHash } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { ROUTES } from '#libs/contracts';
import { type Gateway, openGateway, PASSWORD, SIGN_IN } from './gateway.fixture.js';
import { SENT } from './insight-samples.fixture.js';
import { THING } from './samples.fixture.js';

let gateway: Gateway;

beforeAll(async () => {
  gateway = await openGateway();
  gateway.useCases.signIn = SIGN_IN;
});
afterEach(() => {
  gateway.directory.mustChange = false;
});
afterAll(() => gateway.close());

const get = (url: string, headers: Record<string, string>) => gateway.app.inject({ method: 'GET', url, headers });

describe('the very bytes that were sent', () => {
  const url = `/v1/disclosures/${THING}/sent`;

  it('come as a file with the stored digest as tag and the computed one beside it', async () => {
    const answer = await get(url, gateway.session(['billing']));
    expect([answer.statusCode, answer.body]).toEqual([200, 'ISA*00~']);
    expect(answer.headers).toMatchObject({
      'content-type': 'application/edi-x12',
      'content-disposition': `attachment; filename="${THING}.x12"`,
      etag: `"${SENT.digest}"`,
      'repr-digest': `sha-256=:${createHash('sha256').update(SENT.bytes).digest('base64')}:`,
      'cache-control': 'no-store',
    });
  });

  it('are for no program', async () => {
    const answer = await get(url, gateway.apiKey(['billing']));
    expect([answer.statusCode, answer.json().code]).toEqual([403, 'person_required']);
  });
});

describe('a comparison', () => {
  it('masks what a role may not see', async () => {
    const url = `/v1/disclosures/${THING}/comparison`;
    const billing = await get(url, gateway.session(['billing']));
    expect(billing.json().rows[0]).toMatchObject({
      change: 'hidden',
      before: { masked: true },
      after: { masked: true },
    });
    expect(billing.body).not.toContain('CLINICAL');
    expect((await get(url, gateway.session(['clinician']))).json().rows[0].change).toBe('changed');
  });
});

describe('what comes in', () => {
  it.each([
    '/v1/dashboard?from=2026-02-30',
    '/v1/dashboard?step=hour',
    '/v1/dashboard?client=1',
    '/v1/insurers/asking?to=CANARY',
    '/v1/ledger?kind=nothing',
    '/v1/ledger?from=yesterday',
  ])('is refused: %s', async (url) => {
    const answer = await get(url, gateway.session(['privacy-officer']));
    expect([answer.statusCode, answer.json().code]).toEqual([422, 'invalid_request']);
    expect(answer.body).not.toContain('CANARY');
  });

  it('reads the kinds of ledger entries', async () => {
    expect((await get('/v1/ledger?kind=sent,unknown&from=2026-03-01', gateway.session(['auditor']))).statusCode).toBe(
      200,
    );
    expect(gateway.useCases.calls.at(-1)?.given[0]).toEqual({ kind: ['sent', 'unknown'], from: '2026-03-01' });
  });

  it('refuses a simulation with two relations', async () => {
    const answer = await gateway.app.inject({
      method: 'POST',
      url: `/v1/releases/${THING}/simulation?supersedes=${THING}&addsTo=${THING}`,
      headers: gateway.session(['billing']),
    });
    expect([answer.statusCode, answer.json().issues[0].code]).toEqual([422, 'one_relation']);
  });

  it('takes no more than ten thousand blocks at once', () => {
    const query = ROUTES.verifyLedger.query;
    expect(query.safeParse({ most: '10000' }).success).toBe(true);
    for (const most of ['0', '10001', '-1', '1e3']) expect(query.safeParse({ most }).success).toBe(false);
  });
});

describe('a password', () => {
  const change = (body: object, headers = gateway.session(['billing'])) =>
    gateway.app.inject({ method: 'PUT', url: '/v1/session/password', headers, payload: body });

  it('is changed by who knows the one so far, and the session with it', async () => {
    const answer = await change({ current: PASSWORD, next: 'eleven white swans' });
    expect([answer.statusCode, answer.body]).toEqual([204, '']);
    expect(answer.headers['set-cookie']).toMatch(/^__Host-sluice=sls_/);
    const hash = gateway.useCases.calls.at(-1)?.given[0];
    expect(hash).toMatch(/^\$argon2id\$/);
    expect(JSON.stringify(gateway.useCases.calls)).not.toContain('eleven white swans');
  });

  it('is refused with a wrong one, and slows down', async () => {
    for (let failure = 0; failure < 4; failure += 1)
      expect((await change({ current: 'wrong', next: 'eleven white swans' })).json().code).toBe('sign_in_failed');
    expect((await change({ current: PASSWORD, next: 'eleven white swans' })).json().code).toBe('too_many_attempts');
    gateway.clock.at += 3_600_000;
  });

  it('is refused where it is the same, or too short', async () => {
    expect((await change({ current: PASSWORD, next: PASSWORD })).json().issues[0].code).toBe('password_unchanged');
    expect((await change({ current: PASSWORD, next: 'short' })).json().code).toBe('invalid_request');
  });

  it('that somebody else made lets nobody do anything but change it', async () => {
    gateway.directory.mustChange = true;
    const payload = { signIn: SIGN_IN, password: PASSWORD };
    const signedIn = await gateway.app.inject({ method: 'POST', url: '/v1/session', payload });
    expect(signedIn.json().mustChangePassword).toBe(true);
    const cookie = String(signedIn.headers['set-cookie']).split(';')[0] ?? '';
    const headers = { cookie, 'sluice-request': '1' };
    const refused = await get('/v1/disclosures', headers);
    expect([refused.statusCode, refused.json().code]).toEqual([403, 'password_change_required']);
    expect((await get('/v1/session', headers)).statusCode).toBe(200);
    const changed = await change({ current: PASSWORD, next: 'eleven white swans' }, headers);
    expect(changed.statusCode).toBe(204);
    const renewed = String(changed.headers['set-cookie']).split(';')[0] ?? '';
    expect((await get('/v1/disclosures', { cookie: renewed })).statusCode).toBe(200);
  });
});

describe('staff accounts', () => {
  it('are made with a password that is shown once and kept as a hash', async () => {
    const payload = { signIn: 'nell@meadow.example', name: 'Nell Newcomer', roles: ['billing'] };
    const headers = gateway.session(['administrator']);
    const answer = await gateway.app.inject({ method: 'POST', url: '/v1/staff/accounts', headers, payload });
    expect(answer.statusCode).toBe(201);
    expect(answer.json().password).toMatch(/^(?:[a-z2-9]{4}-){5}[a-z2-9]{4}$/);
    expect(JSON.stringify(gateway.useCases.calls.at(-1))).not.toContain(answer.json().password);
    const again = await gateway.app.inject({ method: 'POST', url: '/v1/staff/accounts', headers, payload });
    expect(again.json().password).not.toBe(answer.json().password);
  });

  it('are changed under the tag that was read', async () => {
    const url = `/v1/staff/accounts/${THING}`;
    const headers = gateway.session(['administrator']);
    expect((await get(url, headers)).headers['etag']).toBe('"v3"');
    const put = (ifMatch?: string) =>
      gateway.app.inject({
        method: 'PUT',
        url: `${url}/roles`,
        headers: { ...headers, ...(ifMatch === undefined ? {} : { 'if-match': ifMatch }) },
        payload: { roles: ['auditor'] },
      });
    expect((await put()).json().code).toBe('precondition_required');
    expect((await put('"x"')).json().code).toBe('precondition_failed');
    expect((await put('"v3"')).statusCode).toBe(200);
    expect(gateway.useCases.calls.at(-1)?.given[0]).toEqual({ id: THING, version: 3 });
  });
});
