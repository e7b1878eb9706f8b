import { daysBetween, parsePlainDate } from '#libs/kernel';
import { among, type Edit } from './edit.js';
import { filingDeadline } from './filing-deadline.js';
import type { ServiceLine } from './invoice.js';
import type { InvoiceUnderEdit } from './invoice-setting.js';

/** Days before a deadline from which the desk is warned. */
const WARN_DAYS = 14;

const datesWhere = (lines: readonly ServiceLine[], wrong: (line: ServiceLine) => boolean): readonly string[] =>
  among('/lines', lines, wrong).map((path) => `${path}/date`);

/** Undefined where no deadline runs: none is known, or the date itself is wrong. */
const daysLeft = (
  { date }: ServiceLine,
  { setting: { today, filingDeadlineDays } }: InvoiceUnderEdit,
): number | undefined =>
  filingDeadlineDays === undefined || parsePlainDate(date) === undefined || date > today
    ? undefined
    : daysBetween(today, filingDeadline(date, filingDeadlineDays));

/** What holds for dates of service. */
export const SERVICE_DATE_EDITS: readonly Edit<InvoiceUnderEdit>[] = [
  {
    id: 'service_date_not_a_date',
    severity: 'error',
    fix: 'Enter a calendar date.',
    find: ({ invoice }) => datesWhere(invoice.lines, ({ date }) => parsePlainDate(date) === undefined),
  },
  {
    id: 'service_in_future',
    severity: 'error',
    fix: 'Bill a session after it was held.',
    find: ({ invoice, setting }) => datesWhere(invoice.lines, ({ date }) => date > setting.today),
  },
  {
    id: 'service_before_birth',
    severity: 'error',
    fix: 'Check the date of service and the client’s birth date.',
    find: ({ invoice, setting }) => datesWhere(invoice.lines, ({ date }) => date < setting.birthDate),
  },
  {
    id: 'service_after_issue',
    severity: 'error',
    fix: 'Date the invoice on or after its last session.',
    find: ({ invoice }) => datesWhere(invoice.lines, ({ date }) => date > invoice.issuedOn),
  },
  {
    id: 'filing_deadline_near',
    severity: 'warning',
    rule: `${WARN_DAYS} days or fewer are left`,
    fix: 'Send it now: the insurer will refuse it after the deadline.',
    find: (subject) =>
      datesWhere(subject.invoice.lines, (line) => {
        const left = daysLeft(line, subject);
        return left !== undefined && left >= 0 && left <= WARN_DAYS;
      }),
  },
  {
    id: 'filing_deadline_passed',
    severity: 'warning',
    fix: 'Send it with the proof of an earlier attempt, or expect a refusal that may not be billed to the client.',
    find: (subject) => datesWhere(subject.invoice.lines, (line) => (daysLeft(line, subject) ?? 0) < 0),
  },
];
