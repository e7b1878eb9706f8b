import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { PROBLEMS, ROLES } from '#libs/contracts';
import { issue } from '#libs/kernel';
import { type Gateway, openGateway } from './gateway.fixture.js';
import { CLIENT, CONNECTION, INVOICE, REPORT, THING } from './samples.fixture.js';

const CANARY = 'CANARY-Jane-Quillfeather';

let gateway: Gateway;

beforeAll(async () => {
  gateway = await openGateway();
});
afterEach(() => {
  gateway.useCases.refusal = undefined;
  gateway.useCases.crash = undefined;
  gateway.useCases.document = { ...gateway.useCases.document };
});
afterAll(() => gateway.close());

interface Sent {
  readonly url?: string;
  readonly headers?: Record<string, string>;
  readonly payload: string | Buffer;
}

const post = ({ url = '/v1/invoices', headers, payload }: Sent) =>
  gateway.app.inject({
    method: 'POST',
    url,
    headers: {
      'content-type': 'application/json',
      'idempotency-key': 'k1',
      ...gateway.session([...ROLES]),
      ...headers,
    },
    payload,
  });

const told = (answer: {
  statusCode: number;
  headers: object;
  body: string;
}): { status: number; code: string; issues: { code: string; path: string }[] } => {
  expect(answer.headers).toMatchObject({ 'content-type': 'application/problem+json; charset=utf-8' });
  expect(answer.body).not.toContain('CANARY');
  expect(answer.body).not.toMatch(/ at .*\.(?:js|ts)|Error|stack/);
  const problem: { status: number; code: string; title: string; issues: { code: string; path: string }[] } = JSON.parse(
    answer.body,
  );
  expect(Object.keys(problem).sort()).toEqual(['code', 'correlation', 'issues', 'status', 'title', 'type']);
  expect(problem.status).toBe(answer.statusCode);
  expect(problem.title).toBe(PROBLEMS[problem.code as keyof typeof PROBLEMS].title);
  return problem;
};

const line = INVOICE.lines[0];

describe('a body that is not JSON as we read it', () => {
  const deep = (levels: number): string => `${'['.repeat(levels)}${']'.repeat(levels)}`;
  const invoiceText = JSON.stringify(INVOICE);

  it.each<[string, string | Buffer, number, string]>([
    ['half a body', `{"number":"${CANARY}`, 400, 'malformed_body'],
    ['a word', CANARY, 400, 'malformed_body'],
    ['a comment', `{/*${CANARY}*/}`, 400, 'malformed_body'],
    ['a trailing comma', `{"number":"${CANARY}",}`, 400, 'malformed_body'],
    ['NaN', '{"total":NaN}', 400, 'malformed_body'],
    ['two values', '{}{}', 400, 'malformed_body'],
    ['a byte order mark', `\uFEFF${invoiceText}`, 400, 'malformed_body'],
    [
      'bytes that are no UTF-8',
      Buffer.from(invoiceText.replace('INV-1001', 'INV-\xff'), 'latin1'),
      400,
      'malformed_body',
    ],
    ['UTF-16', Buffer.from(invoiceText, 'utf16le'), 400, 'malformed_body'],
    ['seventeen levels', deep(17), 400, 'body_too_deep'],
    ['a hundred thousand levels', deep(100_000), 400, 'body_too_deep'],
    ['levels without end', '['.repeat(500_000), 400, 'body_too_deep'],
    ['__proto__', `{"__proto__":{"x":"${CANARY}"}}`, 400, 'body_forbidden_member'],
    ['__proto__ in escapes', '{"\\u005f_proto__":{}}', 400, 'body_forbidden_member'],
    ['constructor deep inside', '{"a":[{"constructor":{"prototype":{}}}]}', 400, 'body_forbidden_member'],
    ['a repeated member', `{"number":"a","number":"${CANARY}"}`, 400, 'body_repeated_member'],
    ['a repeated member in escapes', '{"a":1,"\\u0061":2}', 400, 'body_repeated_member'],
    ['a NUL', `{"number":"${CANARY}\\u0000"}`, 400, 'body_forbidden_character'],
    ['half a surrogate pair', '{"number":"\\ud800"}', 400, 'body_forbidden_character'],
    ['a NUL in a name', '{"a\\u0000":1}', 400, 'body_forbidden_character'],
    ['ten megabytes of text', JSON.stringify({ number: CANARY.repeat(430_000) }), 413, 'body_too_large'],
    ['nothing', '', 422, 'invalid_request'],
    ['null', 'null', 422, 'invalid_request'],
    ['a list', '[]', 422, 'invalid_request'],
    ['a text', `"${CANARY}"`, 422, 'invalid_request'],
  ])('%s is refused', async (_name, payload, status, code) => {
    const problem = told(await post({ payload }));
    expect([problem.status, problem.code]).toEqual([status, code]);
  });

  it('sixteen levels are read', async () => {
    expect(told(await post({ payload: deep(16) })).code).toBe('invalid_request');
  });

  it('a repeated text is no repeated member', async () => {
    const payload = JSON.stringify({ ...INVOICE, note: 'number', number: 'number' });
    expect((await post({ payload })).statusCode).toBe(202);
  });

  it.each([
    ['text/plain', undefined],
    ['application/x-www-form-urlencoded', undefined],
    ['multipart/form-data; boundary=x', undefined],
    ['application/jsonp', undefined],
    ['application/json; charset=latin1', undefined],
    ['application/json', 'gzip'],
  ])('of type %s, encoding %s is refused', async (type, encoding) => {
    const problem = told(
      await post({
        payload: invoiceText,
        headers: { 'content-type': type, ...(encoding === undefined ? {} : { 'content-encoding': encoding }) },
      }),
    );
    expect([problem.status, problem.code]).toEqual([415, 'unsupported_media_type']);
  });

  it('of JSON in UTF-8 is taken', async () => {
    expect(
      (
        await post({
          payload: invoiceText,
          headers: { 'content-type': 'application/json; charset=utf-8', 'idempotency-key': 'k2' },
        })
      ).statusCode,
    ).toBe(202);
  });
});

