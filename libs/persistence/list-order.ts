import type { DisclosureOrder } from '#libs/contracts';
import { isUuid } from '#libs/kernel';
import { DatabaseError } from './database-error.js';
import { instantOf } from './sql.js';
import type { StatementParts } from './statement-parts.js';

interface SortColumn {
  readonly column: string;
  readonly type: 'timestamptz' | 'date' | 'bigint' | 'text';
  readonly nullable: boolean;
}

const text = (column: string): SortColumn => ({ column: `${column} COLLATE "C"`, type: 'text', nullable: false });

/** The columns by which lists can be sorted; each stands in clear. */
const COLUMNS: Readonly<Record<DisclosureOrder['by'], SortColumn>> = {
  createdAt: { column: 'd.created_at', type: 'timestamptz', nullable: false },
  updatedAt: { column: 'd.updated_at', type: 'timestamptz', nullable: false },
  state: text('d.state'),
  format: text('d.format'),
  purpose: text('d.purpose'),
  filingDeadline: { column: 'd.filing_deadline', type: 'date', nullable: true },
  firstServiceOn: { column: 'd.first_service_on', type: 'date', nullable: true },
  lastServiceOn: { column: 'd.last_service_on', type: 'date', nullable: true },
  total: { column: 'd.total', type: 'bigint', nullable: true },
};

const NEWEST_FIRST: DisclosureOrder = { by: 'createdAt', descending: true };

/** Every order ends in the id, so that no two rows are alike. The newest come first where nothing else is asked. */
export const wholeOrder = (order: readonly DisclosureOrder[]): readonly DisclosureOrder[] =>
  order.length === 0 ? [NEWEST_FIRST] : order;

const idDescends = (order: readonly DisclosureOrder[]): boolean => order[0]?.descending === true;

/** Says which order a cursor belongs to: one of another order leads nowhere. */
export const nameOfOrder = (order: readonly DisclosureOrder[]): string =>
  order.map(({ by, descending }) => `${descending ? '-' : ''}${by}`).join(',');

export const orderBy = (order: readonly DisclosureOrder[]): string =>
  [
    ...order.map(({ by, descending }) => {
      const { column, nullable } = COLUMNS[by];
      return `${column}${descending ? ' DESC' : ''}${nullable ? ' NULLS LAST' : ''}`;
    }),
    `d.id${idDescends(order) ? ' DESC' : ''}`,
  ].join(', ');

const SHAPE: Readonly<Record<SortColumn['type'], RegExp>> = {
  timestamptz: /^\d{1,15}$/,
  date: /^\d{4}-\d\d-\d\d$/,
  bigint: /^-?\d{1,15}$/,
  text: /^[a-z0-9-]{1,60}$/i,
};

/** The value of a cursor as a parameter of its type; nothing for a column without a value. */
const valueOf = ({ type, nullable }: SortColumn, said: string): string | Date | undefined => {
  if (said === '' && nullable) return undefined;
  const isDay = type !== 'date' || !Number.isNaN(Date.parse(`${said}T00:00:00Z`));
  if (!SHAPE[type].test(said) || !isDay) throw new DatabaseError('cursor_invalid');
  return type === 'timestamptz' ? instantOf(Number(said)) : said;
};

/**
 * What stands behind a row in this order. The first column also bounds from where an index is read, where every row has
 * a value in it.
 */
export const isBehind = (
  parts: StatementParts,
  order: readonly DisclosureOrder[],
  place: { readonly values: readonly string[]; readonly id: string },
): string => {
  if (!isUuid(place.id) || place.values.length !== order.length) throw new DatabaseError('cursor_invalid');
  let behind = `d.id ${idDescends(order) ? '<' : '>'} ${parts.add(place.id)}::uuid`;
  let bound = '';
  for (const [index, { by, descending }] of [...order.entries()].reverse()) {
    const sorted = COLUMNS[by];
    const value = valueOf(sorted, place.values[index] ?? '');
    if (value === undefined) {
      behind = `(${sorted.column} IS NULL AND ${behind})`;
      continue;
    }
    const here = `${parts.add(value)}::${sorted.type}`;
    const beyond = `${sorted.column} ${descending ? '<' : '>'} ${here}`;
    const orNone = sorted.nullable ? ` OR ${sorted.column} IS NULL` : '';
    behind = `(${beyond}${orNone} OR (${sorted.column} = ${here} AND ${behind}))`;
    if (index === 0 && !sorted.nullable) bound = `${sorted.column} ${descending ? '<=' : '>='} ${here} AND `;
  }
  return bound + behind;
};
