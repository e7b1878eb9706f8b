import type {
  DisclosureChange,
  DisclosureFilter,
  DisclosureOptions,
  DisclosureRecord,
  DisclosureRepository,
  Lease,
  ListedFacts,
  Page,
  PageRequest,
  StoredDecision,
} from '#libs/application';
import { canMove, type DeliveryState } from '#libs/disclosure';
import type { ClientId, DisclosureId, DocumentId, InsurerId, LaneId } from '#libs/kernel';
import { limitOf, pageOf, placeAfter } from '../cursor.js';
import { DatabaseError } from '../database-error.js';
import type { Scope } from '../scope.js';
import { instantOf, optionalInstantOf, packBlobs } from '../sql.js';
import { CLAIM_NUMBER } from './answer-repository.js';
import { addDecisions, decisionsOf } from './decision-rows.js';
import { DISCLOSURE_COLUMNS, closeOptions, disclosuresOf } from './disclosure-rows.js';

/** Numbers that a transmission bears, each with an index of its lane. */
const NUMBER_COLUMNS = ['interchange_control_number', 'group_control_number', 'batch_reference', 'reference'];

const idsOf = (rows: readonly { text(name: string): string }[]): readonly DisclosureId[] =>
  rows.map((row) => row.text('id') as DisclosureId);

/** Where each disclosure stands, who works on it, and when it is due. */
export class DisclosureRows implements DisclosureRepository {
  constructor(private readonly scope: Scope) {}

  async add(disclosures: readonly DisclosureRecord[]): Promise<void> {
    if (disclosures.length === 0) return;
    const { sql, practice, vault } = this.scope;
    const lockers = await vault.lockers(disclosures.map((one) => one.client));
    const options = packBlobs(disclosures.map((one) => closeOptions(lockers, one)));
    await sql.run(
      `WITH added AS (
        INSERT INTO disclosure (practice_id, id, document_id, client_id, insurer_id, lane_id, purpose, format, state, cause, curer, options, attempts, due_at, created_at, updated_at, version, corrects_id, correction, first_service_on, last_service_on, total, filing_deadline, frequency)
        SELECT $1, d.id, d.document_id, d.client_id, d.insurer_id, d.lane_id, d.purpose, d.format, d.state, d.cause, d.curer,
          substr($12::bytea, d.start, d.size), d.attempts, d.due_at, d.created_at, d.updated_at, d.version, d.corrects_id, d.correction,
          d.first_service_on, d.last_service_on, d.total, d.filing_deadline, d.frequency
        FROM unnest($2::uuid[], $3::uuid[], $4::uuid[], $5::uuid[], $6::uuid[], $7::text[], $8::text[], $9::text[], $10::text[], $11::text[], $13::integer[], $14::integer[], $15::integer[], $16::timestamptz[], $17::timestamptz[], $18::timestamptz[], $19::integer[], $20::uuid[], $21::text[], $22::date[], $23::date[], $24::bigint[], $25::date[], $26::text[])
          AS d (id, document_id, client_id, insurer_id, lane_id, purpose, format, state, cause, curer, start, size, attempts, due_at, created_at, updated_at, version, corrects_id, correction, first_service_on, last_service_on, total, filing_deadline, frequency)
        RETURNING id, practice_id, lane_id, due_at, state
      )
      INSERT INTO outbox (id, practice_id, lane_id, slow, due_at)
        SELECT a.id, a.practice_id, a.lane_id, l.slow, a.due_at FROM added a
        JOIN lane l ON l.practice_id = a.practice_id AND l.id = a.lane_id WHERE a.state = 'ready'`,
      [
        practice,
        disclosures.map((one) => one.id),
        disclosures.map((one) => one.document),
        disclosures.map((one) => one.client),
        disclosures.map((one) => one.insurer),
        disclosures.map((one) => one.lane),
        disclosures.map((one) => one.purpose),
        disclosures.map((one) => one.format),
        disclosures.map((one) => one.state),
        disclosures.map((one) => one.cause ?? null),
        disclosures.map((one) => one.curer ?? null),
        options.bytes,
        options.starts,
        options.sizes,
        disclosures.map((one) => one.attempts),
        disclosures.map((one) => instantOf(one.dueAt)),
        disclosures.map((one) => instantOf(one.createdAt)),
        disclosures.map((one) => instantOf(one.updatedAt)),
        disclosures.map((one) => one.version),
        disclosures.map((one) => one.correction?.of ?? null),
        disclosures.map((one) => one.correction?.kind ?? null),
        disclosures.map((one) => one.listed?.firstServiceOn ?? null),
        disclosures.map((one) => one.listed?.lastServiceOn ?? null),
        disclosures.map((one) => one.listed?.total ?? null),
        disclosures.map((one) => one.listed?.filingDeadline ?? null),
        disclosures.map((one) => one.correction?.frequency ?? null),
      ],
    );
  }

