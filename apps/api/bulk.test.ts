import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { ROLES } from '#libs/contracts';
import { issue } from '#libs/kernel';
import { type Gateway, openGateway } from './gateway.fixture.js';
import { INVOICE } from './samples.fixture.js';

const CANARY = 'CANARY-Jane-Quillfeather';

let gateway: Gateway;

beforeAll(async () => {
  gateway = await openGateway();
});
afterEach(() => {
  gateway.useCases.refusal = undefined;
});
afterAll(() => gateway.close());

const post = (payload: string | object, { key = 'batch-1', query = '' } = {}) =>
  gateway.app.inject({
    method: 'POST',
    url: `/v1/invoices/bulk${query}`,
    headers: {
      ...gateway.session([...ROLES]),
      'content-type': 'application/json',
      ...(key === '' ? {} : { 'idempotency-key': key }),
    },
    payload,
  });

const item = (key: string, change: object = {}) => ({ key, invoice: { ...INVOICE, ...change } });

interface Told {
  readonly index: number;
  readonly key?: string;
  readonly outcome: string;
  readonly problem?: {
    readonly code: string;
    readonly status: number;
    readonly issues: { code: string; path: string }[];
  };
}

const faults = (results: readonly Told[]) =>
  results.map(({ outcome, problem }) => [
    outcome,
    ...(problem?.issues ?? []).map(({ code, path }) => `${code} ${path}`),
  ]);

describe('a batch over HTTP', () => {
  it('reads each item by itself, and points into it', async () => {
    const answer = await post({
      items: [
        item('a'),
        item('b', { total: 0.5, [CANARY]: 1 }),
        { key: 'c' },
        item('a'),
        { invoice: INVOICE },
        CANARY,
        item('d'),
      ],
    });
    expect(answer.statusCode).toBe(202);
    expect(answer.body).not.toContain('CANARY');
    const { summary, results } = answer.json<{ summary: object; results: Told[] }>();
    expect(summary).toEqual({ ready: 2, waiting: 0, refused: 5 });
    expect(results.map(({ index, key }) => [index, key])).toEqual([
      [0, 'a'],
      [1, 'b'],
      [2, undefined],
      [3, 'a'],
      [4, undefined],
      [5, undefined],
      [6, 'd'],
    ]);
    expect(faults(results)).toEqual([
      ['accepted'],
      ['refused', 'wrong_type /items/1/invoice/total', 'unknown_member /items/1/invoice'],
      ['refused', 'required /items/2/invoice'],
      ['refused', 'key_repeated /items/3/key'],
      ['refused', 'required /items/4/key'],
      ['refused', 'wrong_type /items/5'],
      ['accepted'],
    ]);
    const single = await gateway.app.inject({
      method: 'POST',
      url: '/v1/invoices',
      headers: { ...gateway.session([...ROLES]), 'idempotency-key': 'alone' },
      payload: { ...INVOICE, total: 0.5 },
    });
    expect(results[1]?.problem).toMatchObject({ code: single.json().code, status: single.statusCode });
  });

  it('gives what the use case refuses as the problem of the single route', async () => {
    gateway.useCases.refusal = [issue('duplicate_service', '/lines')];
    const { results } = (await post({ items: [item('a')] }, { key: 'batch-2' })).json();
    expect(results[0].problem).toMatchObject({
      code: 'duplicate',
      status: 409,
      issues: [{ code: 'duplicate_service', path: '/items/0/invoice/lines' }],
    });
    gateway.useCases.refusal = [issue('idempotency_key_reused', 'Idempotency-Key')];
    const again = (await post({ items: [item('a')] }, { key: 'batch-2' })).json();
    expect(again.results[0].problem.issues[0].path).toBe('/items/0/key');
  });

  it('says that all of it was a repetition', async () => {
    const body = { items: [item('a'), item('b')] };
    expect((await post(body, { key: 'batch-3' })).headers).not.toHaveProperty('idempotency-replayed');
    const again = await post(body, { key: 'batch-3' });
    expect(again.headers).toMatchObject({ 'idempotency-replayed': 'true' });
    // Another batch of the same keys is another one, and so is an item key that joins up to the same text.
    expect((await post(body, { key: 'batch-4' })).headers).not.toHaveProperty('idempotency-replayed');
  });

  it.each([
    ['half a body', `{"items":[${JSON.stringify(item('a'))},{"key":"b","inv`, 400, 'malformed_body'],
    ['no items', { items: [] }, 422, 'invalid_request'],
    ['501 items', { items: Array.from({ length: 501 }, (_one, at) => ({ key: `k${at}` })) }, 422, 'invalid_request'],
    ['something else', { items: [item('a')], more: true }, 422, 'invalid_request'],
    ['a member twice', `{"items":[{"key":"a","key":"b","invoice":{}}]}`, 400, 'body_repeated_member'],
  ])('refuses %s whole, and asks nobody', async (_name, payload, status, code) => {
    const calls = gateway.useCases.calls.length;
    const answer = await post(payload, { key: 'batch-5' });
    expect([answer.statusCode, answer.json().code]).toEqual([status, code]);
    expect(gateway.useCases.calls).toHaveLength(calls);
  });

  it('needs a key unless it is only validated, and then sums up', async () => {
    expect((await post({ items: [item('a')] }, { key: '' })).json().code).toBe('idempotency_key_missing');
    const dry = await post({ items: [item('a'), item('b', { total: 'x' })] }, { key: '', query: '?validate=only' });
    expect(dry.statusCode).toBe(200);
    expect(dry.json().summary).toEqual({
      ready: 1,
      waiting: 0,
      refused: 1,
      curers: { client: 0, chart: 0, office: 0, practice: 0, nobody: 0 },
    });
    expect(gateway.useCases.calls.at(-1)?.name).toBe('validateInvoices');
  });
});
