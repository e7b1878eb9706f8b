import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { routeOf, ROUTES } from '#libs/contracts';
import { centsOf } from '#libs/kernel';
import type { UseCases } from '../../apps/api/use-cases.js';
import { createUseCases } from '../../apps/api/wiring/create-use-cases.js';
import { asking } from '../support/asking.js';
import { ago, Stage, valueOf } from '../support/stage.js';

let stage: Stage;
let useCases: UseCases;

beforeAll(async () => {
  stage = await Stage.open();
  useCases = createUseCases(stage.services);
});

afterAll(async () => {
  await stage.close();
});

const billing = () => asking(stage, ['billing']);

/** Rows of every table, of all practices. */
const allRows = async (): Promise<Readonly<Record<string, number>>> => {
  const tables = await stage.database.asSuperuser(
    `SELECT relname FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace ORDER BY relname`,
  );
  const counts: Record<string, number> = {};
  for (const { relname } of tables) {
    // Not only how many there are, but what they hold.
    const [row] = await stage.database.asSuperuser(
      `SELECT count(*)::int AS n, coalesce(sum(hashtext(t::text)), 0)::bigint AS content FROM ${String(relname)} t`,
    );
    counts[String(relname)] = Number(row?.['n']) * 1_000_000_007 + Number(row?.['content']);
  }
  return counts;
};

describe('a shadow run', () => {
  it('says what would become of each invoice, and writes nothing but that somebody asked', async () => {
    const signed = await stage.client('harbor-mutual');
    await stage.release(signed.client, 'harbor-mutual');
    const narrow = await stage.client('harbor-mutual');
    await stage.release(narrow.client, 'harbor-mutual', { preset: 'receipt-only' });
    const without = await stage.client('maple-extended', { lastName: 'Canarysson' });
    const invoice = (party: Parameters<Stage['invoice']>[0], change: object = {}) => {
      const { invoice: made } = stage.invoice(party, change) as Extract<
        ReturnType<Stage['invoice']>,
        { kind: 'invoice' }
      >;
      return ROUTES.submitInvoice.body.parse(JSON.parse(JSON.stringify(made)));
    };
    const invoices = [
      invoice(signed),
      invoice(narrow),
      invoice(without),
      invoice(signed, { total: centsOf(1) }),
      { ...invoice(signed), coverage: without.coverage },
    ];
    const before = await allRows();
    const report = valueOf(await useCases.runShadow(billing(), { invoices }));
    const after = await allRows();
    const changed = Object.keys(before).filter((table) => before[table] !== after[table]);
    expect(changed).toEqual(['ledger_block', 'ledger_entry', 'ledger_head']);
    const [entry] = await stage.database.asSuperuser(
      'SELECT body FROM ledger_entry ORDER BY height DESC, position DESC LIMIT 1',
    );
    expect(JSON.parse(String(entry?.['body']))).toMatchObject({ kind: 'shadow-run', codes: ['documents:5'] });
    for (const played of ['harbor-mutual', 'maple-extended'] as const) expect(await stage.received(played)).toEqual([]);

    expect(routeOf('runShadow').response?.safeParse(report).error?.issues ?? []).toEqual([]);
    expect(report.documents.map(({ outcome }) => outcome)).toEqual(['goes', 'held', 'held', 'refused', 'refused']);
    expect(report.counts).toMatchObject({ goes: 1, held: 2, refused: 2, blocked: 0 });
    expect(report.byCurer).toMatchObject({ client: 2 });
    const names = report.byInsurer.map(({ insurer, counts }) => [
      [...stage.insurers].find(([, one]) => one.id === insurer)?.[0],
      counts.goes,
      counts.held,
      counts.refused,
    ]);
    expect(names.sort()).toEqual([
      ['harbor-mutual', 1, 1, 1],
      ['maple-extended', 0, 1, 0],
    ]);
    const missing = report.documents[1]?.gaps.map(({ field }) => field) ?? [];
    expect(missing).toContain('diagnosis.primary');
    const told = JSON.stringify(report);
    for (const value of ['F331', '90834', 'Ottilie', 'Vantongeren', 'Canarysson', 'ZZ000111', '1991-09-30', ago(10)])
      expect(told).not.toContain(value);
  });

  it('decides as submitting does', async () => {
    const party = await stage.client('harbor-mutual');
    await stage.release(party.client, 'harbor-mutual', { preset: 'receipt-only' });
    const content = stage.invoice(party);
    if (content.kind !== 'invoice') throw new Error('it is an invoice');
    const body = ROUTES.submitInvoice.body.parse(JSON.parse(JSON.stringify(content.invoice)));
    const shadow = valueOf(await useCases.runShadow(billing(), { invoices: [body] })).documents[0];
    const real = await stage.submit(content);
    expect([shadow?.outcome, shadow?.format, shadow?.insurer]).toEqual([real.status, real.format, real.insurer]);
    expect(shadow?.gaps[0]?.curer).toBe(real.curer);
    // What was billed since is no fault of last month.
    expect(valueOf(await useCases.runShadow(billing(), { invoices: [body] })).documents[0]?.outcome).toBe('held');
  });

  it('takes as many as a month may have', async () => {
    const party = await stage.client('harbor-mutual');
    await stage.release(party.client, 'harbor-mutual');
    const content = stage.invoice(party);
    if (content.kind !== 'invoice') throw new Error('it is an invoice');
    const body = ROUTES.submitInvoice.body.parse(JSON.parse(JSON.stringify(content.invoice)));
    const report = valueOf(await useCases.runShadow(billing(), { invoices: Array.from({ length: 500 }, () => body) }));
    expect(report.counts.goes).toBe(500);
    expect(routeOf('runShadow').body?.safeParse({ invoices: Array.from({ length: 501 }, () => body) }).success).toBe(
      false,
    );
  });
});
