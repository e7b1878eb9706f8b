import type { LedgerBlock, LedgerCheckpoint } from '#libs/application';
import type { PracticeId } from '#libs/kernel';
import type { Row } from '../row.js';
import { instantOf, type Sql } from '../sql.js';
import { hexOf } from './chain.js';

/** Blocks that are read at a time. */
export const PAGE = 500;

/** Heights above `after`, up to and with `upTo`. */
export interface Heights {
  readonly after: number;
  readonly upTo: number;
}

export interface StoredBlock {
  readonly block: Row;
  readonly entries: readonly Row[];
}

/** Blocks of the range in order, at most `PAGE`, each with its entries as they are stored. */
export const readBlocks = async (sql: Sql, practice: PracticeId, range: Heights): Promise<readonly StoredBlock[]> => {
  const blocks = await sql.rows(
    `SELECT height, previous, root, hash, entries, written_at FROM ledger_block
      WHERE practice_id = $1 AND height > $2 AND height <= $3 ORDER BY height LIMIT $4`,
    [practice, range.after, range.upTo, PAGE],
  );
  const last = blocks.at(-1)?.number('height') ?? range.after;
  const rows = await sql.rows(
    `SELECT height, position, client_id, disclosure_id, leaf, body FROM ledger_entry
      WHERE practice_id = $1 AND height > $2 AND height <= $3 ORDER BY height, position`,
    [practice, range.after, last],
  );
  const entriesOf = new Map<number, Row[]>();
  for (const row of rows) {
    const height = row.number('height');
    const entries = entriesOf.get(height);
    if (entries === undefined) entriesOf.set(height, [row]);
    else entries.push(row);
  }
  return blocks.map((block) => ({ block, entries: entriesOf.get(block.number('height')) ?? [] }));
};

export const blockOf = ({ block, entries }: StoredBlock): LedgerBlock => ({
  height: block.number('height'),
  previous: hexOf(block.bytes('previous')),
  root: hexOf(block.bytes('root')),
  hash: hexOf(block.bytes('hash')),
  at: block.instant('written_at'),
  entries: entries.map((entry) => entry.text('body')),
});

const checkpointOf = (practice: PracticeId, row: Row): LedgerCheckpoint => ({
  practice,
  height: row.number('height'),
  hash: hexOf(row.bytes('hash')),
  at: row.instant('signed_at'),
  signature: Buffer.from(row.bytes('signature')).toString('base64'),
});

/** Checkpoints of the range, the lowest first. */
export const readStoredCheckpoints = async (
  sql: Sql,
  practice: PracticeId,
  range: Heights,
): Promise<readonly LedgerCheckpoint[]> => {
  const rows = await sql.rows(
    `SELECT height, hash, signed_at, signature FROM ledger_checkpoint
      WHERE practice_id = $1 AND height > $2 AND height <= $3 ORDER BY height`,
    [practice, range.after, range.upTo],
  );
  return rows.map((row) => checkpointOf(practice, row));
};

export const readLastCheckpoint = async (sql: Sql, practice: PracticeId): Promise<LedgerCheckpoint | undefined> => {
  const [row] = await sql.rows(
    `SELECT height, hash, signed_at, signature FROM ledger_checkpoint
      WHERE practice_id = $1 ORDER BY height DESC LIMIT 1`,
    [practice],
  );
  return row && checkpointOf(practice, row);
};

/** Of two that sign the same end at the same time, the first stands. */
export const storeCheckpoint = async (sql: Sql, checkpoint: LedgerCheckpoint): Promise<void> => {
  await sql.run(
    `INSERT INTO ledger_checkpoint (practice_id, height, hash, signed_at, signature) VALUES ($1, $2, $3, $4, $5)
      ON CONFLICT DO NOTHING`,
    [
      checkpoint.practice,
      checkpoint.height,
      Buffer.from(checkpoint.hash, 'hex'),
      instantOf(checkpoint.at),
      Buffer.from(checkpoint.signature, 'base64'),
    ],
  );
};
