import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Asked, GatewayClient, Problem } from './index.js';

const id = '6f3f6a50-6d2c-4a50-9f4e-0c9d6b1f0a01';
const client = {
  code: 'C-1',
  identity: {
    firstName: 'Ada',
    lastName: 'Invented',
    birthDate: '1988-04-01',
    sex: 'F' as const,
    address: { line: '1 Nowhere Lane', city: 'Trenton', region: 'NJ', postal: '08608' },
  },
};
const view = { id, ...client, revision: 1 };
const refusal = (code: string, status: number, issues: object[] = []) => ({
  ...{ type: `/problems/${code}`, title: 'No.', status, code, correlation: id, issues },
});

let answers: [number, unknown][] = [];
let seen: IncomingMessage[] = [];
let bodies: string[] = [];
let url = '';
let pauses: number[] = [];

const server = createServer((request, response: ServerResponse) => {
  seen.push(request);
  let sent = '';
  request.setEncoding('utf8').on('data', (part: string) => (sent += part));
  request.on('end', () => {
    bodies.push(sent);
    const [status, body] = answers.shift() ?? [500, 'nothing left'];
    if (typeof body === 'string' && body.startsWith('%PDF')) {
      response.writeHead(status, { 'content-type': 'application/pdf; x=y' }).end(body);
      return;
    }
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
  });
});

beforeAll(async () => {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  url = `http://127.0.0.1:${typeof address === 'object' ? (address?.port ?? 0) : 0}`;
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});
beforeEach(() => {
  [answers, seen, bodies, pauses] = [[], [], [], []];
});

let keys = 0;
const gateway = () =>
  new GatewayClient({
    baseUrl: url,
    proof: { kind: 'key', secret: 'slk_invented' },
    newIdempotencyKey: () => `key-${(keys += 1)}`,
    pause: (attempt) => Promise.resolve(void pauses.push(attempt)),
  });

const problemOf = async (asked: Promise<unknown>): Promise<Problem> => {
  const error: unknown = await asked.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  if (error instanceof Problem) return error;
  throw new Error('there was no problem');
};

