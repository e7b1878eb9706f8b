import type { AnsweredTransmission, TransmissionRecord, TransmissionRepository } from '#libs/application';
import type { DisclosureId, LaneId, TransmissionId } from '#libs/kernel';
import { unreachable } from '#libs/kernel';
import { DatabaseError } from '../database-error.js';
import type { Scope } from '../scope.js';
import { instantOf, packBlobs, type Parameter } from '../sql.js';
import {
  answeredTransmissionsOf,
  closeTransmissions,
  TRANSMISSION_COLUMNS,
  transmissionsOf,
} from './transmission-rows.js';
import { addTogether, companionsOf, MAY_HAVE_ARRIVED } from './transmissions-together.js';

type MatchKey = Parameters<TransmissionRepository['match']>[1];
type Permission = Parameters<TransmissionRepository['permit']>[0][number];
type Sealed = Parameters<TransmissionRepository['addPermitted']>[0][number];
type Finish = Parameters<TransmissionRepository['finish']>[0][number];

/** The column that an answer names, by the kind of its key. */
const columnOf = (kind: MatchKey['kind']): string => {
  switch (kind) {
    case 'interchange':
      return 't.interchange_control_number';
    case 'group':
      return 't.group_control_number';
    case 'patient-control':
      return 'i.patient_control_number';
    case 'batch':
      return 'coalesce(i.batch_reference, t.batch_reference)';
    case 'reference':
      return 't.reference';
    default:
      return unreachable(kind);
  }
};

const JOINED = `transmission t JOIN transmission_item i ON i.practice_id = t.practice_id AND i.transmission_id = t.id`;

/** Transmissions and their items; the parameters are those of `#closed`. */
const ADDED = `added AS (
    INSERT INTO transmission (practice_id, id, lane_id, addressee, format, media_type, bytes, digest, content_digest, idempotency_key, reference, interchange_control_number, group_control_number, set_control_number, batch_reference, attempts, created_at)
    SELECT $1, t.id, t.lane_id, t.addressee, t.format, t.media_type, substr($6::bytea, t.start, t.size), t.digest, t.content_digest, t.idempotency_key, t.reference, t.interchange, t.grouping, t.set, t.batch, t.attempts, t.created_at
    FROM unnest($2::uuid[], $3::uuid[], $4::text[], $5::text[], $7::integer[], $8::integer[], $9::text[], $10::text[], $11::text[], $12::text[], $13::text[], $14::text[], $15::text[], $16::text[], $17::integer[], $18::timestamptz[], $24::text[])
      AS t (id, lane_id, format, media_type, start, size, digest, content_digest, idempotency_key, reference, interchange, grouping, set, batch, attempts, created_at, addressee)
  ), items AS (
    INSERT INTO transmission_item (practice_id, transmission_id, disclosure_id, client_id, patient_control_number, line_origins, live)
    SELECT $1, i.transmission_id, i.disclosure_id, i.client_id, i.patient_control_number, substr($6::bytea, i.start, i.size), true
    FROM unnest($2::uuid[], $19::uuid[], $20::uuid[], $21::text[], $22::integer[], $23::integer[])
      AS i (transmission_id, disclosure_id, client_id, patient_control_number, start, size)
  )`;

/** Sealed bytes with their names, and every attempt to send them. */
export class TransmissionRows implements TransmissionRepository {
  constructor(private readonly scope: Scope) {}

  async takeNumbers(series: string, count: number): Promise<number> {
    const [row] = await this.scope.sql.rows(
      `INSERT INTO control_number AS c (practice_id, pair, taken) VALUES ($1, $2, $3)
        ON CONFLICT (practice_id, pair) DO UPDATE SET taken = c.taken + excluded.taken
        RETURNING taken - $3 + 1 AS first`,
      [this.scope.practice, series, count],
    );
    if (row === undefined) throw new DatabaseError('unexpected_row');
    return row.number('first');
  }

