import type { DisclosureId, PracticeId } from '#libs/kernel';
import { skipNumbers } from '../dispatch/numbers.js';
import type { Directory } from '../ports/directory.js';
import type { DisclosureRecord } from '../ports/records.js';
import type { JournalEntry, SendJournal } from '../ports/send-journal.js';
import type { Services } from '../ports/services.js';
import type { DisclosureChange, Transaction } from '../ports/store.js';

/** Attempts in one look into the database. */
const BATCH = 500;
/** How many of the newest entries tell whether the database is older than the journal. */
const NEWEST = 1_000;

const byPractice = (entries: readonly JournalEntry[]): ReadonlyMap<PracticeId, readonly JournalEntry[]> => {
  const grouped = new Map<PracticeId, JournalEntry[]>();
  for (const entry of entries) {
    const known = grouped.get(entry.practice);
    if (known === undefined) grouped.set(entry.practice, [entry]);
    else known.push(entry);
  }
  return grouped;
};

/** Entries whose attempt the database has never heard of: it was permitted after the moment that the database is of. */
const forgottenIn = async (
  services: Services,
  practice: PracticeId,
  entries: readonly JournalEntry[],
): Promise<readonly JournalEntry[]> => {
  const forgotten: JournalEntry[] = [];
  for (let from = 0; from < entries.length; from += BATCH) {
    const some = entries.slice(from, from + BATCH);
    const known = await services.store.inPractice({ practice, actor: 'worker' }, ({ transmissions }) =>
      transmissions.attemptsAmong(some.map((entry) => entry.attempt)),
    );
    forgotten.push(...some.filter((entry) => !known.has(entry.attempt)));
  }
  return forgotten;
};

/**
 * Whether this database has forgotten something that was sent: it came back from a backup. Then nothing may be sent from
 * it until `reconcileRestore` has gone through the journal. INTENT commits before the journal is written, so that of an
 * entry without an attempt nothing else can be the cause.
 */
export const hasForgotten = async (services: Services, journal: SendJournal): Promise<boolean> => {
  for (const [practice, entries] of byPractice(await journal.entries(NEWEST)))
    if ((await forgottenIn(services, practice, entries)).length > 0) return true;
  return false;
};

/** `restored`: the database has forgotten what the journal says was sent. `journal-missing`: it has sent, and there is no journal. */
export type Quarantine = 'restored' | 'journal-missing';

const hasSent = async ({ store }: Services, practices: readonly PracticeId[]): Promise<boolean> => {
  for (const practice of practices) {
    const sent = await store.inPractice({ practice, actor: 'worker' }, ({ transmissions }) =>
      transmissions.hasAttempts(),
    );
    if (sent) return true;
  }
  return false;
};

/** Whether whoever sends from this database must send nothing, because it may send again what went before a restore. Begins a journal where nothing was ever sent. */
export const quarantineOf = async (
  services: Services,
  directory: Pick<Directory, 'practices'>,
  journal: SendJournal & { isNew(): Promise<boolean>; begin(): Promise<void> },
): Promise<Quarantine | undefined> => {
  if (await journal.isNew()) {
    if (await hasSent(services, await directory.practices())) return 'journal-missing';
    await journal.begin();
    return undefined;
  }
  return (await hasForgotten(services, journal)) ? 'restored' : undefined;
};

export interface Reconciled {
  /** Presumed sent: parked until a person has asked the insurer. */
  readonly parked: readonly DisclosureId[];
  /** Sent, and accepted only after the backup was made: this database does not have them. */
  readonly unknown: readonly DisclosureId[];
  /** Under the lease of a worker that is no more: to be gone through again when it has ended. */
  readonly leased: readonly DisclosureId[];
}

/** States in which a disclosure would go, or might come to go, again. What is parked goes if a person says so. */
const WOULD_GO: readonly DisclosureRecord['state'][] = ['ready', 'sealed', 'sending', 'unknown', 'held', 'blocked'];

const noteParked = (transaction: Transaction, records: readonly DisclosureRecord[]): void => {
  for (const { id, client, insurer } of records)
    transaction.ledger.record({
      kind: 'parked',
      actor: 'worker',
      client,
      disclosure: id,
      insurer,
      codes: ['restored'],
    });
};

