import type { Asked } from '../../ask/ask.js';

type Query = NonNullable<Asked<'GET /v1/disclosures'>['query']>;

/** Filters of the list as they stand in the address; nothing else may. The gateway says which words they take. */
export type ClaimSearch = Omit<Query, 'after' | 'limit'>;

const NAMES = ['state', 'insurer', 'client', 'document', 'curer'] as const satisfies readonly (keyof ClaimSearch)[];

export const readClaimSearch = (search: Record<string, unknown>): ClaimSearch =>
  Object.fromEntries(
    NAMES.flatMap((name) => {
      const value = search[name];
      return typeof value === 'string' && value !== '' ? [[name, value]] : [];
    }),
  );