  async add(transmissions: readonly TransmissionRecord[]): Promise<void> {
    if (transmissions.length === 0) return;
    await this.scope.sql.run(`WITH ${ADDED} SELECT 1`, await this.#closed(transmissions));
  }

  /** `fence_lost`: one of the disclosures is not `sending` under this fence. */
  async addPermitted(transmissions: readonly Sealed[], fence: string): Promise<void> {
    if (transmissions.length === 0) return;
    const parameters = await this.#closed(transmissions.map(({ record }) => ({ ...record, attempts: 1 })));
    const added = await this.scope.sql.run(
      `WITH ${ADDED}
      INSERT INTO attempt (practice_id, id, transmission_id, number, fence, outcome, permitted_at)
        SELECT $1, w.attempt, w.transmission_id, 1, $26, 'permitted', clock_timestamp()
        FROM unnest($25::text[], $2::uuid[], $19::uuid[]) AS w (attempt, transmission_id, disclosure_id)
        JOIN disclosure d ON d.practice_id = $1 AND d.id = w.disclosure_id AND d.state = 'sending' AND d.fence = $26`,
      [...parameters, transmissions.map(({ attempt }) => attempt), fence],
    );
    if (added !== transmissions.length) throw new DatabaseError('fence_lost');
  }

  async #closed(transmissions: readonly TransmissionRecord[]): Promise<readonly Parameter[]> {
    const { practice, vault } = this.scope;
    const closed = closeTransmissions(await vault.lockers(transmissions.map((one) => one.client)), transmissions);
    // Bytes and origins in turn, as one parameter.
    const blobs = packBlobs(closed.flatMap(({ bytes, lineOrigins }) => [bytes, lineOrigins]));
    const of = (column: readonly (number | null)[], kind: 0 | 1) => column.filter((_one, index) => index % 2 === kind);
    return [
      practice,
      transmissions.map((one) => one.transmission),
      transmissions.map((one) => one.lane),
      transmissions.map((one) => one.format),
      transmissions.map((one) => one.mediaType),
      blobs.bytes,
      of(blobs.starts, 0),
      of(blobs.sizes, 0),
      transmissions.map((one) => one.digest),
      transmissions.map((one) => one.contentDigest),
      transmissions.map((one) => one.idempotencyKey),
      transmissions.map((one) => one.reference),
      transmissions.map((one) => one.interchange?.interchangeControlNumber ?? null),
      transmissions.map((one) => one.interchange?.groupControlNumber ?? null),
      transmissions.map((one) => one.interchange?.setControlNumber ?? null),
      transmissions.map((one) => one.interchange?.batchReference ?? null),
      transmissions.map((one) => one.attempts),
      transmissions.map((one) => instantOf(one.createdAt)),
      transmissions.map((one) => one.disclosure),
      transmissions.map((one) => one.client),
      transmissions.map((one) => one.interchange?.patientControlNumber ?? null),
      of(blobs.starts, 1),
      of(blobs.sizes, 1),
      transmissions.map((one) => one.addressee),
    ];
  }

  async ofDisclosures(ids: readonly DisclosureId[]): Promise<ReadonlyMap<DisclosureId, TransmissionRecord>> {
    const rows = await this.scope.sql.rows(
      `SELECT ${TRANSMISSION_COLUMNS} FROM ${JOINED} WHERE i.practice_id = $1 AND i.disclosure_id = ANY ($2::uuid[]) AND i.live`,
      [this.scope.practice, ids],
    );
    const records = await transmissionsOf(this.scope, rows);
    return new Map(records.map((record) => [record.disclosure, record]));
  }

