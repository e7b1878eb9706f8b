import type { ClientId, DisclosureId, InsurerId } from '#libs/kernel';

export const LEDGER_KINDS = [
  'accepted',
  'decided',
  'held',
  'blocked',
  'cancelled',
  'sealed',
  'permitted',
  'sent',
  'not-sent',
  'unknown',
  'parked',
  'answered',
  'resumed',
  'choice-made',
  'release-drafted',
  'release-signed',
  'release-revoked',
  'release-related',
  'restriction-recorded',
  'reading-chosen',
  'reading-revoked',
  'values-revealed',
  'receipt-given',
  'client-recorded',
  'clinician-assigned',
  'clinician-ended',
  'signed-in',
  'settings-changed',
] as const;

export type LedgerKind = (typeof LEDGER_KINDS)[number];

/**
 * One thing that happened, in codes, ids, counts and salted digests. Never a value about anybody, and never a reason
 * that depends on one: the ledger outlives the client's key.
 */
export interface LedgerEntry {
  readonly kind: LedgerKind;
  readonly actor: string;
  readonly client?: ClientId;
  readonly disclosure?: DisclosureId;
  readonly insurer?: InsurerId;
  readonly subject?: string;
  readonly codes?: readonly string[];
  /** Releases, ceilings and readings behind it. */
  readonly grounds?: readonly string[];
  readonly epoch?: number;
  /** Salted under the client's key. */
  readonly contentDigest?: string;
  readonly rulesetDigest?: string;
}

/** The outcome of walking the whole chain. */
export interface LedgerVerification {
  readonly blocks: number;
  readonly entries: number;
  readonly head: string;
  /** First place at which it does not hold. */
  readonly broken?: {
    readonly height: number;
    readonly code: 'entry_changed' | 'root_mismatch' | 'chain_broken' | 'height_gap' | 'head_mismatch';
  };
}

export interface LedgerRow {
  readonly height: number;
  readonly index: number;
  readonly at: number;
  readonly entry: LedgerEntry;
}
