import { dateOfInstant, type PlainDate } from '#libs/kernel';
import type { Transaction } from '../ports/store.js';

/** The date of an instant (milliseconds) in the practice's time zone. */
export const dayIn = async ({ practice }: Pick<Transaction, 'practice'>, instant: number): Promise<PlainDate> =>
  dateOfInstant(instant, await practice.timeZone());

/** The practice's today, as its transaction began. */
export const todayIn = (transaction: Transaction): Promise<PlainDate> => dayIn(transaction, transaction.now);
