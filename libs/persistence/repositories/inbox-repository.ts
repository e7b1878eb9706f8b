import type { InboxEntry, InboxItemRecord, InboxRepository, Page, PageRequest } from '#libs/application';
import type { ClientId, DisclosureId, InboxItemId, InsurerId, LaneId, TransmissionId } from '#libs/kernel';
import { limitOf, pageOf, placeAfter } from '../cursor.js';
import { DatabaseError } from '../database-error.js';
import type { Row } from '../row.js';
import type { Scope } from '../scope.js';
import { instantOf } from '../sql.js';
import { TRANSMISSION_COLUMNS, transmissionsOf } from './transmission-rows.js';

type Offered = Parameters<InboxRepository['offer']>[0][number];

const itemOf = (row: Row): InboxItemRecord => {
  const answer = row.optionalText('answer');
  return {
    id: row.text('id') as InboxItemId,
    insurer: row.text('insurer_id') as InsurerId,
    lane: row.text('lane_id') as LaneId,
    transmission: row.text('transmission_id') as TransmissionId,
    disclosure: row.text('disclosure_id') as DisclosureId,
    client: row.text('client_id') as ClientId,
    arrivedAt: row.instant('arrived_at'),
    ...(answer === undefined ? {} : { answer }),
  };
};

/** Fetched or not, unanswered, on the lane on which it was put there, and its bytes not taken back. */
const WAITING = `inbox_item n
  JOIN transmission t ON t.practice_id = n.practice_id AND t.id = n.transmission_id AND t.unsealed_at IS NULL
  JOIN disclosure d ON d.practice_id = n.practice_id AND d.id = n.disclosure_id AND d.lane_id = n.lane_id
    AND d.state IN ('sealed', 'sending', 'unknown')`;

/** What waits for insurers that come and fetch. */
export class InboxRows implements InboxRepository {
  constructor(private readonly scope: Scope) {}

  async offer(items: readonly Offered[]): Promise<void> {
    const { sql, practice } = this.scope;
    for (const insurer of [...new Set(items.map((one) => one.insurer))].sort()) {
      const some = items.filter((one) => one.insurer === insurer);
      const first = await this.#arrivals(insurer, some.length);
      await sql.run(
        `INSERT INTO inbox_item (practice_id, id, insurer_id, lane_id, transmission_id, disclosure_id, client_id, arrival, arrived_at, epoch, valid_until)
          SELECT $1, n.id, $2, n.lane_id, n.transmission_id, n.disclosure_id, n.client_id, $3 + n.place - 1, n.arrived_at, n.epoch, n.valid_until
          FROM unnest($4::uuid[], $5::uuid[], $6::uuid[], $7::uuid[], $8::uuid[], $9::timestamptz[], $10::integer[], $11::timestamptz[])
            WITH ORDINALITY AS n (id, lane_id, transmission_id, disclosure_id, client_id, arrived_at, epoch, valid_until, place)
          ON CONFLICT ON CONSTRAINT uq_inbox_item_transmission
            DO UPDATE SET epoch = excluded.epoch, valid_until = excluded.valid_until`,
        [
          practice,
          insurer,
          first,
          some.map((one) => one.id),
          some.map((one) => one.lane),
          some.map((one) => one.transmission),
          some.map((one) => one.disclosure),
          some.map((one) => one.client),
          some.map((one) => instantOf(one.arrivedAt)),
          some.map((one) => one.epoch),
          some.map((one) => instantOf(one.validUntil)),
        ],
      );
    }
  }

