import type { SavedViewRecord, ViewRepository } from '#libs/application';
import type { SavedViewId, StaffId } from '#libs/kernel';
import type { Scope } from '../scope.js';
import { instantOf } from '../sql.js';

const namePlace = (view: SavedViewId) => ({ class: 'secret', row: `${view}/view-name` }) as const;

/** How members of staff look at the list. What a name says nobody can know: it is under the practice's key. */
export class ViewRows implements ViewRepository {
  constructor(private readonly scope: Scope) {}

  async of(staff: StaffId): Promise<readonly SavedViewRecord[]> {
    const { sql, practice, vault } = this.scope;
    const rows = await sql.rows(
      `SELECT id, filter, columns, sort, created_at, updated_at, version, name FROM saved_view
        WHERE practice_id = $1 AND staff_id = $2 ORDER BY created_at, id`,
      [practice, staff],
    );
    return rows.map((row) => {
      const id = row.text('id') as SavedViewId;
      const sort = row.optionalText('sort');
      return {
        id,
        staff,
        name: vault.ofPractice.open(namePlace(id), row.bytes('name')) as string,
        filter: row.json('filter') as Readonly<Record<string, string>>,
        columns: row.texts('columns'),
        createdAt: row.instant('created_at'),
        updatedAt: row.instant('updated_at'),
        version: row.number('version'),
        ...(sort === undefined ? {} : { sort }),
      };
    });
  }

  async lock(staff: StaffId): Promise<void> {
    await this.scope.sql.rows(`SELECT pg_advisory_xact_lock(hashtextextended($1, 0))::text AS locked`, [
      `saved-view:${this.scope.practice}:${staff}`,
    ]);
  }

  async add(view: SavedViewRecord): Promise<void> {
    const { sql, practice, vault } = this.scope;
    await sql.run(
      `INSERT INTO saved_view (practice_id, id, staff_id, filter, columns, sort, created_at, updated_at, version, name)
        VALUES ($1, $2, $3, $4::jsonb, $5::text[], $6, $7, $8, $9, $10)`,
      [
        practice,
        view.id,
        view.staff,
        JSON.stringify(view.filter),
        view.columns,
        view.sort ?? null,
        instantOf(view.createdAt),
        instantOf(view.updatedAt),
        view.version,
        vault.ofPractice.close(namePlace(view.id), view.name),
      ],
    );
  }

  async change(view: SavedViewRecord, from: number): Promise<boolean> {
    const { sql, practice, vault } = this.scope;
    const changed = await sql.run(
      `UPDATE saved_view SET filter = $4::jsonb, columns = $5::text[], sort = $6, updated_at = $7, version = $8, name = $9
        WHERE practice_id = $1 AND id = $2 AND staff_id = $3 AND version = $10`,
      [
        practice,
        view.id,
        view.staff,
        JSON.stringify(view.filter),
        view.columns,
        view.sort ?? null,
        instantOf(view.updatedAt),
        view.version,
        vault.ofPractice.close(namePlace(view.id), view.name),
        from,
      ],
    );
    return changed === 1;
  }

  async remove(view: Pick<SavedViewRecord, 'id' | 'staff'>): Promise<boolean> {
    const removed = await this.scope.sql.run(
      'DELETE FROM saved_view WHERE practice_id = $1 AND id = $2 AND staff_id = $3',
      [this.scope.practice, view.id, view.staff],
    );
    return removed === 1;
  }
}
