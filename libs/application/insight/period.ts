import { addDays, daysBetween, failed, issue, ok, type PlainDate, type Result } from '#libs/kernel';
import type { ClientReach } from '../ports/client-reach.js';
import type { InsightScope } from '../ports/insight.js';

const DEFAULT_DAYS = 30;
const MOST_DAYS = 366;

export interface Period {
  readonly from: PlainDate;
  readonly to: PlainDate;
}

/** The days asked for, else the last thirty until today. */
export const periodOf = (asked: Partial<Period>, today: PlainDate): Result<Period> => {
  const to = asked.to ?? today;
  const from = asked.from ?? addDays(to, 1 - DEFAULT_DAYS);
  if (to < from) return failed(issue('range_reversed', '/to'));
  if (daysBetween(from, to) >= MOST_DAYS) return failed(issue('period_too_long', '/from', `at most ${MOST_DAYS} days`));
  return ok({ from, to });
};

/** What somebody may see of a period; nothing for whoever reaches nobody. */
export const scopeOf = (period: Period, reach: ClientReach, today: PlainDate): InsightScope | undefined => {
  switch (reach.kind) {
    case 'practice':
      return period;
    case 'own':
      return { ...period, treatedBy: { clinician: reach.clinician, on: today } };
    case 'nothing':
      return undefined;
  }
};
