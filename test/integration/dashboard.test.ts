import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { assignClinician } from '#libs/application';
import { routeOf } from '#libs/contracts';
import type { ClinicianId } from '#libs/kernel';
import type { UseCases } from '../../apps/api/use-cases.js';
import type { RequestContext } from '../../apps/api/use-cases/asked.js';
import { createUseCases } from '../../apps/api/wiring/create-use-cases.js';
import { asking } from '../support/asking.js';
import { ago, type Played, Stage, valueOf } from '../support/stage.js';

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

const billing = () => as(['billing']);

/** A claim that goes out and comes back as the insurer behaves. */
const played = async (insurer: Played, behaviour: object, change: object = {}) => {
  const party = await stage.client(insurer, change);
  await stage.release(party.client, insurer);
  await stage.behave(insurer, behaviour);
  const { disclosure } = await stage.submit(stage.invoice(party));
  await stage.dispatch(disclosure);
  await stage.collect();
  return { party, disclosure };
};

describe('the dashboard', () => {
  it('counts what came in, went, waits for whom, was taken at the first go, and how fast', async () => {
    await played('harbor-mutual', { mode: 'answers' });
    await played('harbor-mutual', { mode: 'answers' }, { memberId: 'ZZREFUSED01' });
    const held = await stage.client('harbor-mutual', { lastName: 'Canarysson' });
    await stage.submit(stage.invoice(held));
    const told = valueOf(await useCases.readDashboard(billing(), {}));
    expect(routeOf('readDashboard').response?.safeParse(told).error?.issues ?? []).toEqual([]);
    expect([told.from, told.to, told.step]).toEqual([ago(29), ago(0), 'day']);
    expect(told.totals).toMatchObject({ accepted: 3, sent: 2, held: 1, blocked: 0 });
    expect(told.heldBy).toEqual({ client: 1, chart: 0, office: 0, practice: 0, nobody: 0 });
    expect(told.firstPass).toEqual({ answered: 2, accepted: 1 });
    expect(told.latency.answered).toBe(2);
    expect(told.latency.median).toBeLessThan(60);
    expect(told.latency.p90).toBeGreaterThanOrEqual(told.latency.median ?? 0);
    expect(told.series).toHaveLength(30);
    expect(told.series.at(-1)).toEqual({ on: ago(0), accepted: 3, sent: 2, held: 1, answered: 2 });
    expect(told.series[0]).toEqual({ on: ago(29), accepted: 0, sent: 0, held: 0, answered: 0 });
    expect(told.withheld.sample.of).toBe(3);
    const mine = told.withheld.rows.find(({ insurer }) => insurer.id === stage.insurer('harbor-mutual').id);
    expect(mine?.disclosures).toBe(told.withheld.sample.disclosures);
    expect(mine?.goes).toBeGreaterThan(0);
    expect(mine?.withheld).toBeGreaterThan(0);
    const words = JSON.stringify(told);
    for (const value of ['Canarysson', 'F331', held.client]) expect(words).not.toContain(value);
  });

  it('goes by weeks from Monday, and by the days asked for', async () => {
    const weekly = valueOf(await useCases.readDashboard(billing(), { from: ago(20), to: ago(0), step: 'week' }));
    for (const { on } of weekly.series) expect(new Date(`${on}T00:00:00Z`).getUTCDay()).toBe(1);
    expect(weekly.series.reduce((sum, { accepted }) => sum + accepted, 0)).toBe(weekly.totals.accepted);
    const before = valueOf(await useCases.readDashboard(billing(), { from: ago(20), to: ago(10) }));
    expect(before.totals).toEqual({ accepted: 0, sent: 0, held: 0, blocked: 0, parked: 0 });
    expect(before.latency).toEqual({ answered: 0 });
  });

  it('refuses a period that runs backwards or is longer than a year', async () => {
    const codes = async (query: object) => {
      const told = await useCases.readDashboard(billing(), query);
      return told.ok ? [] : told.issues.map(({ code, path }) => `${code} ${path}`);
    };
    expect(await codes({ from: ago(1), to: ago(2) })).toEqual(['range_reversed /to']);
    expect(await codes({ from: ago(400), to: ago(0) })).toEqual(['period_too_long /from']);
  });

  it('shows a clinician the clients whom they treat, and who reaches nobody nothing', async () => {
    const nobody = valueOf(await useCases.readDashboard(as(['clinician'], stage.clinicians.jersey), {}));
    expect(nobody.totals).toMatchObject({ accepted: 0, sent: 0, held: 0 });
    expect(nobody.withheld).toEqual({ rows: [], sample: { disclosures: 0, of: 0 } });
    const party = await stage.client('granite-plan');
    await stage.submit(stage.invoice(party));
    valueOf(
      await assignClinician(stage.services, stage.context, {
        client: party.client,
        clinician: stage.clinicians.jersey,
        from: ago(5),
      }),
    );
    const own = valueOf(await useCases.readDashboard(as(['clinician'], stage.clinicians.jersey), {}));
    expect(own.totals).toMatchObject({ accepted: 1, held: 1 });
    const unreached = valueOf(await useCases.readDashboard(as(['clinician']), {}));
    expect(unreached.totals.accepted).toBe(0);
    expect(unreached.expiring).toBe(0);
  });

  it('counts releases on their last days', async () => {
    const party = await stage.client('harbor-mutual');
    const soon = new Date(Date.now() + 10 * 86_400_000).toISOString().slice(0, 10);
    const before = valueOf(await useCases.readDashboard(billing(), {})).expiring;
    await stage.release(party.client, 'harbor-mutual', { validUntil: soon as never });
    expect(valueOf(await useCases.readDashboard(billing(), {})).expiring).toBe(before + 1);
  });
});

describe('which insurers ask for more than law or clients allow', () => {
  it('names field, cause and curer of what was required and could not go', async () => {
    const party = await stage.client('cobalt-valley-hmo');
    await stage.release(party.client, 'cobalt-valley-hmo', { preset: 'receipt-only' });
    await stage.submit(stage.invoice(party));
    const told = valueOf(await useCases.readAsking(billing(), {}));
    expect(routeOf('readAsking').response?.safeParse(told).error?.issues ?? []).toEqual([]);
    const diagnosis = told.rows.find(
      ({ insurer, field }) => insurer.id === stage.insurer('cobalt-valley-hmo').id && field === 'diagnosis.primary',
    );
    expect(diagnosis).toMatchObject({
      asked: 1,
      gaps: 1,
      causes: [{ cause: 'release', curer: 'client', disclosures: 1 }],
    });
  });

  it('tells what a ceiling stops from what a client does', async () => {
    const party = await stage.client('juniper-life');
    await stage.release(party.client, 'juniper-life');
    await stage.submit(stage.invoice(party, { clinician: stage.clinicians.jersey }));
    const told = valueOf(await useCases.readAsking(billing(), {}));
    const causes = told.rows
      .filter(({ insurer }) => insurer.id === stage.insurer('juniper-life').id)
      .flatMap((row) => row.causes.map(({ cause }) => cause));
    expect(causes).toContain('ceiling');
    expect(causes).not.toContain('release');
  });

  it('keeps nothing and shows nobody what is out of reach', async () => {
    const counted = async () => stage.database.asSuperuser('SELECT count(*)::int AS n FROM ledger_entry');
    const before = await counted();
    expect(valueOf(await useCases.readAsking(as(['clinician']), {})).rows).toEqual([]);
    expect(await counted()).toEqual(before);
  });
});
