import { inReach, type Page, type Transaction } from '#libs/application';
import type { ClientId } from '#libs/kernel';
import type { PageOf, Paging, RequestContext } from '../use-cases/asked.js';

/** Pages that are looked through for one that has something for the asker. */
const MOST_PAGES = 20;

/**
 * One page of a list about clients. Who sees only some clients gets the rows of those, so a page may be short; one
 * without a row is passed over, so that an empty page says that there are no more within a long search.
 */
export const pageInReach = async <Row>(
  asked: { readonly transaction: Transaction; readonly context: RequestContext; readonly paging: Paging },
  fetch: (paging: Paging) => Promise<Page<Row>>,
  clientOf: (row: Row) => ClientId,
): Promise<PageOf<Row>> => {
  const { transaction, context, paging } = asked;
  if (context.reach.kind === 'nothing') return { rows: [] };
  let place = paging;
  for (let looked = 1; ; looked += 1) {
    const page = await fetch(place);
    const clients = await inReach(transaction, context.reach, page.rows.map(clientOf));
    const rows = page.rows.filter((row) => clients.has(clientOf(row)));
    if (rows.length > 0 || page.next === undefined || looked === MOST_PAGES) {
      return { rows, ...(page.next === undefined ? {} : { next: page.next }) };
    }
    place = { ...paging, after: page.next };
  }
};
