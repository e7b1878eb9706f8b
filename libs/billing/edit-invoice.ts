import type { Issue } from '#libs/kernel';
import { DIAGNOSIS_EDITS } from './diagnosis-edits.js';
import { type Edit, runEdits } from './edit.js';
import { HEADER_EDITS } from './header-edits.js';
import type { Invoice } from './invoice.js';
import type { InvoiceSetting, InvoiceUnderEdit } from './invoice-setting.js';
import { LINE_EDITS } from './line-edits.js';
import { PRIOR_PAYER_EDITS } from './prior-payer-edits.js';
import { SERVICE_DATE_EDITS } from './service-date-edits.js';

/** All claim edits, in the order in which a person reads an invoice. */
export const INVOICE_EDITS: readonly Edit<InvoiceUnderEdit>[] = [
  ...HEADER_EDITS,
  ...DIAGNOSIS_EDITS.map((edit): Edit<InvoiceUnderEdit> => ({ ...edit, find: ({ invoice }) => edit.find(invoice) })),
  ...LINE_EDITS,
  ...SERVICE_DATE_EDITS,
  ...PRIOR_PAYER_EDITS,
];

/** Everything that is wrong with an invoice before anybody asks what may be told of it. Paths are JSON pointers. */
export const editInvoice = (invoice: Invoice, setting: InvoiceSetting): readonly Issue[] =>
  runEdits(INVOICE_EDITS, { invoice, setting });
