import { formatAmount } from '#libs/kernel';
import { type DisclosureOverview, overviewsOf } from '../explain/overview.js';
import type { Services } from '../ports/services.js';
import type { PracticeContext, Transaction, WantedList } from '../ports/store.js';
import { csvRecord } from './csv.js';

const PAGE = 100;

const instant = (milliseconds: number): string => new Date(milliseconds).toISOString();

/** Of the client the code, and no name. */
const COLUMNS: Readonly<Record<string, (row: DisclosureOverview) => string | undefined>> = {
  id: (row) => row.id,
  client: (row) => row.clientCode,
  insurer: (row) => row.insurerName,
  format: (row) => row.format,
  purpose: (row) => row.purpose,
  state: (row) => row.state,
  status: (row) => row.status,
  cause: (row) => row.cause,
  curer: (row) => row.curer,
  correction: (row) => row.correction?.kind,
  filing_deadline: (row) => row.filingDeadline,
  first_service_on: (row) => row.firstServiceOn,
  last_service_on: (row) => row.lastServiceOn,
  total: (row) => (row.total === undefined ? undefined : formatAmount(row.total)),
  created_at: (row) => instant(row.createdAt),
  updated_at: (row) => instant(row.updatedAt),
};

/** Names of the members by which a list was narrowed, and by what it was sorted: no value of any. */
const wordsOf = ({ filter, order }: Pick<WantedList, 'filter' | 'order'>): readonly string[] => [
  ...Object.keys(filter)
    .filter((name) => name !== 'until')
    .sort()
    .map((name) => `filter:${name}`),
  ...order.map(({ by, descending }) => `sort:${descending ? '-' : ''}${by}`),
];

/** Writes down who takes the list away, and how much of it, before there is a first line. */
export const beginExportIn = async (
  transaction: Transaction,
  request: { readonly context: PracticeContext; readonly wanted: WantedList },
): Promise<WantedList> => {
  const { context, wanted } = request;
  // What comes in later is not of this export: there are as many as the ledger says, or fewer.
  const bounded = { ...wanted, filter: { ...wanted.filter, until: transaction.now } };
  const rows = await transaction.lists.count(bounded);
  transaction.ledger.record({
    kind: 'list-exported',
    actor: context.actor,
    codes: [`rows:${rows}`, ...wordsOf(wanted)],
  });
  return bounded;
};

/** Line by line, a page to a transaction, so that none stays open while somebody reads slowly. */
export async function* exportLines(
  services: Services,
  context: PracticeContext,
  wanted: WantedList,
): AsyncGenerator<string> {
  yield csvRecord(Object.keys(COLUMNS));
  let after: string | undefined;
  do {
    const place = { limit: PAGE, ...(after === undefined ? {} : { after }) };
    const page = await services.store.inPractice(context, async (transaction) => {
      const { rows, next } = await transaction.lists.page(wanted, place);
      return { rows: await overviewsOf(transaction, rows), next };
    });
    const lines = page.rows.map((row) => csvRecord(Object.values(COLUMNS).map((read) => read(row) ?? '')));
    if (lines.length > 0) yield lines.join('');
    after = page.next;
  } while (after !== undefined);
}
