import { addDays, type PlainDate } from '#libs/kernel';
import type { Invoice } from './invoice.js';

/** The last day on which an insurer takes a claim for a service, given its number of days. */
export const filingDeadline = (service: PlainDate, days: number): PlainDate => addDays(service, days);

/**
 * The deadline of a whole invoice: that of its earliest service. Undefined for an invoice without lines. It tells a date
 * of service, so it belongs in staff views and never in an issue, a log or a metric.
 */
export const filingDeadlineOf = (invoice: Invoice, days: number): PlainDate | undefined => {
  const earliest = invoice.lines.map(({ date }) => date).sort()[0];
  return earliest === undefined ? undefined : filingDeadline(earliest, days);
};
