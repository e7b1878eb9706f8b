import type { Cents, Issue, PlainDate } from '#libs/kernel';
import type { AnswerSource } from '../read/answer-source.js';

/**
 * Claim status category of an acknowledgement: `A0` forwarded, `A1` received, `A2` taken into adjudication, `A3` returned
 * unprocessed, `A4` not found, `A5` split, `A6` information missing, `A7` information invalid, `A8` rejected for how
 * values relate. No other category may answer a batch (X12 RFI 1942, 2203).
 */
export type StatusCategory = 'A0' | 'A1' | 'A2' | 'A3' | 'A4' | 'A5' | 'A6' | 'A7' | 'A8';

export interface ClaimStatus {
  readonly category: StatusCategory;
  /** Claim status code, a number of the external list. */
  readonly status: string;
  /** The entity that the status is about, as an X12 entity code (`IL` insured, `PR` payer, `85` billing provider …). */
  readonly entity?: string;
}

/** `WQ` accepted, `U` rejected. There is nothing between. */
export type StatusAction = 'WQ' | 'U';

export interface AcknowledgedLine {
  /** REF*FJ, our line control number. */
  readonly lineControlNumber?: string;
  readonly statuses: readonly ClaimStatus[];
}

export interface AcknowledgedClaim extends ClaimStatus {
  /** TRN02 of 2200D: our CLM01. */
  readonly patientControlNumber: string;
  readonly action: StatusAction;
  /** All statuses given, the first of which is the claim's own. */
  readonly statuses: readonly ClaimStatus[];
  readonly charge?: Cents;
  readonly statusDate: PlainDate;
  /** REF*1K: what the payer calls the claim; a replacement or void must quote it. */
  readonly payerClaimNumber?: string;
  /** REF*D9, echoed to us. */
  readonly clearinghouseNumber?: string;
  readonly serviceDate?: PlainDate;
  readonly serviceDateEnd?: PlainDate;
  readonly lines: readonly AcknowledgedLine[];
}

/** Claim acknowledgement of one batch of ours: 277CA, guide 005010X214. Names of people in it are not read. */
export interface ClaimAcknowledgement {
  readonly kind: '277CA';
  readonly source: AnswerSource;
  /** TRN02 of 2200B: our BHT03. */
  readonly batchReference: string;
  /** Who acknowledges: the payer (`PR`) or a clearinghouse (`AY`), with its trace number. */
  readonly informationSource: { readonly role: 'PR' | 'AY'; readonly id: string; readonly trace: string };
  readonly batch: ClaimStatus & { readonly action: StatusAction };
  /** Of each billing provider of the batch that is told of by itself (2200C). */
  readonly providers: readonly (ClaimStatus & { readonly action: StatusAction })[];
  readonly claims: readonly AcknowledgedClaim[];
  /** Totals of the batch and of its providers (STC, QTY, AMT) that disagree with the claims listed. */
  readonly imbalances: readonly Issue[];
}
