import { z } from 'zod';
import { ADJUSTMENT_GROUPS } from '#libs/catalogue';
import { centsOf, type ClientId, type ClinicianId, type CoverageId, type DisclosureId } from '#libs/kernel';
import { cents, code, date, id, line, occurrence, signedCents } from './scalars.js';
import { CURRENCIES, SESSION_CHARACTERS } from './words.js';

export const INVOICE_FORMATS = ['x12-837p', 'statement', 'receipt'] as const;

export const diagnosis = z.strictObject({
  /** `D1`, `D2`, …; the first of the list is the primary one. */
  id: occurrence,
  /** ICD-10-CM without the dot. */
  code: code(10),
});

const serviceLine = z.strictObject({
  /** `L1`, `L2`, … */
  id: occurrence,
  date,
  procedure: code(10),
  modifiers: z.array(code(4)).max(8),
  units: z.int().min(1).max(999),
  /** For all units together, in cents. */
  charge: cents,
  /** The diagnoses that the service was for. */
  pointers: z.array(occurrence).max(12),
  character: z.enum(SESSION_CHARACTERS).exactOptional(),
});

/** Group and reason (CARC) as the remittance has them; cents that were not paid, or negative ones that were added. */
const adjustment = z.strictObject({
  group: z.enum(ADJUSTMENT_GROUPS),
  reason: code(5),
  amount: signedCents.transform(centsOf),
});

const adjudication = z.strictObject({
  adjudicatedOn: date,
  payerClaimNumber: line(50).exactOptional(),
  /** For the whole claim. */
  paid: cents,
  /** Those that are on no line. */
  adjustments: z.array(adjustment).max(30),
  /** Each line of the invoice, once: charge = paid + adjustments. */
  lines: z
    .array(z.strictObject({ line: occurrence, paid: cents, adjustments: z.array(adjustment).max(30) }))
    .min(1)
    .max(50),
});

/**
 * The insurer of the same client that had these services first. What it decided comes from the remittance for `claim`,
 * the claim that was sent to it from here, or is entered; until one of the two is there the invoice is held.
 */
const priorPayer = z
  .strictObject({
    coverage: id<CoverageId>(),
    claim: id<DisclosureId>().exactOptional(),
    adjudication: adjudication.exactOptional(),
  })
  .meta({ id: 'PriorPayer' });

const content = {
  number: code(50),
  issuedOn: date,
  client: id<ClientId>(),
  coverage: id<CoverageId>(),
  clinician: id<ClinicianId>(),
  placeOfService: code(2),
  diagnoses: z.array(diagnosis).min(1).max(24),
  lines: z.array(serviceLine).min(1).max(50),
  total: cents,
  paidByClient: cents.exactOptional(),
  relatedCause: code(4).exactOptional(),
  authorizationNumber: line(50).exactOptional(),
  note: line(80).exactOptional(),
  priorPayer: priorPayer.exactOptional(),
  currency: z.enum(CURRENCIES),
};

/** What a practice bills for one client under one coverage. Amounts are whole cents. */
export const invoice = z.strictObject(content).meta({ id: 'Invoice' });

/** An invoice to be sent; without `format` the insurer’s usual one. */
export const submitInvoice = z
  .strictObject({ ...content, format: z.enum(INVOICE_FORMATS).exactOptional() })
  .meta({ id: 'SubmitInvoice' });

export type SubmitInvoice = z.output<typeof submitInvoice>;