  /** Unsealed ones are gone. */
  async byIds(ids: readonly TransmissionId[]): Promise<ReadonlyMap<TransmissionId, TransmissionRecord>> {
    const rows = await this.scope.sql.rows(
      `SELECT ${TRANSMISSION_COLUMNS} FROM ${JOINED} WHERE t.practice_id = $1 AND t.id = ANY ($2::uuid[]) AND i.live`,
      [this.scope.practice, ids],
    );
    const records = await transmissionsOf(this.scope, rows);
    return new Map(records.map((record) => [record.transmission, record]));
  }

  /**
   * Attempts that all ended `not-sent`, `refused` or `expired` count as none: each is proof that nothing was taken in.
   * `transmission_attempted` for any other; then none of `ids` is unsealed.
   */
  async unseal(ids: readonly TransmissionId[]): Promise<void> {
    if (ids.length === 0) return;
    const wanted = [...new Set(ids)];
    const rows = await this.scope.sql.rows(
      `WITH free AS (
        SELECT id FROM transmission t WHERE practice_id = $1 AND id = ANY ($2::uuid[]) AND NOT EXISTS (
          SELECT 1 FROM attempt a WHERE a.practice_id = $1 AND a.transmission_id = t.id
            AND ${MAY_HAVE_ARRIVED}
        ) ORDER BY id FOR NO KEY UPDATE
      ), dropped AS (
        UPDATE transmission t SET bytes = NULL, unsealed_at = coalesce(t.unsealed_at, now())
        FROM free WHERE t.practice_id = $1 AND t.id = free.id RETURNING t.id
      ), dead AS (
        UPDATE transmission_item i SET live = false, bytes = NULL FROM dropped WHERE i.practice_id = $1 AND i.transmission_id = dropped.id
      )
      SELECT id FROM dropped`,
      [this.scope.practice, wanted],
    );
    if (rows.length !== wanted.length) throw new DatabaseError('transmission_attempted');
  }

  async disprove(disclosures: readonly DisclosureId[]): Promise<void> {
    await this.scope.sql.run(
      `UPDATE attempt a SET outcome = 'not-sent', finished_at = coalesce(a.finished_at, clock_timestamp())
        FROM transmission_item i
        WHERE i.practice_id = $1 AND i.disclosure_id = ANY ($2::uuid[]) AND i.live
          AND a.practice_id = $1 AND a.transmission_id = i.transmission_id AND a.outcome IN ('permitted', 'ambiguous')`,
      [this.scope.practice, disclosures],
    );
  }

  async mayHaveArrived(disclosures: readonly DisclosureId[]): Promise<ReadonlyMap<DisclosureId, number>> {
    const rows = await this.scope.sql.rows(
      `SELECT i.disclosure_id AS id, min(a.permitted_at) AS since FROM transmission_item i
        JOIN attempt a ON a.practice_id = i.practice_id AND a.transmission_id = i.transmission_id
        WHERE i.practice_id = $1 AND i.disclosure_id = ANY ($2::uuid[]) AND ${MAY_HAVE_ARRIVED}
        GROUP BY i.disclosure_id`,
      [this.scope.practice, disclosures],
    );
    return new Map(rows.map((row) => [row.text('id') as DisclosureId, row.instant('since')]));
  }

