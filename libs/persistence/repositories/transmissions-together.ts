import type { TransmissionRecord } from '#libs/application';
import type { ClientId, DisclosureId, TransmissionId } from '#libs/kernel';
import { DatabaseError } from '../database-error.js';
import type { Row } from '../row.js';
import type { Scope } from '../scope.js';
import { instantOf, packBlobs } from '../sql.js';
import { required } from '../vault.js';

/**
 * A transmission that carries several disclosures. What is each client's lies under that client's key, with the item; what
 * stands round it, which is about nobody, lies with the transmission. The bytes are whole only while all of them are there.
 */
const partPlace = (id: TransmissionId, disclosure: DisclosureId) =>
  ({ class: 'sealed', row: `${id}/${disclosure}/bytes` }) as const;
const originsPlace = (id: TransmissionId, disclosure: DisclosureId) =>
  ({ class: 'sealed', row: `${id}/${disclosure}/lines` }) as const;
const roundPlace = (id: TransmissionId) => ({ class: 'sealed', row: `${id}/round` }) as const;

interface Round {
  readonly head: string;
  readonly tail: string;
}

/** Of an attempt `a`: all others are proof that nothing was taken in. */
export const MAY_HAVE_ARRIVED = "a.outcome NOT IN ('not-sent', 'refused', 'expired')";

const partOf = (record: TransmissionRecord): { readonly from: number; readonly to: number } => {
  if (record.part === undefined) throw new DatabaseError('unexpected_row');
  return record.part;
};

/** Adds one such transmission with its first attempt. `fence_lost`: one of its disclosures is not `sending` under the fence. */
export const addTogether = async (
  { sql, practice, vault }: Scope,
  items: readonly TransmissionRecord[],
  permitted: { readonly attempt: string; readonly fence: string },
): Promise<void> => {
  const [first] = items;
  const last = items.at(-1);
  if (first === undefined || last === undefined) return;
  const { transmission, bytes } = first;
  const round: Round = {
    head: Buffer.from(bytes.subarray(0, partOf(first).from)).toString('latin1'),
    tail: Buffer.from(bytes.subarray(partOf(last).to)).toString('latin1'),
  };
  await sql.run(
    `INSERT INTO transmission (practice_id, id, lane_id, addressee, format, media_type, bytes, digest, content_digest, idempotency_key, reference, interchange_control_number, group_control_number, attempts, created_at)
      VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, 1, $14)`,
    [
      ...[practice, transmission, first.lane, first.addressee, first.format, first.mediaType],
      vault.ofPractice.close(roundPlace(transmission), round),
      ...[first.digest, first.digest, first.idempotencyKey, first.reference],
      first.interchange?.interchangeControlNumber ?? null,
      first.interchange?.groupControlNumber ?? null,
      instantOf(first.createdAt),
    ],
  );
  const lockers = await vault.lockers(items.map(({ client }) => client));
  const blobs = packBlobs(
    items.flatMap((item) => {
      const locker = required(lockers, item.client);
      const { from, to } = partOf(item);
      return [
        locker.closeBytes(partPlace(transmission, item.disclosure), item.bytes.subarray(from, to)),
        locker.close(originsPlace(transmission, item.disclosure), item.lineOrigins),
      ];
    }),
  );
  const of = (column: readonly (number | null)[], kind: 0 | 1) => column.filter((_one, index) => index % 2 === kind);
  await sql.run(
    `INSERT INTO transmission_item (practice_id, transmission_id, disclosure_id, client_id, patient_control_number, line_origins, live, ordinal, set_control_number, batch_reference, content_digest, bytes)
      SELECT $1, $2, i.disclosure_id, i.client_id, i.patient, substr($3::bytea, i.lines_start, i.lines_size), true, i.ordinal, i.set, i.batch, i.digest, substr($3::bytea, i.start, i.size)
      FROM unnest($4::uuid[], $5::uuid[], $6::text[], $7::integer[], $8::text[], $9::text[], $10::text[], $11::integer[], $12::integer[], $13::integer[], $14::integer[])
        AS i (disclosure_id, client_id, patient, ordinal, set, batch, digest, start, size, lines_start, lines_size)`,
    [
      ...[practice, transmission, blobs.bytes],
      items.map(({ disclosure }) => disclosure),
      items.map(({ client }) => client),
      items.map(({ interchange }) => interchange?.patientControlNumber ?? null),
      items.map((_one, index) => index),
      items.map(({ interchange }) => interchange?.setControlNumber ?? null),
      items.map(({ interchange }) => interchange?.batchReference ?? null),
      items.map(({ contentDigest }) => contentDigest),
      ...[of(blobs.starts, 0), of(blobs.sizes, 0), of(blobs.starts, 1), of(blobs.sizes, 1)],
    ],
  );
  const sending = await sql.run(
    `SELECT 1 FROM disclosure WHERE practice_id = $1 AND id = ANY ($2::uuid[]) AND state = 'sending' AND fence = $3`,
    [practice, items.map(({ disclosure }) => disclosure), permitted.fence],
  );
  if (sending !== items.length) throw new DatabaseError('fence_lost');
  await sql.run(
    `INSERT INTO attempt (practice_id, id, transmission_id, number, fence, outcome, permitted_at)
      VALUES ($1, $2, $3, 1, $4, 'permitted', clock_timestamp())`,
    [practice, permitted.attempt, transmission, permitted.fence],
  );
};