/** Gives those that it changed: parked now, or parked before for another reason than this. */
const parkIn = async (
  transaction: Transaction,
  records: readonly DisclosureRecord[],
): Promise<readonly DisclosureId[]> => {
  const parked = records.filter(({ state }) => state === 'parked');
  const going = records.filter(({ state }) => WOULD_GO.includes(state));
  const moved = await transaction.disclosures.move(
    going.map((one): DisclosureChange => ({
      id: one.id,
      from: one.state,
      to: 'parked',
      cause: 'outcome_unknown',
      curer: 'practice',
    })),
    undefined,
  );
  const doubted = await transaction.disclosures.doubt(parked.map(({ id }) => id));
  const changed = [...moved, ...doubted];
  noteParked(
    transaction,
    records.filter((one) => changed.includes(one.id)),
  );
  return changed;
};

/** One look into the database: what of these entries is parked, what is not there, and what cannot be touched yet. */
const reconcileSome = async (transaction: Transaction, entries: readonly JournalEntry[]): Promise<Reconciled> => {
  const ids = [...new Set(entries.map((entry) => entry.disclosure))];
  const known = await transaction.disclosures.byIds(ids);
  const parked = await parkIn(transaction, [...known.values()]);
  const left = [...known.values()].filter((one) => WOULD_GO.includes(one.state) && !parked.includes(one.id));
  const leased = left.map(({ id }) => id);
  await transaction.transmissions.noteForgotten(
    entries.filter(({ disclosure }) => !leased.includes(disclosure)).map(({ attempt }) => attempt),
  );
  return { parked, unknown: ids.filter((id) => !known.has(id)), leased };
};

/**
 * Goes through the journal after a restore. What it says was permitted, and this database would send again, is parked as
 * an outcome that nobody knows: it may have gone, and a person asks the insurer. The attempts are noted, so that the
 * database remembers them from now on, and the control numbers that they may have borne are given out no more.
 */
export const reconcileRestore = async (services: Services, journal: SendJournal): Promise<Reconciled> => {
  const done: Reconciled[] = [];
  for (const [practice, entries] of byPractice(await journal.entries())) {
    const forgotten = await forgottenIn(services, practice, entries);
    for (let from = 0; from < forgotten.length; from += BATCH)
      done.push(
        await services.store.inPractice({ practice, actor: 'worker' }, async (transaction) => {
          if (from === 0) await skipNumbers(transaction);
          return reconcileSome(transaction, forgotten.slice(from, from + BATCH));
        }),
      );
  }
  return {
    parked: done.flatMap(({ parked }) => parked),
    unknown: done.flatMap(({ unknown }) => unknown),
    leased: done.flatMap(({ leased }) => leased),
  };
};

/**
 * After a restore without a journal nobody knows what went since the backup. Everything that this database would send, or
 * that a person might have sent again, is parked until somebody has asked the insurers.
 */
export const parkEverything = async (
  services: Services,
  practice: PracticeId,
): Promise<Pick<Reconciled, 'parked' | 'leased'>> => {
  const context = { practice, actor: 'worker' };
  const doubted = await services.store.inPractice(context, async (transaction) => {
    await skipNumbers(transaction);
    const ids = await transaction.disclosures.doubt('all');
    noteParked(transaction, [...(await transaction.disclosures.byIds(ids)).values()]);
    return ids;
  });
  const parked = [...doubted];
  const leased: DisclosureId[] = [];
  for (let after: string | undefined; ;) {
    const { rows, changed, next } = await services.store.inPractice(context, async (transaction) => {
      const page = await transaction.disclosures.page(
        { states: WOULD_GO },
        { limit: 100, ...(after === undefined ? {} : { after }) },
      );
      return { ...page, changed: await parkIn(transaction, page.rows) };
    });
    parked.push(...changed);
    leased.push(...rows.map(({ id }) => id).filter((id) => !changed.includes(id)));
    if (next === undefined) return { parked, leased };
    after = next;
  }
};
