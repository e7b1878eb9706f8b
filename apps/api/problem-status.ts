import type { ProblemCode } from '#libs/contracts';
import type { Issue, Result } from '#libs/kernel';
import { ProblemError } from './problem-error.js';

/** Codes of the use cases that mean something to HTTP. Every other code says that the content cannot be accepted. */
const STATUS: ReadonlyMap<string, ProblemCode> = new Map<string, ProblemCode>([
  ['not_found', 'not_found'],
  ['forbidden', 'forbidden'],
  ['second_person_required', 'forbidden'],
  ['attestation_required', 'attestation_required'],
  ['state_conflict', 'state_conflict'],
  ...[
    'already_checked',
    'already_signed',
    'draft_changed',
    'last_administrator',
    'not_amendable',
    'not_cancellable',
    'not_held',
    'not_parked',
    'not_sent_yet',
    'not_signed',
    ...['too_many_notes', 'too_many_views'],
    ...['already_corrected', 'claim_not_rejected', 'claim_number_unknown', 'claim_was_rejected'],
    ...['correction_not_a_claim', 'correction_not_sent', 'correction_of_void', 'correction_under_way'],
  ].map((code) => [code, 'state_conflict'] as const),
  ['item_gone', 'item_gone'],
  ['duplicate', 'duplicate'],
  ['code_in_use', 'duplicate'],
  ['already_treats', 'duplicate'],
  ['view_name_taken', 'duplicate'],
  ['duplicate_service', 'duplicate'],
  ['precondition_failed', 'precondition_failed'],
  ['idempotency_key_reused', 'idempotency_key_reused'],
  ['idempotency_in_progress', 'idempotency_in_progress'],
  ['cursor_invalid', 'cursor_invalid'],
  ['unavailable', 'unavailable'],
  ['temporarily_unavailable', 'unavailable'],
]);

/** The problem of a failed result: the first issue that HTTP has a status for decides. What is not found is told without a path. */
export const problemOf = (issues: readonly Issue[]): ProblemError => {
  const code = issues.map((issue) => STATUS.get(issue.code)).find((known) => known !== undefined) ?? 'refused';
  return new ProblemError(code, code === 'not_found' ? {} : { issues });
};

/** The value of a result, or its problem thrown. */
export const given = <T>(result: Result<T>): T => {
  if (result.ok) return result.value;
  throw problemOf(result.issues);
};
