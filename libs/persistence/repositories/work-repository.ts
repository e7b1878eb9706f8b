import type { WorkChange, WorkNoteRecord, WorkRecord, WorkRepository } from '#libs/application';
import type { ClientId, PlainDate, StaffId, WorkNoteId } from '#libs/kernel';
import type { Row } from '../row.js';
import type { Scope } from '../scope.js';
import { instantOf, type Parameter } from '../sql.js';

const notePlace = (note: string) => ({ class: 'billing', row: `${note}/note` }) as const;

const workOf = (row: Row): WorkRecord => {
  const assignee = row.optionalText('assignee_id');
  const until = row.optionalText('snoozed_until');
  return {
    id: row.text('id'),
    kind: row.text('kind') as WorkRecord['kind'],
    client: row.text('client_id') as ClientId,
    notes: row.number('notes'),
    version: row.number('version'),
    ...(assignee === undefined ? {} : { assignee: assignee as StaffId }),
    ...(until === undefined ? {} : { snoozedUntil: until as PlainDate }),
  };
};

/** Who has taken what, until when it is put off, and what was written about it. A row comes with the first word. */
export class WorkRows implements WorkRepository {
  constructor(private readonly scope: Scope) {}

  async subject(id: string): ReturnType<WorkRepository['subject']> {
    const [row] = await this.scope.sql.rows(
      `SELECT kind, s.client_id FROM (
          SELECT 'disclosure' AS kind, client_id FROM disclosure WHERE practice_id = $1 AND id = $2
          UNION ALL SELECT DISTINCT 'release', client_id FROM release WHERE practice_id = $1 AND id = $2
        ) s JOIN data_key k ON k.practice_id = $1 AND k.client_id = s.client_id AND k.wrapped IS NOT NULL`,
      [this.scope.practice, id],
    );
    return row === undefined
      ? undefined
      : { id, kind: row.text('kind') as WorkRecord['kind'], client: row.text('client_id') as ClientId };
  }

  async byIds(ids: readonly string[]): Promise<ReadonlyMap<string, WorkRecord>> {
    const rows = await this.scope.sql.rows(
      `SELECT id, kind, client_id, assignee_id, snoozed_until::text, notes, version FROM work_item
        WHERE practice_id = $1 AND id = ANY ($2::uuid[])`,
      [this.scope.practice, ids],
    );
    return new Map(rows.map(workOf).map((work) => [work.id, work]));
  }

  assign(change: WorkChange, to: StaffId | undefined): Promise<boolean> {
    return this.#change(change, 'assignee_id', to ?? null);
  }

  snooze(change: WorkChange, until: PlainDate | undefined): Promise<boolean> {
    return this.#change(change, 'snoozed_until', until ?? null);
  }

  /** Of two first changes at once the second finds the row of the first. */
  async #change(
    { item, version }: WorkChange,
    column: 'assignee_id' | 'snoozed_until',
    value: Parameter,
  ): Promise<boolean> {
    const { sql, practice } = this.scope;
    await this.#begin(item);
    const changed = await sql.run(
      `UPDATE work_item SET ${column} = $3, version = version + 1
        WHERE practice_id = $1 AND id = $2 AND ($4::integer IS NULL OR version = $4)`,
      [practice, item.id, value, version ?? null],
    );
    return changed === 1;
  }

  async #begin(item: WorkChange['item']): Promise<void> {
    await this.scope.sql.run(
      `INSERT INTO work_item (practice_id, id, kind, client_id, notes, version) VALUES ($1, $2, $3, $4, 0, 0)
        ON CONFLICT DO NOTHING`,
      [this.scope.practice, item.id, item.kind, item.client],
    );
  }

  async addNote(...[note, { kind, most }]: Parameters<WorkRepository['addNote']>): Promise<boolean> {
    const { sql, practice, vault } = this.scope;
    const locker = await vault.lockerOf(note.client);
    await this.#begin({ id: note.item, kind, client: note.client });
    const counted = await sql.run(
      'UPDATE work_item SET notes = notes + 1 WHERE practice_id = $1 AND id = $2 AND notes < $3',
      [practice, note.item, most],
    );
    if (counted === 0) return false;
    await sql.run(
      `INSERT INTO work_note (practice_id, id, item_id, client_id, author, written_at, content)
        VALUES ($1, $2, $3, $4, $5, $6, $7)`,
      [
        practice,
        note.id,
        note.item,
        note.client,
        note.author,
        instantOf(note.writtenAt),
        locker.close(notePlace(note.id), note.text),
      ],
    );
    return true;
  }

  async notes(item: string): Promise<readonly WorkNoteRecord[]> {
    const { sql, practice, vault } = this.scope;
    const rows = await sql.rows(
      `SELECT id, client_id, author, written_at, content FROM work_note WHERE practice_id = $1 AND item_id = $2
        ORDER BY written_at DESC, id`,
      [practice, item],
    );
    const lockers = await vault.lockers(rows.map((row) => row.text('client_id') as ClientId));
    return rows.flatMap((row): readonly WorkNoteRecord[] => {
      const client = row.text('client_id') as ClientId;
      const id = row.text('id') as WorkNoteId;
      const locker = lockers.get(client);
      if (locker === undefined) return [];
      const text = locker.open(notePlace(id), row.bytes('content')) as string;
      return [{ id, item, client, author: row.text('author'), writtenAt: row.instant('written_at'), text }];
    });
  }
}
