import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openApiDocument, ROLES } from '#libs/contracts';
import { type Gateway, openGateway } from './gateway.fixture.js';
import { CLIENT, INVOICE, RECORD_CLIENT, REPORT, THING } from './samples.fixture.js';
import type { Idempotency } from './use-cases/asked.js';

let gateway: Gateway;
let site: string;

beforeAll(async () => {
  site = mkdtempSync(join(tmpdir(), 'sluice-console-'));
  mkdirSync(join(site, 'assets'));
  writeFileSync(join(site, 'index.html'), '<!doctype html><meta nonce="@@nonce@@"><title>Sluice</title>');
  writeFileSync(join(site, 'assets', 'app.js'), 'export {};');
  writeFileSync(join(site, 'assets', 'notes.txt'), 'not served');
  gateway = await openGateway({ consoleDirectory: site });
});
afterAll(async () => {
  await gateway.close();
  rmSync(site, { recursive: true });
});

const submit = (key: string | undefined, body: object = INVOICE, url = '/v1/invoices') =>
  gateway.app.inject({
    method: 'POST',
    url,
    headers: { ...gateway.session([...ROLES]), ...(key === undefined ? {} : { 'idempotency-key': key }) },
    payload: body,
  });

const lastIdempotency = (): Idempotency | undefined =>
  gateway.useCases.calls.at(-1)?.given.at(-1) as Idempotency | undefined;

describe('an Idempotency-Key', () => {
  it('is given to the use case with route, status and a fingerprint', async () => {
    const answer = await submit('first');
    expect(answer.statusCode).toBe(202);
    expect(answer.headers).not.toHaveProperty('idempotency-replayed');
    expect(lastIdempotency()).toMatchObject({
      key: 'first',
      route: 'POST /v1/invoices',
      status: 202,
      fingerprint: expect.stringMatching(/^[0-9a-f]{64}$/),
    });
  });

  it('repeated with the same content gives the same answer, and says so', async () => {
    const first = await submit('again');
    const shuffled = Object.fromEntries(Object.entries(INVOICE).reverse());
    const second = await submit('again', shuffled);
    expect([second.statusCode, second.headers['idempotency-replayed']]).toEqual([202, 'true']);
    expect(second.json()).toEqual(first.json());
  });

  it('repeated with other content is refused', async () => {
    await submit('reused');
    const other = await submit('reused', { ...INVOICE, number: 'INV-1002' });
    expect([other.statusCode, other.json().code]).toEqual([422, 'idempotency_key_reused']);
  });

  it('tells the same content for another client apart', async () => {
    const body = { kind: 'confidential-communication' };
    await submit('place', body, `/v1/clients/${CLIENT}/restrictions`);
    const one = lastIdempotency()?.fingerprint;
    await submit('place', body, `/v1/clients/${THING}/restrictions`);
    expect(lastIdempotency()?.route).toBe('POST /v1/clients/{id}/restrictions');
    expect(lastIdempotency()?.fingerprint).not.toBe(one);
  });

  it('may be quoted', async () => {
    await submit('"quoted-key"');
    expect(lastIdempotency()?.key).toBe('quoted-key');
  });

  it.each(['has space', 'é', 'x'.repeat(256), '"', '"un"quoted"'])('%j is refused or taken as it is', async (key) => {
    const answer = await submit(key);
    const visible = /^[\x21-\x7e]{1,255}$/.test(key);
    expect(answer.statusCode).toBe(visible ? 202 : 400);
    if (!visible) expect(answer.json().code).toBe('idempotency_key_invalid');
  });

  it('is not needed to validate or preview, and nothing is kept', async () => {
    const invoice = await submit(undefined, INVOICE, '/v1/invoices?validate=only');
    expect([invoice.statusCode, invoice.json().valid]).toEqual([200, true]);
    expect(gateway.useCases.calls.at(-1)?.name).toBe('validateInvoice');
    expect((await submit(undefined, REPORT, '/v1/treatment-reports?validate=only')).statusCode).toBe(200);
    expect(gateway.useCases.calls.at(-1)?.name).toBe('validateTreatmentReport');
    for (const [kind, body] of [
      ['replacement', INVOICE],
      ['void', undefined],
      ['resubmission', INVOICE],
    ] as const) {
      const url = `/v1/disclosures/${THING}/${kind}`;
      const ask = (query: string) =>
        gateway.app.inject({
          ...{ method: 'POST', url: `${url}${query}`, headers: gateway.session([...ROLES]) },
          ...(body === undefined ? {} : { payload: body }),
        });
      const correction = await ask('?validate=only');
      expect([correction.statusCode, correction.json().valid]).toEqual([200, true]);
      expect(gateway.useCases.calls.at(-1)).toMatchObject({ name: 'validateCorrection', given: [{ kind, of: THING }] });
      expect((await ask('')).statusCode).toBe(400);
    }
    expect((await submit(undefined, INVOICE, '/v1/invoices/preview')).statusCode).toBe(200);
    expect((await submit(undefined, INVOICE, '/v1/invoices?validate=yes')).statusCode).toBe(422);
    expect((await submit(undefined, INVOICE)).statusCode).toBe(400);
  });

  it('is asked for when a client is recorded', async () => {
    expect((await submit(undefined, RECORD_CLIENT, '/v1/clients')).json().code).toBe('idempotency_key_missing');
    expect((await submit('client', RECORD_CLIENT, '/v1/clients')).statusCode).toBe(201);
  });
});

