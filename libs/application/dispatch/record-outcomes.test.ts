import { describe, expect, it } from 'vitest';
import type { DisclosureId, LaneId } from '#libs/kernel';
import type { LaneRecord } from '../ports/records.js';
import type { LaneHealth } from '../ports/lane-policy.js';
import type { SendingServices } from '../ports/services.js';
import type { DisclosureChange, Transaction } from '../ports/store.js';
import type { SendOutcome } from '../ports/transport.js';
import { recordOutcomes, type Sent } from './record-outcomes.js';

const NOW = 1_000_000;
const LANE = 'lane-1' as LaneId;
const HEALTH: LaneHealth = { breaker: 'closed', openUntil: 0, failures: 0, slow: false };

const sent = (
  name: string,
  outcome: SendOutcome,
  change: { readonly mayHaveArrived?: boolean; readonly attempt?: string; readonly corrects?: string } = {},
): Sent => ({
  permitted: {
    disclosure: name,
    client: `client of ${name}`,
    transmission: `transmission of ${name}`,
    attempt: change.attempt ?? `attempt of ${name}`,
    attempts: 1,
    mayHaveArrived: change.mayHaveArrived ?? false,
    sealed: { record: { contentDigest: `digest of ${name}` } },
    insurer: { id: 'insurer-1' },
    ...(change.corrects === undefined ? {} : { correction: { kind: 'replacement', of: change.corrects } }),
  } as unknown as Sent['permitted'],
  outcome,
  latencyMs: 40,
});

interface World {
  /** Rows whose lease has passed to somebody else. */
  readonly lost?: readonly string[];
  readonly lanes?: readonly LaneRecord[];
  readonly after?: (health: LaneHealth, outcome: SendOutcome) => LaneHealth;
}

/** What is written when these attempts have ended so. */
const recorded = async (attempts: readonly Sent[], { lost = [], lanes, after = (health) => health }: World = {}) => {
  const written = {
    moves: [] as DisclosureChange[],
    finished: [] as unknown[],
    ledger: [] as unknown[],
    lanes: [] as unknown[],
    events: [] as unknown[],
    counts: [] as unknown[],
  };
  const transaction = {
    now: NOW,
    lanes: {
      all: () => Promise.resolve(lanes ?? [{ id: LANE, ...HEALTH }]),
      save: (lane: unknown) => Promise.resolve(void written.lanes.push(lane)),
    },
    disclosures: {
      move: (changes: readonly DisclosureChange[], fence: string | undefined) => {
        const moved = changes.filter(({ id }) => !lost.includes(id));
        written.moves.push(...changes.map((change) => ({ ...change, fence })));
        return Promise.resolve(moved.map(({ id }) => id));
      },
      lock: (ids: readonly DisclosureId[]) =>
        Promise.resolve(
          new Map(ids.map((id) => [id, { id, client: 'c', insurer: 'insurer-1', state: 'received' }] as const)),
        ),
    },
    transmissions: {
      finish: (attempts: readonly unknown[]) => Promise.resolve(void written.finished.push(...attempts)),
    },
    ledger: { record: (entry: unknown) => written.ledger.push(entry) },
  } as unknown as Transaction;
  const services = {
    timing: { retryBaseMs: 1_000, retryCapMs: 60_000 },
    lanes: { afterAttempt: (health: LaneHealth, { outcome }: { outcome: SendOutcome }) => after(health, outcome) },
    random: () => 0.5,
    log: { event: (name: string, facts: object) => written.events.push([name, facts]) },
    metrics: {
      count: (name: string, facts: object) => written.counts.push([name, facts]),
      observe: () => undefined,
    },
  } as unknown as SendingServices;
  await recordOutcomes(services, transaction, { sent: attempts, fence: 'fence-1', lane: LANE });
  return written;
};

const ACCEPTED: SendOutcome = { kind: 'accepted', status: 202 };
const NOT_SENT: SendOutcome = { kind: 'not-sent', code: 'connect_timeout' };
const REFUSED: SendOutcome = { kind: 'refused', code: 'rejected', status: 422 };
const AMBIGUOUS: SendOutcome = { kind: 'ambiguous', code: 'response_timeout' };
const EXPIRED: SendOutcome = { kind: 'not-sent', code: 'permit_expired' };