describe('a body that is not what the contract says', () => {
  it.each<[string, object, string, string]>([
    ['no number', { ...INVOICE, number: undefined }, 'required', '/number'],
    ['a number as number', { ...INVOICE, number: 7 }, 'wrong_type', '/number'],
    ['an empty number', { ...INVOICE, number: '' }, 'too_small', '/number'],
    ['a long number', { ...INVOICE, number: CANARY.repeat(4) }, 'too_big', '/number'],
    ['a line break in the number', { ...INVOICE, number: 'a\nb' }, 'wrong_format', '/number'],
    ['a client that is no id', { ...INVOICE, client: CANARY }, 'wrong_format', '/client'],
    ['a client in capitals', { ...INVOICE, client: 'ABCDEF00-0000-4000-8000-000000000003' }, 'invalid_id', '/client'],
    ['30 February', { ...INVOICE, issuedOn: '2026-02-30' }, 'wrong_format', '/issuedOn'],
    ['a date with time', { ...INVOICE, issuedOn: '2026-02-03T00:00:00Z' }, 'wrong_format', '/issuedOn'],
    ['the year 1200', { ...INVOICE, issuedOn: '1200-01-01' }, 'date_out_of_range', '/issuedOn'],
    ['half a cent', { ...INVOICE, total: 0.5 }, 'wrong_type', '/total'],
    ['less than nothing', { ...INVOICE, total: -1 }, 'too_small', '/total'],
    ['more than a claim holds', { ...INVOICE, total: 99_999_999_991 }, 'too_big', '/total'],
    ['a text as amount', { ...INVOICE, total: '15000' }, 'wrong_type', '/total'],
    ['another currency', { ...INVOICE, currency: CANARY }, 'not_allowed', '/currency'],
    ['no lines', { ...INVOICE, lines: [] }, 'too_small', '/lines'],
    ['lines as an object', { ...INVOICE, lines: { 0: line } }, 'wrong_type', '/lines'],
    ['a line that is null', { ...INVOICE, lines: [null] }, 'wrong_type', '/lines/0'],
    ['fifty-one lines', { ...INVOICE, lines: Array.from({ length: 51 }, () => line) }, 'too_big', '/lines'],
    ['a wrong second line', { ...INVOICE, lines: [line, { ...line, units: 0 }] }, 'too_small', '/lines/1/units'],
    ['an unknown member', { ...INVOICE, notes: CANARY }, 'unknown_member', ''],
    ['an unknown member with a telling name', { ...INVOICE, [CANARY]: 1 }, 'unknown_member', ''],
    ['an unknown member of a line', { ...INVOICE, lines: [{ ...line, [CANARY]: 1 }] }, 'unknown_member', '/lines/0'],
    ['an optional member that is null', { ...INVOICE, note: null }, 'wrong_type', '/note'],
    ['a format that is no invoice', { ...INVOICE, format: 'treatment-report' }, 'not_allowed', '/format'],
  ])('%s is refused where it stands', async (_name, body, code, path) => {
    const calls = gateway.useCases.calls.length;
    const problem = told(await post({ payload: JSON.stringify(body) }));
    expect([problem.status, problem.code]).toEqual([422, 'invalid_request']);
    expect(problem.issues).toContainEqual(expect.objectContaining({ code, path }));
    expect(gateway.useCases.calls).toHaveLength(calls);
  });

  it('says which member is unknown by its place, not its name', async () => {
    const problem = told(await post({ payload: JSON.stringify({ a: 1, ...INVOICE }) }));
    expect(problem.issues).toEqual([
      {
        code: 'unknown_member',
        path: '',
        severity: 'error',
        rule: `remove member 1 of ${Object.keys(INVOICE).length + 1}`,
        fix: 'The contract does not know a member; remove the one that the rule counts to.',
      },
    ]);
  });

  it('names every fault at once', async () => {
    const problem = told(
      await post({ payload: JSON.stringify({ ...INVOICE, number: 7, currency: 'EUR', total: -1 }) }),
    );
    expect(problem.issues.map(({ path }) => path).sort()).toEqual(['/currency', '/number', '/total']);
  });

  it.each([
    ['/v1/disclosures?state=elsewhere', 'not_allowed', '?/state/0'],
    ['/v1/disclosures?limit=0', 'too_small', '?/limit'],
    ['/v1/disclosures?limit=101', 'too_big', '?/limit'],
    ['/v1/disclosures?limit=1e1', 'wrong_format', '?/limit'],
    ['/v1/disclosures?limit=5&limit=6', 'wrong_type', '?/limit'],
    ['/v1/disclosures?client=CANARY', 'wrong_format', '?/client'],
    ['/v1/disclosures?name=CANARY', 'unknown_member', '?'],
    ['/v1/disclosures?after=%00&limit=0', 'too_small', '?/limit'],
    ['/v1/disclosures?__proto__=CANARY', 'unknown_member', '?'],
    ['/v1/insurers?x=CANARY', 'unknown_member', '?'],
  ])('%s is refused', async (url, code, path) => {
    const problem = told(await gateway.app.inject({ method: 'GET', url, headers: gateway.session([...ROLES]) }));
    expect([problem.status, problem.code]).toEqual([422, 'invalid_request']);
    expect(problem.issues).toContainEqual(expect.objectContaining({ code, path }));
  });

  it.each(['%00', '', 'CANARY%21', 'x'.repeat(501), 'a&after=b'])('a cursor such as %j is refused', async (after) => {
    const url = `/v1/disclosures?after=${after}`;
    const problem = told(await gateway.app.inject({ method: 'GET', url, headers: gateway.session([...ROLES]) }));
    expect([problem.status, problem.code]).toEqual([400, 'cursor_invalid']);
    const fix = 'Begin at the first page again; a cursor holds for the list that gave it.';
    expect(problem.issues).toEqual([{ code: 'cursor_invalid', path: '?/after', severity: 'error', fix }]);
  });

  it('a body where none belongs is refused', async () => {
    const problem = told(await post({ url: `/v1/disclosures/${THING}/cancel`, payload: `{"why":"${CANARY}"}` }));
    const fix = 'The route takes no body; send none.';
    expect(problem.issues).toEqual([{ code: 'body_not_expected', path: '', severity: 'error', fix }]);
  });

  it.each(['frequency', 'modality', 'riskSuicide', 'riskHomicide', 'substanceUse', 'functioning'])(
    'a report says %s in one of the words of its list',
    async (member) => {
      const payload = JSON.stringify({ ...REPORT, [member]: CANARY });
      const problem = told(await post({ url: '/v1/treatment-reports', payload }));
      expect(problem.issues).toMatchObject([{ code: 'not_allowed', path: `/${member}` }]);
    },
  );

  it('reports may have several lines of text, and no control characters', async () => {
    const url = '/v1/treatment-reports/preview';
    expect((await post({ url, payload: JSON.stringify({ ...REPORT, goals: 'one\ntwo\tthree' }) })).statusCode).toBe(
      200,
    );
    expect(
      told(await post({ url, payload: JSON.stringify({ ...REPORT, goals: 'bell \u0007' }) })).issues[0],
    ).toMatchObject({ code: 'wrong_format', path: '/goals' });
  });
});

