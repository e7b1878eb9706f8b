import { type ClientId, type PlainDate, startOfDate } from '#libs/kernel';
import { type Dossier, loadAccepted, offeredBy } from '../dossier/dossier.js';
import type { DisclosureRecord } from '../ports/records.js';
import type { Transaction } from '../ports/store.js';

/** Rows of one page, and pages that are looked through: what a client has in a quarter is far less. */
const PAGE = 100;
const MOST_PAGES = 20;

export interface RecentDocument {
  /** The newest of the document that still stands: its insurer, format and choices are looked at. */
  readonly record: DisclosureRecord;
  readonly dossier: Dossier;
  /** What it is about: days of service, or the day of attestation of a report. */
  readonly first: PlainDate;
  readonly last: PlainDate;
}

const OVER: readonly DisclosureRecord['state'][] = ['cancelled', 'superseded'];

/** Newest first. A document cannot be about days after it was made, so that what was made before them is not looked for. */
const standingOf = async (
  transaction: Transaction,
  client: ClientId,
  from: PlainDate,
): Promise<{ readonly records: readonly DisclosureRecord[]; readonly truncated: boolean }> => {
  const earliest = startOfDate(from, await transaction.practice.timeZone());
  const standing = new Map<string, DisclosureRecord>();
  let after: string | undefined;
  for (let looked = 0; looked < MOST_PAGES; looked += 1) {
    const page = await transaction.disclosures.page(
      { client },
      { limit: PAGE, ...(after === undefined ? {} : { after }) },
    );
    for (const record of page.rows)
      if (!OVER.includes(record.state) && !standing.has(record.document)) standing.set(record.document, record);
    const last = page.rows.at(-1);
    if (page.next === undefined || last === undefined || Math.max(last.createdAt, last.updatedAt) < earliest)
      return { records: [...standing.values()], truncated: false };
    after = page.next;
  }
  return { records: [...standing.values()], truncated: true };
};

/** The documents of a client that are about days of a period, newest first, at most so many. */
export const recentDocumentsOf = async (
  transaction: Transaction,
  client: ClientId,
  period: { readonly from: PlainDate; readonly to: PlainDate; readonly most: number },
): Promise<{ readonly documents: readonly RecentDocument[]; readonly truncated: boolean }> => {
  const { records, truncated } = await standingOf(transaction, client, period.from);
  const stored = await transaction.documents.byIds(records.map((one) => one.document));
  const known = records.flatMap((record) => {
    const document = stored.get(record.document);
    return document === undefined ? [] : [{ record, document }];
  });
  const dossiers = await loadAccepted(
    transaction,
    known.map(({ record, document }) => ({ document, lane: record.lane })),
  );
  const documents = known.flatMap(({ record }, index): readonly RecentDocument[] => {
    const dossier = dossiers[index];
    if (dossier === undefined) return [];
    const { serviceDates, aboutDates } = offeredBy(dossier);
    const days = [...serviceDates.values(), ...aboutDates].sort();
    const [first, last] = [days[0], days.at(-1)];
    if (first === undefined || last === undefined) return [];
    return days.some((day) => day >= period.from && day <= period.to) ? [{ record, dossier, first, last }] : [];
  });
  return { documents: documents.slice(0, period.most), truncated: truncated || documents.length > period.most };
};
