import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { reachOf } from '#libs/access';
import { type DocumentContent, preview } from '#libs/application';
import { ROUTES } from '#libs/contracts';
import { addDays, dateOfInstant, parseTimeZone, type PlainDate, type Result, startOfDate, UTC } from '#libs/kernel';
import type { UseCases } from '../../apps/api/use-cases.js';
import type { RequestContext } from '../../apps/api/use-cases/asked.js';
import { createUseCases } from '../../apps/api/wiring/create-use-cases.js';
import { Stage, valueOf } from '../support/stage.js';

/** Where it is another day now than in Greenwich, whatever the hour at which this runs. */
const AWAY = parseTimeZone(new Date().getUTCHours() >= 11 ? 'Pacific/Kiritimati' : 'Etc/GMT+12') ?? UTC;

let stage: Stage;
let useCases: UseCases;

const administrator = (): RequestContext => {
  const actor = `staff:${stage.officer}`;
  const roles = ['administrator', 'privacy-officer', 'billing'] as const;
  return { practice: stage.practice, actor, principal: actor, roles, reach: reachOf({ roles }) };
};

const codesOf = (result: Result<unknown>): readonly string[] =>
  result.ok ? [] : result.issues.map(({ code, path }) => `${code} ${path}`.trim());

const previewed = (content: DocumentContent) => preview(stage.services, { context: stage.context, content });

const todayThere = (): PlainDate => dateOfInstant(Date.now(), AWAY);

beforeAll(async () => {
  stage = await Stage.open();
  useCases = createUseCases(stage.services);
  const set = valueOf(await useCases.setTimeZone(administrator(), { timeZone: AWAY }));
  expect(ROUTES.setTimeZone.response.parse(set)).toMatchObject({ id: stage.practice, timeZone: AWAY });
});

afterAll(() => stage.close());

describe('the time zone of a practice', () => {
  it('is shown, and its change stands in the ledger', async () => {
    expect(valueOf(await useCases.readPractice(administrator())).timeZone).toBe(AWAY);
    const { rows } = valueOf(await useCases.readLedger(administrator(), { kind: ['settings-changed'] }, { limit: 5 }));
    expect(rows.map(({ codes }) => codes)).toEqual([['time-zone', 'UTC', AWAY]]);
    const body = { timeZone: 'America/Nowhere' };
    expect(ROUTES.setTimeZone.body.safeParse(body).success).toBe(false);
  });

  it('is one that the database has a clock for as well, by its very name', async () => {
    for (const name of ['Europe/Nowhere', 'Pacific/KIRITIMATI']) {
      const set = await useCases.setTimeZone(administrator(), { timeZone: name as typeof AWAY });
      expect(codesOf(set)).toEqual(['unknown_time_zone /timeZone']);
    }
    const written = stage.database.asSuperuser(`UPDATE practice SET time_zone = 'Europe/Nowhere'`);
    await expect(written).rejects.toThrow('not recognized');
    expect(valueOf(await useCases.readPractice(administrator())).timeZone).toBe(AWAY);
  });

  it('begins and ends its releases, in the decision and in the list alike', async () => {
    const today = todayThere();
    const goes = async (days: { readonly validFrom?: PlainDate; readonly validUntil?: PlainDate }) => {
      const party = await stage.client('harbor-mutual');
      await stage.release(party.client, 'harbor-mutual', days);
      const [listed] = valueOf(await useCases.listReleases(administrator(), party.client));
      const shown = valueOf(await previewed(stage.invoice(party)));
      return [listed?.status, shown.shown.view.outcome];
    };
    expect(await goes({ validFrom: today })).toEqual(['in-force', 'send']);
    expect(await goes({ validFrom: addDays(today, 1) })).toEqual(['not-yet-valid', 'deny']);
    expect(await goes({ validUntil: today })).toEqual(['in-force', 'send']);
    expect(await goes({ validUntil: addDays(today, -1) })).toEqual(['expired', 'deny']);
  });

  it('says which day is today to the edits', async () => {
    const party = await stage.client('harbor-mutual');
    const edited = async (issuedOn: PlainDate) => {
      const content = stage.invoice(party, { issuedOn });
      return codesOf(await previewed(content));
    };
    expect(await edited(todayThere())).toEqual([]);
    expect(await edited(addDays(todayThere(), 1))).not.toEqual([]);
  });

  it('says which day is today to reminders, treatments, periods and lists', async () => {
    const today = todayThere();
    const party = await stage.client('harbor-mutual');
    const release = await stage.release(party.client, 'harbor-mutual', { validUntil: addDays(today, 3) });
    const expiring = valueOf(await useCases.listExpiringReleases(administrator(), 3));
    expect(expiring.find((one) => one.release === release.id)?.daysLeft).toBe(3);
    const dashboard = valueOf(await useCases.readDashboard(administrator(), { step: 'day' }));
    expect(dashboard.to).toBe(today);
    const { disclosure } = await stage.submit(stage.invoice(party));
    const listed = async (createdFrom: PlainDate, createdTo: PlainDate) =>
      valueOf(await useCases.listDisclosures(administrator(), { createdFrom, createdTo }, { limit: 100 })).rows.some(
        ({ id }) => id === disclosure,
      );
    expect(await listed(today, today)).toBe(true);
    expect(await listed(addDays(today, -1), addDays(today, -1))).toBe(false);
    expect(await listed(addDays(today, 1), addDays(today, 1))).toBe(false);
    const { series } = valueOf(await useCases.readDashboard(administrator(), { step: 'day', from: today, to: today }));
    expect(series.map(({ on, accepted }) => [on, accepted > 0])).toEqual([[today, true]]);
    const snoozed = async (until: PlainDate) =>
      codesOf(await useCases.snoozeWork(administrator(), { item: disclosure, until }));
    expect(await snoozed(today)).toEqual(['day_not_to_come /until']);
    expect(await snoozed(addDays(today, 1))).toEqual([]);
  });

  it('lets go what was held for a day that has come there, and holds what went for one that has not', async () => {
    const zones = [AWAY, UTC].sort((one, other) =>
      dateOfInstant(Date.now(), one) < dateOfInstant(Date.now(), other) ? -1 : 1,
    );
    const [behind = UTC, ahead = UTC] = zones;
    const moveTo = async (timeZone: typeof AWAY) => valueOf(await useCases.setTimeZone(administrator(), { timeZone }));
    await moveTo(behind);
    const party = await stage.client('harbor-mutual');
    await stage.release(party.client, 'harbor-mutual', { validFrom: dateOfInstant(Date.now(), ahead) });
    const { disclosure, cause } = await stage.submit(stage.invoice(party));
    expect(cause).toBe('not_yet_valid');
    await moveTo(ahead);
    expect((await stage.record(disclosure)).state).toBe('ready');
    await moveTo(behind);
    await stage.dispatch(disclosure);
    expect(await stage.record(disclosure)).toMatchObject({ state: 'held', cause: 'not_yet_valid' });
    await moveTo(AWAY);
  });

  it('keeps the day on which a decision ends', async () => {
    const party = await stage.client('harbor-mutual');
    const last = addDays(todayThere(), 30);
    await stage.release(party.client, 'harbor-mutual', { validUntil: last });
    const shown = valueOf(await previewed(stage.invoice(party)));
    expect(shown.shown.view.validUntil).toBe(startOfDate(last, AWAY, 1));
  });
});
