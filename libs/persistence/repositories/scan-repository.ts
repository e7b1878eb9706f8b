import type { ScanRecord, ScanRepository } from '#libs/application';
import type { ClientId, ReleaseId, ScanId } from '#libs/kernel';
import type { Row } from '../row.js';
import type { Scope } from '../scope.js';
import { instantOf } from '../sql.js';

const place = (scan: ScanId) => ({ class: 'release', row: `scan/${scan}` }) as const;

const COLUMNS =
  'id, release_id, client_id, media_type, size, draft_digest, attached_by, attached_at, outcome, checked_by, checked_at';

const scanOf = (row: Row): ScanRecord => {
  const outcome = row.optionalText('outcome');
  return {
    id: row.text('id') as ScanId,
    release: row.text('release_id') as ReleaseId,
    client: row.text('client_id') as ClientId,
    mediaType: row.text('media_type') as ScanRecord['mediaType'],
    size: row.number('size'),
    draftDigest: row.text('draft_digest'),
    attachedBy: row.text('attached_by'),
    attachedAt: row.instant('attached_at'),
    ...(outcome === undefined
      ? {}
      : {
          checked: {
            outcome: outcome as NonNullable<ScanRecord['checked']>['outcome'],
            by: row.text('checked_by'),
            at: row.instant('checked_at'),
          },
        }),
  };
};

/** Pictures of signed papers. */
export class ScanRows implements ScanRepository {
  constructor(private readonly scope: Scope) {}

  async add(scan: ScanRecord, bytes: Uint8Array): Promise<void> {
    const { sql, practice, vault } = this.scope;
    const locker = await vault.lockerOf(scan.client);
    await sql.run(
      `INSERT INTO release_scan (practice_id, id, release_id, client_id, media_type, size, draft_digest, attached_by, attached_at, content)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
      [
        practice,
        scan.id,
        scan.release,
        scan.client,
        scan.mediaType,
        scan.size,
        scan.draftDigest,
        scan.attachedBy,
        instantOf(scan.attachedAt),
        locker.closeBytes(place(scan.id), bytes),
      ],
    );
  }

  async byId(id: ScanId): Promise<ScanRecord | undefined> {
    const [row] = await this.scope.sql.rows(`SELECT ${COLUMNS} FROM release_scan WHERE practice_id = $1 AND id = $2`, [
      this.scope.practice,
      id,
    ]);
    return row === undefined ? undefined : scanOf(row);
  }

  async of(release: ReleaseId): Promise<readonly ScanRecord[]> {
    const rows = await this.scope.sql.rows(
      `SELECT ${COLUMNS} FROM release_scan WHERE practice_id = $1 AND release_id = $2 ORDER BY attached_at DESC, id`,
      [this.scope.practice, release],
    );
    return rows.map(scanOf);
  }

  async bytes(scan: ScanRecord): Promise<Uint8Array | undefined> {
    const { sql, practice, vault } = this.scope;
    const [row] = await sql.rows('SELECT content FROM release_scan WHERE practice_id = $1 AND id = $2', [
      practice,
      scan.id,
    ]);
    const locker = (await vault.lockers([scan.client])).get(scan.client);
    return row === undefined ? undefined : locker?.openBytes(place(scan.id), row.bytes('content'));
  }

  async check(id: ScanId, checked: NonNullable<ScanRecord['checked']>): Promise<boolean> {
    const changed = await this.scope.sql.run(
      `UPDATE release_scan SET outcome = $3, checked_by = $4, checked_at = $5
        WHERE practice_id = $1 AND id = $2 AND outcome IS NULL`,
      [this.scope.practice, id, checked.outcome, checked.by, instantOf(checked.at)],
    );
    return changed === 1;
  }
}