interface Whole {
  readonly bytes: Uint8Array;
  readonly parts: ReadonlyMap<string, NonNullable<TransmissionRecord['part']>>;
}

/** The whole bytes of such transmissions; absent where part of them belongs to a client whose key is gone. */
export const wholeBytes = async (scope: Scope, rows: readonly Row[]): Promise<ReadonlyMap<string, Whole>> => {
  const rounds = new Map(
    rows
      .filter((row) => row.optionalNumber('ordinal') !== undefined && row.optionalBytes('bytes') !== undefined)
      .map((row) => [row.text('id') as TransmissionId, row.bytes('bytes')]),
  );
  const wholes = new Map<string, Whole>();
  if (rounds.size === 0) return wholes;
  const items = await scope.sql.rows(
    `SELECT transmission_id, disclosure_id, client_id, bytes FROM transmission_item
      WHERE practice_id = $1 AND transmission_id = ANY ($2::uuid[]) ORDER BY transmission_id, ordinal`,
    [scope.practice, [...rounds.keys()]],
  );
  const lockers = await scope.vault.lockers(items.map((row) => row.text('client_id') as ClientId));
  for (const [id, closed] of rounds) {
    const round = scope.vault.ofPractice.open(roundPlace(id), closed) as Round;
    const pieces: Buffer[] = [Buffer.from(round.head, 'latin1')];
    const parts = new Map<string, { from: number; to: number }>();
    let at = pieces[0]?.length ?? 0;
    const own = items.filter((row) => row.text('transmission_id') === id);
    for (const row of own) {
      const locker = lockers.get(row.text('client_id') as ClientId);
      const part = row.optionalBytes('bytes');
      if (locker === undefined || part === undefined) break;
      const disclosure = row.text('disclosure_id') as DisclosureId;
      const piece = Buffer.from(locker.openBytes(partPlace(id, disclosure), part));
      parts.set(disclosure, { from: at, to: at + piece.length });
      at += piece.length;
      pieces.push(piece);
    }
    if (parts.size !== own.length) continue;
    wholes.set(id, { bytes: new Uint8Array(Buffer.concat([...pieces, Buffer.from(round.tail, 'latin1')])), parts });
  }
  return wholes;
};

/** Where the origins of a line lie that went: beside the transmission, or with its item. */
export const originsOf = (row: Row, alone: { readonly class: 'sealed'; readonly row: string }) =>
  row.optionalNumber('ordinal') === undefined
    ? alone
    : originsPlace(row.text('id') as TransmissionId, row.text('disclosure_id') as DisclosureId);

/** Who else is in the transmissions of these, and whether every attempt at them is proof that nothing was taken in. */
export const companionsOf = async (
  scope: Scope,
  disclosures: readonly DisclosureId[],
): Promise<ReadonlyMap<TransmissionId, { readonly disclosures: readonly DisclosureId[]; readonly free: boolean }>> => {
  const rows = await scope.sql.rows(
    `SELECT i.transmission_id, array_agg(i.disclosure_id::text ORDER BY i.ordinal) AS disclosures, NOT EXISTS (
        SELECT 1 FROM attempt a WHERE a.practice_id = $1 AND a.transmission_id = i.transmission_id
          AND ${MAY_HAVE_ARRIVED}
      ) AS free
      FROM transmission_item i
      WHERE i.practice_id = $1 AND i.live AND i.ordinal IS NOT NULL AND i.transmission_id IN (
        SELECT transmission_id FROM transmission_item
          WHERE practice_id = $1 AND disclosure_id = ANY ($2::uuid[]) AND live AND ordinal IS NOT NULL
      )
      GROUP BY i.transmission_id`,
    [scope.practice, disclosures],
  );
  return new Map(
    rows.map((row) => [
      row.text('transmission_id') as TransmissionId,
      { disclosures: row.texts('disclosures') as readonly DisclosureId[], free: row.flag('free') },
    ]),
  );
};
