import { describe, expect, it } from 'vitest';
import type { DisclosureId, LaneId, PracticeId } from '#libs/kernel';
import type { InsurerRecord } from '../ports/records.js';
import type { SendingServices } from '../ports/services.js';
import type { DisclosureChange, Transaction } from '../ports/store.js';
import type { ProbeOutcome } from '../ports/transport.js';
import { addresseeOf } from './addressee.js';
import { asksItself, resolveUnknown } from './resolve-unknown.js';

const NOW = 10_000_000;
const TIMING = { leaseMs: 30_000, answerTimeoutMs: 60_000, retryBaseMs: 1_000, retryCapMs: 8_000, absenceMs: 20_000 };
const LANE = 'lane-1' as LaneId;

const insurer = (resolution: string, kind = 'https'): InsurerRecord =>
  ({
    id: 'insurer-1',
    profile: { resolution },
    connection: { kind, url: 'https://insurer.invalid/claims', receiverId: 'INS', production: false },
  }) as unknown as InsurerRecord;

interface World {
  readonly insurer?: InsurerRecord;
  /** What the insurer says when it is asked. */
  readonly said?: ProbeOutcome;
  /** Milliseconds since the outcome became unknown. */
  readonly since?: number;
  readonly state?: string;
  readonly addressee?: string;
  /** Its bytes can be read no more. */
  readonly unread?: boolean;
  readonly leased?: boolean;
  /** Somebody else takes it before what was found out is written. */
  readonly overtaken?: boolean;
  readonly correction?: { readonly kind: 'replacement'; readonly of: string };
}

const resolved = async (world: World) => {
  const { said = { kind: 'unsupported' }, since = 0 } = world;
  const to = world.insurer ?? insurer('probe');
  const record = {
    ...{ id: 'd1', client: 'c1', insurer: 'insurer-1', lane: LANE, attempts: 3 },
    ...{ state: world.state ?? 'unknown', updatedAt: NOW - since },
    ...(world.correction === undefined ? {} : { correction: world.correction }),
  };
  const written = {
    asked: [] as unknown[],
    leases: [] as unknown[],
    moves: [] as unknown[],
    waits: [] as unknown[],
    ledger: [] as unknown[],
  };
  const transaction = {
    now: NOW,
    disclosures: {
      byIds: () => Promise.resolve(new Map([[record.id, record]])),
      lease: (ids: readonly string[], terms: object) => {
        written.leases.push([ids, terms]);
        return Promise.resolve(world.leased === false || ids.length === 0 ? [] : [record]);
      },
      move: (changes: readonly DisclosureChange[], fence: string | undefined) => {
        written.moves.push(...changes.map((change) => ({ ...change, fence })));
        return Promise.resolve(world.overtaken === true ? [] : changes.map(({ id }) => id));
      },
      postpone: (waits: readonly object[], fence: string) =>
        Promise.resolve(void written.waits.push(...waits.map((wait) => ({ ...wait, fence })))),
      lock: (ids: readonly DisclosureId[]) =>
        Promise.resolve(
          new Map(ids.map((id) => [id, { id, client: 'c1', insurer: 'insurer-1', state: 'sent' }] as const)),
        ),
    },
    transmissions: {
      ofDisclosures: () =>
        Promise.resolve(
          new Map(
            world.unread === true
              ? []
              : [
                  [
                    'd1',
                    {
                      transmission: 't1',
                      idempotencyKey: 'key-1',
                      digest: 'ours',
                      bytes: new Uint8Array(7),
                      addressee: world.addressee ?? addresseeOf(to),
                    },
                  ],
                ],
          ),
        ),
    },
    practice: { insurers: () => Promise.resolve(new Map([['insurer-1', to]])) },
    routes: { ofLanes: () => Promise.resolve(new Map()) },
    ledger: { record: (entry: unknown) => written.ledger.push(entry) },
  } as unknown as Transaction;
  const services = {
    timing: TIMING,
    ids: { uuid: () => 'fence-1' },
    store: {
      inPractice: (_context: unknown, work: (transaction: Transaction) => unknown) =>
        Promise.resolve(work(transaction)),
    },
    transport: {
      probe: (...asked: readonly unknown[]) => {
        written.asked.push([asked[0], asked[2]]);
        return Promise.resolve(said);
      },
    },
  } as unknown as SendingServices;
  const hint = { practice: 'p1' as PracticeId, lane: LANE, disclosures: ['d1' as DisclosureId] };
  return { looked: await resolveUnknown(services, hint), ...written };
};

const MOVED = { id: 'd1', from: 'unknown', fence: 'fence-1' };
const PARKED = { ...MOVED, to: 'parked', cause: 'outcome_unknown', curer: 'practice' };

