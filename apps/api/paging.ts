import { DEFAULT_PAGE } from '#libs/contracts';
import type { PageOf, Paging } from './use-cases/asked.js';

/** Where a cursor stands in a request, as issues name it. */
export const CURSOR_PLACE = '?/after';

/** Takes paging out of a list’s query. */
export const splitPaging = <Query extends { readonly after?: string; readonly limit?: number }>({
  after,
  limit,
  ...filter
}: Query): { readonly filter: Omit<Query, 'after' | 'limit'>; readonly paging: Paging } => ({
  filter,
  paging: { limit: limit ?? DEFAULT_PAGE, ...(after === undefined ? {} : { after }) },
});

export const pageBody = <Row>({ rows, next }: PageOf<Row>): PageOf<Row> => ({
  rows,
  ...(next === undefined ? {} : { next }),
});
