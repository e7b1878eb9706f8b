import { z } from 'zod';
import { disclosureSummary } from './disclosures.js';
import { line } from './scalars.js';

/** One number or code, whole: control numbers and references of ours, an insurer's claim number, a client's code. */
export const searchQuery = z.strictObject({ q: line(80) });

/** Newest first; what is beyond a hundred is found by the lists. */
export const searchResult = z.strictObject({ rows: z.array(disclosureSummary).max(100) }).meta({ id: 'SearchResult' });
