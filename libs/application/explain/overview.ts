import type { DisclosureRecord, ListedFacts } from '../ports/records.js';
import type { Transaction } from '../ports/store.js';
import { type DisclosureSummary, summaryOf } from './explain-disclosure.js';

/** A disclosure as a worklist shows it: with the client's name, the insurer's, and the dates that press. */
export interface DisclosureOverview extends DisclosureSummary, ListedFacts {
  readonly clientCode: string;
  readonly clientName: string;
  readonly insurerName: string;
}

const unique = <Id>(ids: readonly Id[]): readonly Id[] => [...new Set(ids)];

/** In the order of the records, in a fixed number of round trips. Those of a client whose key was destroyed are gone. */
export const overviewsOf = async (
  transaction: Transaction,
  records: readonly DisclosureRecord[],
): Promise<readonly DisclosureOverview[]> => {
  if (records.length === 0) return [];
  const clients = await transaction.clients.byIds(unique(records.map((one) => one.client)));
  const insurers = await transaction.practice.insurers(unique(records.map((one) => one.insurer)));
  const answers = await transaction.answers.of(records.map((one) => one.id));
  return records.flatMap((record): readonly DisclosureOverview[] => {
    const client = clients.get(record.client);
    const insurer = insurers.get(record.insurer);
    if (client === undefined || insurer === undefined) return [];
    const { firstName, lastName } = client.identity;
    return [
      {
        ...summaryOf(record, answers.get(record.id) ?? []),
        clientCode: client.code,
        clientName: `${firstName} ${lastName}`,
        insurerName: insurer.profile.name,
        ...record.listed,
      },
    ];
  });
};
