import { once } from 'node:events';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { createServer, type IncomingMessage } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { plainDate, UTC } from '#libs/kernel';
import { gatewayAt } from '../gateway/open-gateway.js';
import type { DemoInvoice, DemoStep } from './demo-schema.js';
import { play } from './play.js';
import { Progress } from './progress.js';
import { allRows } from './rows.js';
import { SandboxControl } from './sandbox-control.js';
import type { Stage } from './stage.js';

const uuid = (number: number): string => `6f3f6a50-6d2c-4a50-9f4e-${String(number).padStart(12, '0')}`;
const at = '2026-11-20T12:00:00Z';

/** A gateway that takes in what it gets once for each key, refuses one number, and holds everything. */
const taken = new Map<string, string>();
const asked: string[] = [];

const problem = (code: string, status: number, issues: readonly object[]) => ({
  ...{ type: `/problems/${code}`, title: 'No.', status, code, correlation: uuid(8), issues },
});

const detail = (id: string) => ({
  id,
  document: uuid(1),
  client: { id: uuid(2), code: 'TL-1', name: 'Invented Client' },
  insurer: { id: uuid(3), name: 'Harbor' },
  format: 'x12-837p',
  purpose: 'HPAYMT',
  state: 'held',
  status: 'held',
  cause: 'expired',
  curer: 'client',
  nextStep: 'Ask the client.',
  createdAt: at,
  updatedAt: at,
  version: 1,
  options: { useMarkers: false, excludedLines: [] },
  attempts: 0,
  answers: [],
  timeline: [],
});

const bodyOf = async (request: IncomingMessage): Promise<string> => {
  let body = '';
  for await (const chunk of request) body += String(chunk);
  return body;
};

const answer = async (request: IncomingMessage): Promise<readonly [number, unknown]> => {
  const path = request.url ?? '';
  const body = await bodyOf(request);
  asked.push(`${request.method ?? ''} ${path}`);
  if (path.startsWith('/control/')) return [200, JSON.parse(body)];
  if (path === '/v1/invoices') {
    if (body.includes('REFUSED'))
      return [422, problem('refused', 422, [{ code: 'total_differs', path: '/total', severity: 'error' }])];
    const key = String(request.headers['idempotency-key']);
    const id = taken.get(key) ?? uuid(100 + taken.size);
    taken.set(key, id);
    const disclosure = {
      id,
      insurer: uuid(3),
      format: 'x12-837p',
      purpose: 'HPAYMT',
      state: 'held',
      nextStep: 'Ask the client.',
    };
    return [202, { document: uuid(1), disclosures: [disclosure], warnings: [] }];
  }
  const [, id] = /^\/v1\/disclosures\/([^/]+)$/.exec(path) ?? [];
  return id === undefined ? [404, problem('not_found', 404, [])] : [200, detail(id)];
};

const server = createServer((request, response) => {
  void answer(request).then(([status, body]) =>
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body)),
  );
});

let url = '';
let place = '';

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
  place = mkdtempSync(join(tmpdir(), 'sluice-play-'));
  taken.clear();
  asked.length = 0;
});
afterEach(() => rmSync(place, { recursive: true }));

const invoice = (label: string, number: string, cause = 'expired'): DemoInvoice => ({
  label,
  what: `claim ${label}`,
  client: 'somebody',
  insurer: 'harbor',
  clinician: 'someone',
  diagnoses: ['F411'],
  expect: { status: 'held', cause },
  number,
  placeOfService: '11',
  lines: [{ daysAgo: 3, procedure: '90834', modifiers: [], units: 1, charge: 100, character: 'individual' }],
  currency: 'USD',
});

const steps: readonly DemoStep[] = [
  { do: 'behave', insurer: 'harbor', say: 'Harbor is down', behaviour: { mode: 'down' } },
  { do: 'push' },
  { do: 'await', document: 'one', what: 'claim one on its way', expect: { status: 'held' } },
];

