import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { digestSecret } from '#libs/access';
import { ROLES } from '#libs/contracts';
import { issue } from '#libs/kernel';
import { type Gateway, openGateway, PASSWORD, SIGN_IN } from './gateway.fixture.js';
import { INVOICE, REPORT, THING } from './samples.fixture.js';

let gateway: Gateway;

beforeAll(async () => {
  gateway = await openGateway();
});
beforeEach(() => {
  gateway.clock.at += 3_600_000;
});
afterEach(() => {
  gateway.useCases.refusal = undefined;
});
afterAll(() => gateway.close());

const signIn = (body: object, address = '192.0.2.1') =>
  gateway.app.inject({ method: 'POST', url: '/v1/session', payload: body, remoteAddress: address });

const get = (headers: Record<string, string>, url = '/v1/insurers') =>
  gateway.app.inject({ method: 'GET', url, headers });

describe('a gateway behind others', () => {
  const wrong = (app: Gateway['app'], { from, by }: { readonly from: string; readonly by: string }) =>
    app.inject({
      method: 'POST',
      url: '/v1/session',
      payload: { signIn: SIGN_IN, password: 'not this one' },
      remoteAddress: by,
      headers: { 'x-forwarded-for': from },
    });

  it('tells askers apart by what a trusted proxy says, and by nothing that anybody says', async () => {
    const behind = await openGateway({ trustedProxies: ['10.0.3.0/24'] });
    try {
      for (let tried = 0; tried < 6; tried += 1) await wrong(behind.app, { from: '192.0.2.66', by: '10.0.3.1' });
      expect((await wrong(behind.app, { from: '192.0.2.66', by: '10.0.3.1' })).statusCode).toBe(429);
      expect((await wrong(behind.app, { from: '192.0.2.7', by: '10.0.3.1' })).statusCode).toBe(401);
      for (let tried = 0; tried < 6; tried += 1)
        await wrong(behind.app, { from: `192.0.2.${100 + tried}`, by: '203.0.113.9' });
      expect((await wrong(behind.app, { from: '192.0.2.200', by: '203.0.113.9' })).statusCode).toBe(429);
    } finally {
      await behind.close();
    }
  });
});

