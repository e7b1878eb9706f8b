import type { ReminderRepository } from '#libs/application';
import type { ClientId, PlainDate, ReleaseId } from '#libs/kernel';
import type { Scope } from '../scope.js';
import { instantOf } from '../sql.js';

/** Releases on their last days, by the day alone: what they say stays closed. */
export class ReminderRows implements ReminderRepository {
  constructor(private readonly scope: Scope) {}

  async expiring(between: Parameters<ReminderRepository['expiring']>[0]): ReturnType<ReminderRepository['expiring']> {
    const rows = await this.scope.sql.rows(
      `SELECT r.id, r.client_id, r.valid_until::text,
          coalesce((SELECT json_agg(json_build_array(m.days, (extract(epoch FROM m.due_at) * 1000)::bigint) ORDER BY m.days DESC)
            FROM release_reminder m WHERE m.practice_id = $1 AND m.release_id = r.id), '[]') AS reminders
        FROM release r
        WHERE r.practice_id = $1 AND r.valid_until BETWEEN $2::date AND $3::date
          AND NOT EXISTS (SELECT 1 FROM release l WHERE l.practice_id = $1 AND l.id = r.id AND l.revision > r.revision)
          AND NOT EXISTS (SELECT 1 FROM revocation v WHERE v.practice_id = $1 AND v.release_id = r.id)
          AND NOT EXISTS (SELECT 1 FROM release_relation t WHERE t.practice_id = $1 AND t.older_id = r.id AND t.kind = 'supersedes')
          AND EXISTS (SELECT 1 FROM data_key k WHERE k.practice_id = $1 AND k.client_id = r.client_id AND k.wrapped IS NOT NULL)
        ORDER BY r.valid_until, r.id`,
      [this.scope.practice, between.from, between.to],
    );
    return rows.map((row) => ({
      release: row.text('id') as ReleaseId,
      client: row.text('client_id') as ClientId,
      validUntil: row.text('valid_until') as PlainDate,
      reminders: (row.json('reminders') as readonly (readonly [number, number])[]).map(([days, dueAt]) => ({
        days,
        dueAt,
      })),
    }));
  }

  async add(...[reminders, at]: Parameters<ReminderRepository['add']>): ReturnType<ReminderRepository['add']> {
    const rows = await this.scope.sql.rows(
      `INSERT INTO release_reminder (practice_id, due_at, release_id, client_id, days)
        SELECT $1, $2, release, client, days FROM unnest($3::uuid[], $4::uuid[], $5::integer[]) AS g (release, client, days)
        ON CONFLICT DO NOTHING RETURNING release_id, client_id, days`,
      [
        this.scope.practice,
        instantOf(at),
        reminders.map(({ release }) => release),
        reminders.map(({ client }) => client),
        reminders.map(({ days }) => days),
      ],
    );
    return rows.map((row) => ({
      release: row.text('release_id') as ReleaseId,
      client: row.text('client_id') as ClientId,
      days: row.number('days'),
    }));
  }
}
