import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { ROLES } from '#libs/contracts';
import { issue } from '#libs/kernel';
import { type Gateway, openGateway } from './gateway.fixture.js';
import { THING } from './samples.fixture.js';

let gateway: Gateway;

beforeAll(async () => {
  gateway = await openGateway();
});
afterEach(() => {
  gateway.useCases.refusal = undefined;
});
afterAll(() => gateway.close());

type Method = 'GET' | 'POST' | 'PUT';

const send = (method: Method, url: string, change: { headers?: Record<string, string>; payload?: object } = {}) =>
  gateway.app.inject({
    method,
    url,
    headers: { ...gateway.session([...ROLES]), ...change.headers },
    ...(change.payload === undefined ? {} : { payload: change.payload }),
  });

const lastCall = () => gateway.useCases.calls.at(-1);

describe('the query of the list', () => {
  it('is read whole', async () => {
    const query =
      'status=paid,denied&format=x12-837p&purpose=HPAYMT&serviceFrom=2026-01-01&totalTo=9000&clientCode=C-1&sort=-createdAt,filingDeadline&count=true';
    expect((await send('GET', `/v1/disclosures?${query}`)).statusCode).toBe(200);
    expect(lastCall()?.given[0]).toEqual({
      ...{ status: ['paid', 'denied'], format: ['x12-837p'], purpose: ['HPAYMT'], serviceFrom: '2026-01-01' },
      ...{ totalTo: 9_000, clientCode: 'C-1', count: 'true' },
      sort: [
        { by: 'createdAt', descending: true },
        { by: 'filingDeadline', descending: false },
      ],
    });
  });

  it.each([
    ['sort=clientName', 'sort_unknown'],
    ['sort=--createdAt', 'sort_unknown'],
    ['sort=createdAt,-createdAt', 'sort_unknown'],
    ['sort=createdAt,', 'sort_unknown'],
    ['sort=createdAt,updatedAt,state,format,purpose', 'sort_unknown'],
    ['sort=name;DROP', 'sort_unknown'],
    ['status=CANARY', 'not_allowed'],
    ['totalFrom=-1', 'wrong_form'],
    ['totalFrom=1.5', 'wrong_form'],
    ['serviceFrom=2026-02-30', 'wrong_form'],
    ['count=1', 'not_allowed'],
    ['name=CANARY', 'unknown_member'],
  ])('refuses %s', async (query) => {
    const calls = gateway.useCases.calls.length;
    const answer = await send('GET', `/v1/disclosures?${query}`);
    expect([answer.statusCode, answer.json().code]).toEqual([422, 'invalid_request']);
    expect(answer.body).not.toContain('CANARY');
    expect(gateway.useCases.calls).toHaveLength(calls);
  });
});

describe('the export', () => {
  it('is comma-separated text to be saved', async () => {
    const answer = await send('GET', '/v1/disclosures/export?state=held');
    expect(answer.statusCode).toBe(200);
    expect(answer.headers['content-type']).toContain('text/csv');
    expect(answer.headers['content-disposition']).toBe('attachment; filename="disclosures.csv"');
    expect(answer.body).toBe(`id\r\n${THING}\r\n`);
  });

  it('is no page, has no other media type, and nothing when it is refused', async () => {
    expect((await send('GET', '/v1/disclosures/export?limit=5')).statusCode).toBe(422);
    const calls = gateway.useCases.calls.length;
    const asJson = await send('GET', '/v1/disclosures/export', { headers: { accept: 'application/json' } });
    expect([asJson.statusCode, gateway.useCases.calls.length]).toEqual([406, calls]);
    gateway.useCases.refusal = [issue('unavailable', '')];
    expect((await send('GET', '/v1/disclosures/export')).statusCode).toBe(503);
  });
});

describe('an item of the worklist', () => {
  it('is read with a tag, and changed under it', async () => {
    const url = `/v1/worklist/items/${THING}`;
    expect((await send('GET', url)).headers.etag).toBe('"v3"');
    const put = (headers: Record<string, string>) =>
      send('PUT', `${url}/assignment`, { headers, payload: { staff: null } });
    expect((await put({})).json().code).toBe('precondition_required');
    expect((await put({ 'if-match': '"a1"' })).json().code).toBe('precondition_failed');
    const done = await put({ 'if-match': '"v3"' });
    expect([done.statusCode, done.headers.etag]).toEqual([200, '"v3"']);
    expect(lastCall()).toMatchObject({ given: [{ item: THING, staff: null, version: 3 }] });
  });

  it.each([
    ['assignment', {}],
    ['assignment', { staff: 'CANARY' }],
    ['snooze', { until: '2026-02-30' }],
    ['snooze', { until: null, more: 1 }],
  ])('takes no %s of %j', async (what, payload) => {
    const answer = await send('PUT', `/v1/worklist/items/${THING}/${what}`, {
      headers: { 'if-match': '"v3"' },
      payload,
    });
    expect(answer.json().code).toBe('invalid_request');
    expect(answer.body).not.toContain('CANARY');
  });

  it('takes no empty note, none too long and none with control characters', async () => {
    for (const text of ['', 'x'.repeat(2_001), 'CANARY\u0007']) {
      const headers = { 'idempotency-key': randomUUID() };
      const answer = await send('POST', `/v1/worklist/items/${THING}/notes`, { headers, payload: { text } });
      expect([answer.statusCode, answer.body.includes('CANARY')]).toEqual([422, false]);
    }
  });

  it('stands in a queue that there is', async () => {
    expect((await send('GET', '/v1/worklist/CANARY')).statusCode).toBe(404);
    expect((await send('GET', '/v1/worklist/parked?scope=mine&snoozed=true')).statusCode).toBe(200);
    expect(lastCall()?.given[0]).toEqual({ queue: 'parked', scope: 'mine', snoozed: true });
    expect((await send('GET', '/v1/worklist/parked?snoozed=false')).statusCode).toBe(422);
  });
});

