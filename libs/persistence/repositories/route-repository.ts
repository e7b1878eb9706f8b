import type { RouteRecord, RouteRepository } from '#libs/application';
import type { InsurerId, LaneId, RouteId } from '#libs/kernel';
import type { Row } from '../row.js';
import type { Scope } from '../scope.js';
import { instantOf } from '../sql.js';

type Through = NonNullable<RouteRecord['through']>;

const tokenPlace = (route: RouteId) => ({ class: 'secret', row: `${route}/token` }) as const;

/** How insurers are reached. A row is never changed: another route is another row. */
export class RouteRows implements RouteRepository {
  constructor(private readonly scope: Scope) {}

  async add(route: RouteRecord): Promise<void> {
    const { sql, practice, vault } = this.scope;
    const { id, insurer, lane, through } = route;
    if (through !== undefined)
      await sql.run(
        `INSERT INTO lane (practice_id, id, insurer_id, route, breaker, open_until, failures, slow, answers_cursor)
          VALUES ($1, $2, $3, 'clearinghouse', 'closed', 'epoch', 0, false, '')`,
        [practice, lane, insurer],
      );
    await sql.run(
      `INSERT INTO route (practice_id, id, insurer_id, lane_id, recorded_by, recorded_at, agent, connection, token)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
      [
        practice,
        id,
        insurer,
        lane,
        route.recordedBy,
        instantOf(route.recordedAt),
        through === undefined ? null : JSON.stringify(through.agent),
        through === undefined ? null : JSON.stringify(through.connection),
        through === undefined ? null : vault.ofPractice.close(tokenPlace(id), through.token),
      ],
    );
  }

  async of(insurer: InsurerId): Promise<readonly RouteRecord[]> {
    const rows = await this.scope.sql.rows(
      'SELECT * FROM route WHERE practice_id = $1 AND insurer_id = $2 ORDER BY arrival DESC',
      [this.scope.practice, insurer],
    );
    return rows.map((row) => this.#routeOf(row));
  }

  async current(insurers: readonly InsurerId[]): Promise<ReadonlyMap<InsurerId, RouteRecord>> {
    const rows = await this.scope.sql.rows(
      `SELECT DISTINCT ON (insurer_id) * FROM route WHERE practice_id = $1 AND insurer_id = ANY ($2::uuid[])
        ORDER BY insurer_id, arrival DESC`,
      [this.scope.practice, insurers],
    );
    return new Map(rows.map((row) => this.#routeOf(row)).map((route) => [route.insurer, route]));
  }

  async ofLanes(lanes: readonly LaneId[]): Promise<ReadonlyMap<LaneId, RouteRecord>> {
    const rows = await this.scope.sql.rows(
      'SELECT * FROM route WHERE practice_id = $1 AND lane_id = ANY ($2::uuid[]) ORDER BY arrival',
      [this.scope.practice, lanes],
    );
    return new Map(rows.map((row) => this.#routeOf(row)).map((route) => [route.lane, route]));
  }

  async throughAgents(): Promise<readonly RouteRecord[]> {
    const rows = await this.scope.sql.rows(
      'SELECT * FROM route WHERE practice_id = $1 AND agent IS NOT NULL ORDER BY arrival',
      [this.scope.practice],
    );
    return rows.map((row) => this.#routeOf(row));
  }

  #routeOf(row: Row): RouteRecord {
    const id = row.text('id') as RouteId;
    const token = row.optionalBytes('token');
    return {
      id,
      insurer: row.text('insurer_id') as InsurerId,
      lane: row.text('lane_id') as LaneId,
      recordedBy: row.text('recorded_by'),
      recordedAt: row.instant('recorded_at'),
      ...(token === undefined
        ? {}
        : {
            through: {
              agent: row.json('agent') as Through['agent'],
              connection: row.json('connection') as Through['connection'],
              token: this.scope.vault.ofPractice.open(tokenPlace(id), token) as string,
            },
          }),
    };
  }
}
