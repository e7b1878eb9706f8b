import { createHash, randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { assignClinician } from '#libs/application';
import { CHANGES, routeOf, ROUTES } from '#libs/contracts';
import { centsOf, type ClientId, type ClinicianId, type DisclosureId } from '#libs/kernel';
import { maskComparison } from '../../apps/api/mask-comparison.js';
import type { UseCases } from '../../apps/api/use-cases.js';
import type { Idempotency, RequestContext } from '../../apps/api/use-cases/asked.js';
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

const as = (roles: RequestContext['roles'], clinician?: ClinicianId) => asking(stage, roles, { clinician });

const key = (): Idempotency => ({
  ...{ key: randomUUID(), route: 'POST /v1/disclosures/{id}/replacement', status: 202 },
  fingerprint: 'ab'.repeat(32),
});

const compared = async (context: RequestContext, id: DisclosureId) => {
  const seen = maskComparison(valueOf(await useCases.compareDisclosure(context, id)), context);
  expect(routeOf('compareDisclosure').response?.safeParse(seen).error?.issues ?? []).toEqual([]);
  return seen;
};

const treats = async (client: ClientId, clinician: ClinicianId): Promise<void> => {
  valueOf(await assignClinician(stage.services, stage.context, { client, clinician, from: ago(5) }));
};

const went = async (party: Parameters<Stage['invoice']>[0], change: object = {}) => {
  const { disclosure } = await stage.submit(stage.invoice(party, change));
  await stage.dispatch(disclosure);
  await stage.collect();
  return disclosure;
};

const reported = async (party: Parameters<Stage['report']>[0], change: object = {}) => {
  const { disclosure } = await stage.submit(stage.report(party, { clinician: stage.clinicians.jersey, ...change }));
  await stage.dispatch(disclosure);
  return disclosure;
};

const reportable = async () => {
  const party = await stage.client('cobalt-valley-hmo');
  await stage.release(party.client, 'cobalt-valley-hmo', { preset: 'treatment-report-min' });
  await treats(party.client, stage.clinicians.jersey);
  return party;
};

describe('comparing with the submission before', () => {
  it('holds a corrected claim against the one that it corrects', async () => {
    const party = await stage.client('harbor-mutual');
    await stage.release(party.client, 'harbor-mutual');
    const of = await went(party);
    await expect
      .poll(async () => (await stage.collect(), (await stage.record(of)).state), { timeout: 8_000 })
      .toBe('received');
    const content = stage.invoice(party);
    if (content.kind !== 'invoice') throw new Error('it is an invoice');
    const lines = content.invoice.lines.map((line) => ({ ...line, charge: centsOf(15_500) }));
    const invoice = ROUTES.submitInvoice.body.parse(
      JSON.parse(JSON.stringify({ ...content.invoice, number: 'INV-1-A', lines, total: 15_500 })),
    );
    const { body } = valueOf(await useCases.correctClaim(as(['billing']), { kind: 'replacement', of, invoice }, key()));
    const seen = await compared(as(['billing']), body.disclosures[0]?.id as DisclosureId);
    expect(seen.previous).toMatchObject({ disclosure: of, because: 'corrects', outcome: 'send' });
    const change = (field: string) => seen.rows.find(({ locus }) => locus.field === field)?.change;
    expect(change('fee.charge')).toBe('changed');
    expect(change('diagnosis.primary')).toBe('same');
    expect(CHANGES.reduce((sum, one) => sum + seen.counts[one], 0)).toBe(seen.rows.length);
  });

  it('holds a report against the last one that this insurer was sent, and hides from billing what it may not see', async () => {
    const party = await reportable();
    const first = await reported(party);
    expect((await stage.record(first)).state).toMatch(/sent|received/);
    const second = await reported(party, {
      reasonContinuing: 'CANARYSECOND',
      sessionsRequested: 20,
      functioning: 'moderate',
    });
    const seen = await compared(as(['clinician'], stage.clinicians.jersey), second);
    expect(seen.previous).toMatchObject({ disclosure: first, because: 'previous-report' });
    const changed = seen.rows.filter(({ change }) => change === 'changed').map(({ locus }) => locus.field);
    expect(changed.length).toBeGreaterThan(0);
    const billing = await compared(as(['billing']), second);
    expect(JSON.stringify(billing)).not.toContain('CANARY');
    expect(billing.counts.hidden).toBeGreaterThan(0);
    const alone = await compared(as(['privacy-officer']), first);
    expect(alone).toMatchObject({ rows: [], counts: { same: 0 } });
    expect(alone).not.toHaveProperty('previous');
  });

  it('is not there for who does not reach the client', async () => {
    const party = await stage.client('harbor-mutual');
    await stage.release(party.client, 'harbor-mutual');
    const id = await went(party);
    const told = await useCases.compareDisclosure(as(['clinician'], stage.clinicians.oregon), id);
    expect(told).toMatchObject({ ok: false, issues: [{ code: 'not_found' }] });
  });
});

describe('the very bytes that were sent', () => {
  const ledger = async (id: DisclosureId) =>
    (
      await stage.database.asSuperuser(
        'SELECT body FROM ledger_entry WHERE disclosure_id = $1 ORDER BY height, position',
        [id],
      )
    ).map(({ body }) => (JSON.parse(String(body)) as { kind: string }).kind);

  it('are what the insurer got, byte for byte, and the ledger says who looked', async () => {
    const party = await stage.client('maple-extended', { lastName: 'Canarysson' });
    await stage.release(party.client, 'maple-extended');
    const id = await went(party);
    const told = valueOf(await useCases.readSentBytes(as(['billing']), id));
    const received = (await stage.received('maple-extended')).at(-1);
    expect(Buffer.from(told.bytes).toString('latin1')).toBe(received);
    expect(createHash('sha256').update(told.bytes).digest('hex')).toBe(told.digest);
    expect((await ledger(id)).at(-1)).toBe('bytes-shown');
  });

  it('are for nobody who may not see every value in them', async () => {
    const party = await reportable();
    const id = await reported(party);
    const codes = async (context: RequestContext) => {
      const told = await useCases.readSentBytes(context, id);
      return told.ok ? ['ok'] : told.issues.map(({ code }) => code);
    };
    expect(await codes(as(['billing']))).toEqual(['forbidden']);
    expect(await ledger(id)).not.toContain('bytes-shown');
    expect(await codes(as(['clinician'], stage.clinicians.oregon))).toEqual(['not_found']);
    expect(await codes(as(['clinician'], stage.clinicians.jersey))).toEqual(['ok']);
    expect(await codes(as(['privacy-officer']))).toEqual(['ok']);
    expect(await codes(as(['administrator']))).toEqual(['not_found']);
  });

  it('are not there before anything was tried, and not given out when they are others than were sealed', async () => {
    const party = await stage.client('harbor-mutual');
    await stage.release(party.client, 'harbor-mutual');
    const { disclosure } = await stage.submit(stage.invoice(party));
    expect(await useCases.readSentBytes(as(['billing']), disclosure)).toMatchObject({
      ok: false,
      issues: [{ code: 'not_sent_yet' }],
    });
    await stage.dispatch(disclosure);
    await stage.database.asSuperuser(
      `UPDATE transmission SET digest = repeat('0', 64) WHERE id IN (SELECT transmission_id FROM transmission_item WHERE disclosure_id = $1)`,
      [disclosure],
    );
    expect(await useCases.readSentBytes(as(['billing']), disclosure)).toMatchObject({
      ok: false,
      issues: [{ code: 'digest_mismatch' }],
    });
  });
});