  async byIds(ids: readonly DisclosureId[]): Promise<ReadonlyMap<DisclosureId, DisclosureRecord>> {
    const rows = await this.scope.sql.rows(
      `SELECT ${DISCLOSURE_COLUMNS} FROM disclosure d WHERE practice_id = $1 AND id = ANY ($2::uuid[])`,
      [this.scope.practice, ids],
    );
    const records = await disclosuresOf(this.scope, rows);
    return new Map(records.map((record) => [record.id, record]));
  }

  async lock(ids: readonly DisclosureId[]): Promise<ReadonlyMap<DisclosureId, DisclosureRecord>> {
    const rows = await this.scope.sql.rows(
      `SELECT ${DISCLOSURE_COLUMNS} FROM disclosure d WHERE practice_id = $1 AND id = ANY ($2::uuid[])
        ORDER BY id FOR NO KEY UPDATE`,
      [this.scope.practice, ids],
    );
    const records = await disclosuresOf(this.scope, rows);
    return new Map(records.map((record) => [record.id, record]));
  }

  async chain(id: DisclosureId): Promise<readonly DisclosureRecord[]> {
    const rows = await this.scope.sql.rows(
      `WITH RECURSIVE up AS (
        SELECT id, corrects_id FROM disclosure WHERE practice_id = $1 AND id = $2
        UNION SELECT d.id, d.corrects_id FROM up JOIN disclosure d ON d.practice_id = $1 AND d.id = up.corrects_id
      ), down AS (
        SELECT id FROM up WHERE corrects_id IS NULL
        UNION SELECT d.id FROM down JOIN disclosure d ON d.practice_id = $1 AND d.corrects_id = down.id
      )
      SELECT ${DISCLOSURE_COLUMNS} FROM down JOIN disclosure d ON d.practice_id = $1 AND d.id = down.id
        ORDER BY d.created_at, d.id`,
      [this.scope.practice, id],
    );
    return disclosuresOf(this.scope, rows);
  }

  async correctionsOf(ids: readonly DisclosureId[]): Promise<readonly DisclosureRecord[]> {
    const rows = await this.scope.sql.rows(
      `SELECT ${DISCLOSURE_COLUMNS} FROM disclosure d WHERE practice_id = $1 AND corrects_id = ANY ($2::uuid[])`,
      [this.scope.practice, ids],
    );
    return disclosuresOf(this.scope, rows);
  }

  async lease(
    ids: readonly DisclosureId[],
    lease: Parameters<DisclosureRepository['lease']>[1],
  ): Promise<readonly DisclosureRecord[]> {
    if (ids.length === 0) return [];
    const rows = await this.scope.sql.rows(
      `WITH free AS MATERIALIZED (
        SELECT practice_id, id FROM disclosure
        WHERE practice_id = $1 AND id = ANY ($2::uuid[]) AND state = ANY ($3::text[])
          AND (fence IS NULL OR lease_until <= clock_timestamp())
        ORDER BY id FOR NO KEY UPDATE SKIP LOCKED
      ), leased AS (
        UPDATE disclosure d SET fence = $4, lease_until = clock_timestamp() + $5 * interval '1 millisecond'
        FROM free WHERE d.practice_id = free.practice_id AND d.id = free.id
        RETURNING ${DISCLOSURE_COLUMNS}
      ), taken AS (
        DELETE FROM outbox o USING leased WHERE o.practice_id = $1 AND o.id = leased.id
      )
      SELECT * FROM leased ORDER BY id`,
      [this.scope.practice, ids, lease.states, lease.fence, lease.milliseconds],
    );
    return disclosuresOf(this.scope, rows);
  }

