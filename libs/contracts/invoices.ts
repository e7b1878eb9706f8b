import { z } from 'zod';
import type { ClientId, ClinicianId, CoverageId } from '#libs/kernel';
import { cents, code, date, id, line, occurrence } from './scalars.js';
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
  currency: z.enum(CURRENCIES),
};

/** What a practice bills for one client under one coverage. Amounts are whole cents. */
export const invoice = z.strictObject(content).meta({ id: 'Invoice' });

/** An invoice to be sent; without `format` the insurer’s usual one. */
export const submitInvoice = z
  .strictObject({ ...content, format: z.enum(INVOICE_FORMATS).exactOptional() })
  .meta({ id: 'SubmitInvoice' });

export type SubmitInvoice = z.output<typeof submitInvoice>;
