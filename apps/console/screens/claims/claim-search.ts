import { type SaveView, words } from '#libs/contracts';
import type { Asked } from '../../ask/ask.js';

type Query = NonNullable<Asked<'GET /v1/disclosures'>['query']>;

/** What the list can be narrowed to from the address. How a client’s code begins is of a client, and stands in none. */
export type ClaimFilter = Omit<Query, 'after' | 'limit' | 'count' | 'sort' | 'clientCode'>;

export type ColumnName = SaveView['columns'][number];

/** The list as it stands in the address; nothing else may. The gateway says which words the filters take. */
export interface ClaimSearch extends ClaimFilter {
  readonly sort?: string;
  /** Names with commas between. */
  readonly columns?: string;
}

export const FILTERS = [
  ...['status', 'state', 'insurer', 'client', 'document', 'curer', 'format', 'purpose'],
  ...['serviceFrom', 'serviceTo', 'createdFrom', 'createdTo', 'totalFrom', 'totalTo'],
] as readonly (keyof ClaimFilter)[];

export const DEFAULT_COLUMNS: readonly ColumnName[] = [
  ...(['status', 'client', 'insurer', 'format', 'lastServiceOn', 'total', 'nextStep', 'filingDeadline'] as const),
  'createdAt',
];

const textOf = (value: unknown): string | undefined =>
  typeof value === 'number' ? String(value) : typeof value === 'string' && value !== '' ? value : undefined;

const picked = (search: object, names: readonly string[]): Record<string, string> =>
  Object.fromEntries(
    names.flatMap((name) => {
      const value = textOf((search as Record<string, unknown>)[name]);
      return value === undefined ? [] : [[name, value]];
    }),
  );

export const readClaimSearch = (search: Record<string, unknown>): ClaimSearch =>
  picked(search, [...FILTERS, 'sort', 'columns']);

export const filterOf = (search: ClaimSearch): ClaimFilter => picked(search, FILTERS);

/** In the order in which they are asked for; what is no column is left out. */
export const columnsOf = ({ columns }: ClaimSearch): readonly ColumnName[] => {
  const asked = (columns ?? '').split(',');
  const known = asked.flatMap((name) => words.DISCLOSURE_COLUMNS.find((one) => one === name) ?? []);
  return known.length === 0 ? DEFAULT_COLUMNS : [...new Set(known)];
};

export const sortingOf = ({ sort }: ClaimSearch): readonly string[] => (sort === undefined ? [] : sort.split(','));

/** What is typed as dollars, in cents as the query says them; undefined where it is no amount. */
export const centsText = (dollars: string): string | undefined => {
  const found = /^(\d{1,9})(?:\.(\d{1,2}))?$/.exec(dollars.trim().replaceAll(',', ''));
  if (found === null) return undefined;
  const [, whole = '0', part = ''] = found;
  return String(Number(whole) * 100 + Number(part.padEnd(2, '0')));
};

export const dollarsText = (cents: string | undefined): string =>
  cents === undefined || !/^\d+$/.test(cents) ? '' : (Number(cents) / 100).toFixed(2);
