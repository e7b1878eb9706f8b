import type { AnsweredTransmission, TransmissionRecord } from '#libs/application';
import type { FormatId } from '#libs/catalogue';
import type { MediaType } from '#libs/disclosure';
import type { ClientId, DisclosureId, LaneId, TransmissionId } from '#libs/kernel';
import type { Row } from '../row.js';
import type { Scope } from '../scope.js';
import { type Locker, required } from '../vault.js';
import { originsOf, wholeBytes } from './transmissions-together.js';

export const TRANSMISSION_COLUMNS =
  't.id, t.lane_id, t.addressee, t.format, t.media_type, t.bytes, t.digest, t.content_digest, t.idempotency_key, t.reference, t.interchange_control_number, t.group_control_number, t.set_control_number, t.batch_reference, t.attempts, t.created_at, i.disclosure_id, i.client_id, i.patient_control_number, i.line_origins, i.ordinal, i.set_control_number AS item_set, i.batch_reference AS item_batch, i.content_digest AS item_digest';

const bytesPlace = (id: TransmissionId) => ({ class: 'sealed', row: `${id}/bytes` }) as const;
const originsPlace = (id: TransmissionId) => ({ class: 'sealed', row: `${id}/lines` }) as const;

/** Which lines went tells which did not, so that is under the client's key like the bytes. */
export const closeTransmissions = (
  lockers: ReadonlyMap<ClientId, Locker>,
  records: readonly TransmissionRecord[],
): readonly { readonly bytes: Uint8Array; readonly lineOrigins: Uint8Array }[] =>
  records.map(({ transmission, client, bytes, lineOrigins }) => {
    const locker = required(lockers, client);
    return {
      bytes: locker.closeBytes(bytesPlace(transmission), bytes),
      lineOrigins: locker.close(originsPlace(transmission), lineOrigins),
    };
  });

const interchangeOf = (row: Row): Pick<TransmissionRecord, 'interchange'> =>
  row.optionalText('interchange_control_number') === undefined
    ? {}
    : {
        interchange: {
          interchangeControlNumber: row.text('interchange_control_number'),
          groupControlNumber: row.text('group_control_number'),
          setControlNumber: row.optionalText('item_set') ?? row.text('set_control_number'),
          batchReference: row.optionalText('item_batch') ?? row.text('batch_reference'),
          patientControlNumber: row.text('patient_control_number'),
        },
      };

export const transmissionsOf = async (scope: Scope, rows: readonly Row[]): Promise<readonly TransmissionRecord[]> => {
  const lockers = await scope.vault.lockers(rows.map((row) => row.text('client_id') as ClientId));
  const wholes = await wholeBytes(scope, rows);
  return rows.flatMap((row): readonly TransmissionRecord[] => {
    const transmission = row.text('id') as TransmissionId;
    const locker = lockers.get(row.text('client_id') as ClientId);
    const bytes = row.optionalBytes('bytes');
    const [answered] = answeredFrom(row, locker);
    if (locker === undefined || bytes === undefined || answered === undefined) return [];
    if (row.optionalNumber('ordinal') === undefined)
      return [{ ...answered, bytes: new Uint8Array(locker.openBytes(bytesPlace(transmission), bytes)) }];
    const whole = wholes.get(transmission);
    const part = whole?.parts.get(answered.disclosure);
    return whole === undefined || part === undefined ? [] : [{ ...answered, bytes: whole.bytes, part }];
  });
};

/** The same without the bytes, which an answer does not need. */
export const answeredTransmissionsOf = async (
  scope: Scope,
  rows: readonly Row[],
): Promise<readonly AnsweredTransmission[]> => {
  const lockers = await scope.vault.lockers(rows.map((row) => row.text('client_id') as ClientId));
  return rows.flatMap((row) => answeredFrom(row, lockers.get(row.text('client_id') as ClientId)));
};

const answeredFrom = (row: Row, locker: Locker | undefined): readonly AnsweredTransmission[] => {
  const transmission = row.text('id') as TransmissionId;
  const client = row.text('client_id') as ClientId;
  if (locker === undefined) return [];
  return [
    {
      transmission,
      lane: row.text('lane_id') as LaneId,
      addressee: row.text('addressee'),
      disclosure: row.text('disclosure_id') as DisclosureId,
      client,
      format: row.text('format') as FormatId,
      mediaType: row.text('media_type') as MediaType,
      digest: row.text('digest'),
      contentDigest: row.optionalText('item_digest') ?? row.text('content_digest'),
      idempotencyKey: row.text('idempotency_key'),
      reference: row.text('reference'),
      ...interchangeOf(row),
      attempts: row.number('attempts'),
      createdAt: row.instant('created_at'),
      lineOrigins: locker.open(
        originsOf(row, originsPlace(transmission)),
        row.bytes('line_origins'),
      ) as TransmissionRecord['lineOrigins'],
    },
  ];
};
