import { isCents, LARGEST_AMOUNT, parsePlainDate } from '#libs/kernel';
import { isPlaceOfService } from './code-shapes.js';
import { at, type Edit } from './edit.js';
import { CURRENCIES } from './invoice.js';
import type { InvoiceUnderEdit } from './invoice-setting.js';
import { isIdentifier, isLine } from './text-shapes.js';

const CAUSES: readonly string[] = ['AA', 'EM', 'OA'];
const CURRENCY_CODES: readonly string[] = CURRENCIES;

/** What holds for an invoice as a whole. */
export const HEADER_EDITS: readonly Edit<InvoiceUnderEdit>[] = [
  {
    id: 'invoice_number_shape',
    severity: 'error',
    rule: '1 to 38 characters, none of * : ^ ~ > \\ ` |',
    fix: 'Use letters, digits and hyphens for the invoice number.',
    find: ({ invoice }) => at('/number', !isIdentifier(invoice.number, 38)),
  },
  {
    id: 'issued_on_not_a_date',
    severity: 'error',
    fix: 'Enter a calendar date.',
    find: ({ invoice }) => at('/issuedOn', parsePlainDate(invoice.issuedOn) === undefined),
  },
  {
    id: 'issued_in_future',
    severity: 'error',
    fix: 'Date the invoice today or earlier.',
    find: ({ invoice, setting }) => at('/issuedOn', invoice.issuedOn > setting.today),
  },
  {
    id: 'place_of_service_unknown',
    severity: 'error',
    rule: 'two digits of the CMS place-of-service list',
    fix: 'Choose a place of service, such as 11 (office) or 10 (telehealth at home).',
    find: ({ invoice }) => at('/placeOfService', !isPlaceOfService(invoice.placeOfService)),
  },
  {
    id: 'currency_unknown',
    severity: 'error',
    rule: CURRENCIES.join(', '),
    fix: 'Choose a currency.',
    find: ({ invoice }) => at('/currency', !CURRENCY_CODES.includes(invoice.currency)),
  },
  {
    id: 'total_differs',
    severity: 'error',
    rule: 'total = sum of charges',
    fix: 'Correct a charge or the total.',
    find: ({ invoice }) => at('/total', invoice.lines.reduce((sum, { charge }) => sum + charge, 0) !== invoice.total),
  },
  {
    id: 'total_out_of_range',
    severity: 'error',
    rule: `1 to ${LARGEST_AMOUNT} cents`,
    fix: 'Split the invoice.',
    find: ({ invoice }) => at('/total', !isCents(invoice.total) || invoice.total <= 0),
  },
  {
    id: 'paid_out_of_range',
    severity: 'error',
    rule: `0 to ${LARGEST_AMOUNT} cents`,
    fix: 'Enter what the client has paid as a positive amount.',
    find: ({ invoice: { paidByClient: paid } }) =>
      at('/paidByClient', paid !== undefined && (!isCents(paid) || paid < 0)),
  },
  {
    id: 'paid_exceeds_total',
    severity: 'warning',
    fix: 'Check whether the payment was for other services too.',
    find: ({ invoice }) =>
      at('/paidByClient', invoice.paidByClient !== undefined && invoice.paidByClient > invoice.total),
  },
  {
    id: 'related_cause_unknown',
    severity: 'error',
    rule: CAUSES.join(', '),
    fix: 'Choose auto accident, employment or other accident, or leave it out.',
    find: ({ invoice }) =>
      at('/relatedCause', invoice.relatedCause !== undefined && !CAUSES.includes(invoice.relatedCause)),
  },
  {
    id: 'authorization_number_shape',
    severity: 'error',
    rule: '1 to 50 characters, none of * : ^ ~ > \\ ` |',
    fix: 'Copy the approval number exactly as the insurer wrote it.',
    find: ({ invoice: { authorizationNumber: number } }) =>
      at('/authorizationNumber', number !== undefined && !isIdentifier(number, 50)),
  },
  {
    id: 'eob_exposure',
    severity: 'warning',
    fix: 'Tell the client that the insurer’s explanation of benefits goes to the policy holder; if nothing may reach them, record that.',
    find: ({ setting }) => at('/coverage', !setting.subscriberIsClient),
  },
  {
    id: 'note_shape',
    severity: 'error',
    rule: 'one line of 1 to 80 characters',
    fix: 'Shorten the note, or leave it out: it is rarely needed.',
    find: ({ invoice }) => at('/note', invoice.note !== undefined && !isLine(invoice.note, 80)),
  },
];
