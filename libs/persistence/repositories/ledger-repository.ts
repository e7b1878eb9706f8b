import type {
  LedgerBlock,
  LedgerCheckpoint,
  LedgerEntry,
  LedgerRepository,
  LedgerRow,
  LedgerVerification,
  LedgerVerifying,
  Page,
  PageRequest,
} from '#libs/application';
import { limitOf, pageOf, placeAfter } from '../cursor.js';
import { hexOf } from '../ledger/chain.js';
import { checkpointMessage } from '../ledger/checkpoint.js';
import { entryOf } from '../ledger/entry-body.js';
import {
  blockOf,
  type Heights,
  readBlocks,
  readLastCheckpoint,
  readStoredCheckpoints,
  storeCheckpoint,
} from '../ledger/stored-blocks.js';
import { verifyLedger } from '../ledger/verify.js';
import type { Scope } from '../scope.js';
import { startOf } from './practice-days.js';

/** The practice's ledger, as far as one transaction goes. */
export class LedgerRows implements LedgerRepository {
  constructor(
    private readonly scope: Scope,
    readonly record: (entry: LedgerEntry) => void,
  ) {}

  /** Newest first. */
  async page(filter: Parameters<LedgerRepository['page']>[0], request: PageRequest): Promise<Page<LedgerRow>> {
    const limit = limitOf(request);
    const [height, position] = placeAfter(request, ['bigint', 'integer']) ?? [];
    const rows = await this.scope.sql.rows(
      `SELECT e.height, e.position, e.body, b.written_at FROM ledger_entry e
        JOIN ledger_block b ON b.practice_id = e.practice_id AND b.height = e.height
        WHERE e.practice_id = $1 AND ($2::uuid IS NULL OR e.client_id = $2) AND ($3::uuid IS NULL OR e.disclosure_id = $3)
          AND ($4::bigint IS NULL OR (e.height, e.position) < ($4, $5::integer))
          AND ($7::text[] IS NULL OR e.body::jsonb ->> 'kind' = ANY ($7))
          AND ($8::date IS NULL OR b.written_at >= ${startOf('$8::date')})
          AND ($9::date IS NULL OR b.written_at < ${startOf('$9::date + 1')})
        ORDER BY e.height DESC, e.position DESC LIMIT $6`,
      [
        this.scope.practice,
        filter.client ?? null,
        filter.disclosure ?? null,
        height ?? null,
        position ?? null,
        limit + 1,
        filter.kinds ?? null,
        filter.from ?? null,
        filter.to ?? null,
      ],
    );
    const found = rows.map((row) => ({
      height: row.number('height'),
      index: row.number('position'),
      at: row.instant('written_at'),
      entry: entryOf(row.text('body')),
    }));
    return pageOf(found, limit, (row) => [row.height, row.index]);
  }

  verify(how?: LedgerVerifying): Promise<LedgerVerification> {
    const { sql, practice, keys } = this.scope;
    return verifyLedger({ sql, practice, signingKey: keys.signingKey }, how);
  }

  async checkpoint(): Promise<LedgerCheckpoint | undefined> {
    const { sql, practice, keys, now } = this.scope;
    const [head] = await sql.rows('SELECT height, hash FROM ledger_head WHERE practice_id = $1', [practice]);
    const last = await this.lastCheckpoint();
    if (head === undefined || head.number('height') <= (last?.height ?? 0)) return last;
    const unsigned = { practice, height: head.number('height'), hash: hexOf(head.bytes('hash')), at: now };
    const signature = Buffer.from(keys.sign(checkpointMessage(unsigned))).toString('base64');
    await storeCheckpoint(sql, { ...unsigned, signature });
    return this.lastCheckpoint();
  }

  lastCheckpoint(): Promise<LedgerCheckpoint | undefined> {
    return readLastCheckpoint(this.scope.sql, this.scope.practice);
  }

  async blocks(range: Heights): Promise<readonly LedgerBlock[]> {
    return (await readBlocks(this.scope.sql, this.scope.practice, range)).map(blockOf);
  }

  checkpoints(range: Heights): Promise<readonly LedgerCheckpoint[]> {
    return readStoredCheckpoints(this.scope.sql, this.scope.practice, range);
  }
}
