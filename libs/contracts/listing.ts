import { z } from 'zod';
import { FORMATS, PURPOSES } from '#libs/catalogue';
import { type ClientId, type DocumentId, type InsurerId, LARGEST_AMOUNT } from '#libs/kernel';
import { code, date, id, wordsOf } from './scalars.js';
import { CURERS, DELIVERY_STATES, DISCLOSURE_SORTS, SHOWN_STATUSES } from './words.js';

/** A whole number of cents, zero or more, as a query says it. */
const centsInQuery = z
  .string()
  .regex(/^\d{1,12}$/)
  .max(12)
  .transform(Number)
  .pipe(z.int().min(0).max(LARGEST_AMOUNT));

/** What the list of disclosures can be narrowed to; only over what is stored in clear. Days are inclusive, and of the practice’s time zone. */
export const disclosureFilter = {
  state: wordsOf(DELIVERY_STATES).exactOptional(),
  status: wordsOf(SHOWN_STATUSES).exactOptional(),
  client: id<ClientId>().exactOptional(),
  /** How the client's code begins, in the letters in which it is written. */
  clientCode: code(40).exactOptional(),
  insurer: id<InsurerId>().exactOptional(),
  document: id<DocumentId>().exactOptional(),
  curer: z.enum(CURERS).exactOptional(),
  format: wordsOf(FORMATS).exactOptional(),
  purpose: wordsOf(PURPOSES).exactOptional(),
  /** Something was done on this day or later, and on that day or earlier. */
  serviceFrom: date.exactOptional(),
  serviceTo: date.exactOptional(),
  createdFrom: date.exactOptional(),
  createdTo: date.exactOptional(),
  totalFrom: centsInQuery.exactOptional(),
  totalTo: centsInQuery.exactOptional(),
};

export interface DisclosureOrder {
  readonly by: (typeof DISCLOSURE_SORTS)[number];
  readonly descending: boolean;
}

const MOST_SORTS = 4;

/**
 * Columns in the order in which they count, each once, with `-` for the largest first: `-createdAt,filingDeadline`. Rows
 * that have no value in a column come last. Ties are broken by id.
 */
export const disclosureSort = z
  .string()
  .min(1)
  .max(120)
  .transform((text, context): readonly DisclosureOrder[] => {
    const order = text.split(',').flatMap((word): readonly DisclosureOrder[] => {
      const descending = word.startsWith('-');
      const by = DISCLOSURE_SORTS.find((one) => one === (descending ? word.slice(1) : word));
      return by === undefined ? [] : [{ by, descending }];
    });
    const isWhole = order.length === text.split(',').length && order.length <= MOST_SORTS;
    if (isWhole && new Set(order.map(({ by }) => by)).size === order.length) return order;
    context.addIssue({ code: 'custom', params: { code: 'sort_unknown' } });
    return z.NEVER;
  });
