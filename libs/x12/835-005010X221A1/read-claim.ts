import type { Issue, PlainDate } from '#libs/kernel';
import type { Segment } from '../read/interchange.js';
import type { SegmentCursor } from '../read/segment-cursor.js';
import { SegmentFields } from '../read/segment-fields.js';
import { readAdjustments } from './read-adjustments.js';
import type { RemittedClaim, RemittedLine, RemittedProcedure } from './remittance.js';

/** Loop 2100 with its lines. Patient and provider names (NM1) are passed over. */
export const readClaim = (cursor: SegmentCursor, start: Segment): RemittedClaim => {
  const fields = new SegmentFields(start, '2100', cursor.issues);
  const details = cursor.takeAll('CAS', 'NM1', 'MIA', 'MOA', 'REF', 'DTM', 'PER', 'AMT', 'QTY');
  const lines: RemittedLine[] = [];
  for (let next = cursor.takeIf('SVC'); next; next = cursor.takeIf('SVC')) lines.push(readLine(cursor, next));
  const patientResponsibility = fields.optionalAmount(5);
  const frequency = fields.optional(9);
  return {
    patientControlNumber: fields.required(1, 38),
    statusCode: fields.code(2, ['1', '2', '3', '4', '19', '20', '21', '22', '23', '25']),
    charge: fields.amount(3),
    paid: fields.amount(4),
    filingIndicator: fields.required(6, 2),
    payerClaimNumber: fields.required(7, 50),
    adjustments: named(details, 'CAS').flatMap((segment) => readAdjustments(segment, '2100', cursor.issues)),
    remarks: [...remarksIn(details, cursor.issues)],
    lines,
    ...(patientResponsibility !== undefined && { patientResponsibility }),
    ...(frequency !== undefined && { frequency }),
    ...readDates(details, { loop: '2100', from: '232', to: '233', issues: cursor.issues }),
  };
};

const readLine = (cursor: SegmentCursor, start: Segment): RemittedLine => {
  const fields = new SegmentFields(start, '2110', cursor.issues);
  const details = cursor.takeAll('DTM', 'CAS', 'REF', 'AMT', 'QTY', 'LQ');
  const submitted = fields.composite(6).length > 0 ? readProcedure(fields, 6) : undefined;
  const lineControlNumber = single(details, { name: 'REF', qualifier: '6R', issues: cursor.issues })?.required(2, 50);
  const allowed = single(details, { name: 'AMT', qualifier: 'B6', issues: cursor.issues })?.amount(2);
  const remarks = named(details, 'LQ').map((segment) =>
    new SegmentFields(segment, '2110', cursor.issues).required(2, 30),
  );
  const serviceDate = single(details, { name: 'DTM', qualifier: '472', issues: cursor.issues })?.date(2);
  return {
    procedure: readProcedure(fields, 1),
    charge: fields.amount(2),
    paid: fields.amount(3),
    adjustments: named(details, 'CAS').flatMap((segment) => readAdjustments(segment, '2110', cursor.issues)),
    remarks,
    ...(lineControlNumber !== undefined && { lineControlNumber }),
    ...(submitted !== undefined && { submitted }),
    ...(allowed !== undefined && { allowed }),
    ...readDates(details, { loop: '2110', from: '150', to: '151', issues: cursor.issues }),
    ...(serviceDate !== undefined && { serviceDate }),
  };
};

const readProcedure = (fields: SegmentFields, number: number): RemittedProcedure => {
  const [qualifier = '', code = '', ...modifiers] = fields.composite(number);
  if (!/^[A-Z0-9]{2}$/.test(qualifier) || code === '') fields.refuse('x12_required_missing', number);
  return { qualifier, code, modifiers: modifiers.slice(0, 4).filter((modifier) => modifier !== '') };
};

const named = (segments: readonly Segment[], name: string): readonly Segment[] =>
  segments.filter((segment) => segment.name === name);

/** The one line segment with this name and qualifier; a second would contradict the first. */
const single = (
  segments: readonly Segment[],
  wanted: { readonly name: string; readonly qualifier: string; readonly issues: Issue[] },
): SegmentFields | undefined => {
  const [first, second] = named(segments, wanted.name)
    .map((segment) => new SegmentFields(segment, '2110', wanted.issues))
    .filter((fields) => fields.optional(1) === wanted.qualifier);
  second?.refuse('x12_segment_repeated', 1);
  return first;
};

const readDates = (
  segments: readonly Segment[],
  wanted: { readonly loop: string; readonly from: string; readonly to: string; readonly issues: Issue[] },
): { serviceDate?: PlainDate; serviceDateEnd?: PlainDate } => {
  const dates: { serviceDate?: PlainDate; serviceDateEnd?: PlainDate } = {};
  for (const segment of named(segments, 'DTM')) {
    const fields = new SegmentFields(segment, wanted.loop, wanted.issues);
    const qualifier = fields.required(1, 3);
    const date = fields.date(2);
    if (qualifier === wanted.from) dates.serviceDate = date;
    if (qualifier === wanted.to) dates.serviceDateEnd = date;
  }
  return dates;
};

const OUTPATIENT_REMARKS = [3, 4, 5, 6, 7];
const INPATIENT_REMARKS = [5, 20, 21, 22, 23];

const remarksIn = function* (segments: readonly Segment[], issues: Issue[]): Generator<string> {
  for (const segment of segments) {
    const fields = new SegmentFields(segment, '2100', issues);
    const places = segment.name === 'MOA' ? OUTPATIENT_REMARKS : segment.name === 'MIA' ? INPATIENT_REMARKS : [];
    for (const place of places) {
      const remark = fields.optional(place);
      if (remark !== undefined) yield remark;
    }
  }
};
