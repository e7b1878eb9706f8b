import { ADJUDICATION_EDITS } from './adjudication-edits.js';
import { at, type Edit } from './edit.js';
import type { InvoiceUnderEdit } from './invoice-setting.js';

/** What holds for an invoice that another payer had before. What that payer decided may still be awaited. */
export const PRIOR_PAYER_EDITS: readonly Edit<InvoiceUnderEdit>[] = [
  {
    id: 'prior_payer_is_this_payer',
    severity: 'error',
    fix: 'Name the other coverage of the client.',
    find: ({ invoice: { coverage, priorPayer } }) => at('/priorPayer/coverage', priorPayer?.coverage === coverage),
  },
  {
    id: 'adjudication_from_two_sources',
    severity: 'error',
    fix: 'Name the claim that was sent to the other insurer, or enter what it decided, not both.',
    find: ({ invoice: { priorPayer } }) =>
      at('/priorPayer/adjudication', priorPayer?.claim !== undefined && priorPayer.adjudication !== undefined),
  },
  {
    id: 'adjudicated_in_future',
    severity: 'error',
    fix: 'Enter the day on which the other insurer decided.',
    find: ({ invoice: { priorPayer }, setting }) =>
      at(
        '/priorPayer/adjudication/adjudicatedOn',
        priorPayer?.adjudication !== undefined && priorPayer.adjudication.adjudicatedOn > setting.today,
      ),
  },
  ...ADJUDICATION_EDITS.map((edit): Edit<InvoiceUnderEdit> => ({
    ...edit,
    find: ({ invoice: { lines, priorPayer } }) =>
      priorPayer?.adjudication === undefined
        ? []
        : edit.find({ lines, adjudication: priorPayer.adjudication }).map((path) => `/priorPayer/adjudication${path}`),
  })),
];