describe('a saved view', () => {
  const body = { name: 'Held', filter: { state: 'held', totalFrom: '100' }, columns: ['client'], sort: '-total' };
  const save = (payload: object, headers = gateway.session([...ROLES])) =>
    gateway.app.inject({
      ...{ method: 'POST', url: '/v1/views', payload },
      headers: { ...headers, 'idempotency-key': randomUUID() },
    });

  it('keeps the words of the query', async () => {
    expect((await save(body)).statusCode).toBe(201);
    expect(lastCall()?.given[0]).toEqual(body);
  });

  it.each([
    [{ ...body, filter: { state: 'CANARY' } }, 'filter_invalid /filter/state'],
    [{ ...body, filter: { totalFrom: 'CANARY' } }, 'filter_invalid /filter/totalFrom'],
    [{ ...body, filter: { name: 'CANARY' } }, 'unknown_member /filter'],
    [{ ...body, filter: { after: 'x' } }, 'unknown_member /filter'],
    [{ ...body, sort: 'CANARY' }, 'filter_invalid /sort'],
  ])('takes only what the list would: %j', async (payload, expected) => {
    const answer = await save(payload);
    const { issues } = answer.json<{ issues: { code: string; path: string }[] }>();
    expect(issues.map(({ code, path }) => `${code} ${path}`)).toEqual([expected]);
    expect(answer.body).not.toContain('CANARY');
  });

  it('belongs to a person', async () => {
    expect((await save(body, gateway.apiKey(['billing']))).json().code).toBe('person_required');
  });
});

describe('one action on many', () => {
  const bulk = (payload: object, change: { key?: string; query?: string } = {}) =>
    send('POST', `/v1/disclosures/bulk${change.query ?? ''}`, {
      headers: change.key === '' ? {} : { 'idempotency-key': change.key ?? randomUUID() },
      payload,
    });
  const other = randomUUID();

  it('says of each what came of it, and acts once on what is named twice', async () => {
    const payload = { action: 'cancel', items: [{ id: THING }, { id: other, version: 2 }, { id: THING }] };
    const answer = await bulk(payload, { key: 'twice' });
    expect(answer.statusCode).toBe(202);
    const { summary, results } = answer.json();
    expect(summary).toMatchObject({ done: 2, closed: 2, ready: 0, waiting: 0, refused: 1 });
    expect(results.map(({ index, outcome }: { index: number; outcome: string }) => [index, outcome])).toEqual([
      [0, 'done'],
      [1, 'done'],
      [2, 'refused'],
    ]);
    expect(results[2].problem.issues).toEqual([
      expect.objectContaining({ code: 'item_repeated', path: '/items/2/id' }),
    ]);
    const again = await bulk({ ...payload, items: payload.items.slice(0, 2) }, { key: 'twice' });
    expect(again.headers['idempotency-replayed']).toBe('true');
  });

  it('is another request with another action under the same key', async () => {
    await bulk({ action: 'cancel', items: [{ id: other }] }, { key: 'same' });
    const snooze = { action: 'snooze', until: '2099-01-01', items: [{ id: other }] };
    const answer = await bulk(snooze, { key: 'same' });
    expect(answer.json().results[0].problem.code).toBe('idempotency_key_reused');
  });

  it('is rehearsed without a key, and says how many would wait for whom', async () => {
    const payload = { action: 'choose', choice: { choice: 'use-markers' }, items: [{ id: THING }, { id: other }] };
    expect((await bulk(payload, { key: '' })).json().code).toBe('idempotency_key_missing');
    const answer = await bulk(payload, { key: '', query: '?validate=only' });
    expect(answer.json().summary).toEqual({
      ...{ done: 2, ready: 0, waiting: 2, revoked: 2, closed: 0, refused: 0 },
      curers: { client: 2, chart: 0, office: 0, practice: 0, nobody: 0 },
    });
    expect(lastCall()?.name).toBe('rehearseActions');
  });

  it.each([
    { action: 'resubmit', items: [{ id: other }] },
    { action: 'cancel', items: [] },
    { action: 'cancel', items: [{ id: 'CANARY' }] },
    { action: 'assign', items: [{ id: other }] },
    { action: 'cancel', items: Array.from({ length: 501 }, () => ({ id: randomUUID() })) },
  ])('takes no other form', async (payload) => {
    const calls = gateway.useCases.calls.length;
    const answer = await bulk(payload);
    expect([answer.statusCode, answer.body.includes('CANARY')]).toEqual([422, false]);
    expect(gateway.useCases.calls).toHaveLength(calls);
  });
});