describe('signing in', () => {
  it('gives a session in a cookie that scripts, other sites and plain HTTP cannot have', async () => {
    const answer = await signIn({ signIn: SIGN_IN, password: PASSWORD });
    expect(answer.statusCode).toBe(200);
    const [pair, ...attributes] = String(answer.headers['set-cookie']).split('; ');
    expect(pair).toMatch(/^__Host-sluice=sls_[A-Za-z0-9_-]{43}$/);
    expect(attributes.sort()).toEqual(['HttpOnly', 'Max-Age=43200', 'Path=/', 'SameSite=Strict', 'Secure']);
    expect(answer.body).not.toContain('sls_');
    expect(answer.json()).toMatchObject({
      roles: ['billing'],
      practice: { name: 'Meadow Practice' },
      name: 'Bo Ledger',
    });
    expect(answer.json().actions).toContain('invoices.submit');
    expect(answer.json().actions).not.toContain('reports.submit');
    expect((await get({ cookie: String(pair) })).statusCode).toBe(200);
    expect(gateway.useCases.calls.at(-2)).toMatchObject({ name: 'recordAccess', given: [{ kind: 'signed-in' }] });
  });

  it('keeps only a digest of the session', async () => {
    const answer = await signIn({ signIn: SIGN_IN, password: PASSWORD });
    const secret = /sls_[A-Za-z0-9_-]+/.exec(String(answer.headers['set-cookie']))?.[0] ?? 'none';
    expect(JSON.stringify([...gateway.directory.credentials])).not.toContain(secret);
  });

  it('is refused alike for a wrong name and a wrong password', async () => {
    const wrongPassword = await signIn({ signIn: SIGN_IN, password: 'CANARY-password' }, '192.0.2.2');
    const wrongName = await signIn({ signIn: 'CANARY@meadow.example', password: PASSWORD }, '192.0.2.3');
    for (const answer of [wrongPassword, wrongName]) {
      expect(answer.statusCode).toBe(401);
      expect(answer.headers['set-cookie']).toBeUndefined();
      expect(answer.body).not.toContain('CANARY');
    }
    const strip = (problem: object) => Object.entries(problem).filter(([name]) => name !== 'correlation');
    expect(strip(wrongPassword.json())).toEqual(strip(wrongName.json()));
    expect(JSON.stringify(gateway.written)).not.toContain('CANARY');
  });

  it('is slowed down for one account from one address, and comes back by itself', async () => {
    const address = '192.0.2.4';
    for (let failure = 0; failure < 4; failure += 1)
      expect((await signIn({ signIn: SIGN_IN, password: 'wrong password' }, address)).statusCode).toBe(401);
    const slowed = await signIn({ signIn: SIGN_IN, password: PASSWORD }, address);
    expect([slowed.statusCode, slowed.json().code, slowed.headers['retry-after']]).toEqual([
      429,
      'too_many_attempts',
      '1',
    ]);
    expect((await signIn({ signIn: SIGN_IN, password: PASSWORD }, '192.0.2.5')).statusCode).toBe(200);
    gateway.clock.at += 1_000;
    expect((await signIn({ signIn: SIGN_IN, password: PASSWORD }, address)).statusCode).toBe(200);
  });

  it('is slowed down as well when all guesses come in one breath', async () => {
    const guesses = Array.from({ length: 20 }, () =>
      signIn({ signIn: SIGN_IN, password: 'wrong password' }, '192.0.2.6'),
    );
    const looked = (await Promise.all(guesses)).filter(({ statusCode }) => statusCode === 401);
    expect(looked).toHaveLength(4);
    expect((await signIn({ signIn: SIGN_IN, password: PASSWORD }, '192.0.2.6')).statusCode).toBe(429);
  });

  it('gives nothing when the ledger cannot be written', async () => {
    const before = gateway.directory.credentials.size;
    gateway.useCases.refusal = [issue('unavailable', '')];
    const answer = await signIn({ signIn: SIGN_IN, password: PASSWORD });
    expect(answer.statusCode).toBe(503);
    expect(answer.headers['set-cookie']).toBeUndefined();
    expect(gateway.directory.credentials.size).toBe(before);
  });
});

describe('a session', () => {
  it('ends with signing out', async () => {
    const headers = gateway.session(['billing']);
    expect((await get(headers)).statusCode).toBe(200);
    const out = await gateway.app.inject({ method: 'DELETE', url: '/v1/session', headers });
    expect([out.statusCode, out.body]).toEqual([204, '']);
    expect(out.headers['set-cookie']).toContain('Max-Age=0');
    expect((await get(headers)).statusCode).toBe(401);
  });

  it('ends in time', async () => {
    const headers = gateway.session(['billing']);
    gateway.clock.at += 3_600_000;
    expect((await get(headers)).statusCode).toBe(401);
  });

  it.each(['', 'sls_', '__Host-sluice=', '__Host-sluice=sls_short', `__Host-sluice=${'a'.repeat(47)}`])(
    'is not %j',
    async (cookie) => {
      expect((await get({ cookie })).statusCode).toBe(401);
    },
  );

  it('is not taken twice, under another name, or as a key', async () => {
    const { cookie } = gateway.session(['billing']);
    const secret = String(cookie).split('=')[1] ?? '';
    expect((await get({ cookie: `${String(cookie)}; ${String(cookie)}` })).statusCode).toBe(401);
    expect((await get({ cookie: `sluice=${secret}` })).statusCode).toBe(401);
    expect((await get({ authorization: `Bearer ${secret}` })).statusCode).toBe(401);
  });

  it('is not what was stored as a key', async () => {
    const headers = gateway.session(['billing']);
    for (const [digest, credential] of gateway.directory.credentials)
      gateway.directory.credentials.set(digest, { ...credential, kind: 'api-key' });
    expect((await get(headers)).statusCode).toBe(401);
    gateway.directory.credentials.clear();
  });

  it('on a loopback demonstration has a cookie that plain HTTP keeps', async () => {
    const open = await openGateway({ secureCookies: false });
    const answer = await open.app.inject({
      method: 'POST',
      url: '/v1/session',
      payload: { signIn: SIGN_IN, password: PASSWORD },
    });
    expect(answer.headers['set-cookie']).toMatch(/^sluice=sls_/);
    expect(answer.headers['set-cookie']).not.toContain('Secure');
    expect(
      (await open.app.inject({ method: 'GET', url: '/v1/session', headers: open.session(['billing']) })).statusCode,
    ).toBe(200);
    await open.close();
  });
});

