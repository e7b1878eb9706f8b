import { ledgerOf } from '../judgement/describe-decision.js';
import type { DisclosureChange, Transaction } from '../ports/store.js';
import type { Item, Refusal } from './intent.js';

export const refuseItems = async (
  transaction: Transaction,
  refusals: readonly Refusal[],
  items: readonly Item[],
): Promise<void> => {
  if (refusals.length === 0) return;
  await transaction.disclosures.move(
    refusals.map(({ record, to, cause, curer }): DisclosureChange => ({
      id: record.id,
      from: record.state,
      to,
      cause,
      ...(curer ? { curer } : {}),
      ...(to === 'ready' ? { dueAt: transaction.now } : {}),
    })),
    undefined,
  );
  for (const { record, to } of refusals) {
    const item = items.find((one) => one.record.id === record.id);
    transaction.ledger.record({
      kind: to === 'ready' ? 'decided' : to,
      actor: 'sluice',
      client: record.client,
      disclosure: record.id,
      insurer: record.insurer,
      ...(item ? ledgerOf(item.judgement.decision) : {}),
    });
  }
};