  async hold(ids: readonly DisclosureId[], states: readonly DeliveryState[]): Promise<readonly DisclosureRecord[]> {
    if (ids.length === 0) return [];
    const rows = await this.scope.sql.rows(
      `SELECT ${DISCLOSURE_COLUMNS} FROM disclosure d
        WHERE practice_id = $1 AND id = ANY ($2::uuid[]) AND state = ANY ($3::text[])
          AND (fence IS NULL OR lease_until <= clock_timestamp())
        ORDER BY id FOR NO KEY UPDATE SKIP LOCKED`,
      [this.scope.practice, ids, states],
    );
    return disclosuresOf(this.scope, rows);
  }

  /**
   * `illegal_transition`: the table has no such way. A defect, not a race. What is being sent is due from its permit on,
   * however long it had been put off: when its lease is over, the sweeper must see it.
   */
  async move(
    changes: readonly DisclosureChange[],
    fence: string | undefined,
    lease?: Lease,
  ): Promise<readonly DisclosureId[]> {
    if (changes.length === 0) return [];
    if (!changes.every((change) => canMove(change.from, change.to))) throw new DatabaseError('illegal_transition');
    const rows = await this.scope.sql.rows(
      `WITH change AS (
        SELECT * FROM unnest($2::uuid[], $3::text[], $4::text[], $5::text[], $6::text[], $7::timestamptz[], $8::boolean[])
          AS c (id, from_state, to_state, cause, curer, due_at, counts)
      ), locked AS MATERIALIZED (
        SELECT id FROM disclosure WHERE practice_id = $1 AND id = ANY ($2::uuid[]) ORDER BY id FOR NO KEY UPDATE
      ), moved AS (
        UPDATE disclosure d SET
          state = c.to_state, cause = c.cause, curer = c.curer,
          due_at = CASE WHEN c.to_state = 'sending' THEN least(d.due_at, clock_timestamp()) ELSE coalesce(c.due_at, d.due_at) END,
          attempts = d.attempts + CASE WHEN c.counts THEN 1 ELSE 0 END,
          fence = CASE WHEN c.to_state = 'sending' THEN coalesce($10, d.fence) END,
          lease_until = CASE WHEN c.to_state = 'sending' THEN coalesce(clock_timestamp() + $11 * interval '1 millisecond', d.lease_until) END,
          updated_at = clock_timestamp(), version = d.version + 1
        FROM locked JOIN change c USING (id)
        WHERE d.practice_id = $1 AND d.id = c.id AND d.state = c.from_state
          AND CASE WHEN $9::text IS NULL THEN d.fence IS NULL OR d.lease_until <= clock_timestamp() ELSE d.fence = $9 END
        RETURNING d.id, d.lane_id, c.due_at
      ), gone AS (
        DELETE FROM outbox o USING moved m WHERE o.practice_id = $1 AND o.id = m.id AND m.due_at IS NULL
      ), put AS (
        INSERT INTO outbox (id, practice_id, lane_id, slow, due_at)
        SELECT m.id, $1, m.lane_id, l.slow, m.due_at FROM moved m
          JOIN lane l ON l.practice_id = $1 AND l.id = m.lane_id WHERE m.due_at IS NOT NULL
        ON CONFLICT (id) DO UPDATE SET due_at = excluded.due_at, slow = excluded.slow, published_at = NULL
      )
      SELECT id FROM moved`,
      [
        this.scope.practice,
        changes.map((change) => change.id),
        changes.map((change) => change.from),
        changes.map((change) => change.to),
        changes.map((change) => change.cause ?? null),
        changes.map((change) => change.curer ?? null),
        changes.map((change) => optionalInstantOf(change.dueAt)),
        changes.map((change) => change.countAttempt === true),
        fence ?? null,
        lease?.fence ?? null,
        lease?.milliseconds ?? null,
      ],
    );
    return idsOf(rows);
  }

