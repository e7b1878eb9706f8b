import { describe, expect, it } from 'vitest';
import { decide } from '#libs/release';
import { ruleset } from '../../../test/support/config-data.js';
import { authority, invoiceBag, release, request } from '../../../test/support/release-fixtures.js';
import type { TransmissionRecord } from '../ports/records.js';
import type { PermittingServices } from '../ports/services.js';
import type { DisclosureChange, Transaction } from '../ports/store.js';
import type { Sealing } from './intent.js';
import { permitSealed } from './permit-sealed.js';

const ASKED = request(invoiceBag());
const DECISION = decide(ASKED, authority([release()]), ruleset());

interface Change {
  /** Others of the same name share the bytes. */
  readonly transmission?: string;
  /** Sealed in this transaction; with others in one interchange it has a part of the bytes. */
  readonly fresh?: 'alone' | 'shared';
  readonly state?: 'ready' | 'sealed' | 'unknown';
  readonly mayHaveArrived?: boolean;
  readonly agent?: string;
  readonly corrects?: string;
}

const sealing = (name: string, change: Change = {}): Sealing => {
  const transmission = change.transmission ?? `transmission of ${name}`;
  const part = change.fresh === 'shared' ? { part: { from: 0, to: 1 } } : {};
  return {
    item: {
      record: {
        ...{
          id: name,
          client: `client of ${name}`,
          insurer: 'insurer-1',
          state: change.state ?? 'sealed',
          attempts: 2,
        },
        ...(change.corrects === undefined ? {} : { correction: { kind: 'replacement', of: change.corrects } }),
      },
      judgement: { decision: DECISION },
      dossier: {
        insurer: { id: 'insurer-1', ...(change.agent === undefined ? {} : { agent: { route: change.agent } }) },
      },
    },
    sealed: { record: { transmission, contentDigest: `digest of ${name}` } },
    mayHaveArrived: change.mayHaveArrived ?? false,
    ...(change.fresh === undefined ? {} : { fresh: { transmission, disclosure: name, ...part } }),
  } as unknown as Sealing;
};

const permitted = async (sealings: readonly Sealing[], taken: readonly string[] = []) => {
  const written = {
    moves: [] as unknown[],
    alone: [] as unknown[],
    together: [] as unknown[],
    again: [] as unknown[],
    ledger: [] as Record<string, unknown>[],
  };
  let ids = 0;
  const services = { ids: { uuid: () => `attempt-${(ids += 1)}` }, timing: { leaseMs: 30_000 } };
  const transaction = {
    disclosures: {
      move: (changes: readonly DisclosureChange[], fence: unknown, lease: unknown) => {
        written.moves.push(...changes.map((change) => ({ ...change, fence, lease })));
        return Promise.resolve(changes.map(({ id }) => id).filter((id) => !taken.includes(id)));
      },
    },
    transmissions: {
      addPermitted: (records: readonly { record: TransmissionRecord; attempt: string }[], fence: string) =>
        Promise.resolve(
          void written.alone.push(...records.map(({ record, attempt }) => [record.disclosure, attempt, fence])),
        ),
      addTogether: (records: readonly TransmissionRecord[], permit: object) =>
        Promise.resolve(void written.together.push({ of: records.map(({ disclosure }) => disclosure), ...permit })),
      permit: (permissions: readonly unknown[]) => Promise.resolve(void written.again.push(...permissions)),
    },
    ledger: { record: (entry: Record<string, unknown>) => written.ledger.push(entry) },
  };
  const work = { sealings, fence: 'fence-1', actor: 'worker' };
  const permits = await permitSealed(
    services as unknown as PermittingServices,
    transaction as unknown as Transaction,
    work,
  );
  return { permits, ...written };
};

