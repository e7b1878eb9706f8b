import { addDays, daysBetween, type PracticeId } from '#libs/kernel';
import { dayIn } from '../practice/days.js';
import type { Services } from '../ports/services.js';
import type { ExpiringRelease, Transaction } from '../ports/store.js';

/** Days before a release is over at which somebody is reminded, and as many as a list goes ahead. */
export const REMINDER_DAYS = [30, 14, 3] as const;

export type ReminderDays = (typeof REMINDER_DAYS)[number];

/** Signed releases whose last day is within so many days from today, soonest first. */
export const expiringReleasesIn = async (
  transaction: Transaction,
  within: ReminderDays,
): Promise<readonly (ExpiringRelease & { readonly daysLeft: number })[]> => {
  const from = await dayIn(transaction, await transaction.clock());
  const found = await transaction.reminders.expiring({ from, to: addDays(from, within) });
  return found.map((one) => ({ ...one, daysLeft: daysBetween(from, one.validUntil) }));
};

/**
 * Records of each release which reminder is due now, each once: the nearest, so that a release of a week's length brings
 * no three reminders on its first day. Any number of workers may ask at the same time. Nothing is sent: the ledger and
 * the log tell of it, and the list of what expires shows it.
 */
export const remindWhenDue = async (
  { store, log }: Pick<Services, 'store' | 'log'>,
  practice: PracticeId,
): Promise<number> => {
  const actor = 'worker';
  const fresh = await store.inPractice({ practice, actor }, async (transaction) => {
    const due = (await expiringReleasesIn(transaction, 30)).flatMap(({ release, client, daysLeft, reminders }) => {
      const days = REMINDER_DAYS.findLast((one) => daysLeft <= one);
      return days === undefined || reminders.some((one) => one.days === days) ? [] : [{ release, client, days }];
    });
    const added = due.length === 0 ? [] : await transaction.reminders.add(due, transaction.now);
    for (const { release, client, days } of added)
      transaction.ledger.record({ kind: 'reminder-due', actor, client, subject: release, codes: [`days:${days}`] });
    return added;
  });
  for (const { release, days } of fresh) log.event('release.reminder-due', { practice, release, count: days });
  return fresh.length;
};
