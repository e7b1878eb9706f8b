import type { LedgerEntry } from '#libs/application';
import type { PracticeId } from '#libs/kernel';
import type { Sql } from '../sql.js';
import { entryBody } from './entry-body.js';
import { leafHash, merkleRoot } from './hashes.js';

/**
 * Writes the entries as one block. The practice's head stays locked until the transaction ends, so this is its last
 * statement (lock order: authority, disclosure, head).
 */
export const appendBlock = async (sql: Sql, practice: PracticeId, entries: readonly LedgerEntry[]): Promise<void> => {
  const bodies = entries.map(entryBody);
  // A body is canonical JSON, in which no line break stands as itself.
  await sql.rows('SELECT append_block($1, $2, $3)', [practice, merkleRoot(bodies.map(leafHash)), bodies.join('\n')]);
};
