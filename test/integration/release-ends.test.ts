import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { explainDisclosure, type ReleaseDraft } from '#libs/application';
import { ROUTES } from '#libs/contracts';
import { plainDate, type ReleaseId, type Result } from '#libs/kernel';
import type { UseCases } from '../../apps/api/use-cases.js';
import { createUseCases } from '../../apps/api/wiring/create-use-cases.js';
import { asking } from '../support/asking.js';
import { Stage, valueOf } from '../support/stage.js';

let stage: Stage;
let useCases: UseCases;

beforeAll(async () => {
  stage = await Stage.open();
  useCases = createUseCases(stage.services);
});

afterAll(async () => {
  await stage.close();
});

const officer = () => asking(stage, ['privacy-officer']);

const codesOf = (result: Result<unknown>) =>
  result.ok ? [] : result.issues.map(({ code, path }) => `${code} ${path}`);

const secondsAgo = (seconds: number): string => new Date(Date.now() - seconds * 1_000).toISOString();

const end = (release: ReleaseId, because: 'event-occurred' | 'known-false', at = secondsAgo(1)) =>
  useCases.endRelease(officer(), release, ROUTES.endRelease.body.parse({ because, at }));

const BY_EVENT: Partial<ReleaseDraft> = { expiryEvent: 'end-of-treatment' };

const waiting = async (draft: Partial<ReleaseDraft> = {}) => {
  const party = await stage.client('harbor-mutual');
  const release = await stage.release(party.client, 'harbor-mutual', draft);
  const { disclosure } = await stage.submit(stage.invoice(party));
  return { party, release: release.id, disclosure };
};

describe('a release ends by what the practice comes to know', () => {
  it('once the event has come that ends it: what is queued stays', async () => {
    const { release, disclosure } = await waiting(BY_EVENT);
    const at = secondsAgo(30);
    const ended = valueOf(await end(release, 'event-occurred', at));
    expect(ended).toMatchObject({ status: 'expired', revision: 2, eventOccurredAt: at });
    ROUTES.endRelease.response.parse(ended);
    expect(await stage.dispatch(disclosure)).toMatchObject({ permitted: 0 });
    expect(await stage.record(disclosure)).toMatchObject({ state: 'held', cause: 'expired', curer: 'client' });
  });

  it('once it is found to rest on something false: what is queued stays, and its history says so', async () => {
    const { release, disclosure } = await waiting();
    const ended = valueOf(await end(release, 'known-false'));
    expect(ended.status).toBe('known-false');
    expect(await stage.dispatch(disclosure)).toMatchObject({ permitted: 0 });
    expect(await stage.record(disclosure)).toMatchObject({ state: 'held', cause: 'known_false' });
    const history = valueOf(await useCases.readReleaseHistory(officer(), release));
    expect(history.events.at(-1)).toMatchObject({ kind: 'release-ended', codes: ['known-false'] });
  });

  it('leaves what had gone as it was decided', async () => {
    const { release, disclosure } = await waiting();
    expect(await stage.dispatch(disclosure)).toMatchObject({ accepted: 1 });
    valueOf(await end(release, 'known-false'));
    const shown = valueOf(await explainDisclosure(stage.services, stage.context, disclosure));
    expect(shown.summary.status).not.toBe('held');
    expect(shown.replays).toBe(true);
  });

  it('by an event only if it names one, never in the future, and only once it is signed', async () => {
    const { release, party } = await waiting();
    expect(codesOf(await end(release, 'event-occurred'))).toEqual(['no_expiry_event /because']);
    expect(codesOf(await end(release, 'known-false', secondsAgo(-600)))).toEqual(['ended_in_future /at']);
    const draft = ROUTES.draftRelease.body.parse({
      ...{ purposes: [], grants: [], preset: 'claim-basic', statements: [], blanket: false },
      ...{ parentConsentedToTreatment: 'unknown', validUntil: plainDate('2099-12-31') },
    });
    const claim = { key: 'k', route: 'POST /releases', fingerprint: 'f', status: 201 };
    const drafted = valueOf(await useCases.draftRelease(officer(), { client: party.client, terms: draft }, claim));
    expect(codesOf(await end(drafted.body.id as ReleaseId, 'known-false'))).toEqual(['not_signed /status']);
  });

  it('though several record it in the same breath', async () => {
    const { release } = await waiting(BY_EVENT);
    const both = ['event-occurred', 'known-false'] as const;
    const all = await Promise.all([...both, ...both, ...both].map((because) => end(release, because)));
    expect(all.map((one) => one.ok)).toEqual(Array(6).fill(true));
    const { view } = valueOf(await useCases.readRelease(officer(), release));
    expect(view).toMatchObject({ revision: 7, eventOccurredAt: expect.any(String), knownFalseAt: expect.any(String) });
  });

  it('from the earliest moment that anybody recorded', async () => {
    const { release } = await waiting(BY_EVENT);
    const first = secondsAgo(600);
    valueOf(await end(release, 'event-occurred', first));
    const again = valueOf(await end(release, 'event-occurred', secondsAgo(5)));
    expect(again).toMatchObject({ revision: 3, eventOccurredAt: first });
  });
});
