import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { remindWhenDue } from '#libs/application';
import { routeOf } from '#libs/contracts';
import { type ReleaseId, type Result } from '#libs/kernel';
import type { UseCases } from '../../apps/api/use-cases.js';
import type { RequestContext } from '../../apps/api/use-cases/asked.js';
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

const officer = (reach?: RequestContext['reach']) => asking(stage, ['privacy-officer'], { reach });

const endingIn = async (days: number) => {
  const { client } = await stage.client('harbor-mutual');
  return { ...(await stage.release(client, 'harbor-mutual', { validUntil: ago(-days) })) };
};

const listed = async (within: 30 | 14 | 3, context = officer()) => {
  const rows = valueOf(await useCases.listExpiringReleases(context, within));
  expect(routeOf('listExpiringReleases').response?.safeParse({ rows }).error?.issues ?? []).toEqual([]);
  return rows;
};

const remindersOf = async (release: string) =>
  (await listed(30)).find((one) => one.release === release)?.reminders.map(({ days }) => days);

const codesOf = (result: Result<unknown>) => (result.ok ? [] : result.issues.map(({ code }) => code));

describe('releases that are soon over', () => {
  it('are listed by how soon, without those that are over already or far away', async () => {
    const [two, ten, twenty] = [await endingIn(2), await endingIn(10), await endingIn(20)];
    const far = await endingIn(31);
    const revoked = await endingIn(5);
    valueOf(
      await useCases.revokeRelease(officer(), revoked.id, { receivedAt: new Date().toISOString(), channel: 'letter' }),
    );
    const ours = [two, ten, twenty, far, revoked].map(({ id }) => id as string);
    const of = async (within: 30 | 14 | 3) =>
      (await listed(within)).map(({ release }) => release).filter((release) => ours.includes(release));
    expect(await of(30)).toEqual([two.id, ten.id, twenty.id]);
    expect(await of(14)).toEqual([two.id, ten.id]);
    expect(await of(3)).toEqual([two.id]);
    expect((await listed(30)).find(({ release }) => release === ten.id)).toMatchObject({
      daysLeft: 10,
      validUntil: ago(-10),
    });
    expect(await listed(30, officer({ kind: 'nothing' }))).toEqual([]);
  });

  it('are reminded of once for each of 30, 14 and 3 days, whoever asks how often', async () => {
    const release = await endingIn(20);
    const counts = await Promise.all([1, 2, 3].map(() => remindWhenDue(stage.services, stage.practice)));
    expect(await remindersOf(release.id)).toEqual([30]);
    expect(await remindWhenDue(stage.services, stage.practice)).toBe(0);
    expect(counts.reduce((sum, one) => sum + one, 0)).toBeGreaterThan(0);
    // Days go by.
    const daysLeft = (days: number) =>
      stage.database.asSuperuser('UPDATE release SET valid_until = $2 WHERE id = $1', [release.id, ago(-days)]);
    await daysLeft(14);
    await remindWhenDue(stage.services, stage.practice);
    expect(await remindersOf(release.id)).toEqual([30, 14]);
    await daysLeft(3);
    await remindWhenDue(stage.services, stage.practice);
    await remindWhenDue(stage.services, stage.practice);
    expect(await remindersOf(release.id)).toEqual([30, 14, 3]);
    const events = valueOf(await useCases.readReleaseHistory(officer(), release.id)).events;
    expect(events.filter(({ kind }) => kind === 'reminder-due').map(({ codes }) => codes)).toEqual([
      ['days:30'],
      ['days:14'],
      ['days:3'],
    ]);
  });

  it('bring the nearest reminder only', async () => {
    const release = await endingIn(2);
    await remindWhenDue(stage.services, stage.practice);
    expect(await remindersOf(release.id)).toEqual([3]);
  });
});

describe('a renewal', () => {
  it('drafts what was signed and adds nothing, with a link that replaces the old one', async () => {
    const [one, other] = [await endingIn(6), await endingIn(7)];
    const renewing = {
      releases: [one.id, other.id],
      validUntil: ago(-300),
      link: { language: 'es', days: 7, factor: 'birth-date' },
    } as const;
    const done = valueOf(await useCases.renewReleases(officer(), { ...renewing, releases: [...renewing.releases] }));
    expect(routeOf('renewReleases').response?.safeParse(done).error?.issues ?? []).toEqual([]);
    expect(done.rows.map(({ issues }) => issues)).toEqual([[], []]);
    for (const [index, old] of [one, other].entries()) {
      const row = done.rows[index];
      const { view: draft } = valueOf(await useCases.readRelease(officer(), row?.draft as ReleaseId));
      expect([draft.status, draft.terms.validUntil, draft.missing]).toEqual(['draft', ago(-300), []]);
      expect(draft.granted.map(({ field }) => field)).toEqual([...old.grants]);
      expect(row?.link?.path).toMatch(/^\/v1\/sign\/sln_/);
    }
    const links = await stage.services.store.inPractice(stage.context, ({ signingLinks }) =>
      signingLinks.of(done.rows[0]?.draft as ReleaseId),
    );
    expect(links[0]?.relation).toEqual({ kind: 'supersedes', older: one.id });
    expect(valueOf(await useCases.readRelease(officer(), one.id)).view.status).toBe('in-force');
  });

  it('says of each that cannot be renewed why, and renews the others', async () => {
    const good = await endingIn(9);
    const revoked = await endingIn(9);
    valueOf(
      await useCases.revokeRelease(officer(), revoked.id, { receivedAt: new Date().toISOString(), channel: 'fax' }),
    );
    const long = await endingIn(400);
    const nobody = '10000000-0000-4000-8000-00000000000f' as ReleaseId;
    const done = valueOf(
      await useCases.renewReleases(officer(), {
        releases: [nobody, revoked.id, long.id, good.id],
        validUntil: ago(-300),
      }),
    );
    expect(done.rows.map(({ issues }) => issues.map(({ code }) => code))).toEqual([
      ['not_found'],
      ['release_revoked'],
      ['until_before_from'],
      [],
    ]);
    expect(done.rows.map(({ draft }) => draft !== undefined)).toEqual([false, false, false, true]);
    expect(codesOf(await useCases.renewReleases(officer(), { releases: [good.id], validUntil: ago(-300) }))).toEqual(
      [],
    );
  });
});
