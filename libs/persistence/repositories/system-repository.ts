import type { FailedAttempt, Heartbeat, QueueCount, SystemRepository } from '#libs/application';
import type { DeliveryState } from '#libs/disclosure';
import type { InsurerId, LaneId, TransmissionId } from '#libs/kernel';
import type { Scope } from '../scope.js';
import { instantOf } from '../sql.js';

/** What operators see of a practice. */
export class SystemRows implements SystemRepository {
  constructor(private readonly scope: Scope) {}

  async beat({ worker, startedAt, quarantine, queues }: Heartbeat): Promise<void> {
    const { sql, practice } = this.scope;
    await sql.run(
      `INSERT INTO worker_heartbeat (practice_id, worker_id, started_at, beat_at, quarantine, queues)
        VALUES ($1, $2, $3, clock_timestamp(), $4, $5)
        ON CONFLICT (practice_id, worker_id) DO UPDATE
          SET beat_at = excluded.beat_at, quarantine = excluded.quarantine, queues = excluded.queues`,
      [practice, worker, instantOf(startedAt), quarantine ?? null, JSON.stringify(queues)],
    );
    await sql.run(`DELETE FROM worker_heartbeat WHERE practice_id = $1 AND beat_at < now() - interval '1 day'`, [
      practice,
    ]);
  }

  async heartbeats(): Promise<readonly (Heartbeat & { readonly at: number })[]> {
    const rows = await this.scope.sql.rows(
      'SELECT * FROM worker_heartbeat WHERE practice_id = $1 ORDER BY beat_at DESC, worker_id',
      [this.scope.practice],
    );
    return rows.map((row) => {
      const quarantine = row.optionalText('quarantine');
      return {
        worker: row.text('worker_id'),
        startedAt: row.instant('started_at'),
        at: row.instant('beat_at'),
        queues: row.json('queues') as readonly QueueCount[],
        ...(quarantine === undefined ? {} : { quarantine }),
      };
    });
  }

  async outbox(): ReturnType<SystemRepository['outbox']> {
    const [row] = await this.scope.sql.rows(
      `SELECT count(*)::integer AS waiting, count(*) FILTER (WHERE due_at <= now())::integer AS due,
          count(*) FILTER (WHERE due_at <= now() AND published_at IS NULL)::integer AS unpublished,
          min(due_at) FILTER (WHERE due_at <= now()) AS oldest
        FROM outbox WHERE practice_id = $1`,
      [this.scope.practice],
    );
    const oldest = row?.optionalInstant('oldest');
    return {
      waiting: row?.number('waiting') ?? 0,
      due: row?.number('due') ?? 0,
      unpublished: row?.number('unpublished') ?? 0,
      ...(oldest === undefined ? {} : { oldestDueAt: oldest }),
    };
  }

  async underWay(): ReturnType<SystemRepository['underWay']> {
    const rows = await this.scope.sql.rows(
      `SELECT lane_id, state, count(*)::integer AS count FROM disclosure
        WHERE practice_id = $1 AND state IN ('ready', 'sealed', 'sending', 'unknown') GROUP BY lane_id, state`,
      [this.scope.practice],
    );
    return rows.map((row) => ({
      lane: row.text('lane_id') as LaneId,
      state: row.text('state') as DeliveryState,
      count: row.number('count'),
    }));
  }

  async failures(limit: number): Promise<readonly FailedAttempt[]> {
    const rows = await this.scope.sql.rows(
      `SELECT a.id, a.transmission_id, t.lane_id, l.insurer_id, a.outcome, a.status, coalesce(a.finished_at, a.permitted_at) AS at
        FROM attempt a
        JOIN transmission t ON t.practice_id = a.practice_id AND t.id = a.transmission_id
        JOIN lane l ON l.practice_id = t.practice_id AND l.id = t.lane_id
        WHERE a.practice_id = $1 AND a.outcome NOT IN ('permitted', 'accepted')
        ORDER BY a.permitted_at DESC, a.id LIMIT $2`,
      [this.scope.practice, limit],
    );
    return rows.map((row) => {
      const status = row.optionalNumber('status');
      return {
        attempt: row.text('id'),
        transmission: row.text('transmission_id') as TransmissionId,
        lane: row.text('lane_id') as LaneId,
        insurer: row.text('insurer_id') as InsurerId,
        outcome: row.text('outcome') as FailedAttempt['outcome'],
        at: row.instant('at'),
        ...(status === undefined ? {} : { status }),
      };
    });
  }

  async ledgerEnd(): ReturnType<SystemRepository['ledgerEnd']> {
    const [row] = await this.scope.sql.rows(
      `SELECT h.height, b.written_at,
          (b.hash IS NOT NULL AND b.hash = h.hash OR h.height = 0)
            AND NOT EXISTS (SELECT 1 FROM ledger_block n WHERE n.practice_id = $1 AND n.height > h.height) AS agrees,
          (SELECT u.written_at FROM ledger_block u WHERE u.practice_id = $1 AND u.height >
            (SELECT coalesce(max(c.height), 0) FROM ledger_checkpoint c WHERE c.practice_id = $1)
            ORDER BY u.height LIMIT 1) AS unsigned_since
        FROM ledger_head h LEFT JOIN ledger_block b ON b.practice_id = h.practice_id AND b.height = h.height
        WHERE h.practice_id = $1`,
      [this.scope.practice],
    );
    if (row === undefined) return { height: 0, agrees: false };
    const [writtenAt, unsignedSince] = [row.optionalInstant('written_at'), row.optionalInstant('unsigned_since')];
    return {
      height: row.number('height'),
      agrees: row.flag('agrees'),
      ...(writtenAt === undefined ? {} : { writtenAt }),
      ...(unsignedSince === undefined ? {} : { unsignedSince }),
    };
  }

  async setAside(): Promise<number> {
    const [row] = await this.scope.sql.rows(
      'SELECT count(*)::integer AS count FROM quarantine WHERE practice_id = $1',
      [this.scope.practice],
    );
    return row?.number('count') ?? 0;
  }
}