describe('places that are not', () => {
  it.each([
    '/v1',
    '/v1/',
    '/v1/CANARY',
    '/v2/invoices',
    '/CANARY',
    '/v1/invoices/CANARY',
    '/docs/../CANARY',
    '/.env',
    '/v1/invoices%00',
    '//CANARY',
  ])('%s is not found', async (url) => {
    const problem = told(await gateway.app.inject({ method: 'GET', url, headers: gateway.session([...ROLES]) }));
    expect(problem.code).toBe('not_found');
  });

  it.each(['/v1/%CANARY', '/v1/clients/%E0%A4%A'])('%s is malformed', async (url) => {
    const problem = told(await gateway.app.inject({ method: 'GET', url, headers: gateway.session([...ROLES]) }));
    expect([400, 404]).toContain(problem.status);
  });

  it('an endless id is not found', async () => {
    const problem = told(
      await gateway.app.inject({
        method: 'GET',
        url: `/v1/clients/${CANARY.repeat(100)}`,
        headers: gateway.session([...ROLES]),
      }),
    );
    expect(problem.code).toBe('not_found');
  });

  it('another method is none of it', async () => {
    const problem = told(
      await gateway.app.inject({ method: 'PATCH', url: `/v1/clients/${CLIENT}`, headers: gateway.session([...ROLES]) }),
    );
    expect(problem.code).toBe('method_not_allowed');
  });
});

