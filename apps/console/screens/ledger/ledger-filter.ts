import { words as wire } from '#libs/contracts';
import type { Asked } from '../../ask/ask.js';

type Query = NonNullable<Asked<'GET /v1/ledger'>['query']>;

/** Filters as they stand in the address; ids are in clear everywhere. */
export interface LedgerSearch {
  readonly kind?: string;
  readonly from?: string;
  readonly to?: string;
  readonly disclosure?: string;
  readonly client?: string;
}

const ID = /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/;
const DAY = /^\d{4}-\d{2}-\d{2}$/;

export type FilterFault = 'wrongId' | 'reversed';

/** What is wrong with a filter before the gateway is asked. */
export const filterFaults = (search: LedgerSearch): { readonly [Name in keyof LedgerSearch]?: FilterFault } => ({
  ...(search.disclosure !== undefined && !ID.test(search.disclosure) ? { disclosure: 'wrongId' as const } : {}),
  ...(search.client !== undefined && !ID.test(search.client) ? { client: 'wrongId' as const } : {}),
  ...(search.from !== undefined && search.to !== undefined && search.from > search.to
    ? { to: 'reversed' as const }
    : {}),
});

/** The filter as the gateway takes it; what it could not take is left out, and said beside its field. */
export const ledgerQueryOf = (search: LedgerSearch): Query => {
  const faults = filterFaults(search);
  const { kind, from, to, disclosure, client } = search;
  return {
    ...(kind !== undefined && wire.LEDGER_KINDS.some((one) => one === kind) ? { kind } : {}),
    ...(from !== undefined && DAY.test(from) ? { from } : {}),
    ...(to !== undefined && DAY.test(to) && faults.to === undefined ? { to } : {}),
    ...(disclosure !== undefined && faults.disclosure === undefined ? { disclosure } : {}),
    ...(client !== undefined && faults.client === undefined ? { client } : {}),
  };
};