describe('an API key', () => {
  const create = (body: object) =>
    gateway.app.inject({
      method: 'POST',
      url: '/v1/api-keys',
      headers: gateway.session(['administrator']),
      payload: body,
    });

  const KEY = { label: 'Practice system', roles: ['billing'], days: 1 };

  it('works without the header that sessions need', async () => {
    const made = await create(KEY);
    const { id, actor, label, secret } = made.json();
    expect([actor, label]).toEqual([`key:${id}`, KEY.label]);
    const headers = { authorization: `Bearer ${secret}`, 'idempotency-key': 'by-key' };
    const submit = () => gateway.app.inject({ method: 'POST', url: '/v1/invoices', headers, payload: INVOICE });
    expect((await submit()).statusCode).toBe(202);
    const recorded = gateway.useCases.calls.filter(({ name }) => name === 'recordAccess').map(({ given }) => given[0]);
    expect(recorded).toContainEqual({ kind: 'settings-changed', code: 'api_key_created', subject: actor });
  });

  it('is listed without its secret or a digest of it, and revoked by its id', async () => {
    const { secret } = (await create(KEY)).json();
    const administrator = gateway.session(['administrator']);
    const listed = await gateway.app.inject({ method: 'GET', url: '/v1/api-keys', headers: administrator });
    expect(Object.keys(listed.json().rows[0]).sort()).toEqual(['createdAt', 'expiresAt', 'id', 'label', 'roles']);
    expect(listed.body).not.toContain(digestSecret(secret));
    const url = `/v1/api-keys/${THING}`;
    expect((await gateway.app.inject({ method: 'DELETE', url, headers: administrator })).statusCode).toBe(204);
    expect(gateway.useCases.calls.at(-1)).toMatchObject({ name: 'revokeApiKey', given: [THING] });
  });

  it('is kept as a digest', async () => {
    const { secret } = (await create(KEY)).json();
    expect(secret).toMatch(/^slk_/);
    expect(JSON.stringify([...gateway.directory.credentials])).not.toContain(secret);
  });

  it.each(['clinician', 'privacy-officer', 'administrator'])('cannot be a %s', async (role) => {
    expect((await create({ ...KEY, roles: [role] })).statusCode).toBe(422);
  });

  it('that is no good is not made up for by a session', async () => {
    const answer = await get({ ...gateway.session(['billing']), authorization: 'Bearer slk_wrong' });
    expect([answer.statusCode, answer.headers['www-authenticate']]).toEqual([401, 'Bearer']);
  });

  it.each(['Basic abc', 'Bearer', 'Bearer ', 'slk_x', 'Bearer slk_x y'])('is not %j', async (authorization) => {
    expect((await get({ authorization })).statusCode).toBe(401);
  });

  it('never attests to a treatment report, whatever its roles', async () => {
    for (const url of ['/v1/treatment-reports', '/v1/treatment-reports?validate=only', '/v1/treatment-reports/preview'])
      for (const role of ROLES) {
        const headers = { ...gateway.apiKey([role]), 'idempotency-key': 'by-key' };
        const calls = gateway.useCases.calls.length;
        const answer = await gateway.app.inject({ method: 'POST', url, headers, payload: REPORT });
        expect([answer.statusCode, answer.json().code]).toEqual([403, 'person_required']);
        expect(gateway.useCases.calls).toHaveLength(calls);
      }
  });
});

