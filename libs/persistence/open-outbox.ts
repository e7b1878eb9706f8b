import pg from 'pg';
import type { Outbox, OutboxRow } from '#libs/application';
import { type DisclosureId, failed, issue, type LaneId, ok, type PracticeId, type Result } from '#libs/kernel';
import { checkRuntimeRole } from './check-runtime-role.js';
import { toDatabaseError } from './database-error.js';
import { nameOf } from './lent-connection.js';
import { OutboxListener } from './outbox-listener.js';
import { sqlOver, type Sql } from './sql.js';

/** Walks from lane to lane along the index, so that a lane with a million rows costs no more than one with ten. */
const DUE = `
  WITH RECURSIVE lanes AS (
    (SELECT lane_id FROM outbox WHERE published_at IS NULL ORDER BY lane_id LIMIT 1)
    UNION ALL
    SELECT (SELECT o.lane_id FROM outbox o WHERE o.published_at IS NULL AND o.lane_id > lanes.lane_id ORDER BY o.lane_id LIMIT 1)
    FROM lanes WHERE lanes.lane_id IS NOT NULL
  )
  SELECT due.id, due.practice_id, due.lane_id, due.slow, due.due_at
  FROM lanes CROSS JOIN LATERAL (
    SELECT id, practice_id, lane_id, slow, due_at FROM outbox o
    WHERE o.lane_id = lanes.lane_id AND o.published_at IS NULL AND o.due_at <= now()
    ORDER BY o.due_at, o.id LIMIT $2
  ) AS due
  WHERE lanes.lane_id IS NOT NULL ORDER BY due.due_at, due.id LIMIT $1`;

export interface OpenOutbox extends Outbox {
  /** What has not been handed to the queue, though due, and how long the oldest of it has been due. */
  depth(): Promise<{ readonly waiting: number; readonly oldestSeconds: number }>;
}

const outboxOver = (sql: Sql, listener: OutboxListener, close: () => Promise<void>): OpenOutbox => ({
  depth: async () => {
    const [row] = await sql.rows(
      `SELECT count(*)::integer AS waiting, floor(coalesce(extract(epoch FROM now() - min(due_at)), 0))::integer AS oldest
        FROM outbox WHERE published_at IS NULL AND due_at <= now()`,
    );
    return { waiting: row?.number('waiting') ?? 0, oldestSeconds: row?.number('oldest') ?? 0 };
  },
  due: async ({ limit, perLane }) => {
    const rows = await sql.rows(DUE, [limit, perLane]);
    return rows.map((row): OutboxRow => ({
      id: row.text('id') as DisclosureId,
      practice: row.text('practice_id') as PracticeId,
      lane: row.text('lane_id') as LaneId,
      slow: row.flag('slow'),
      dueAt: row.instant('due_at'),
    }));
  },
  markPublished: async (ids) => {
    if (ids.length === 0) return;
    await sql.run('UPDATE outbox SET published_at = now() WHERE id = ANY ($1::uuid[]) AND published_at IS NULL', [ids]);
  },
  wait: (milliseconds) => listener.wait(milliseconds),
  close,
});

/**
 * Opens the outbox for the relay: one connection that works and one that listens. Codes as of `checkRuntimeRole`, or
 * `database:<code>`.
 */
export const openOutbox = async (options: { readonly relayUrl: string }): Promise<Result<OpenOutbox>> => {
  const pool = new pg.Pool({
    connectionString: options.relayUrl,
    max: 1,
    application_name: 'sluice-relay',
    connectionTimeoutMillis: 10_000,
    statement_timeout: 30_000,
    keepAlive: true,
  });
  // A connection that breaks also fails the statement in hand; the pool makes another.
  pool.on('error', () => undefined);
  const sql = sqlOver(async (statement, parameters) => {
    const { rows, rowCount } = await pool.query<Record<string, unknown>>({
      name: nameOf(statement),
      text: statement,
      values: parameters,
    });
    return { records: rows, affected: rowCount ?? 0 };
  });
  const listener = new OutboxListener(options.relayUrl);
  const close = async (): Promise<void> => {
    await listener.close();
    await pool.end();
  };
  try {
    const checked = await checkRuntimeRole(sql);
    if (checked.ok) {
      await listener.connect();
      return ok(outboxOver(sql, listener, close));
    }
    await close();
    return checked;
  } catch (error) {
    await close().catch(() => undefined);
    return failed(issue(`database:${toDatabaseError(error).code}`, 'outbox'));
  }
};
