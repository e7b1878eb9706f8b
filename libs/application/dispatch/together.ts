import type { DisclosureId, TransmissionId } from '#libs/kernel';
import type { InsurerRecord } from '../ports/records.js';
import type { Transaction } from '../ports/store.js';
import type { Numbers } from './numbers.js';

/** Claims that one interchange may hold at most, wherever it goes. */
export const MOST_TOGETHER = 100;

/**
 * Several claims go in one interchange only where files are taken and an interchange that comes twice is recognised as
 * such: then the whole of it can be sent again after an attempt of which nobody knows what became.
 */
const togetherAt = ({ connection, profile }: InsurerRecord): number =>
  connection.kind === 'sftp' && profile.resolution === 'duplicate-detection'
    ? Math.min(profile.claimsPerInterchange ?? 1, MOST_TOGETHER)
    : 1;

interface Claim {
  readonly record: { readonly format: string };
  readonly dossier: { readonly insurer: InsurerRecord };
}

/** What is sealed now, by interchange; all of it is of one lane, and so for one receiver. */
export const byInterchange = <Item extends Claim>(items: readonly Item[]): readonly (readonly Item[])[] => {
  const groups: Item[][] = [];
  let open: Item[] | undefined;
  for (const item of items) {
    const most = item.record.format === 'x12-837p' ? togetherAt(item.dossier.insurer) : 1;
    if (most > 1 && open !== undefined && open.length < most) open.push(item);
    else {
      const group = [item];
      groups.push(group);
      if (most > 1) open = group;
    }
  }
  return groups;
};

/** Numbers of a claim within an interchange of another: its set is counted, and its own are the rest. */
export const within = (own: Numbers, first: Numbers, place: number): Numbers => ({
  ...own,
  interchangeControlNumber: first.interchangeControlNumber,
  groupControlNumber: first.groupControlNumber,
  setControlNumber: String(place + 1).padStart(4, '0'),
});

type Companions = Awaited<ReturnType<Transaction['transmissions']['companions']>>;

/** Those that are admitted, and whoever shares their bytes: they go together or not at all. */
export const withCompanions = async (
  transaction: Transaction,
  admitted: readonly DisclosureId[],
): Promise<{ readonly going: readonly DisclosureId[]; readonly companions: Companions }> => {
  if (admitted.length === 0) return { going: admitted, companions: new Map() };
  const companions = await transaction.transmissions.companions(admitted);
  const shared = [...companions.values()].flatMap(({ disclosures }) => disclosures);
  return { going: shared.length === 0 ? admitted : [...new Set([...admitted, ...shared])], companions };
};

interface Sorted<Item, Sealing> {
  /** To go again as they are. */
  readonly sealings: Sealing[];
  /** To be sealed now. */
  readonly open: Item[];
  readonly stale: TransmissionId[];
}

const takeOut = <One>(all: One[], those: readonly One[]): void => {
  all.splice(0, all.length, ...all.filter((one) => !those.includes(one)));
};

/**
 * Bytes that several share go again only if every one of them may. Where one may not, and it is proven that nothing was
 * taken in, the transmission is unsealed and the rest sealed anew; where it is not, the rest waits for a person. Gives
 * the items that wait.
 */
export const keepTogether = <
  Item extends { readonly record: { readonly id: DisclosureId } },
  Sealing extends {
    readonly item: Item;
    readonly sealed: { readonly record: { readonly transmission: TransmissionId } };
  },
>(
  companions: Companions,
  heaps: Sorted<Item, Sealing>,
): readonly Item[] => {
  const waiting: Item[] = [];
  for (const [transmission, { disclosures, free }] of companions) {
    const again = heaps.sealings.filter(({ sealed }) => sealed.record.transmission === transmission);
    if (again.length === disclosures.length) continue;
    takeOut(heaps.sealings, again);
    // Bytes that cannot be read any more, because a client is forgotten, are not there to go again.
    const unread = heaps.open.filter(({ record }) => disclosures.includes(record.id));
    takeOut(heaps.open, unread);
    const rest = [...again.map(({ item }) => item), ...unread];
    if (!free) waiting.push(...rest);
    else {
      heaps.stale.push(transmission);
      heaps.open.push(...rest);
    }
  }
  return waiting;
};

/** The first of each attempt: several disclosures can go by one. */
export const onceEach = <One>(all: readonly One[], attemptOf: (one: One) => string): readonly One[] => {
  const first = new Map<string, One>();
  for (const one of all) if (!first.has(attemptOf(one))) first.set(attemptOf(one), one);
  return [...first.values()];
};
