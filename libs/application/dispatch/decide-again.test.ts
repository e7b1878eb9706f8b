import { describe, expect, it } from 'vitest';
import type { DisclosureId } from '#libs/kernel';
import { ruleset } from '../../../test/support/config-data.js';
import type { DisclosureRecord } from '../ports/records.js';
import type { PermittingServices } from '../ports/services.js';
import type { DisclosureChange, Transaction } from '../ports/store.js';
import { decideAgain } from './decide-again.js';

const RULES = ruleset();

const recordOf = (id: string, state: 'ready' | 'sealed' | 'unknown'): DisclosureRecord =>
  ({
    id,
    state,
    client: 'c1',
    document: `document of ${id}`,
    insurer: 'i1',
    lane: 'l1',
  }) as unknown as DisclosureRecord;

/** Every port of the store that is not named here knows of nothing. */
const nothing = (named: object = {}): object =>
  new Proxy(named, { get: (all, name): unknown => Reflect.get(all, name) ?? (() => Promise.resolve(new Map())) });

/** What INTENT makes of these records, of whose documents nothing can be read; `arrived` may have gone. */
const decided = async (records: readonly DisclosureRecord[], arrived: readonly string[] = []) => {
  const written = {
    moves: [] as DisclosureChange[],
    ledger: [] as unknown[],
    unsealed: [] as unknown[],
    asked: [] as unknown[],
  };
  const transaction = {
    now: 7,
    clock: () => Promise.resolve(7),
    authority: nothing({ lockShared: () => Promise.resolve() }),
    documents: nothing(),
    clients: nothing(),
    answers: nothing(),
    routes: nothing(),
    practice: nothing({ choices: () => Promise.resolve([]) }),
    disclosures: nothing({
      hold: () => Promise.resolve(records),
      move: (changes: readonly DisclosureChange[]) => {
        written.moves.push(...changes);
        return Promise.resolve(changes.map(({ id }) => id));
      },
    }),
    transmissions: nothing({
      mayHaveArrived: (ids: readonly string[]) => {
        written.asked.push(ids);
        return Promise.resolve(new Map(arrived.map((id) => [id, 1])));
      },
      unseal: (ids: readonly unknown[]) => Promise.resolve(void written.unsealed.push(...ids)),
    }),
    ledger: { record: (entry: unknown) => written.ledger.push(entry) },
  } as unknown as Transaction;
  const services = {
    book: { ceilings: RULES.ceilings, codes: RULES.codes, notices: [] },
    log: { failure: () => undefined },
  } as unknown;
  const going = records.map(({ id }) => id);
  const named = new Map<DisclosureId, DisclosureRecord>(records.map((record) => [record.id, record]));
  const { items, sealings } = await decideAgain(services as PermittingServices, transaction, {
    going,
    named,
    numbers: [1, 2],
  });
  return { items, sealings, ...written };
};

describe('what cannot be decided on any more', () => {
  it('goes nowhere, and stands before a person', async () => {
    const { items, sealings, moves, ledger, unsealed } = await decided([
      recordOf('a', 'ready'),
      recordOf('b', 'sealed'),
    ]);
    expect([items, sealings, unsealed]).toEqual([[], [], []]);
    expect(moves).toEqual([
      { id: 'a', from: 'ready', to: 'parked', cause: 'decision_failed', curer: 'practice' },
      { id: 'b', from: 'sealed', to: 'parked', cause: 'decision_failed', curer: 'practice' },
    ]);
    expect(ledger).toEqual([
      { kind: 'parked', actor: 'sluice', client: 'c1', disclosure: 'a', insurer: 'i1' },
      { kind: 'parked', actor: 'sluice', client: 'c1', disclosure: 'b', insurer: 'i1' },
    ]);
  });

  it('is presumed disclosed where it may have gone', async () => {
    const records = [recordOf('a', 'ready'), recordOf('b', 'sealed'), recordOf('c', 'unknown')];
    const { moves, asked } = await decided(records, ['b']);
    expect(moves.map(({ id, cause }) => [id, cause])).toEqual([
      ['a', 'decision_failed'],
      ['b', 'outcome_unknown'],
      ['c', 'outcome_unknown'],
    ]);
    // What was never sealed was never attempted.
    expect(asked).toEqual([['b', 'c']]);
  });

  it('is asked about in no other way where nothing was sealed', async () => {
    expect((await decided([recordOf('a', 'ready')], ['a'])).asked).toEqual([]);
  });
});

describe('what somebody else works on', () => {
  it('is left alone', async () => {
    expect(await decided([])).toEqual({ items: [], sealings: [], moves: [], ledger: [], unsealed: [], asked: [] });
  });
});
