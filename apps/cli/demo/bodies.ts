import { addDays, type PlainDate } from '#libs/kernel';
import type { DemoInvoice, DemoReport } from './demo-schema.js';

/** The ids that a document refers to, as the practice has them. */
export interface Parties {
  readonly client: string;
  readonly coverage: string;
  readonly clinician: string;
  /** The insurer that comes first, and the claim that was sent to it. */
  readonly priorPayer?: { readonly coverage: string; readonly claim: string };
}

const before = (today: PlainDate, days: number): PlainDate => addDays(today, -days);

const diagnosesOf = (codes: readonly string[]) => codes.map((code, index) => ({ id: `D${index + 1}`, code }));

/** The body of `POST /v1/invoices`. */
export const invoiceBody = (invoice: DemoInvoice, parties: Parties, today: PlainDate) => ({
  number: invoice.number,
  issuedOn: today,
  ...parties,
  placeOfService: invoice.placeOfService,
  diagnoses: diagnosesOf(invoice.diagnoses),
  lines: invoice.lines.map(({ daysAgo, ...line }, index) => ({
    ...line,
    id: `L${index + 1}`,
    date: before(today, daysAgo),
    pointers: ['D1'],
  })),
  total: invoice.lines.reduce((sum, line) => sum + line.charge, 0),
  currency: invoice.currency,
});

/** The body of `POST /v1/treatment-reports`. */
export const reportBody = (report: DemoReport, parties: Parties, today: PlainDate) => {
  const {
    label: _label,
    what: _what,
    expect: _expect,
    insurer: _insurer,
    diagnoses,
    forDays,
    sessionsDaysAgo,
    ...chart
  } = report;
  return {
    ...chart,
    ...parties,
    attestedOn: today,
    diagnoses: diagnosesOf(diagnoses),
    from: today,
    to: addDays(today, forDays),
    sessionDates: sessionsDaysAgo.map((days) => before(today, days)),
  };
};