describe('the permit', () => {
  it('takes the row from where it stands, under the fence of this worker, and counts the attempt', async () => {
    const { moves } = await permitted([
      sealing('a', { state: 'ready', fresh: 'alone' }),
      sealing('b', { state: 'unknown' }),
    ]);
    const lease = { fence: 'fence-1', milliseconds: 30_000 };
    expect(moves).toEqual([
      { id: 'a', from: 'ready', to: 'sending', countAttempt: true, fence: undefined, lease },
      { id: 'b', from: 'unknown', to: 'sending', countAttempt: true, fence: undefined, lease },
    ]);
  });

  it('is of new bytes with their first attempt, of old ones with one more', async () => {
    const { alone, together, again } = await permitted([sealing('a', { fresh: 'alone' }), sealing('b')]);
    expect(alone).toEqual([['a', 'attempt-1', 'fence-1']]);
    expect(together).toEqual([]);
    expect(again).toEqual([{ transmission: 'transmission of b', attempt: 'attempt-2', fence: 'fence-1' }]);
  });

  it('is one for all that share the bytes, interchange by interchange', async () => {
    const [first, second] = [{ transmission: 't1' }, { transmission: 't2' }];
    const { alone, together, again, permits } = await permitted([
      ...[sealing('a', { ...first, fresh: 'shared' }), sealing('b', { ...first, fresh: 'shared' })],
      ...[
        sealing('c', { ...second, fresh: 'shared' }),
        sealing('d', { transmission: 't3' }),
        sealing('e', { transmission: 't3' }),
      ],
    ]);
    expect(alone).toEqual([]);
    expect(together).toEqual([
      { of: ['a', 'b'], attempt: 'attempt-1', fence: 'fence-1' },
      { of: ['c'], attempt: 'attempt-2', fence: 'fence-1' },
    ]);
    expect(again).toEqual([{ transmission: 't3', attempt: 'attempt-3', fence: 'fence-1' }]);
    expect(permits.map(({ disclosure, attempt }) => `${disclosure} ${attempt}`)).toEqual([
      ...['a attempt-1', 'b attempt-1', 'c attempt-2', 'd attempt-3', 'e attempt-3'],
    ]);
  });

  it('stands in the ledger with its papers, and with the one through whom it goes', async () => {
    const { ledger } = await permitted([sealing('a'), sealing('b', { agent: 'route-7' })]);
    const grounds = DECISION.releases.length;
    expect(ledger).toMatchObject([
      {
        kind: 'permitted',
        actor: 'worker',
        client: 'client of a',
        disclosure: 'a',
        insurer: 'insurer-1',
        subject: 'transmission of a',
        contentDigest: 'digest of a',
      },
      { disclosure: 'b', contentDigest: 'digest of b' },
    ]);
    const of = (place: number) => (ledger[place]?.['grounds'] ?? []) as readonly string[];
    expect(grounds).toBe(1);
    expect(of(0)).toHaveLength(1);
    expect(of(1)).toEqual([...of(0), 'route:route-7']);
  });

  it('tells the transport what it may send, and what is open', async () => {
    const { permits } = await permitted([sealing('a', { mayHaveArrived: true, corrects: 'old' }), sealing('b')]);
    expect(permits).toMatchObject([
      {
        disclosure: 'a',
        client: 'client of a',
        transmission: 'transmission of a',
        attempts: 3,
        mayHaveArrived: true,
        correction: { of: 'old' },
      },
      { disclosure: 'b', attempts: 3, mayHaveArrived: false },
    ]);
    expect(permits[1]).not.toHaveProperty('correction');
  });

  it('is none for what somebody else has taken meanwhile', async () => {
    const { permits, alone, again, ledger } = await permitted(
      [sealing('a', { fresh: 'alone' }), sealing('b'), sealing('c')],
      ['a', 'b'],
    );
    expect(permits.map(({ disclosure }) => disclosure)).toEqual(['c']);
    expect(alone).toEqual([]);
    expect(again).toEqual([{ transmission: 'transmission of c', attempt: 'attempt-1', fence: 'fence-1' }]);
    expect(ledger).toHaveLength(1);
  });

  it('is none for bytes of which somebody else has taken a part', async () => {
    const shared = { transmission: 't1', fresh: 'shared' } as const;
    await expect(permitted([sealing('a', shared), sealing('b', shared)], ['b'])).rejects.toThrow(
      'taken by somebody else',
    );
    await expect(permitted([sealing('a', shared), sealing('b', shared)], ['a'])).rejects.toThrow(
      'taken by somebody else',
    );
    expect((await permitted([sealing('a', shared), sealing('b', shared)], ['a', 'b'])).permits).toEqual([]);
  });

  it('asks for nothing where nothing goes', async () => {
    expect(await permitted([])).toEqual({ permits: [], moves: [], alone: [], together: [], again: [], ledger: [] });
  });
});
