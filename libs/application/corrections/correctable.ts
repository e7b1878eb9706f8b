import { type CorrectionKind, kindsOf, shownStatus } from '#libs/disclosure';
import { failed, issue, ok, type Result } from '#libs/kernel';
import { type AnswerRecord, type DisclosureRecord, isVoid } from '../ports/records.js';

/** A claim that somebody wants to correct, and all that the insurer has answered to it, oldest first. */
export interface AnsweredClaim {
  readonly record: DisclosureRecord;
  readonly answers: readonly AnswerRecord[];
}

/** Answers in which the insurer itself (277CA REF*1K, 835 CLP07) gives the number of a claim that it looks at. */
const NUMBERED: readonly AnswerRecord['kind'][] = [
  'claim-received',
  'claim-accepted',
  'paid',
  'partly-paid',
  'denied',
  'reversed',
];

/** The insurer's own number of the claim: the last that it gave, never one that a person wrote down, nor a clearinghouse's. */
export const payerClaimNumberOf = (answers: readonly AnswerRecord[]): string | undefined =>
  answers
    .filter(({ kind, layer }) => layer === undefined && NUMBERED.includes(kind))
    .flatMap(({ detail }) => detail.payerClaimNumber ?? [])
    .at(-1);

/**
 * Whether a claim may be corrected like this now. What the insurer looked at is replaced or voided by its number; what
 * it refused before looking was never adjudicated, and is sent again as it would have been the first time.
 */
export const checkCorrectable = (kind: CorrectionKind, { record, answers }: AnsweredClaim): Result<void> => {
  if (record.format !== 'x12-837p') return failed(issue('correction_not_a_claim', ''));
  if (record.state === 'superseded') return failed(issue('already_corrected', ''));
  if (record.state !== 'sent' && record.state !== 'received') return failed(issue('correction_not_sent', ''));
  // It leaves nothing that could be replaced or taken back.
  if (kind !== 'resubmission' && isVoid(record)) return failed(issue('correction_of_void', ''));
  const status = shownStatus(record.state, kindsOf(answers));
  if (kind === 'resubmission') return status === 'rejected' ? ok(undefined) : failed(issue('claim_not_rejected', ''));
  if (status === 'rejected') return failed(issue('claim_was_rejected', ''));
  return payerClaimNumberOf(answers) === undefined ? failed(issue('claim_number_unknown', '')) : ok(undefined);
};
