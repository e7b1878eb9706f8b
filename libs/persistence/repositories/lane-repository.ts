import type { LaneRecord, LaneRepository } from '#libs/application';
import type { InsurerId, LaneId } from '#libs/kernel';
import type { Row } from '../row.js';
import type { Scope } from '../scope.js';
import { instantOf } from '../sql.js';

const laneOf = (row: Row): LaneRecord => ({
  id: row.text('id') as LaneId,
  insurer: row.text('insurer_id') as InsurerId,
  route: row.text('route') as LaneRecord['route'],
  breaker: row.text('breaker') as LaneRecord['breaker'],
  openUntil: row.instant('open_until'),
  failures: row.number('failures'),
  slow: row.flag('slow'),
  answersCursor: row.text('answers_cursor'),
});

/** Each insurer's share of the worker. */
export class LaneRows implements LaneRepository {
  constructor(private readonly scope: Scope) {}

  async all(): Promise<readonly LaneRecord[]> {
    const rows = await this.scope.sql.rows('SELECT * FROM lane WHERE practice_id = $1 ORDER BY id', [
      this.scope.practice,
    ]);
    return rows.map(laneOf);
  }

  async ofInsurers(ids: readonly InsurerId[]): Promise<ReadonlyMap<InsurerId, LaneRecord>> {
    const rows = await this.scope.sql.rows(
      `SELECT * FROM lane WHERE practice_id = $1 AND insurer_id = ANY ($2::uuid[]) AND route = 'direct'`,
      [this.scope.practice, ids],
    );
    return new Map(rows.map(laneOf).map((lane) => [lane.insurer, lane]));
  }

  /** What waits in the outbox goes along to the other queue when the lane becomes slow, or fast again. */
  async save(lane: Parameters<LaneRepository['save']>[0]): Promise<void> {
    await this.scope.sql.run(
      `WITH saved AS (
        UPDATE lane SET breaker = $3, open_until = $4, failures = $5, slow = $6
        WHERE practice_id = $1 AND id = $2 AND (breaker <> 'stopped' OR $3 = 'stopped') RETURNING id, slow
      )
      UPDATE outbox o SET slow = saved.slow FROM saved
        WHERE o.practice_id = $1 AND o.lane_id = saved.id AND o.published_at IS NULL AND o.slow <> saved.slow`,
      [this.scope.practice, lane.id, lane.breaker, instantOf(lane.openUntil), lane.failures, lane.slow],
    );
  }

  async clear(lane: LaneId): Promise<boolean> {
    const changed = await this.scope.sql.run(
      `UPDATE lane SET breaker = 'closed', open_until = to_timestamp(0), failures = 0
        WHERE practice_id = $1 AND id = $2 AND breaker = 'stopped'`,
      [this.scope.practice, lane],
    );
    if (changed === 1) await this.save({ id: lane, breaker: 'closed', openUntil: 0, failures: 0, slow: false });
    return changed === 1;
  }

  async saveCursor(lane: LaneId, cursor: string): Promise<void> {
    await this.scope.sql.run('UPDATE lane SET answers_cursor = $3 WHERE practice_id = $1 AND id = $2', [
      this.scope.practice,
      lane,
      cursor,
    ]);
  }

  async lastAnswers(): Promise<ReadonlyMap<LaneId, number>> {
    const rows = await this.scope.sql.rows(
      `SELECT l.id, last.received_at FROM lane l CROSS JOIN LATERAL (
        SELECT received_at FROM inbox i WHERE i.practice_id = $1 AND i.lane_id = l.id ORDER BY received_at DESC LIMIT 1
      ) AS last WHERE l.practice_id = $1`,
      [this.scope.practice],
    );
    return new Map(rows.map((row) => [row.text('id') as LaneId, row.instant('received_at')]));
  }
}