  /** Nobody did anything to it, so neither its version nor its last change moves. */
  async postpone(later: Parameters<DisclosureRepository['postpone']>[0], fence: string): Promise<void> {
    if (later.length === 0) return;
    await this.scope.sql.run(
      `WITH due AS (SELECT * FROM unnest($2::uuid[], $3::timestamptz[]) AS c (id, due_at)),
      locked AS MATERIALIZED (
        SELECT id FROM disclosure WHERE practice_id = $1 AND id = ANY ($2::uuid[]) ORDER BY id FOR NO KEY UPDATE
      ), later AS (
        UPDATE disclosure d SET due_at = due.due_at, fence = NULL, lease_until = NULL
        FROM locked JOIN due USING (id) WHERE d.practice_id = $1 AND d.id = due.id AND d.fence = $4
        RETURNING d.id, d.lane_id, d.due_at
      )
      INSERT INTO outbox (id, practice_id, lane_id, slow, due_at)
        SELECT later.id, $1, later.lane_id, l.slow, later.due_at FROM later
        JOIN lane l ON l.practice_id = $1 AND l.id = later.lane_id
        ON CONFLICT (id) DO UPDATE SET due_at = excluded.due_at, slow = excluded.slow, published_at = NULL`,
      [this.scope.practice, later.map((one) => one.id), later.map((one) => instantOf(one.dueAt)), fence],
    );
  }

  /** What has come to rest meanwhile is left alone. */
  async redrive(ids: readonly DisclosureId[]): Promise<void> {
    if (ids.length === 0) return;
    await this.scope.sql.run(
      `WITH due AS (
        UPDATE disclosure SET due_at = now() WHERE practice_id = $1 AND id IN (
          SELECT id FROM disclosure WHERE practice_id = $1 AND id = ANY ($2::uuid[])
            AND state IN ('ready', 'sealed', 'sending', 'unknown') ORDER BY id FOR NO KEY UPDATE
        ) RETURNING id, lane_id, due_at
      )
      INSERT INTO outbox (id, practice_id, lane_id, slow, due_at)
        SELECT due.id, $1, due.lane_id, l.slow, due.due_at FROM due
        JOIN lane l ON l.practice_id = $1 AND l.id = due.lane_id
        ON CONFLICT (id) DO UPDATE SET due_at = excluded.due_at, slow = excluded.slow, published_at = NULL`,
      [this.scope.practice, ids],
    );
  }

  async reroute(insurer: InsurerId, lane: LaneId): Promise<readonly DisclosureId[]> {
    const rows = await this.scope.sql.rows(
      `WITH unsent AS MATERIALIZED (
        SELECT id FROM disclosure WHERE practice_id = $1 AND insurer_id = $2 AND lane_id <> $3
          AND state IN ('held', 'blocked', 'ready') AND (fence IS NULL OR lease_until <= clock_timestamp())
        ORDER BY id FOR NO KEY UPDATE
      ), moved AS (
        UPDATE disclosure d SET lane_id = $3 FROM unsent WHERE d.practice_id = $1 AND d.id = unsent.id RETURNING d.id
      ), put AS (
        UPDATE outbox o SET lane_id = $3, slow = l.slow, published_at = NULL FROM moved m, lane l
        WHERE o.practice_id = $1 AND o.id = m.id AND l.practice_id = $1 AND l.id = $3
      )
      SELECT id FROM moved`,
      [this.scope.practice, insurer, lane],
    );
    return idsOf(rows);
  }

  async sealedFor(insurer: InsurerId): Promise<readonly DisclosureRecord[]> {
    const rows = await this.scope.sql.rows(
      `SELECT ${DISCLOSURE_COLUMNS} FROM disclosure d WHERE practice_id = $1 AND insurer_id = $2 AND state = 'sealed'
        AND (fence IS NULL OR lease_until <= clock_timestamp()) ORDER BY id FOR NO KEY UPDATE`,
      [this.scope.practice, insurer],
    );
    return disclosuresOf(this.scope, rows);
  }

