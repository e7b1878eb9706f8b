import { createHash, randomUUID } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ROUTES } from '#libs/contracts';
import type { UseCases } from '../../apps/api/use-cases.js';
import { createUseCases } from '../../apps/api/wiring/create-use-cases.js';
import { asking } from '../support/asking.js';
import { ago, Stage, valueOf } from '../support/stage.js';
import { gatewayOf, keyOf, listen } from '../support/stage-gateway.js';
import { typed } from '../support/typed.js';

let stage: Stage;
let useCases: UseCases;

beforeAll(async () => {
  stage = await Stage.open();
  useCases = createUseCases(stage.services);
});

afterAll(() => stage.close());

const billing = () => asking(stage, ['billing']);

const invoiceOf = (party: Awaited<ReturnType<Stage['client']>>, change: object = {}) => {
  const content = stage.invoice(party);
  if (content.kind !== 'invoice') throw new Error('not an invoice');
  return ROUTES.submitInvoice.body.parse({ ...content.invoice, ...change });
};

const item = (invoice: ReturnType<typeof invoiceOf>, key: string = randomUUID()) => ({
  invoice,
  idempotency: {
    key,
    route: 'POST /v1/invoices/bulk',
    fingerprint: createHash('sha256').update(JSON.stringify(invoice)).digest('hex'),
    status: 202,
  },
});

const countOf = async (): Promise<number> => {
  const page = await stage.services.store.inPractice(stage.context, ({ disclosures }) =>
    disclosures.page({}, { limit: 100 }),
  );
  return page.rows.length;
};

describe('a batch of invoices', () => {
  it('gives each the answer of the single route, and a wrong one sinks no other', async () => {
    const party = await stage.client('harbor-mutual');
    await stage.release(party.client, 'harbor-mutual');
    const unreleased = await stage.client('harbor-mutual');
    const items = [
      item(invoiceOf(party)),
      item(invoiceOf(party, { number: 'INV-2' })),
      item(invoiceOf(unreleased)),
      item(invoiceOf({ ...party, client: randomUUID() as typeof party.client })),
      item(invoiceOf(party, { total: 1 })),
    ];
    const results = await useCases.submitInvoices(billing(), items);
    const told = results.map((one) =>
      one.ok ? one.value.body.disclosures[0]?.state : one.issues.map(({ code, path }) => `${code} ${path}`),
    );
    expect(told).toEqual([
      'ready',
      ['duplicate_service /lines'],
      'held',
      ['unknown_reference /client'],
      expect.arrayContaining(['total_differs /total']),
    ]);
    const single = items[4];
    if (single === undefined) throw new Error('no item');
    const alone = await useCases.submitInvoice(billing(), single.invoice, single.idempotency);
    expect(alone).toEqual(results[4]);
  });

  it('repeated repeats nothing, and takes in only what was not taken in before', async () => {
    const parties = await Promise.all([1, 2, 3].map(() => stage.client('harbor-mutual')));
    const [party] = parties;
    if (party === undefined) throw new Error('no party');
    const items = parties.map((party) => item(invoiceOf(party)));
    const first = await useCases.submitInvoices(billing(), items.slice(0, 2));
    const before = await countOf();
    const second = await useCases.submitInvoices(billing(), items);
    expect(second.map((one) => valueOf(one).replayed)).toEqual([true, true, false]);
    expect(second.slice(0, 2).map((one) => valueOf(one).body)).toEqual(first.map((one) => valueOf(one).body));
    expect(await countOf()).toBe(before + 1);
    const changed = items.slice(0, 1).map(({ idempotency }) => ({
      ...item(invoiceOf(party, { number: 'INV-9' }), idempotency.key),
    }));
    const third = await useCases.submitInvoices(billing(), changed);
    expect(third[0]).toMatchObject({ ok: false, issues: [{ code: 'idempotency_key_reused' }] });
  });

  it('only validated says the same as one by one, finds a service that an earlier item bills, and keeps nothing', async () => {
    const party = await stage.client('harbor-mutual');
    await stage.release(party.client, 'harbor-mutual');
    const unreleased = await stage.client('harbor-mutual');
    const invoices = [
      invoiceOf(party),
      invoiceOf(party, { number: 'INV-2' }),
      invoiceOf(unreleased),
      invoiceOf(party, { issuedOn: ago(-2) }),
    ];
    const before = await countOf();
    const results = await useCases.validateInvoices(billing(), invoices);
    expect(results[1]).toMatchObject({ ok: false, issues: [{ code: 'duplicate_service', path: '/lines' }] });
    for (const at of [0, 2, 3]) {
      const invoice = invoices[at];
      if (invoice === undefined) throw new Error('no invoice');
      expect(results[at]).toEqual(await useCases.validateInvoice(billing(), invoice));
    }
    expect(results[2]).toMatchObject({ ok: true, value: { gaps: [{ curer: 'client' }] } });
    expect(await countOf()).toBe(before);
  });
});

describe('sluice batch', () => {
  const gateway = async () => {
    const app = await gatewayOf(stage, { useCases });
    const url = await listen(app);
    return { app, connection: ['--url', url, '--key', await keyOf(stage, 'billing')] };
  };

  const sluice = (...words: readonly string[]) => typed(words);

  it('says what would become of a file, submits it, and goes on where it ended', async () => {
    const { app, connection } = await gateway();
    try {
      const party = await stage.client('harbor-mutual');
      await stage.release(party.client, 'harbor-mutual');
      const unreleased = await stage.client('harbor-mutual');
      const rows = [invoiceOf(party), invoiceOf(unreleased), { number: 'nothing else' }];
      const file = join(stage.directory, 'march.jsonl');
      await writeFile(file, rows.map((row) => `${JSON.stringify(row)}\n`).join(''));
      const dry = await sluice('batch', file, '--dry-run', ...connection);
      expect(dry.said).toEqual([]);
      expect(dry.shown.at(-1)).toBe('1 ready, 1 waiting (gaps for client 1), 1 refused');
      expect(dry.shown.slice(1, 4).map((line) => line.trim().split(/ {2}/)[1])).toEqual([
        'would go',
        'would wait',
        'refused',
      ]);
      const before = await countOf();
      const first = await sluice('batch', file, ...connection);
      expect(first).toMatchObject({ said: [], counted: ['Submitted 3/3'], code: 1 });
      expect(first.shown.at(-1)).toBe('1 ready, 1 waiting, 1 refused');
      const again = await sluice('batch', file, ...connection);
      expect(again.shown[1]).toContain('ready (before)');
      expect(await countOf()).toBe(before + 2);
    } finally {
      await app.close();
    }
  });

  it('refuses a file that breaks off whole, and names the line', async () => {
    const file = join(stage.directory, 'broken.jsonl');
    await writeFile(file, `{"number":"a"}\n{"number":\n`);
    expect((await sluice('batch', file, '--key', 'slk_x')).said).toEqual([`sluice: cli.not-json ${file}:2`]);
  });
});