describe('what became of an attempt', () => {
  it.each<[what: string, outcome: SendOutcome, mayHaveArrived: boolean, change: object, told: string]>([
    ['taken', ACCEPTED, false, { to: 'sent' }, 'sent'],
    ['taken, after one of which nobody knows', ACCEPTED, true, { to: 'sent' }, 'sent'],
    ['proven not to have arrived', NOT_SENT, false, { to: 'sealed' }, 'not-sent'],
    [
      'proven not to have arrived, after one of which nobody knows',
      NOT_SENT,
      true,
      { to: 'unknown', cause: 'connect_timeout' },
      'unknown',
    ],
    ['turned away', REFUSED, false, { to: 'parked', cause: 'rejected', curer: 'practice' }, 'parked'],
    [
      'turned away, after one of which nobody knows',
      REFUSED,
      true,
      { to: 'parked', cause: 'outcome_unknown', curer: 'practice' },
      'parked',
    ],
    ['neither', AMBIGUOUS, false, { to: 'unknown', cause: 'response_timeout' }, 'unknown'],
    ['neither, twice', AMBIGUOUS, true, { to: 'unknown', cause: 'response_timeout' }, 'unknown'],
  ])(
    'is written down under the fence, and told by the ledger: %s',
    async (_what, outcome, mayHaveArrived, change, told) => {
      const { moves, ledger, counts } = await recorded([sent('a', outcome, { mayHaveArrived })]);
      expect(moves).toMatchObject([{ id: 'a', from: 'sending', fence: 'fence-1', ...change }]);
      expect(ledger).toEqual([
        {
          kind: told,
          actor: 'worker',
          client: 'client of a',
          disclosure: 'a',
          insurer: 'insurer-1',
          subject: 'transmission of a',
          codes: 'code' in outcome ? [outcome.code] : [],
          contentDigest: 'digest of a',
        },
      ]);
      expect(counts).toContainEqual(['disclosures_moved_total', { state: told }]);
      expect(counts).toContainEqual(['dispatches_total', { lane: LANE, state: outcome.kind }]);
    },
  );

  it('is looked at again after a pause, and not before the insurer said so', async () => {
    const dueOf = async (outcome: SendOutcome) => (await recorded([sent('a', outcome)])).moves[0]?.dueAt ?? NOW;
    for (const outcome of [NOT_SENT, AMBIGUOUS]) {
      expect((await dueOf(outcome)) - NOW).toBeGreaterThanOrEqual(1_000);
      expect((await dueOf(outcome)) - NOW).toBeLessThanOrEqual(2_000);
    }
    expect(await dueOf({ ...NOT_SENT, retryAfterMs: 30_000 })).toBe(NOW + 30_000);
    expect((await dueOf({ ...NOT_SENT, retryAfterMs: 1 })) - NOW).toBeGreaterThanOrEqual(1_000);
    expect((await recorded([sent('a', ACCEPTED)])).moves[0]).not.toHaveProperty('dueAt');
    expect((await recorded([sent('a', REFUSED)])).moves[0]).not.toHaveProperty('dueAt');
  });

  it('stands with the attempt, with the status where there was one', async () => {
    const { finished } = await recorded([
      ...[sent('a', ACCEPTED), sent('b', NOT_SENT), sent('c', REFUSED), sent('d', AMBIGUOUS), sent('e', EXPIRED)],
    ]);
    expect(finished).toEqual([
      { attempt: 'attempt of a', outcome: 'accepted', status: 202 },
      { attempt: 'attempt of b', outcome: 'not-sent' },
      { attempt: 'attempt of c', outcome: 'refused', status: 422 },
      { attempt: 'attempt of d', outcome: 'ambiguous' },
      { attempt: 'attempt of e', outcome: 'expired' },
    ]);
  });

  it('counts a permit that came too late', async () => {
    const late = (outcome: SendOutcome) =>
      recorded([sent('a', outcome)]).then(({ counts }) =>
        counts.filter((one) => String(one).includes('permits_expired')),
      );
    expect(await late(EXPIRED)).toHaveLength(1);
    expect(await late(NOT_SENT)).toEqual([]);
  });

  it('is one for all that shared its bytes, and told of each', async () => {
    const shared = { attempt: 'one attempt' };
    const { moves, finished, ledger, counts } = await recorded([
      sent('a', ACCEPTED, shared),
      sent('b', ACCEPTED, shared),
    ]);
    expect(moves.map(({ id, to }) => [id, to])).toEqual([
      ['a', 'sent'],
      ['b', 'sent'],
    ]);
    expect(finished).toHaveLength(1);
    expect(ledger).toMatchObject([{ disclosure: 'a' }, { disclosure: 'b' }]);
    expect(counts.filter((one) => String(one).includes('dispatches_total'))).toHaveLength(1);
  });

  it('is not told of a row whose lease has passed to somebody else', async () => {
    const { ledger, finished } = await recorded([sent('a', ACCEPTED), sent('b', ACCEPTED)], { lost: ['a'] });
    expect(ledger).toMatchObject([{ disclosure: 'b' }]);
    expect(finished).toHaveLength(2);
  });
});