  async doubt(ids: readonly DisclosureId[] | 'all'): Promise<readonly DisclosureId[]> {
    const rows = await this.scope.sql.rows(
      `UPDATE disclosure d SET cause = 'outcome_unknown', curer = 'practice', updated_at = clock_timestamp(), version = d.version + 1
        FROM (
          SELECT id FROM disclosure WHERE practice_id = $1 AND ($2::uuid[] IS NULL OR id = ANY ($2)) AND state = 'parked'
            AND cause IS DISTINCT FROM 'outcome_unknown' ORDER BY id FOR NO KEY UPDATE
        ) parked WHERE d.practice_id = $1 AND d.id = parked.id
        RETURNING d.id`,
      [this.scope.practice, ids === 'all' ? null : ids],
    );
    return idsOf(rows);
  }

  async choose(id: DisclosureId, options: DisclosureOptions): Promise<boolean> {
    const { sql, practice, vault } = this.scope;
    const [row] = await sql.rows(
      `SELECT client_id FROM disclosure WHERE practice_id = $1 AND id = $2 AND state IN ('held', 'blocked') FOR NO KEY UPDATE`,
      [practice, id],
    );
    if (row === undefined) return false;
    const client = row.text('client_id') as ClientId;
    const lockers = await vault.lockers([client]);
    const changed = await sql.run(
      'UPDATE disclosure SET options = $3, updated_at = clock_timestamp(), version = version + 1 WHERE practice_id = $1 AND id = $2',
      [practice, id, closeOptions(lockers, { id, client, options })],
    );
    return changed === 1;
  }

  async relist(document: DocumentId, facts: ListedFacts): Promise<void> {
    await this.scope.sql.run(
      `UPDATE disclosure SET first_service_on = $3, last_service_on = $4, total = $5, filing_deadline = $6
        WHERE practice_id = $1 AND document_id = $2`,
      [
        this.scope.practice,
        document,
        facts.firstServiceOn ?? null,
        facts.lastServiceOn ?? null,
        facts.total ?? null,
        facts.filingDeadline ?? null,
      ],
    );
  }

  saveDecisions(decisions: readonly StoredDecision[]): Promise<void> {
    return addDecisions(this.scope, decisions);
  }

  decisions(id: DisclosureId): Promise<readonly StoredDecision[]> {
    return decisionsOf(this.scope, id);
  }

  /** Newest first. */
  async page(filter: DisclosureFilter, request: PageRequest): Promise<Page<DisclosureRecord>> {
    const limit = limitOf(request);
    const [createdAt, id] = placeAfter(request, ['instant', 'id']) ?? [];
    const rows = await this.scope.sql.rows(
      `SELECT ${DISCLOSURE_COLUMNS} FROM disclosure d WHERE practice_id = $1
        AND ($2::text[] IS NULL OR state = ANY ($2)) AND ($3::uuid IS NULL OR client_id = $3)
        AND ($4::uuid IS NULL OR insurer_id = $4) AND ($5::text IS NULL OR curer = $5)
        AND ($6::uuid IS NULL OR document_id = $6)
        AND ($7::timestamptz IS NULL OR (created_at, id) < ($7, $8::uuid))
        ORDER BY created_at DESC, id DESC LIMIT $9`,
      [
        this.scope.practice,
        filter.states ?? null,
        filter.client ?? null,
        filter.insurer ?? null,
        filter.curer ?? null,
        filter.document ?? null,
        typeof createdAt === 'number' ? instantOf(createdAt) : null,
        typeof id === 'string' ? id : null,
        limit + 1,
      ],
    );
    return pageOf(await disclosuresOf(this.scope, rows), limit, (one) => [one.createdAt, one.id]);
  }