describe('an entity tag', () => {
  const amend = (headers: Record<string, string>) =>
    gateway.app.inject({
      method: 'PUT',
      url: `/v1/documents/${THING}`,
      headers: { ...gateway.session([...ROLES]), ...headers },
      payload: { content: { kind: 'invoice', invoice: INVOICE } },
    });

  it('comes with a document and must go with its amendment', async () => {
    const read = await gateway.app.inject({
      method: 'GET',
      url: `/v1/documents/${THING}`,
      headers: gateway.session([...ROLES]),
    });
    expect(read.headers.etag).toBe('"a1"');
    expect((await amend({})).statusCode).toBe(428);
    expect((await amend({ 'if-match': '"old"' })).statusCode).toBe(412);
    for (const header of ['*', 'a1', '"a1", "a2"', 'W/"a1"'])
      expect((await amend({ 'if-match': header })).statusCode).toBe(412);
    const amended = await amend({ 'if-match': '"a1"' });
    expect([amended.statusCode, amended.headers.etag]).toEqual([200, '"a2"']);
  });

  it('does not turn an invoice into a report', async () => {
    const answer = await gateway.app.inject({
      method: 'PUT',
      url: `/v1/documents/${THING}`,
      headers: { ...gateway.session([...ROLES]), 'if-match': '"a1"' },
      payload: { content: { kind: 'treatment-report', report: REPORT } },
    });
    expect(answer.json().issues).toEqual([
      {
        ...{ code: 'document_kind_differs', path: '/content/kind', severity: 'error' },
        fix: 'Replace an invoice by an invoice, and a report by a report.',
      },
    ]);
  });

  it('of a disclosure is its version', async () => {
    const headers = gateway.session([...ROLES]);
    const read = await gateway.app.inject({ method: 'GET', url: `/v1/disclosures/${THING}`, headers });
    expect(read.headers.etag).toBe('"v3"');
    const cancel = (tag?: string) =>
      gateway.app.inject({
        method: 'POST',
        url: `/v1/disclosures/${THING}/cancel`,
        headers: { ...headers, ...(tag === undefined ? {} : { 'if-match': tag }) },
      });
    expect((await cancel('"v3"')).statusCode).toBe(200);
    expect(gateway.useCases.calls.at(-1)?.given[0]).toEqual({ disclosure: THING, version: 3 });
    expect((await cancel()).statusCode).toBe(200);
    expect(gateway.useCases.calls.at(-1)?.given[0]).toEqual({ disclosure: THING });
    expect((await cancel('"a1"')).statusCode).toBe(412);
  });
});

