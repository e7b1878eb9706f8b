import type { Cents, Issue, PlainDate } from '#libs/kernel';
import type { AnswerSource } from '../read/answer-source.js';

export type AdjustmentGroup = 'CO' | 'OA' | 'PI' | 'PR';

/** One reason and amount of a CAS; a positive amount lowers the payment. */
export interface Adjustment {
  readonly group: AdjustmentGroup;
  readonly reason: string;
  readonly amount: Cents;
}

export interface RemittedProcedure {
  readonly qualifier: string;
  readonly code: string;
  readonly modifiers: readonly string[];
}

export interface RemittedLine {
  /** REF*6R, our line control number; payers must return it if it was sent. */
  readonly lineControlNumber?: string;
  /** As adjudicated; `submitted` only where the payer changed it (SVC06). */
  readonly procedure: RemittedProcedure;
  readonly submitted?: RemittedProcedure;
  readonly charge: Cents;
  readonly paid: Cents;
  readonly allowed?: Cents;
  readonly adjustments: readonly Adjustment[];
  readonly remarks: readonly string[];
  readonly serviceDate?: PlainDate;
  readonly serviceDateEnd?: PlainDate;
}

/**
 * `1` `2` `3` paid as primary, secondary, tertiary · `4` denied · `19` `20` `21` the same as 1–3 and forwarded ·
 * `22` reversal of an earlier payment · `23` not our claim, forwarded · `25` predetermination, no payment.
 */
export type ClaimStatusCode = '1' | '2' | '3' | '4' | '19' | '20' | '21' | '22' | '23' | '25';

export interface RemittedClaim {
  /** CLP01: our CLM01 exactly, or `0` if the payer received none. */
  readonly patientControlNumber: string;
  readonly statusCode: ClaimStatusCode;
  readonly charge: Cents;
  readonly paid: Cents;
  readonly patientResponsibility?: Cents;
  readonly filingIndicator: string;
  readonly payerClaimNumber: string;
  readonly frequency?: string;
  /** At the level of the claim; those of the lines are in `lines`. */
  readonly adjustments: readonly Adjustment[];
  readonly remarks: readonly string[];
  readonly lines: readonly RemittedLine[];
  readonly serviceDate?: PlainDate;
  readonly serviceDateEnd?: PlainDate;
}

/** Money between payer and provider that belongs to no claim (PLB); a positive amount lowers the payment. */
export interface ProviderAdjustment {
  readonly providerId: string;
  readonly fiscalPeriod: PlainDate;
  readonly reason: string;
  readonly reference?: string;
  readonly amount: Cents;
}

/** Health care claim payment: 835, guide 005010X221A1. People's names in it are not read; nothing is matched by name. */
export interface Remittance {
  readonly kind: '835';
  readonly source: AnswerSource;
  /** TRN02, the number on the cheque or electronic transfer. */
  readonly trace: string;
  readonly method: 'ACH' | 'BOP' | 'CHK' | 'FWT' | 'NON';
  readonly total: Cents;
  readonly direction: 'credit' | 'debit';
  readonly paymentDate: PlainDate;
  readonly currency: string;
  /** TRN03: the payer as the originator of the transfer. */
  readonly payerId: string;
  readonly payerName: string;
  /** Other identifiers of the payer: N104 and REF of loop 1000A, `qualifier` as sent. */
  readonly payerReferences: readonly { readonly qualifier: string; readonly id: string }[];
  readonly payee: { readonly qualifier: string; readonly id: string };
  /** In the order of the file: a reversal stands before the correction of the same claim. */
  readonly claims: readonly RemittedClaim[];
  readonly providerAdjustments: readonly ProviderAdjustment[];
  /** Sums that do not agree. Empty means balanced; otherwise a person looks before anything is posted. */
  readonly imbalances: readonly Issue[];
}