  /** The counter's row is locked until the commit: nobody can put something before what somebody else has seen. */
  async #arrivals(insurer: InsurerId, count: number): Promise<number> {
    const [row] = await this.scope.sql.rows(
      `INSERT INTO control_number AS c (practice_id, pair, taken) VALUES ($1, $2, $3)
        ON CONFLICT (practice_id, pair) DO UPDATE SET taken = c.taken + excluded.taken
        RETURNING taken - $3 + 1 AS first`,
      [this.scope.practice, `inbox:${insurer}`, count],
    );
    if (row === undefined) throw new DatabaseError('unexpected_row');
    return row.number('first');
  }

  async byId(insurer: InsurerId, id: InboxItemId): Promise<InboxItemRecord | undefined> {
    const [row] = await this.scope.sql.rows(
      'SELECT * FROM inbox_item WHERE practice_id = $1 AND insurer_id = $2 AND id = $3',
      [this.scope.practice, insurer, id],
    );
    return row === undefined ? undefined : itemOf(row);
  }

  async ofTransmissions(ids: readonly TransmissionId[]): Promise<ReadonlyMap<TransmissionId, InboxItemRecord>> {
    const rows = await this.scope.sql.rows(
      'SELECT * FROM inbox_item WHERE practice_id = $1 AND transmission_id = ANY ($2::uuid[])',
      [this.scope.practice, ids],
    );
    return new Map(rows.map(itemOf).map((item) => [item.transmission, item]));
  }

  /** A cursor is the id of the item before: a number would tell how much came and went. */
  async page(insurer: InsurerId, request: PageRequest): Promise<Page<InboxEntry>> {
    const limit = limitOf(request);
    const [after] = placeAfter(request, ['id']) ?? [];
    const place = typeof after === 'string' ? await this.#placeOf(insurer, after) : 0;
    const rows = await this.scope.sql.rows(
      `SELECT ${TRANSMISSION_COLUMNS}, n.id AS item_id, n.arrived_at FROM ${WAITING}
        JOIN transmission_item i ON i.practice_id = n.practice_id AND i.transmission_id = t.id AND i.live
        JOIN client_authority c ON c.practice_id = n.practice_id AND c.client_id = n.client_id
        WHERE n.practice_id = $1 AND n.insurer_id = $2 AND n.arrival > $3 AND n.answer IS NULL
          AND c.epoch = n.epoch AND n.valid_until > clock_timestamp()
        ORDER BY n.arrival LIMIT $4`,
      [this.scope.practice, insurer, place, limit + 1],
    );
    return pageOf(await this.#entries(rows), limit, (one) => [one.id]);
  }

  /** How large the bytes are is seen in them alone: stored, they are padded. */
  async #entries(rows: readonly Row[]): Promise<readonly InboxEntry[]> {
    const sealed = new Map((await transmissionsOf(this.scope, rows)).map((one) => [one.transmission, one]));
    return rows.flatMap((row): readonly InboxEntry[] => {
      const one = sealed.get(row.text('id') as TransmissionId);
      if (one === undefined) return [];
      const { format, mediaType, bytes, digest, attempts } = one;
      const id = row.text('item_id') as InboxItemId;
      return [
        {
          ...{ id, format, mediaType, digest },
          size: bytes.length,
          attempt: attempts,
          arrivedAt: row.instant('arrived_at'),
        },
      ];
    });
  }

  async #placeOf(insurer: InsurerId, id: string): Promise<number> {
    const [row] = await this.scope.sql.rows(
      'SELECT arrival FROM inbox_item WHERE practice_id = $1 AND insurer_id = $2 AND id = $3',
      [this.scope.practice, insurer, id],
    );
    if (row === undefined) throw new DatabaseError('cursor_invalid');
    return row.number('arrival');
  }

  async answer(id: InboxItemId, digest: string): Promise<boolean> {
    const changed = await this.scope.sql.run(
      `UPDATE inbox_item SET answer = $3, answered_at = clock_timestamp()
        WHERE practice_id = $1 AND id = $2 AND answer IS NULL`,
      [this.scope.practice, id, digest],
    );
    return changed === 1;
  }

  async waitingOf(clients: readonly ClientId[]): Promise<readonly DisclosureId[]> {
    const rows = await this.scope.sql.rows(
      `SELECT n.disclosure_id FROM ${WAITING}
        WHERE n.practice_id = $1 AND n.client_id = ANY ($2::uuid[]) AND n.answer IS NULL AND d.state IN ('sealed', 'unknown')
        ORDER BY n.disclosure_id`,
      [this.scope.practice, clients],
    );
    return rows.map((row) => row.text('disclosure_id') as DisclosureId);
  }

  async oldest(): Promise<number | undefined> {
    const [row] = await this.scope.sql.rows(
      `SELECT min(n.arrived_at) AS oldest FROM ${WAITING} WHERE n.practice_id = $1 AND n.answer IS NULL`,
      [this.scope.practice],
    );
    return row?.optionalInstant('oldest');
  }
}