describe('the claim that a correction replaces', () => {
  const closed = async (outcome: SendOutcome, world: World = {}) => {
    const { ledger, moves } = await recorded([sent('new', outcome, { corrects: 'old' })], world);
    const superseded = moves.filter(({ to }) => to === 'superseded').map(({ id, from }) => [id, from]);
    expect(ledger.filter((one) => (one as { kind: string }).kind === 'superseded')).toHaveLength(superseded.length);
    return superseded;
  };

  it('is closed once the correction was taken', async () => {
    expect(await closed(ACCEPTED)).toEqual([['old', 'received']]);
  });

  it.each([NOT_SENT, REFUSED, AMBIGUOUS, EXPIRED])('still stands after %j', async (outcome) => {
    expect(await closed(outcome)).toEqual([]);
  });

  it('still stands where somebody else has the correction by now', async () => {
    expect(await closed(ACCEPTED, { lost: ['new'] })).toEqual([]);
  });
});

describe('the lane', () => {
  const opened = (health: LaneHealth): LaneHealth => ({ ...health, breaker: 'open', openUntil: 5, failures: 5 });

  it('is written only where something about it changed', async () => {
    expect((await recorded([sent('a', ACCEPTED)])).lanes).toEqual([]);
    for (const change of [{ failures: 1 }, { openUntil: 9 }, { slow: true }]) {
      const { lanes, events } = await recorded([sent('a', NOT_SENT)], {
        after: (health) => ({ ...health, ...change }),
      });
      expect(lanes).toEqual([{ id: LANE, ...HEALTH, ...change }]);
      expect(events).toEqual([]);
    }
  });

  it('hears of every attempt in its order, of a shared one once', async () => {
    const heard: SendOutcome[] = [];
    const after = (health: LaneHealth, outcome: SendOutcome) => {
      heard.push(outcome);
      return { ...health, failures: health.failures + 1 };
    };
    const shared = { attempt: 'one attempt' };
    const attempts = [sent('a', NOT_SENT), sent('b', REFUSED, shared), sent('c', REFUSED, shared), sent('d', ACCEPTED)];
    expect((await recorded(attempts, { after })).lanes).toMatchObject([{ failures: 3 }]);
    expect(heard).toEqual([NOT_SENT, REFUSED, ACCEPTED]);
  });

  it('tells operators that it opens, is tried, closes, or is stopped', async () => {
    const events = async (from: LaneHealth['breaker'], to: LaneHealth['breaker']) => {
      const lanes = [
        { id: 'another' as LaneId, ...HEALTH },
        { id: LANE, ...HEALTH, breaker: from },
      ];
      const world = {
        lanes: lanes as unknown as LaneRecord[],
        after: (health: LaneHealth) => ({ ...health, breaker: to, failures: 9 }),
      };
      return (await recorded([sent('a', NOT_SENT)], world)).events;
    };
    expect(await events('closed', 'open')).toEqual([['lane.changed', { lane: LANE, state: 'open' }]]);
    expect(await events('open', 'half-open')).toEqual([['lane.changed', { lane: LANE, state: 'probing' }]]);
    expect(await events('half-open', 'closed')).toEqual([['lane.changed', { lane: LANE, state: 'closed' }]]);
    expect(await events('open', 'open')).toEqual([]);
    expect(await events('closed', 'stopped')).toEqual([['lane.stopped', { lane: LANE, code: 'host_key_changed' }]]);
    expect(await events('stopped', 'stopped')).toEqual([]);
  });

  it('may be gone', async () => {
    const { lanes, ledger } = await recorded([sent('a', NOT_SENT)], { lanes: [], after: opened });
    expect(lanes).toEqual([]);
    expect(ledger).toHaveLength(1);
  });
});
