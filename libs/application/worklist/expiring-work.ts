import { addDays, daysBetween, type PlainDate } from '#libs/kernel';
import { inReach } from '../clients/reach.js';
import { todayIn } from '../practice/days.js';
import type { ClientRecord, WorkRecord } from '../ports/records.js';
import type { Transaction, WantedQueue } from '../ports/store.js';

/** Days before a release ends on which somebody should see to a new one. */
const EXPIRING_DAYS = 30;

/** A release on its last days, with what is known of it as work. */
export interface ExpiringWork {
  readonly release: string;
  readonly client: ClientRecord;
  readonly validUntil: PlainDate;
  readonly daysLeft: number;
  readonly work: WorkRecord;
}

const isSnoozed = (work: WorkRecord, today: PlainDate): boolean =>
  work.snoozedUntil !== undefined && work.snoozedUntil > today;

/** Soonest first; put off and not put off alike, so that both can be counted in one look. */
const expiringIn = async (
  transaction: Transaction,
  { reach, assignee }: Omit<WantedQueue, 'snoozed'>,
): Promise<readonly (ExpiringWork & { readonly snoozed: boolean })[]> => {
  if (reach.kind === 'nothing') return [];
  const today = await todayIn(transaction);
  const found = await transaction.reminders.expiring({ from: today, to: addDays(today, EXPIRING_DAYS) });
  const ids = found.map(({ client }) => client);
  const reached = await inReach(transaction, reach, ids);
  const clients = await transaction.clients.byIds([...reached]);
  const works = await transaction.work.byIds(found.map(({ release }) => release));
  return found.flatMap(({ release, client, validUntil }) => {
    const known = clients.get(client);
    const work: WorkRecord = works.get(release) ?? { id: release, kind: 'release', client, notes: 0, version: 0 };
    if (known === undefined || (assignee !== undefined && work.assignee !== assignee)) return [];
    const daysLeft = daysBetween(today, validUntil);
    return [{ release, client: known, validUntil, daysLeft, work, snoozed: isSnoozed(work, today) }];
  });
};

export const expiringWorkIn = async (transaction: Transaction, wanted: WantedQueue): Promise<readonly ExpiringWork[]> =>
  (await expiringIn(transaction, wanted)).filter(({ snoozed }) => snoozed === wanted.snoozed);

export const countExpiringIn = async (
  transaction: Transaction,
  wanted: Omit<WantedQueue, 'snoozed'>,
): Promise<{ readonly open: number; readonly snoozed: number }> => {
  const found = await expiringIn(transaction, wanted);
  const snoozed = found.filter((one) => one.snoozed).length;
  return { open: found.length - snoozed, snoozed };
};