  /**
   * `fence_lost`: one of the disclosures is not `sending` under this fence any more. An attempt that a crash left open
   * may have arrived, and says so from now on.
   */
  async permit(attempts: readonly Permission[]): Promise<void> {
    if (attempts.length === 0) return;
    const added = await this.scope.sql.run(
      `WITH wanted AS (SELECT * FROM unnest($2::uuid[], $3::text[], $4::text[]) AS w (transmission_id, id, fence)),
      given_up AS (
        UPDATE attempt a SET outcome = 'ambiguous', finished_at = now() FROM wanted w
        WHERE a.practice_id = $1 AND a.transmission_id = w.transmission_id AND a.outcome = 'permitted'
      ), counted AS (
        UPDATE transmission t SET attempts = t.attempts + 1 FROM wanted w
        WHERE t.practice_id = $1 AND t.id = w.transmission_id AND t.bytes IS NOT NULL AND EXISTS (
          SELECT 1 FROM transmission_item i JOIN disclosure d ON d.practice_id = i.practice_id AND d.id = i.disclosure_id
          WHERE i.practice_id = $1 AND i.transmission_id = t.id AND d.state = 'sending' AND d.fence = w.fence
        )
        RETURNING t.id, t.attempts
      )
      INSERT INTO attempt (practice_id, id, transmission_id, number, fence, outcome, permitted_at)
        SELECT $1, w.id, w.transmission_id, c.attempts, w.fence, 'permitted', clock_timestamp()
        FROM wanted w JOIN counted c ON c.id = w.transmission_id`,
      [
        this.scope.practice,
        attempts.map((one) => one.transmission),
        attempts.map((one) => one.attempt),
        attempts.map((one) => one.fence),
      ],
    );
    if (added !== attempts.length) throw new DatabaseError('fence_lost');
  }

  async attemptsAmong(attempts: readonly string[]): Promise<ReadonlySet<string>> {
    const rows = await this.scope.sql.rows(
      `SELECT id FROM attempt WHERE practice_id = $1 AND id = ANY ($2::text[])
        UNION ALL SELECT id FROM forgotten_attempt WHERE practice_id = $1 AND id = ANY ($2::text[])`,
      [this.scope.practice, attempts],
    );
    return new Set(rows.map((row) => row.text('id')));
  }

  async hasAttempts(): Promise<boolean> {
    const rows = await this.scope.sql.rows('SELECT 1 AS one FROM attempt WHERE practice_id = $1 LIMIT 1', [
      this.scope.practice,
    ]);
    return rows.length > 0;
  }

  async noteForgotten(attempts: readonly string[]): Promise<void> {
    await this.scope.sql.run(
      `INSERT INTO forgotten_attempt (practice_id, id, noted_at)
        SELECT $1, id, clock_timestamp() FROM unnest($2::text[]) AS id ON CONFLICT DO NOTHING`,
      [this.scope.practice, attempts],
    );
  }

  async finish(attempts: readonly Finish[]): Promise<void> {
    if (attempts.length === 0) return;
    await this.scope.sql.run(
      `UPDATE attempt a SET outcome = f.outcome, status = f.status, finished_at = clock_timestamp()
        FROM unnest($2::text[], $3::text[], $4::integer[]) AS f (id, outcome, status)
        WHERE a.practice_id = $1 AND a.id = f.id`,
      [
        this.scope.practice,
        attempts.map((one) => one.attempt),
        attempts.map((one) => one.outcome),
        attempts.map((one) => one.status ?? null),
      ],
    );
  }

  /** A number that was used for several names the last. What was unsealed never went out, so nothing answers it. */
  async match(lanes: readonly LaneId[], key: MatchKey): Promise<readonly AnsweredTransmission[]> {
    const rows = await this.scope.sql.rows(
      `SELECT ${TRANSMISSION_COLUMNS} FROM ${JOINED}
        WHERE t.practice_id = $1 AND i.live AND ${columnOf(key.kind)} = $3 AND t.id = (
          SELECT t.id FROM ${JOINED}
            WHERE t.practice_id = $1 AND t.lane_id = ANY ($2::uuid[]) AND ${columnOf(key.kind)} = $3 AND i.live
            ORDER BY t.created_at DESC, t.id LIMIT 1
        ) ORDER BY i.ordinal`,
      [this.scope.practice, lanes, key.value],
    );
    return answeredTransmissionsOf(this.scope, rows);
  }

  addTogether(
    items: readonly TransmissionRecord[],
    permitted: { readonly attempt: string; readonly fence: string },
  ): Promise<void> {
    return addTogether(this.scope, items, permitted);
  }

  companions(disclosures: readonly DisclosureId[]): ReturnType<TransmissionRepository['companions']> {
    return companionsOf(this.scope, disclosures);
  }
}
