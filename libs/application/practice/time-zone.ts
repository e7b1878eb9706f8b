import { failed, issue, ok, type Result, type TimeZone } from '#libs/kernel';
import { reconsider } from '../holds/reconsider.js';
import type { PracticeRecord } from '../ports/records.js';
import type { Services } from '../ports/services.js';
import type { PracticeContext, Transaction } from '../ports/store.js';

/** Says in which zone the days of the practice begin and end. What is held is looked at again; what goes out is decided again anyway. `unknown_time_zone`. */
export const setTimeZoneIn = async (
  services: Services,
  transaction: Transaction,
  request: { readonly context: PracticeContext; readonly timeZone: TimeZone },
): Promise<Result<PracticeRecord>> => {
  const { context, timeZone } = request;
  const before = await transaction.practice.get();
  if (before.timeZone === timeZone) return ok(before);
  if (!(await transaction.practice.setTimeZone(timeZone))) return failed(issue('unknown_time_zone', '/timeZone'));
  transaction.ledger.record({
    kind: 'settings-changed',
    actor: context.actor,
    subject: context.practice,
    codes: ['time-zone', before.timeZone, timeZone],
  });
  await reconsider(services, transaction, 'all');
  return ok({ ...before, timeZone });
};
