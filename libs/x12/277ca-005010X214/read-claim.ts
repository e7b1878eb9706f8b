import { type Issue, type PlainDate, plainDate } from '#libs/kernel';
import { parseDate } from '../envelope/date.js';
import type { Segment } from '../read/interchange.js';
import type { SegmentCursor } from '../read/segment-cursor.js';
import { SegmentFields } from '../read/segment-fields.js';
import type { AcknowledgedClaim, AcknowledgedLine } from './claim-acknowledgement.js';
import { readStatus } from './read-status.js';

/** Loop 2200D, from its TRN on. */
export const readClaim = (cursor: SegmentCursor, start: Segment): AcknowledgedClaim | undefined => {
  const trace = new SegmentFields(start, '2200D', cursor.issues);
  trace.code(1, ['2']);
  const statuses = cursor.takeAll('STC').map((segment) => readStatus(segment, '2200D', cursor.issues));
  const details = cursor.takeAll('REF', 'DTP');
  const lines: AcknowledgedLine[] = [];
  for (let next = cursor.takeIf('SVC'); next; next = cursor.takeIf('SVC')) lines.push(readLine(cursor));
  const [first] = statuses;
  const own = first?.statuses[0];
  if (first === undefined) trace.refuse('x12_status_missing', 2);
  if (first === undefined || own === undefined) return undefined;
  if (statuses.some(({ action }) => action !== first.action)) trace.refuse('x12_status_contradicts', 2);
  if (first.date === undefined) trace.refuse('x12_required_missing', 2);
  const payerClaimNumber = reference(details, '1K', cursor.issues);
  const clearinghouseNumber = reference(details, 'D9', cursor.issues);
  return {
    ...own,
    patientControlNumber: trace.required(2, 38),
    action: first.action,
    statuses: statuses.flatMap((status) => status.statuses),
    statusDate: first.date ?? plainDate('1900-01-01'),
    lines,
    ...(first.charge !== undefined && { charge: first.charge }),
    ...(payerClaimNumber !== undefined && { payerClaimNumber }),
    ...(clearinghouseNumber !== undefined && { clearinghouseNumber }),
    ...serviceDates(details, cursor.issues),
  };
};

const readLine = (cursor: SegmentCursor): AcknowledgedLine => {
  const statuses = cursor.takeAll('STC').map((segment) => readStatus(segment, '2220D', cursor.issues));
  const lineControlNumber = reference(cursor.takeAll('REF', 'DTP'), 'FJ', cursor.issues);
  return {
    statuses: statuses.flatMap((status) => status.statuses),
    ...(lineControlNumber !== undefined && { lineControlNumber }),
  };
};

const reference = (details: readonly Segment[], qualifier: string, issues: Issue[]): string | undefined => {
  const [first, second] = details
    .filter((segment) => segment.name === 'REF')
    .map((segment) => new SegmentFields(segment, '2200D', issues))
    .filter((fields) => fields.optional(1) === qualifier);
  second?.refuse('x12_segment_repeated', 1);
  return first?.required(2, 50);
};

/** DTP*472 as one date (D8) or a range (RD8). */
const serviceDates = (
  details: readonly Segment[],
  issues: Issue[],
): { serviceDate?: PlainDate; serviceDateEnd?: PlainDate } => {
  const segment = details.find(({ name }) => name === 'DTP');
  if (segment === undefined) return {};
  const fields = new SegmentFields(segment, '2200D', issues);
  fields.code(1, ['472']);
  if (fields.code(2, ['D8', 'RD8']) === 'D8') return { serviceDate: fields.date(3) };
  const [from, to, ...rest] = fields.required(3, 17).split('-');
  const serviceDate = parseDate(from ?? '');
  const serviceDateEnd = parseDate(to ?? '');
  if (serviceDate !== undefined && serviceDateEnd !== undefined && rest.length === 0)
    return { serviceDate, serviceDateEnd };
  fields.refuse('x12_not_a_date', 3);
  return {};
};