describe('lists', () => {
  it('are paged by an opaque cursor, fifty rows unless said otherwise', async () => {
    const headers = gateway.session([...ROLES]);
    const first = await gateway.app.inject({ method: 'GET', url: '/v1/disclosures', headers });
    expect(first.json().next).toBe('n1');
    expect(gateway.useCases.calls.at(-1)?.given).toEqual([{}, { limit: 50 }]);
    await gateway.app.inject({
      method: 'GET',
      url: `/v1/disclosures?state=held,ready&client=${CLIENT}&curer=chart&after=n1&limit=10`,
      headers,
    });
    expect(gateway.useCases.calls.at(-1)?.given).toEqual([
      { state: ['held', 'ready'], client: CLIENT, curer: 'chart' },
      { limit: 10, after: 'n1' },
    ]);
  });
});

describe('a receipt', () => {
  const ask = (accept?: string) =>
    gateway.app.inject({
      method: 'POST',
      url: `/v1/documents/${THING}/receipt`,
      headers: { ...gateway.session(['billing']), ...(accept === undefined ? {} : { accept }) },
    });

  it.each([
    [undefined, 'application/pdf'],
    ['*/*', 'application/pdf'],
    ['application/*', 'application/pdf'],
    ['application/json', 'application/json'],
    ['application/pdf', 'application/pdf'],
    ['text/html, application/json;q=0.9, application/pdf;q=0.8', 'application/json'],
    ['application/pdf;q=0, */*', 'application/json'],
  ])('for Accept %j comes as %s', async (accept, mediaType) => {
    const answer = await ask(accept);
    expect([answer.statusCode, answer.headers['content-type']]).toEqual([200, mediaType]);
    expect(gateway.useCases.calls.at(-1)).toMatchObject({
      name: 'giveReceipt',
      given: [{ document: THING, mediaType }],
    });
    expect(answer.rawPayload.equals(Buffer.from([0x25, 0x50, 0xff, 0x0a]))).toBe(true);
    expect(answer.headers['content-disposition']).toMatch(/^attachment; filename="receipt\.(pdf|json)"$/);
  });

  it.each(['text/html', 'application/pdf;q=0', 'image/*'])('is not made for Accept %j', async (accept) => {
    const calls = gateway.useCases.calls.length;
    const answer = await ask(accept);
    expect([answer.statusCode, answer.json().code]).toEqual([406, 'not_acceptable']);
    expect(gateway.useCases.calls).toHaveLength(calls);
  });
});

describe('every answer', () => {
  it.each(['/v1/insurers', '/v1/nowhere', '/health/live', '/openapi.json', '/docs', '/'])(
    'of %s may not be kept, guessed, framed or passed on',
    async (url) => {
      const { headers } = await gateway.app.inject({ method: 'GET', url });
      expect(headers).toMatchObject({
        'x-content-type-options': 'nosniff',
        'referrer-policy': 'no-referrer',
        'x-frame-options': 'DENY',
        'cross-origin-resource-policy': 'same-origin',
      });
      expect(headers['content-security-policy']).toContain("default-src 'none'");
      expect(headers['content-security-policy']).not.toContain('unsafe');
      expect(String(headers['cache-control'])).toMatch(/^no-/);
      expect(headers).not.toHaveProperty('x-powered-by');
      expect(headers).not.toHaveProperty('access-control-allow-origin');
    },
  );

  it('has a correlation id of ours, whatever the request brings', async () => {
    const answer = await gateway.app.inject({
      method: 'GET',
      url: '/v1/insurers',
      headers: { 'sluice-correlation': 'CANARY', 'x-request-id': 'CANARY' },
    });
    expect(answer.headers['sluice-correlation']).toMatch(/^30000000-0000-4000-8000-/);
    expect(answer.json().correlation).toBe(answer.headers['sluice-correlation']);
  });
});

