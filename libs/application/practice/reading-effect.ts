import { failed, type InsurerId, issue, ok, type Result } from '#libs/kernel';
import type { Ruleset } from '#libs/release';
import { loadAccepted } from '../dossier/dossier.js';
import { judge } from '../judgement/judge.js';
import { emptyAuthority, placementOf } from '../judgement/standing.js';
import type { DisclosureRecord, ReadingRecord } from '../ports/records.js';
import type { Services } from '../ports/services.js';
import type { Transaction } from '../ports/store.js';
import { rulesetOf } from '../rules/rule-book.js';
import { findReading } from './readings.js';

/** Disclosures that are looked at, newest first; and how many at once. */
const MOST = 1_000;
const AT_ONCE = 100;

const WAITING: readonly DisclosureRecord['state'][] = ['held', 'blocked', 'ready'];

/** What another choice would do to what has not been sent. Counts by insurer; no value and no client. */
export interface ReadingEffect {
  readonly looked: number;
  /** There were more. */
  readonly truncated: boolean;
  /** Held or blocked now, and would go. */
  readonly wouldGo: ReadonlyMap<InsurerId, number>;
  /** Would go now, and would be held. */
  readonly wouldHold: ReadonlyMap<InsurerId, number>;
  /** Held or blocked either way. */
  readonly staysHeld: number;
}

const waitingOf = async (
  transaction: Transaction,
): Promise<{ readonly records: readonly DisclosureRecord[]; readonly truncated: boolean }> => {
  const records: DisclosureRecord[] = [];
  let after: string | undefined;
  do {
    const request = { limit: AT_ONCE, ...(after === undefined ? {} : { after }) };
    const page = await transaction.disclosures.page({ states: WAITING }, request);
    records.push(...page.rows);
    after = page.next;
  } while (after !== undefined && records.length < MOST);
  return { records, truncated: after !== undefined };
};

/** Whether each of them may go under these rules, as it stands. */
const goingOf = async (
  transaction: Transaction,
  records: readonly DisclosureRecord[],
  under: { readonly ruleset: Ruleset; readonly now: number },
): Promise<ReadonlySet<DisclosureRecord['id']>> => {
  const documents = await transaction.documents.byIds([...new Set(records.map((one) => one.document))]);
  const authorities = await transaction.authority.read([...new Set(records.map((one) => one.client))]);
  const known = records.flatMap((record) => {
    const document = documents.get(record.document);
    return document === undefined ? [] : [{ record, document }];
  });
  const dossiers = await loadAccepted(
    transaction,
    known.map(({ record, document }) => ({ document, lane: record.lane })),
  );
  const going = known.filter(({ record }, index) => {
    const dossier = dossiers[index];
    if (dossier === undefined) return false;
    const authority = authorities.get(record.client) ?? emptyAuthority(record.client);
    return placementOf(judge(dossier, record, { ...under, authority }).decision).state === 'ready';
  });
  return new Set(going.map(({ record }) => record.id));
};

const byInsurer = (records: readonly DisclosureRecord[]): ReadonlyMap<InsurerId, number> => {
  const counts = new Map<InsurerId, number>();
  for (const { insurer } of records) counts.set(insurer, (counts.get(insurer) ?? 0) + 1);
  return counts;
};

/**
 * Decides what waits a second time, as if the ceiling were taken otherwise, through the gate that submitting goes through.
 * Keeps nothing. `choice` absent: as if what was chosen were revoked. `unknown_ceiling`, `unknown_reading`.
 */
export const effectOfReadingIn = async (
  services: Services,
  transaction: Transaction,
  asked: { readonly ceiling: string; readonly choice?: ReadingRecord['choice'] },
): Promise<Result<ReadingEffect>> => {
  const { ceiling, choice } = asked;
  const found = findReading(services.book, asked);
  if (!found.ok) return found;
  const others = (await transaction.practice.choices()).filter((one) => one.ceiling !== ceiling);
  const choices = choice === undefined ? others : [...others, { ceiling, choice, revision: 'as-if' }];
  const under = { ruleset: rulesetOf(services.book, choices), now: await transaction.clock() };
  const { records, truncated } = await waitingOf(transaction);
  const going = new Set<DisclosureRecord['id']>();
  for (let from = 0; from < records.length; from += AT_ONCE)
    for (const id of await goingOf(transaction, records.slice(from, from + AT_ONCE), under)) going.add(id);
  const held = records.filter(({ state }) => state !== 'ready');
  const ready = records.filter(({ state }) => state === 'ready');
  return ok({
    looked: records.length,
    truncated,
    wouldGo: byInsurer(held.filter(({ id }) => going.has(id))),
    wouldHold: byInsurer(ready.filter(({ id }) => !going.has(id))),
    staysHeld: held.filter(({ id }) => !going.has(id)).length,
  });
};

/** The same for a choice that stands: what its revocation would do. `not_found` for one that does not stand. */
export const effectOfRevocationIn = async (
  services: Services,
  transaction: Transaction,
  id: string,
): Promise<Result<ReadingEffect>> => {
  const standing = (await transaction.practice.choices()).find(({ revision }) => revision === id);
  if (standing === undefined) return failed(issue('not_found', ''));
  return effectOfReadingIn(services, transaction, { ceiling: standing.ceiling });
};
