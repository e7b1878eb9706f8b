import { failed, issue, ok, type Result } from '#libs/kernel';
import type { Transaction } from '../ports/store.js';
import type { Accepted, Submission } from './submission.js';

/** An answer that was given before, or one made now. */
export interface Intake {
  readonly kind: 'replayed' | 'new';
  readonly accepted: Accepted;
  /** As stored with the answer, where there was a key. */
  readonly status: number;
}

/** What was answered to the same key before, by the index of the submission; another document under that key is refused. */
export const replays = async (
  transaction: Transaction,
  submissions: readonly Submission[],
): Promise<readonly (readonly [number, Result<Intake>])[]> => {
  const claims = submissions.flatMap((one) => one.idempotency ?? []);
  if (claims.length === 0) return [];
  const known = await transaction.idempotency.find(claims);
  return submissions.flatMap((submission, index): readonly (readonly [number, Result<Intake>])[] => {
    const claim = submission.idempotency;
    const found =
      claim &&
      known.find((one) => one.principal === claim.principal && one.route === claim.route && one.key === claim.key);
    if (!claim || !found) return [];
    if (found.fingerprint !== claim.fingerprint)
      return [[index, failed(issue('idempotency_key_reused', 'Idempotency-Key'))]];
    return [[index, ok({ kind: 'replayed', accepted: JSON.parse(found.body) as Accepted, status: found.status })]];
  });
};

/** Keeps the answers that are new, for whoever asks again with the same key. */
export const remember = async (
  transaction: Transaction,
  submissions: readonly Submission[],
  results: ReadonlyMap<number, Result<Intake>>,
): Promise<void> => {
  const records = submissions.flatMap((submission, index) => {
    const result = results.get(index);
    if (!submission.idempotency || !result?.ok || result.value.kind !== 'new') return [];
    return [{ ...submission.idempotency, body: JSON.stringify(result.value.accepted) }];
  });
  if (records.length > 0) await transaction.idempotency.add(records);
};
