import type {
  LedgerEntry,
  LedgerRepository,
  LedgerRow,
  LedgerVerification,
  Page,
  PageRequest,
} from '#libs/application';
import { limitOf, pageOf, placeAfter } from '../cursor.js';
import { entryOf } from '../ledger/entry-body.js';
import { verifyLedger } from '../ledger/verify.js';
import type { Scope } from '../scope.js';

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
        ORDER BY e.height DESC, e.position DESC LIMIT $6`,
      [
        this.scope.practice,
        filter.client ?? null,
        filter.disclosure ?? null,
        height ?? null,
        position ?? null,
        limit + 1,
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

  verify(progress?: (blocks: number) => void): Promise<LedgerVerification> {
    return verifyLedger(this.scope.sql, this.scope.practice, progress);
  }
}