describe('what the use cases say', () => {
  const get = () =>
    gateway.app.inject({ method: 'GET', url: `/v1/clients/${CLIENT}`, headers: gateway.session(['billing']) });

  it.each([
    ['not_found', 404, 'not_found'],
    ['forbidden', 403, 'forbidden'],
    ['attestation_required', 403, 'attestation_required'],
    ['state_conflict', 409, 'state_conflict'],
    ['not_held', 409, 'state_conflict'],
    ['already_signed', 409, 'state_conflict'],
    ['duplicate', 409, 'duplicate'],
    ['duplicate_service', 409, 'duplicate'],
    ['precondition_failed', 412, 'precondition_failed'],
    ['idempotency_key_reused', 422, 'idempotency_key_reused'],
    ['idempotency_in_progress', 409, 'idempotency_in_progress'],
    ['unavailable', 503, 'unavailable'],
    ['temporarily_unavailable', 503, 'unavailable'],
    ['cursor_invalid', 400, 'cursor_invalid'],
    ['total_differs', 422, 'refused'],
  ])('%s is told with %i', async (code, status, problemCode) => {
    gateway.useCases.refusal = [issue(code, '/total', 'rule')];
    const problem = told(await get());
    expect([problem.status, problem.code]).toEqual([status, problemCode]);
    if (code === 'not_found') expect(problem.issues).toEqual([]);
    else expect(problem.issues[0]).toMatchObject({ code, path: '/total', rule: 'rule' });
  });

  it('an edit comes with what to do about it', async () => {
    gateway.useCases.refusal = [issue('total_differs', '/total')];
    expect(told(await get()).issues[0]).toHaveProperty('fix', 'Correct a charge or the total.');
  });

  it('a crash is told as nothing but a crash, and logged by class and code', async () => {
    gateway.useCases.crash = Object.assign(new TypeError(`duplicate key: ${CANARY}`), { detail: CANARY });
    gateway.written.length = 0;
    const problem = told(await get());
    expect([problem.status, problem.code, problem.issues]).toEqual([500, 'internal', []]);
    const failure = gateway.written.find(({ event }) => event.event === 'http.failed');
    expect(failure?.cause).toBe(gateway.useCases.crash);
    expect(JSON.stringify(gateway.written.map(({ event }) => event))).not.toContain('CANARY');
  });

  it('an answer outside the contract does not leave', async () => {
    const { document } = gateway.useCases;
    gateway.useCases.document = Object.assign({ ...document }, { secret: CANARY });
    const problem = told(
      await gateway.app.inject({ method: 'GET', url: `/v1/documents/${THING}`, headers: gateway.session(['billing']) }),
    );
    expect(problem.code).toBe('internal');
    gateway.useCases.document = document;
  });
});

