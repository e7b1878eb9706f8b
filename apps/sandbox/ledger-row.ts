import { z } from 'zod';

const findings = [
  'member-unknown',
  'patient-missing',
  'diagnosis-missing',
  'pointer-dangling',
  'unbalanced',
  'prior-missing',
  'prior-unbalanced',
  'original-missing',
  'original-unknown',
  'original-unexpected',
] as const;

const claimSchema = z.strictObject({
  clm01: z.string(),
  /** Cents. */
  total: z.int(),
  frequency: z.string(),
  lines: z.int(),
  /** REF*F8 of a replacement or a void. */
  original: z.string().optional(),
  /** Digests of member, procedure and day of each line: what may be open in one claim only. */
  services: z.array(z.string()).optional(),
  /** Why it was not taken to adjudication. */
  finding: z.enum(findings).optional(),
  /** Ours, if it was. */
  payerClaimNumber: z.string().optional(),
});

/** What the answers depend on besides the bytes, as it was when they arrived: a restart gives the same answers. */
const termsSchema = z.strictObject({
  style: z.enum(['pay', 'deny', 'over-ask', 'nonsense', 'none']),
  paidPercent: z.int(),
  decision: z.enum(['approved', 'modified', 'pended', 'denied']),
  missing: z.array(z.string()),
  /** From when on the answers can be collected. */
  availableAt: z.iso.datetime(),
});

export const ledgerRowSchema = z.strictObject({
  seq: z.int().min(1),
  at: z.iso.datetime(),
  insurer: z.string(),
  path: z.enum(['claims', 'treatment-reports', 'statements']),
  /** The clearinghouse that brought it. */
  via: z.string().optional(),
  idempotencyKey: z.string().optional(),
  sha256: z.string(),
  length: z.int(),
  mediaType: z.string(),
  isa13: z.string().optional(),
  /** Sender, receiver and number, if the envelope was in order: what must not come twice. */
  interchange: z.string().optional(),
  claims: z.array(claimSchema),
  reference: z.string().optional(),
  /**
   * `taken`: processed, with whatever result · `same-key`, `same-interchange`: recognised as sent before ·
   * `key-reused`: the key of other bytes · `malformed`: cannot be read · `incomplete`: the connection broke.
   */
  outcome: z.enum(['taken', 'same-key', 'same-interchange', 'key-reused', 'malformed', 'incomplete']),
  duplicate: z.boolean(),
  adjudicated: z.boolean(),
  receipt: z.string(),
  terms: termsSchema,
  bodyBase64: z.string(),
});

export type LedgerRow = z.output<typeof ledgerRowSchema>;
export type LedgerEntry = Omit<LedgerRow, 'bodyBase64'>;
export type LedgerClaim = LedgerRow['claims'][number];
export type Outcome = LedgerRow['outcome'];
export type SubmissionPath = LedgerRow['path'];
export type Terms = LedgerRow['terms'];