describe('an attempt of which nobody knows what became, at an insurer that can be asked', () => {
  it.each<[what: string, world: World, move: object, told: string]>([
    ['it has these bytes', { said: { kind: 'known', digest: 'ours' } }, { ...MOVED, to: 'sent' }, 'sent'],
    ['it has others under the key', { said: { kind: 'known', digest: 'theirs' } }, PARKED, 'parked'],
    ['it has a file of this size', { said: { kind: 'present', size: 7 } }, { ...MOVED, to: 'sent' }, 'sent'],
    ['it has a file of another size', { said: { kind: 'present', size: 8 } }, PARKED, 'parked'],
    [
      'it is proven that nothing came',
      { said: { kind: 'absent' } },
      { ...MOVED, to: 'sealed', dueAt: NOW },
      'not-sent',
    ],
    [
      'it has nothing, and had the time',
      { said: { kind: 'unseen' }, since: 20_000 },
      { ...MOVED, to: 'sealed', dueAt: NOW },
      'not-sent',
    ],
    ['it cannot tell', { said: { kind: 'unknown' } }, PARKED, 'parked'],
    ['it cannot be asked after all', { said: { kind: 'unsupported' } }, PARKED, 'parked'],
    [
      'it does not answer, for too long',
      { said: { kind: 'failed', code: 'unavailable' }, since: 60_000 },
      PARKED,
      'parked',
    ],
  ])('%s', async (_what, world, move, told) => {
    const { looked, asked, leases, moves, waits, ledger } = await resolved(world);
    expect(looked).toBe(1);
    expect(asked).toEqual([['key-1', 3]]);
    expect(leases).toEqual([[['d1'], { states: ['unknown'], milliseconds: 30_000, fence: 'fence-1' }]]);
    expect(moves).toEqual([move]);
    expect(waits).toEqual([]);
    expect(ledger).toEqual([
      {
        kind: told,
        actor: 'worker',
        client: 'c1',
        disclosure: 'd1',
        insurer: 'insurer-1',
        subject: 't1',
        codes: ['outcome_unknown'],
      },
    ]);
  });

  it.each<[what: string, world: World, wait: number]>([
    ['it has nothing, and may still be taking it in', { said: { kind: 'unseen' }, since: 19_999 }, 1],
    ['it has nothing so soon', { said: { kind: 'unseen' }, since: 0 }, 20_000],
    ['it does not answer', { said: { kind: 'failed', code: 'unavailable' }, since: 10 }, 1_000],
    ['it does not answer still', { said: { kind: 'failed', code: 'unavailable' }, since: 3_000 }, 3_000],
    ['it does not answer for long', { said: { kind: 'failed', code: 'unavailable' }, since: 59_999 }, 8_000],
  ])('is asked again later where %s', async (_what, world, wait) => {
    const { looked, moves, waits, ledger } = await resolved(world);
    expect(looked).toBe(1);
    expect(moves).toEqual([]);
    expect(waits).toEqual([{ id: 'd1', dueAt: NOW + wait, fence: 'fence-1' }]);
    expect(ledger).toEqual([]);
  });

  it('is not asked about where it was sent to another place: that it is not here would prove nothing', async () => {
    const { asked, moves } = await resolved({ addressee: 'another place', said: { kind: 'absent' } });
    expect(asked).toEqual([]);
    expect(moves).toEqual([PARKED]);
  });

  it('is not told of where somebody else has taken it meanwhile', async () => {
    const correction = { kind: 'replacement', of: 'old' } as const;
    const { moves, ledger } = await resolved({ said: { kind: 'known', digest: 'ours' }, overtaken: true, correction });
    expect(moves).toHaveLength(1);
    expect(ledger).toEqual([]);
  });

  it('closes the claim that it corrects once it is known to have gone, and not before', async () => {
    const correction = { kind: 'replacement', of: 'old' } as const;
    const gone = await resolved({ said: { kind: 'known', digest: 'ours' }, correction });
    expect(gone.moves).toContainEqual({ id: 'old', from: 'sent', to: 'superseded', fence: undefined });
    for (const said of [{ kind: 'absent' }, { kind: 'unknown' }] as const)
      expect((await resolved({ said, correction })).moves).toHaveLength(1);
  });

  it.each<[what: string, world: World]>([
    ['is not unknown any more', { state: 'sent' }],
    ['is leased by somebody else', { leased: false }],
    ['has bytes that can be read no more', { unread: true }],
    ['goes to an insurer that recognises a repetition', { insurer: insurer('duplicate-detection') }],
    ['goes to an insurer that knows keys', { insurer: insurer('idempotency-key') }],
    ['is fetched', { insurer: insurer('probe', 'inbox') }],
  ])('is left alone where it %s', async (_what, world) => {
    expect(await resolved(world)).toMatchObject({ looked: 0, asked: [], moves: [], waits: [], ledger: [] });
  });
});

describe('an attempt of which nobody knows what became, at an insurer that cannot be asked', () => {
  it('waits for the answer, then for a person, and is never sent again', async () => {
    const none = insurer('none');
    expect(await resolved({ insurer: none, since: 59_999 })).toMatchObject({
      asked: [],
      moves: [],
      waits: [{ id: 'd1', dueAt: NOW + 60_000 }],
    });
    expect(await resolved({ insurer: none, since: 60_000 })).toMatchObject({ asked: [], moves: [PARKED], waits: [] });
  });

  it.each([
    ['probe', 'https', true],
    ['none', 'https', true],
    ['none', 'sftp', true],
    ['duplicate-detection', 'sftp', false],
    ['idempotency-key', 'https', false],
    ['probe', 'inbox', false],
    ['none', 'inbox', false],
  ])('%s by %s: looked into before anything goes (%s)', (resolution, kind, asks) => {
    expect(asksItself(insurer(resolution, kind))).toBe(asks);
  });

  it('is nothing where nobody is known', () => {
    expect(asksItself(undefined)).toBe(false);
  });
});
