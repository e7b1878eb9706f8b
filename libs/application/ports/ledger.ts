import { words } from '#libs/contracts';
import type { ClientId, DisclosureId, InsurerId, PracticeId } from '#libs/kernel';

export type LedgerKind = (typeof words.LEDGER_KINDS)[number];

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

/** One block with all that it says. Hashes are hex, `at` is in milliseconds; entries are the texts that were hashed. */
export interface LedgerBlock {
  readonly height: number;
  readonly previous: string;
  readonly root: string;
  readonly hash: string;
  readonly at: number;
  readonly entries: readonly string[];
}

/** What the installation signs with its own key: at this moment (milliseconds) the practice's ledger ended here. */
export interface LedgerCheckpoint {
  readonly practice: PracticeId;
  readonly height: number;
  /** Of the block at that height; hex. */
  readonly hash: string;
  readonly at: number;
  /** Ed25519 (RFC 8032), base64. */
  readonly signature: string;
}

/**
 * What can be wrong with a ledger. `checkpoint_forged`: a checkpoint that the installation's key did not sign;
 * `checkpoint_contradicted`: the chain has another block at its height, or ends before it.
 */
export type LedgerBreak = (typeof words.LEDGER_BREAKS)[number];

/** The outcome of walking the whole chain. */
export interface LedgerVerification {
  readonly blocks: number;
  readonly entries: number;
  /** Signed checkpoints that the chain was held against. */
  readonly checkpoints: number;
  readonly head: string;
  /** Height of the last block. */
  readonly of: number;
  /** Where a range ended before the end. */
  readonly place?: LedgerPlace;
  /** First place at which it does not hold. */
  readonly broken?: { readonly height: number; readonly code: LedgerBreak };
}

/** How far a chain was walked, and what it came to. `hash`: of the block at that height, hex. */
export interface LedgerPlace {
  readonly height: number;
  readonly hash: string;
  readonly entries: number;
  readonly checkpoints: number;
}

export interface LedgerVerifying {
  /** Where an earlier walk ended; whoever names it answers for it. */
  readonly from?: LedgerPlace;
  /** Blocks at most. */
  readonly most?: number;
  readonly progress?: (done: number, of: number) => void;
  /** Checkpoints kept elsewhere: the chain must still go through them, whatever was cut off together with its head. */
  readonly against?: readonly LedgerCheckpoint[];
}

export interface LedgerRow {
  readonly height: number;
  readonly index: number;
  readonly at: number;
  readonly entry: LedgerEntry;
}