describe('what operators and tools ask', () => {
  it('alive, ready, and not ready', async () => {
    expect((await gateway.app.inject('/health/live')).json()).toEqual({ status: 'ok', checks: {} });
    expect((await gateway.app.inject('/health/ready')).json()).toEqual({ status: 'ok', checks: { database: 'ok' } });
    gateway.ready.now = false;
    const answer = await gateway.app.inject('/health/ready');
    expect(answer.statusCode).toBe(503);
    expect(answer.json()).toEqual({ status: 'unavailable', checks: { database: 'database.unreachable' } });
    gateway.ready.now = true;
  });

  it('metrics, which only those hear who watch: they count what insurers and clients do', async () => {
    const ask = (headers: Record<string, string> = {}) => gateway.app.inject({ url: '/metrics', headers });
    for (const [headers, status, code] of [
      [{}, 401, 'not_signed_in'],
      [gateway.insurer(), 403, 'forbidden'],
      [gateway.apiKey(['billing']), 403, 'forbidden'],
      [gateway.session(['clinician']), 403, 'forbidden'],
    ] as const) {
      const answer = await ask(headers);
      expect([answer.statusCode, answer.json().code]).toEqual([status, code]);
      expect(answer.body).not.toContain('sluice_');
    }
    for (const headers of [gateway.apiKey(['operator']), gateway.session(['operator'])]) {
      const answer = await ask(headers);
      expect(answer.headers['content-type']).toContain('text/plain');
      expect(answer.body).toContain('sluice_http_requests_total');
    }
  });

  it('metrics, to anybody where only this machine can ask, and nobody asks for another', async () => {
    const local = await openGateway({ isLocal: true });
    try {
      expect((await local.app.inject('/metrics')).statusCode).toBe(200);
      for (const name of ['x-forwarded-for', 'forwarded', 'via'])
        expect((await local.app.inject({ url: '/metrics', headers: { [name]: '192.0.2.7' } })).statusCode).toBe(401);
    } finally {
      await local.close();
    }
  });

  it('the OpenAPI document, as the contracts make it', async () => {
    expect((await gateway.app.inject('/openapi.json')).json()).toEqual(openApiDocument());
  });

  it('its pages, without anything written into them', async () => {
    const page = await gateway.app.inject('/docs');
    expect(page.headers['content-type']).toBe('text/html; charset=utf-8');
    for (const [, path] of page.body.matchAll(/(?:src|href)="([^"]+)"/g))
      expect((await gateway.app.inject(String(path))).statusCode).toBe(200);
    expect(page.body).not.toMatch(/<script>|<style|style=|on[a-z]+=/);
  });
});

