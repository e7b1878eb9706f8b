import { type DisclosureOptions, type DisclosureRecord, type ListedFacts, NOTHING_CHOSEN } from '#libs/application';
import type { ClaimFrequency, CorrectionKind, DeliveryState } from '#libs/disclosure';
import type { FormatId, Purpose } from '#libs/catalogue';
import type { Cents, ClientId, DisclosureId, DocumentId, InsurerId, LaneId, PlainDate } from '#libs/kernel';
import type { Curer } from '#libs/release';
import type { Row } from '../row.js';
import type { Scope } from '../scope.js';
import { type Locker, required } from '../vault.js';

export const DISCLOSURE_COLUMNS =
  'd.id, d.document_id, d.client_id, d.insurer_id, d.lane_id, d.purpose, d.format, d.state, d.cause, d.curer, d.options, d.attempts, d.due_at, d.created_at, d.updated_at, d.version, d.corrects_id, d.correction, d.frequency, d.first_service_on::text, d.last_service_on::text, d.total, d.filing_deadline::text';

const optionsPlace = (disclosure: DisclosureId) => ({ class: 'billing', row: `${disclosure}/options` }) as const;

/** Nothing is stored where nothing was chosen. */
export const closeOptions = (
  lockers: ReadonlyMap<ClientId, Locker>,
  disclosure: Pick<DisclosureRecord, 'id' | 'client' | 'options'>,
): Uint8Array | null => {
  const { options } = disclosure;
  if (!options.useMarkers && options.excludedLines.length === 0) return null;
  return required(lockers, disclosure.client).close(optionsPlace(disclosure.id), options);
};

const listedOf = (row: Row): { readonly listed?: ListedFacts } => {
  const [first, last] = [row.optionalText('first_service_on'), row.optionalText('last_service_on')];
  const total = row.optionalNumber('total');
  const deadline = row.optionalText('filing_deadline');
  const listed = {
    ...(first === undefined ? {} : { firstServiceOn: first as PlainDate }),
    ...(last === undefined ? {} : { lastServiceOn: last as PlainDate }),
    ...(total === undefined ? {} : { total: total as Cents }),
    ...(deadline === undefined ? {} : { filingDeadline: deadline as PlainDate }),
  };
  return Object.keys(listed).length === 0 ? {} : { listed };
};

/** Whose key was destroyed still has its disclosures, in codes; what was chosen for them is gone. */
export const disclosuresOf = async (scope: Scope, rows: readonly Row[]): Promise<readonly DisclosureRecord[]> => {
  const chosen = rows.filter((row) => row.optionalBytes('options') !== undefined);
  const lockers = await scope.vault.lockers(chosen.map((row) => row.text('client_id') as ClientId));
  return rows.map((row) => {
    const id = row.text('id') as DisclosureId;
    const client = row.text('client_id') as ClientId;
    const options = row.optionalBytes('options');
    const locker = lockers.get(client);
    const cause = row.optionalText('cause');
    const curer = row.optionalText('curer');
    const corrects = row.optionalText('corrects_id');
    return {
      id,
      document: row.text('document_id') as DocumentId,
      client,
      insurer: row.text('insurer_id') as InsurerId,
      lane: row.text('lane_id') as LaneId,
      purpose: row.text('purpose') as Purpose,
      format: row.text('format') as FormatId,
      state: row.text('state') as DeliveryState,
      ...(cause === undefined ? {} : { cause }),
      ...(curer === undefined ? {} : { curer: curer as Curer }),
      options:
        options === undefined || locker === undefined
          ? NOTHING_CHOSEN
          : (locker.open(optionsPlace(id), options) as DisclosureOptions),
      attempts: row.number('attempts'),
      dueAt: row.instant('due_at'),
      createdAt: row.instant('created_at'),
      updatedAt: row.instant('updated_at'),
      version: row.number('version'),
      ...listedOf(row),
      ...(corrects === undefined
        ? {}
        : {
            correction: {
              kind: row.text('correction') as CorrectionKind,
              of: corrects as DisclosureId,
              frequency: row.text('frequency') as ClaimFrequency,
            },
          }),
    };
  });
};
