import { failed, ok, type Result } from '#libs/kernel';
import { isTime, parseDate } from '../envelope/date.js';
import type { FunctionalGroup, Interchange, InterchangeHeader, Segment, TransactionSet } from './interchange.js';
import { SegmentCursor } from './segment-cursor.js';

/**
 * Puts the segments of one interchange into its groups and transaction sets and verifies every trailer: counts
 * (SE01, GE01, IEA01), control numbers (SE02, GE02, IEA02) and their uniqueness. A file whose trailers disagree was cut,
 * merged or edited on its way, and nothing in it is used.
 */
export const assemble = (header: InterchangeHeader, segments: readonly Segment[]): Result<Interchange> => {
  const cursor = new SegmentCursor(segments, 'ISA', 1);
  cursor.take('ISA');
  const acknowledgements: Segment[] = [];
  for (let next = cursor.takeIf('TA1'); next; next = cursor.takeIf('TA1')) acknowledgements.push(next);
  const groups: FunctionalGroup[] = [];
  for (let next = cursor.takeIf('GS'); next; next = cursor.takeIf('GS')) groups.push(readGroup(cursor, next));
  const trailer = cursor.take('IEA');
  if (trailer !== undefined) {
    cursor.expect(sameCount(text(trailer, 1), groups.length), 'x12_count_wrong', 'IEA01');
    cursor.expect(text(trailer, 2) === header.controlNumber, 'x12_control_number_differs', 'IEA02');
    cursor.expect(unique(groups.map((group) => group.controlNumber)), 'x12_control_number_repeated', 'GS06');
    cursor.expect(groups.length + acknowledgements.length > 0, 'x12_interchange_empty', 'IEA01');
  }
  cursor.finish();
  return cursor.issues.length > 0 ? failed(...cursor.issues) : ok({ header, acknowledgements, groups });
};

const readGroup = (cursor: SegmentCursor, start: Segment): FunctionalGroup => {
  const transactionSets: TransactionSet[] = [];
  for (let next = cursor.takeIf('ST'); next; next = cursor.takeIf('ST')) transactionSets.push(readSet(cursor, next));
  const group: FunctionalGroup = {
    code: text(start, 1),
    sender: text(start, 2),
    receiver: text(start, 3),
    date: text(start, 4),
    time: text(start, 5),
    controlNumber: text(start, 6),
    version: text(start, 8),
    transactionSets,
  };
  cursor.expect(/^[A-Z]{2}$/.test(group.code), 'x12_code_unknown', 'GS01');
  cursor.expect(parseDate(group.date) !== undefined, 'x12_not_a_date', 'GS04');
  cursor.expect(isTime(group.time), 'x12_not_a_time', 'GS05');
  cursor.expect(/^\d{1,9}$/.test(group.controlNumber), 'x12_not_a_number', 'GS06');
  cursor.expect(text(start, 7) === 'X', 'x12_code_unknown', 'GS07');
  cursor.expect(group.version !== '', 'x12_required_missing', 'GS08');
  const trailer = cursor.take('GE');
  if (trailer !== undefined) {
    cursor.expect(sameCount(text(trailer, 1), transactionSets.length), 'x12_count_wrong', 'GE01');
    cursor.expect(sameCount(text(trailer, 2), Number(group.controlNumber)), 'x12_control_number_differs', 'GE02');
    const numbers = transactionSets.map((set) => set.controlNumber);
    cursor.expect(unique(numbers), 'x12_control_number_repeated', 'ST02');
    cursor.expect(numbers.length > 0, 'x12_group_empty', 'GE01');
  }
  return group;
};

const readSet = (cursor: SegmentCursor, start: Segment): TransactionSet => {
  const segments = [start, ...cursor.takeWhile((segment) => !ENVELOPE.has(segment.name))];
  const trailer = cursor.take('SE');
  if (trailer !== undefined) {
    segments.push(trailer);
    cursor.expect(sameCount(text(trailer, 1), segments.length), 'x12_count_wrong', 'SE01');
    cursor.expect(text(trailer, 2) === text(start, 2), 'x12_control_number_differs', 'SE02');
  }
  cursor.expect(/^\d{3}$/.test(text(start, 1)), 'x12_code_unknown', 'ST01');
  cursor.expect(/^[A-Za-z0-9]{4,9}$/.test(text(start, 2)), 'x12_length', 'ST02');
  const convention = text(start, 3);
  return {
    identifier: text(start, 1),
    controlNumber: text(start, 2),
    convention: convention === '' ? undefined : convention,
    segments,
  };
};

const ENVELOPE = new Set(['ISA', 'TA1', 'GS', 'GE', 'ST', 'SE', 'IEA']);

const text = (segment: Segment, number: number): string => {
  const element = segment.elements[number - 1];
  return typeof element === 'string' ? element : '';
};

const sameCount = (written: string, counted: number): boolean =>
  /^\d{1,10}$/.test(written) && Number(written) === counted;

const unique = (values: readonly string[]): boolean => new Set(values).size === values.length;