describe('the client of the gateway', () => {
  it('brings an idempotency key of its own where something is created, the same at every repetition', async () => {
    answers = [
      [503, refusal('unavailable', 503)],
      [409, refusal('idempotency_in_progress', 409)],
      [201, view],
    ];
    expect(await gateway().ask('recordClient', { body: client })).toEqual(view);
    expect(new Set(seen.map(({ headers }) => headers['idempotency-key'])).size).toBe(1);
    expect(seen[0]?.headers['idempotency-key']).toMatch(/^key-\d+$/);
    expect(pauses).toEqual([1, 2]);
    answers = [[201, view]];
    await gateway().ask('recordClient', { body: client, idempotencyKey: 'mine' });
    expect(seen.at(-1)?.headers['idempotency-key']).toBe('mine');
  });

  it('repeats nothing that would be done twice, and nothing that was refused', async () => {
    answers = [[503, refusal('unavailable', 503)]];
    const made = gateway().ask('createApiKey', { body: { label: 'x', roles: ['billing'], days: 1 } });
    expect((await problemOf(made)).code).toBe('unavailable');
    answers = [[404, refusal('not_found', 404)]];
    expect((await problemOf(gateway().ask('readClient', { params: { id } }))).code).toBe('not_found');
    expect(seen).toHaveLength(2);
    expect(seen.every(({ headers }) => headers['idempotency-key'] === undefined)).toBe(true);
  });

  it('gives up after three attempts', async () => {
    answers = Array.from({ length: 5 }, () => [503, refusal('unavailable', 503)]);
    expect((await problemOf(gateway().ask('readClient', { params: { id } }))).code).toBe('unavailable');
    expect(seen).toHaveLength(3);
  });

  it('throws the code, the places and the correlation of a problem', async () => {
    const issue = { code: 'too_small', path: '/code', severity: 'error' };
    answers = [[422, refusal('invalid_request', 422, [issue])]];
    expect(await problemOf(gateway().ask('recordClient', { body: client }))).toMatchObject({
      ...{ code: 'invalid_request', status: 422, issues: [issue], correlation: id },
    });
  });

  it('takes nothing for an answer, or a problem, that is not one by the contract', async () => {
    answers = [
      [200, { ...view, extra: 'CANARY' }],
      [418, { code: 'teapot' }],
    ];
    for (const status of [200, 418]) {
      const problem = await problemOf(gateway().ask('readClient', { params: { id } }));
      expect([problem.code, problem.status]).toEqual(['unreadable_answer', status]);
      expect(JSON.stringify(problem) + problem.message).not.toContain('CANARY');
    }
    const nobody = new GatewayClient({ baseUrl: 'http://127.0.0.1:1', newIdempotencyKey: () => 'k', attempts: 1 });
    expect((await problemOf(nobody.ask('readSession', {}))).code).toBe('unreachable');
  });

  it('sends a file from its beginning at every attempt, under one key and in its own media type', async () => {
    const report = { kind: 'clients', dryRun: true, rows: 0, made: 0, there: 0, refused: 0, ranges: [], refusals: [] };
    answers = [
      [503, refusal('unavailable', 503)],
      [200, report],
    ];
    const open = async function* (): AsyncGenerator<Uint8Array> {
      yield await Promise.resolve(Buffer.from('code,'));
      yield Buffer.from('first_name');
    };
    const file = { type: 'text/csv' as const, open };
    expect(await gateway().ask('importClients', { query: { 'dry-run': 'true' }, file })).toEqual(report);
    expect(bodies).toEqual(['code,first_name', 'code,first_name']);
    expect(seen.map(({ headers }) => headers['content-type'])).toEqual(['text/csv', 'text/csv']);
    expect(new Set(seen.map(({ headers }) => headers['idempotency-key'])).size).toBe(1);
  });

  it('tries a submission out without a key, and takes nothing but the answer to a trial', async () => {
    const invoice: Asked<'submitInvoice'>['body'] = {
      ...{ client: id, coverage: id, clinician: id, number: '1', issuedOn: '2026-03-02', currency: 'USD' },
      ...{ placeOfService: '11', diagnoses: [{ id: 'D1', code: 'F331' }], total: 14_000 },
      lines: [
        {
          ...{ id: 'L1', date: '2026-03-01', procedure: '90834', modifiers: [], units: 1, charge: 14_000 },
          ...{ pointers: ['D1'], character: 'individual' },
        },
      ],
    };
    const valid = { valid: true, outcome: 'send', gaps: [], warnings: [] };
    answers = [
      [200, valid],
      [202, { document: id, disclosures: [], warnings: [] }],
    ];
    expect(await gateway().tryOut('submitInvoice', { body: invoice })).toEqual(valid);
    expect([seen[0]?.url, seen[0]?.headers['idempotency-key']]).toEqual(['/v1/invoices?validate=only', undefined]);
    const accepted = gateway().tryOut('submitInvoice', { body: invoice });
    expect((await problemOf(accepted)).code).toBe('unreadable_answer');
  });

  it('fetches a document in a media type that the route has, and no other', async () => {
    answers = [
      [200, '%PDF-1.7 invented'],
      [200, { looks: 'like an error page' }],
    ];
    const copy = await gateway().download('readReleaseCopy', { params: { id } });
    expect([copy.mediaType, Buffer.from(copy.bytes).toString()]).toEqual(['application/pdf', '%PDF-1.7 invented']);
    expect(seen[0]?.headers.accept).toBe('application/pdf, application/problem+json');
    const page = gateway().download('readReleaseCopy', { params: { id } });
    expect((await problemOf(page)).code).toBe('unreadable_answer');
  });

  it('walks through the pages of a list, as far as it is read', async () => {
    const other = { ...view, id: id.replace('6f', '7f') };
    answers = [
      [200, { rows: [view], next: 'n1' }],
      [200, { rows: [other] }],
    ];
    const ids: string[] = [];
    for await (const row of gateway().all('listClients', { query: { limit: '1' } })) ids.push(row.id);
    expect(ids).toEqual([view.id, other.id]);
    expect(seen.map((one) => one.url)).toEqual(['/v1/clients?limit=1', '/v1/clients?limit=1&after=n1']);
    answers = [[200, { rows: [view], next: 'n1' }]];
    for await (const _row of gateway().all('listClients', {})) break;
    expect(seen).toHaveLength(3);
  });
});
