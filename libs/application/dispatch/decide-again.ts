import { fault } from '#fault';
import type { DisclosureId, TransmissionId } from '#libs/kernel';
import { storedDecision } from '../judgement/store-decision.js';
import type { DisclosureRecord } from '../ports/records.js';
import type { PermittingServices } from '../ports/services.js';
import type { Transaction } from '../ports/store.js';
import { HANDED_OUT, type Item, type Refusal, type Sealing } from './intent.js';
import { judgeTaken } from './judge-taken.js';
import { refuseItems } from './refuse-items.js';
import { mustBeAsked } from './resolve-unknown.js';
import { sealItems } from './seal-items.js';
import { type Heaps, sortItem } from './sort-items.js';
import { keepTogether, withCompanions } from './together.js';

/** Whether the insurer comes for it, instead of being sent it. */
export const isPulled = ({ item }: Pick<Sealing, 'item'>): boolean => item.dossier.insurer.connection.kind === 'inbox';

export interface Decided {
  readonly items: readonly Item[];
  /** What may go, as it is sealed. */
  readonly sealings: readonly Sealing[];
}

const NONE: ReadonlyMap<DisclosureId, number> = new Map();
const NOTHING: Decided = { items: [], sealings: [] };

/** What an insurer can fetch was sealed before. */
const FETCHED = ['sealed', 'unknown'] as const;

/**
 * The heart of INTENT: takes what nobody else works on, and whatever shares its bytes, decides it again under its clients'
 * authority, and places what may not go.
 */
export const decideAgain = async (
  services: PermittingServices,
  transaction: Transaction,
  work: {
    readonly going: readonly DisclosureId[];
    readonly named: ReadonlyMap<DisclosureId, DisclosureRecord>;
    /** For what is sealed now; without them nothing is. */
    readonly numbers?: number[];
  },
): Promise<Decided> => {
  const { numbers } = work;
  const { going, companions } = await withCompanions(transaction, work.going);
  const named = going.length === work.going.length ? work.named : await transaction.disclosures.byIds(going);
  // Locks in one order everywhere, and before what is read under them: authority, disclosure, head of the ledger.
  const clients = [...new Set(going.flatMap((id) => named.get(id)?.client ?? []))].sort();
  const [, held, authorities, stored] = await Promise.all([
    transaction.authority.lockShared(clients),
    transaction.disclosures.hold(going, numbers === undefined ? FETCHED : HANDED_OUT),
    transaction.authority.read(clients),
    transaction.transmissions.ofDisclosures(going),
  ]);
  // One that was on its way when it was named may have ended as unknown before these locks were had.
  const asked = await mustBeAsked(transaction, held);
  const taken = held.filter(({ id }) => !asked.includes(id));
  if (taken.length === 0) return NOTHING;
  // Asked only where something was sealed before: what is sealed now was never attempted.
  const before = taken.filter(({ id, state }) => state !== 'ready' || stored.has(id)).map(({ id }) => id);
  const arrived = before.length === 0 ? NONE : await transaction.transmissions.mayHaveArrived(before);
  await fault('K9');
  const items = await judgeTaken(services, transaction, { taken, authorities });
  await fault('K10');
  const sealings: Sealing[] = [];
  const refusals: Refusal[] = [];
  const open: Item[] = [];
  const stale: TransmissionId[] = [];
  for (const item of items) sortItem(item, { stored, arrived, sealings, refusals, open, stale });
  for (const { record } of keepTogether(companions, { sealings, open, stale })) {
    refusals.push({ record, to: 'parked', cause: 'outcome_unknown', curer: 'practice' });
  }
  for (const record of taken) {
    if (!items.some((item) => item.record.id === record.id)) {
      const isOpen = arrived.has(record.id) || record.state === 'unknown';
      refusals.push({ record, to: 'parked', cause: isOpen ? 'outcome_unknown' : 'decision_failed', curer: 'practice' });
    }
  }
  await transaction.transmissions.unseal([...new Set(stale)]);
  if (numbers === undefined) refusals.push(...open.map(sealedAnewLater));
  else sealItems(services, numbers, { open, sealings, refusals });
  await fault('K11');
  await refuseItems(transaction, refusals, items);
  await transaction.transmissions.unseal(withdrawn(refusals, { items, stored, stale }));
  return { items, sealings };
};

/** It goes back to be sealed anew: what was offered before can be fetched no more. */
const sealedAnewLater = ({ record }: Item): Refusal =>
  record.state === 'unknown'
    ? { record, to: 'parked', cause: 'outcome_unknown', curer: 'practice' }
    : { record, to: 'ready', cause: 'stale_content', curer: undefined };

/** Never fetched, and not to be fetched now: its bytes are dropped, and an insurer that has seen the item finds it gone. */
const withdrawn = (
  refusals: readonly Refusal[],
  of: Pick<Heaps, 'stored' | 'stale'> & Pick<Decided, 'items'>,
): readonly TransmissionId[] =>
  refusals.flatMap(({ record, to }) => {
    const sealed = of.stored.get(record.id);
    const item = of.items.find((one) => one.record.id === record.id);
    const isOffered = item !== undefined && isPulled({ item }) && record.state === 'sealed' && to !== 'parked';
    return isOffered && sealed?.attempts === 0 && !of.stale.includes(sealed.transmission) ? [sealed.transmission] : [];
  });

/** The decisions on which it goes, or stays. */
export const saveDecided = (
  services: PermittingServices,
  transaction: Transaction,
  items: readonly Item[],
): Promise<void> =>
  transaction.disclosures.saveDecisions(
    items.map(({ record, judgement, authority, now }) =>
      storedDecision(judgement, authority, { id: services.ids.uuid(), disclosure: record.id, takenAt: now }),
    ),
  );
