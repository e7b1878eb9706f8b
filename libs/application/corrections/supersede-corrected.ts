import type { DisclosureRecord } from '../ports/records.js';
import type { Transaction } from '../ports/store.js';

/**
 * The correction has gone: the claim that it corrects is closed from this moment, and not from an earlier one, for a
 * correction that never went would have closed a claim that still stands.
 */
export const supersedeCorrected = async (
  transaction: Transaction,
  gone: readonly Pick<DisclosureRecord, 'id' | 'correction'>[],
): Promise<void> => {
  const corrections = gone.flatMap(({ id, correction }) => (correction === undefined ? [] : [{ id, correction }]));
  if (corrections.length === 0) return;
  const corrected = await transaction.disclosures.lock(corrections.map(({ correction }) => correction.of));
  const standing = corrections.flatMap(({ id, correction }) => {
    const record = corrected.get(correction.of);
    return record?.state === 'sent' || record?.state === 'received' ? [{ id, correction, record }] : [];
  });
  await transaction.disclosures.move(
    standing.map(({ record }) => ({ id: record.id, from: record.state, to: 'superseded' })),
    undefined,
  );
  for (const { id, correction, record } of standing)
    transaction.ledger.record({
      kind: 'superseded',
      actor: 'sluice',
      client: record.client,
      disclosure: record.id,
      insurer: record.insurer,
      subject: id,
      codes: [correction.kind],
    });
};