  async countByState(): Promise<ReadonlyMap<DeliveryState, number>> {
    const rows = await this.scope.sql.rows(
      'SELECT state, count(*)::integer AS count FROM disclosure WHERE practice_id = $1 GROUP BY state',
      [this.scope.practice],
    );
    return new Map(rows.map((row) => [row.text('state') as DeliveryState, row.number('count')]));
  }

  async find(wanted: Parameters<DisclosureRepository['find']>[0]): Promise<readonly DisclosureRecord[]> {
    const { sql, practice, keys } = this.scope;
    const ofTransmission = (column: string): string =>
      `SELECT i.disclosure_id FROM lane l
        JOIN transmission t ON t.practice_id = $1 AND t.lane_id = l.id AND t.${column} = $2
        JOIN transmission_item i ON i.practice_id = $1 AND i.transmission_id = t.id WHERE l.practice_id = $1`;
    const rows = await sql.rows(
      `WITH found AS (
        ${NUMBER_COLUMNS.map(ofTransmission).join(' UNION ')}
        UNION SELECT i.disclosure_id FROM transmission t
          JOIN transmission_item i ON i.practice_id = $1 AND i.transmission_id = t.id
          WHERE t.practice_id = $1 AND t.idempotency_key = $2
        UNION SELECT disclosure_id FROM transmission_item WHERE practice_id = $1 AND patient_control_number = $2
        UNION SELECT disclosure_id FROM answer WHERE practice_id = $1 AND claim_number = $3
        UNION SELECT id FROM disclosure WHERE practice_id = $1 AND client_id = $4
      )
      SELECT ${DISCLOSURE_COLUMNS} FROM found JOIN disclosure d ON d.practice_id = $1 AND d.id = found.disclosure_id
        ORDER BY d.created_at DESC, d.id DESC LIMIT $5`,
      [
        practice,
        wanted.number,
        keys.blindIndex(practice, CLAIM_NUMBER, wanted.number),
        wanted.client ?? null,
        wanted.limit,
      ],
    );
    return disclosuresOf(this.scope, rows);
  }

  async heldOf(clients: readonly ClientId[] | 'all'): Promise<readonly DisclosureId[]> {
    const rows = await this.scope.sql.rows(
      `SELECT id FROM disclosure WHERE practice_id = $1 AND state IN ('held', 'blocked')
        AND ($2::uuid[] IS NULL OR client_id = ANY ($2)) ORDER BY created_at, id`,
      [this.scope.practice, clients === 'all' ? null : clients],
    );
    return idsOf(rows);
  }

  /**
   * `olderThan` in milliseconds: how long it may be overdue, or its lease expired, before it counts as stranded. A
   * row in `ready`, `sealed` or `sending` that no outbox row stands for is stranded too, however that came about.
   * An `unknown` one that is in no outbox and under no lease waits for a person. What the relay has not handed out yet
   * is its to hand out, however long that takes: driven on, it would go to the end of the line.
   */
  async stranded(request: {
    readonly olderThan: number;
    readonly limit: number;
  }): Promise<readonly DisclosureRecord[]> {
    const states: readonly DeliveryState[] = ['ready', 'sealed', 'sending', 'unknown'];
    const rows = await this.scope.sql.rows(
      `WITH late AS (SELECT now() - $2 * interval '1 millisecond' AS moment)
      SELECT ${DISCLOSURE_COLUMNS} FROM disclosure d, late
        WHERE practice_id = $1 AND state IN (${states.map((state) => `'${state}'`).join(', ')}) AND due_at <= late.moment
          AND (lease_until IS NULL OR lease_until <= late.moment)
          AND (state = 'sending' OR NOT EXISTS (
            SELECT 1 FROM outbox o WHERE o.practice_id = $1 AND o.id = d.id AND o.published_at IS NULL
          ))
          AND (state <> 'unknown' OR fence IS NOT NULL OR EXISTS (
            SELECT 1 FROM outbox o WHERE o.practice_id = $1 AND o.id = d.id AND o.due_at <= late.moment
          ))
        ORDER BY due_at, id LIMIT $3`,
      [this.scope.practice, request.olderThan, request.limit],
    );
    return disclosuresOf(this.scope, rows);
  }
}