describe('the console', () => {
  it('is served as built, its index for every page of its own', async () => {
    for (const url of ['/', '/claims', '/claims/17?tab=why']) {
      const page = await gateway.app.inject(url);
      expect([page.statusCode, page.headers['content-type']]).toEqual([200, 'text/html; charset=utf-8']);
    }
    expect((await gateway.app.inject('/assets/app.js')).headers['content-type']).toBe('text/javascript; charset=utf-8');
  });

  it('has a nonce of its own for styles in each page, and none for scripts', async () => {
    const nonces = new Set<string>();
    for (const url of ['/', '/claims']) {
      const page = await gateway.app.inject(url);
      const [, nonce = ''] = /nonce="([^"]+)"/.exec(page.body) ?? [];
      nonces.add(nonce);
      const policy = String(page.headers['content-security-policy']);
      expect(policy).toContain(`style-src 'self' 'nonce-${nonce}';`);
      expect(policy).toContain("script-src 'self';");
      expect(policy).not.toContain('unsafe');
      expect(page.headers['cache-control']).toBe('no-store');
    }
    expect(nonces.size).toBe(2);
  });

  it('sends its files packed as the browser takes them, to be kept for good', async () => {
    for (const coding of ['br', 'gzip']) {
      const file = await gateway.app.inject({ url: '/assets/app.js', headers: { 'accept-encoding': coding } });
      expect(file.headers['content-encoding']).toBe(coding);
      expect((coding === 'br' ? brotliDecompressSync : gunzipSync)(file.rawPayload).toString()).toBe('export {};');
      expect(file.headers['cache-control']).toContain('immutable');
    }
    expect((await gateway.app.inject('/assets/app.js')).headers['content-encoding']).toBeUndefined();
  });

  it.each(['/assets/notes.txt', '/assets/none.js', '/v1/none', '/docs/none', '/assets/../../package.json'])(
    '%s is not in it',
    async (url) => {
      expect((await gateway.app.inject(url)).statusCode).toBe(404);
    },
  );
});

describe('on the wire', () => {
  let port: number;
  const raw = (text: string): Promise<string> =>
    new Promise((resolve, reject) => {
      let answer = '';
      const socket = connect(port, '127.0.0.1', () => socket.write(text));
      socket.on('data', (chunk) => (answer += chunk.toString('latin1')));
      socket.on('end', () => resolve(answer));
      socket.on('error', reject);
    });

  beforeAll(async () => {
    await gateway.app.listen(0, '127.0.0.1');
    const address: unknown = gateway.app.getHttpServer().address();
    port = typeof address === 'object' && address !== null && 'port' in address ? Number(address.port) : 0;
  });

  it('what is not HTTP is told nothing of itself', async () => {
    const answer = await raw('CANARY / HTTP/1.1\r\n\r\n');
    expect(answer).toMatch(/^HTTP\/1\.1 400 /);
    expect(answer).toContain('"malformed_request"');
    expect(answer).not.toContain('CANARY');
  });

  it('endless headers are refused', async () => {
    const answer = await raw(`GET /v1/session HTTP/1.1\r\nHost: a\r\nX-A: ${'CANARY'.repeat(5_000)}\r\n\r\n`);
    expect(answer).toMatch(/^HTTP\/1\.1 431 /);
    expect(answer).toContain('"headers_too_large"');
    expect(answer).not.toContain('CANARY');
  });

  it('a malformed address is refused', async () => {
    const answer = await raw('GET /v1/%CANARY HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n');
    expect(answer).toMatch(/^HTTP\/1\.1 400 /);
    expect(answer).toContain('"malformed_request"');
    expect(answer).not.toContain('CANARY');
  });

  it('ordinary requests are answered', async () => {
    const answer = await fetch(`http://127.0.0.1:${port}/v1/session`, { headers: gateway.session(['billing']) });
    expect(answer.status).toBe(200);
  });
});

describe('the type of a problem', () => {
  it('is where it is explained, in plain text, to anybody', async () => {
    const refused = await gateway.app.inject({ method: 'GET', url: '/v1/clients' });
    const { type } = refused.json();
    expect(type).toBe('/problems/not_signed_in');
    const page = await gateway.app.inject({ method: 'GET', url: type });
    expect([page.statusCode, page.headers['content-type']]).toEqual([200, 'text/plain; charset=utf-8']);
    expect(page.body).toContain('not_signed_in (401)');
    expect(page.headers['content-security-policy']).toContain("default-src 'none'");
  });

  it.each(['nothing', '__proto__', 'toString', 'CANARY%3Cscript%3E'])('is not there for %s', async (code) => {
    const page = await gateway.app.inject({ method: 'GET', url: `/problems/${code}` });
    expect([page.statusCode, page.json().code]).toEqual([404, 'not_found']);
    expect(page.body).not.toContain('CANARY');
  });
});
