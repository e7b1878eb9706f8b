import { type DisclosureId, failed, issue, ok, type Result } from '#libs/kernel';
import type { Envelope837P } from '#libs/x12';
import type { DisclosureRecord } from '../ports/records.js';
import type { Transaction } from '../ports/store.js';
import { type AnsweredClaim, checkCorrectable, payerClaimNumberOf } from './correctable.js';

/** CLM05-3, with what REF*F8 quotes. */
type Resubmission = Envelope837P['resubmission'];

/** Sent again is what was refused, so it says the same as that one did. */
const saidBy = (record: DisclosureRecord, chain: ReadonlyMap<DisclosureId, AnsweredClaim>): Result<Resubmission> => {
  const { correction } = record;
  if (correction === undefined) return ok({ frequency: '1' });
  const corrected = chain.get(correction.of);
  if (corrected === undefined) return failed(issue('correction_astray', ''));
  if (correction.kind === 'resubmission') return saidBy(corrected.record, chain);
  const number = payerClaimNumberOf(corrected.answers);
  if (number === undefined) return failed(issue('claim_number_unknown', ''));
  return ok({ frequency: correction.kind === 'replacement' ? '7' : '8', payerClaimNumber: number });
};

/**
 * What each claim says of an earlier one, as it stands at this moment; those that correct nothing are absent. A
 * correction whose ground has gone meanwhile fails: the earlier claim was corrected otherwise, or looked at after all.
 */
export const resubmissionsOf = async (
  transaction: Transaction,
  records: readonly DisclosureRecord[],
): Promise<ReadonlyMap<DisclosureId, Result<Resubmission>>> => {
  const said = new Map<DisclosureId, Result<Resubmission>>();
  for (const record of records) {
    const { correction } = record;
    if (correction === undefined) continue;
    const chain = await transaction.disclosures.chain(record.id);
    const answers = await transaction.answers.of(chain.map(({ id }) => id));
    const claims = new Map(
      chain.map((one): [DisclosureId, AnsweredClaim] => [one.id, { record: one, answers: answers.get(one.id) ?? [] }]),
    );
    const corrected = claims.get(correction.of);
    const ground = corrected && checkCorrectable(correction.kind, corrected);
    said.set(record.id, ground?.ok === false ? ground : saidBy(record, claims));
  }
  return said;
};
