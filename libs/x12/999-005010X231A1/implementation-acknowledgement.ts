import type { AnswerSource } from '../read/answer-source.js';

/** Accepted, accepted with errors, rejected, and three ways of failing security; nothing but `A` and `E` was taken. */
export type SetCode = 'A' | 'E' | 'R' | 'M' | 'W' | 'X';

/** As for a set, and `P`: some sets of the group were taken and some were not. */
export type GroupCode = SetCode | 'P';

/**
 * One thing wrong at one place. The receiver's copy of the bad value (IK404) is not kept: it is client data and the sent
 * bytes, which we have, show it at the same place.
 */
export interface SyntaxNote {
  readonly level: 'segment' | 'element';
  /** IK304 or IK403. */
  readonly code: string;
  readonly element?: number;
  readonly component?: number;
  readonly repetition?: number;
}

export interface ClaimNote {
  /** CLM01, when the receiver names the claim (CTX). Without it the position has to lead to the claim. */
  readonly patientControlNumber?: string;
  readonly segment: string;
  /** Counted from the ST of our set, which is 1. */
  readonly segmentPosition: number;
  readonly loop?: string;
  readonly errors: readonly SyntaxNote[];
}

export interface AcknowledgedSet {
  readonly identifier: string;
  readonly setControlNumber: string;
  readonly code: SetCode;
  readonly errors: readonly string[];
  readonly claims: readonly ClaimNote[];
}

/** Implementation acknowledgement of one functional group of ours: 999, guide 005010X231A1. */
export interface ImplementationAcknowledgement {
  readonly kind: '999';
  readonly source: AnswerSource;
  /** Our GS06 and GS08. */
  readonly groupControlNumber: string;
  readonly version: string;
  readonly code: GroupCode;
  readonly errors: readonly string[];
  readonly counts: { readonly included: number; readonly received: number; readonly accepted: number };
  /** Sets that the receiver lists; it may leave out those that it accepted. */
  readonly transactions: readonly AcknowledgedSet[];
}