const stageAt = (progress: Progress, over = new AbortController()): Stage => {
  const client = gatewayAt(url, { kind: 'key', secret: 'slk_invented' });
  return {
    demo: {
      practice: {
        id: uuid(9),
        name: 'P',
        npi: '',
        taxId: '',
        taxonomy: '',
        address: { line: '', city: '', region: '', postal: '' },
        phone: '',
        contactName: '',
        submitterId: '',
        part2Program: false,
        timeZone: UTC,
      },
      clinicians: [],
      staff: [],
      insurers: [],
      behindClearinghouse: { id: 'crossing', name: 'CROSSING', receiverId: 'CROSSING', insurers: [] },
      readings: [],
      clients: [],
      invoices: [invoice('one', 'N-1'), invoice('two', 'N-2', 'revoked')],
      reports: [],
      steps,
    },
    world: {
      clinicians: new Map([['someone', uuid(4) as never]]),
      clients: new Map([['somebody', uuid(2) as never]]),
      coverages: new Map([['somebody harbor', uuid(5) as never]]),
      releases: new Map(),
      insurers: new Map([['harbor', { name: 'Harbor', url, token: 't' }]]),
    },
    progress,
    sandbox: new SandboxControl(url, 'control'),
    cast: { billing: client, privacy: client, clinicians: new Map() },
    screen: { say: () => undefined, count: () => undefined, show: () => undefined, columns: undefined },
    clock: { now: () => 0 },
    over: over.signal,
  };
};

const begun = () => Progress.begin(place, { day: plainDate('2026-11-20'), done: 0 });

describe('the story', () => {
  it('is played once, step by step, and remembered', async () => {
    expect((await play(stageAt(begun()))).ok).toBe(true);
    const progress = Progress.read(place);
    expect(progress?.done).toBe(steps.length);
    expect(Object.keys(progress?.pushed ?? {})).toEqual(['one', 'two']);
    expect(progress?.seen.map((one) => [one.what, one.asExpected])).toEqual([['claim one on its way', true]]);
    expect(asked.filter((one) => one.startsWith('PUT /control/insurers/harbor'))).toHaveLength(1);
    asked.length = 0;
    if (progress) await play(stageAt(progress));
    expect(asked).toEqual([]);
  });

  it('goes on where it was broken off, and submits nothing twice', async () => {
    const first = begun();
    first.save({ done: 1, pushed: { one: uuid(100) } });
    taken.set('demo-one', uuid(100));
    const again = Progress.read(place);
    if (again === undefined) throw new Error('nothing was remembered');
    await play(stageAt(again));
    expect(asked.filter((one) => one === 'POST /v1/invoices')).toHaveLength(1);
    expect([...taken.keys()]).toEqual(['demo-one', 'demo-two']);
  });

  it('stops where it is when everything is to end', async () => {
    const over = new AbortController();
    over.abort();
    const progress = begun();
    await play(stageAt(progress, over));
    expect(progress.done).toBe(0);
    expect(asked).toEqual([]);
  });

  it('ends in a table in which everything else than what was expected stands out', async () => {
    const progress = begun();
    const stage = stageAt(progress);
    const refused = {
      ...stage,
      demo: { ...stage.demo, invoices: [...stage.demo.invoices, invoice('three', 'REFUSED')] },
    };
    await play(refused);
    const rows = await allRows(refused);
    expect(rows.map(({ what, outcome, why, asExpected }) => [what, outcome, why, asExpected])).toEqual([
      ['claim one on its way', 'held', 'Ask the client.', true],
      ['claim one', 'held', 'Ask the client.', true],
      ['claim two', 'held', 'Ask the client.', false],
      ['claim three', 'not taken in', 'total_differs /total', false],
    ]);
  });
});

describe('what is remembered', () => {
  it('is for its owner alone, and nothing is made of a file that is no good', () => {
    begun();
    expect(statSync(join(place, 'demo.json')).mode & 0o777).toBe(0o600);
    expect(Progress.read(join(place, 'elsewhere'))).toBeUndefined();
  });
});
