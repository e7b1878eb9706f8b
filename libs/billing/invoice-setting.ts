import type { PlainDate } from '#libs/kernel';
import type { Invoice } from './invoice.js';

/** What an invoice is judged against. */
export interface InvoiceSetting {
  readonly today: PlainDate;
  readonly birthDate: PlainDate;
  /** The policy is the client’s own; otherwise its holder gets the explanation of benefits. */
  readonly subscriberIsClient: boolean;
  /** Days after a service within which the insurer must have the claim. */
  readonly filingDeadlineDays?: number;
}

export interface InvoiceUnderEdit {
  readonly invoice: Invoice;
  readonly setting: InvoiceSetting;
}