describe('what a role sees', () => {
  const rowsOf = async (
    headers: Record<string, string>,
    url = `/v1/disclosures/${THING}/explanation`,
    method: 'GET' | 'POST' = 'GET',
  ) => {
    const answer = await gateway.app.inject({ method, url, headers });
    expect(answer.statusCode).toBe(200);
    return answer;
  };

  it('billing: names, and not what was written', async () => {
    const answer = await rowsOf(gateway.session(['billing']));
    expect(answer.body).not.toContain('CLINICAL');
    const [name, reason, trauma] = answer.json().rows;
    expect(name).toMatchObject({
      source: { masked: false, value: 'Invented' },
      outgoing: { masked: false, value: 'Invented' },
    });
    expect(reason).toMatchObject({
      effect: 'changed',
      source: { masked: true },
      outgoing: { masked: true },
      reasons: [{ code: 'ceiling:nj' }],
    });
    expect(trauma.source).toEqual({ masked: true });
    expect(trauma).not.toHaveProperty('outgoing');
  });

  it('a clinician: all of an own client, nothing of another’s', async () => {
    expect((await rowsOf(gateway.session(['clinician']))).json().rows[1]).toMatchObject({
      source: { value: 'CLINICAL-NARRATIVE' },
      outgoing: { value: 'CLINICAL-LEVEL' },
    });
    gateway.useCases.treating = [];
    const foreign = await rowsOf(gateway.session(['clinician']));
    expect(foreign.body).not.toContain('CLINICAL');
    expect(foreign.body).not.toContain('"Invented"');
    gateway.useCases.treating = [gateway.useCases.actor.description.clinician].filter((one) => one !== undefined);
  });

  it('the privacy officer: clinical values once the look is recorded', async () => {
    expect((await rowsOf(gateway.session(['privacy-officer']))).body).not.toContain('CLINICAL');
    const revealed = await rowsOf(gateway.session(['privacy-officer']), `/v1/disclosures/${THING}/reveal`, 'POST');
    expect(revealed.body).toContain('CLINICAL-NARRATIVE');
    expect(gateway.useCases.calls.at(-1)?.name).toBe('revealDisclosure');
  });

  it('previews are masked like explanations', async () => {
    const preview = await gateway.app.inject({
      method: 'POST',
      url: '/v1/invoices/preview',
      headers: gateway.session(['billing']),
      payload: INVOICE,
    });
    expect(preview.statusCode).toBe(200);
    expect(preview.body).not.toContain('CLINICAL');
  });

  it('a treatment report is not there for billing', async () => {
    const { document } = gateway.useCases;
    const { REPORT_DOCUMENT } = await import('./samples.fixture.js');
    gateway.useCases.document = REPORT_DOCUMENT;
    const url = `/v1/documents/${THING}`;
    expect((await get(gateway.session(['billing']), url)).statusCode).toBe(404);
    expect((await get(gateway.session(['clinician']), url)).statusCode).toBe(200);
    const amend = await gateway.app.inject({
      method: 'PUT',
      url,
      headers: { ...gateway.session(['billing']), 'if-match': '"a1"' },
      payload: { content: REPORT_DOCUMENT.content },
    });
    expect(amend.statusCode).toBe(404);
    expect(gateway.useCases.calls.at(-1)?.name).toBe('readDocument');
    gateway.useCases.document = document;
  });

  it('the reach goes with the roles', async () => {
    await get(gateway.session(['clinician']), '/v1/clients');
    expect(gateway.useCases.calls.at(-1)?.context.reach).toEqual({
      kind: 'own',
      clinician: gateway.useCases.actor.description.clinician,
    });
    await get(gateway.session(['billing']), '/v1/clients');
    expect(gateway.useCases.calls.at(-1)?.context.reach).toEqual({ kind: 'practice' });
  });
});
