import type { Adjudication } from '#libs/billing';
import type { AnswerKind } from '#libs/disclosure';
import type { DisclosureId, TransmissionId } from '#libs/kernel';

export interface AnswerRecord {
  readonly id: string;
  readonly disclosure: DisclosureId;
  readonly transmission: TransmissionId;
  readonly kind: AnswerKind;
  readonly receivedAt: number;
  /** Digest of what came in, where it came in. */
  readonly incoming?: string;
  /** Who says it, where that is not the insurer itself. */
  readonly layer?: 'clearinghouse';
  /** Amounts, numbers and codes of the answer; stored encrypted. */
  readonly detail: AnswerDetail;
}

export interface AnswerDetail {
  readonly payerClaimNumber?: string;
  readonly charge?: number;
  readonly paid?: number;
  readonly clientShare?: number;
  readonly authorizationNumber?: string;
  readonly sessionsApproved?: number;
  readonly codes?: readonly string[];
  readonly traceNumber?: string;
  /** By the lines of the document that was sent; there where a next payer can be told of it. */
  readonly adjudication?: Adjudication;
}