describe('logs and metrics', () => {
  it('have nothing of a request in them', async () => {
    gateway.written.length = 0;
    await post({
      payload: JSON.stringify({ ...INVOICE, note: CANARY, [CANARY]: 1 }),
      headers: { 'user-agent': CANARY, 'idempotency-key': CANARY },
    });
    await gateway.app.inject({
      method: 'GET',
      url: `/v1/clients/${CANARY}?x=${CANARY}`,
      headers: gateway.session([...ROLES]),
    });
    await gateway.app.inject({ method: 'GET', url: `/v1/search?q=${CANARY}`, headers: gateway.session([...ROLES]) });
    expect(gateway.written.length).toBeGreaterThanOrEqual(3);
    expect(JSON.stringify(gateway.written)).not.toContain('CANARY');
    expect(await gateway.metrics()).not.toContain('CANARY');
    expect(await gateway.metrics()).toContain(
      'sluice_http_requests_total{code="route.submit-invoice",state="refused"}',
    );
  });
});

describe('how an insurer is spoken to', () => {
  const put = (change: object) =>
    gateway.app.inject({
      method: 'PUT',
      url: `/v1/insurers/${THING}/connection`,
      headers: { ...gateway.session(['administrator']) },
      payload: { ...CONNECTION, ...change },
    });

  it.each<[string, object]>([
    ['no secret', { secret: undefined }],
    ['another kind', { kind: 'ftp' }],
    ['no kind', { kind: undefined }],
    ['a host key that is none', { hostKey: 'SHA256:CANARY' }],
    ['no host key', { hostKey: undefined }],
    ['a password in the address', { url: 'sftp://CANARY:CANARY@insurer.example' }],
    ['a path in the address', { url: 'sftp://insurer.example/CANARY' }],
    ['another protocol', { url: 'https://insurer.example' }],
    ['a directory above', { inbound: '/in/../../CANARY' }],
    ['a directory with a line break', { inbound: '/in\nCANARY' }],
    ['a member of another kind', { clientCertificate: 'CANARY' }],
    ['a suffix with a path', { suffix: '/CANARY' }],
  ])('%s is refused, without what it said', async (_name, change) => {
    const calls = gateway.useCases.calls.length;
    expect(told(await put(change))).toMatchObject({ status: 422, code: 'invalid_request' });
    expect(gateway.useCases.calls).toHaveLength(calls);
  });

  it('a token that cannot stand in a header is refused', async () => {
    const web = { kind: 'https', url: 'https://insurer.example', receiverId: 'R', production: false };
    const send = (secret: string) =>
      gateway.app.inject({
        method: 'PUT',
        url: `/v1/insurers/${THING}/connection`,
        headers: { ...gateway.session(['administrator']) },
        payload: { ...web, secret },
      });
    expect(told(await send('CANARY\r\nx: y'))).toMatchObject({ status: 422, code: 'invalid_request' });
    expect((await send('CANARY')).statusCode).toBe(200);
  });

  it('is answered without the secret', async () => {
    const answer = await put({});
    expect([answer.statusCode, answer.body.includes('CANARY')]).toEqual([200, false]);
  });
});
