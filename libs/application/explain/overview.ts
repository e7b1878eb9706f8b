import { filingDeadlineOf } from '#libs/billing';
import type { Cents, PlainDate } from '#libs/kernel';
import type { DisclosureRecord, DocumentContent, InsurerRecord } from '../ports/records.js';
import type { Transaction } from '../ports/store.js';
import { type DisclosureSummary, summaryOf } from './explain-disclosure.js';

/** A disclosure as a worklist shows it: with the client's name, the insurer's, and the dates that press. */
export interface DisclosureOverview extends DisclosureSummary {
  readonly clientCode: string;
  readonly clientName: string;
  readonly insurerName: string;
  /** Last day on which the insurer takes it. */
  readonly filingDeadline?: PlainDate;
  readonly firstServiceOn?: PlainDate;
  readonly lastServiceOn?: PlainDate;
  readonly total?: Cents;
}

type Billing = Pick<DisclosureOverview, 'filingDeadline' | 'firstServiceOn' | 'lastServiceOn' | 'total'>;

const billingOf = (content: DocumentContent, { profile }: InsurerRecord): Billing => {
  if (content.kind !== 'invoice') return {};
  const dates = content.invoice.lines.map((one) => one.date).sort();
  const [first, last] = [dates[0], dates.at(-1)];
  const deadline =
    profile.filingDeadlineDays === undefined
      ? undefined
      : filingDeadlineOf(content.invoice, profile.filingDeadlineDays);
  return {
    total: content.invoice.total,
    ...(first === undefined ? {} : { firstServiceOn: first }),
    ...(last === undefined ? {} : { lastServiceOn: last }),
    ...(deadline === undefined ? {} : { filingDeadline: deadline }),
  };
};

const unique = <Id>(ids: readonly Id[]): readonly Id[] => [...new Set(ids)];

/** In the order of the records, in a fixed number of round trips. Those of a client whose key was destroyed are gone. */
export const overviewsOf = async (
  transaction: Transaction,
  records: readonly DisclosureRecord[],
): Promise<readonly DisclosureOverview[]> => {
  if (records.length === 0) return [];
  const clients = await transaction.clients.byIds(unique(records.map((one) => one.client)));
  const insurers = await transaction.practice.insurers(unique(records.map((one) => one.insurer)));
  const documents = await transaction.documents.byIds(unique(records.map((one) => one.document)));
  const answers = await transaction.answers.of(records.map((one) => one.id));
  return records.flatMap((record): readonly DisclosureOverview[] => {
    const client = clients.get(record.client);
    const insurer = insurers.get(record.insurer);
    const document = documents.get(record.document);
    if (client === undefined || insurer === undefined || document === undefined) return [];
    const { firstName, lastName } = client.identity;
    return [
      {
        ...summaryOf(record, answers.get(record.id) ?? []),
        clientCode: client.code,
        clientName: `${firstName} ${lastName}`,
        insurerName: insurer.profile.name,
        ...billingOf(document.content, insurer),
      },
    ];
  });
};
