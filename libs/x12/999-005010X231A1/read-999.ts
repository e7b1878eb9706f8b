import { failed, type Issue, issue, ok, type Result } from '#libs/kernel';
import type { AnswerSource } from '../read/answer-source.js';
import type { Segment, TransactionSet } from '../read/interchange.js';
import { SegmentCursor } from '../read/segment-cursor.js';
import { SegmentFields } from '../read/segment-fields.js';
import type {
  AcknowledgedSet,
  ClaimNote,
  GroupCode,
  ImplementationAcknowledgement,
  SetCode,
  SyntaxNote,
} from './implementation-acknowledgement.js';

const SET_CODES: readonly [SetCode, ...SetCode[]] = ['A', 'E', 'R', 'M', 'W', 'X'];
const GROUP_CODES: readonly [GroupCode, ...GroupCode[]] = ['A', 'E', 'P', 'R', 'M', 'W', 'X'];

export const read999 = (set: TransactionSet, source: AnswerSource): Result<ImplementationAcknowledgement> => {
  const cursor = new SegmentCursor(set.segments.slice(1, -1), '999', 2);
  const header = cursor.take('AK1');
  const transactions: AcknowledgedSet[] = [];
  for (let start = cursor.takeIf('AK2'); start; start = cursor.takeIf('AK2')) transactions.push(readSet(cursor, start));
  const trailer = cursor.take('AK9');
  cursor.finish();
  if (header === undefined || trailer === undefined) return failed(...cursor.issues);
  const group = new SegmentFields(header, 'AK1', cursor.issues);
  const end = new SegmentFields(trailer, 'AK9', cursor.issues);
  const answer: ImplementationAcknowledgement = {
    kind: '999',
    source,
    groupControlNumber: group.required(2, 9),
    version: group.required(3, 12),
    code: end.code(1, GROUP_CODES),
    errors: codesFrom(end, 5, 9),
    counts: { included: end.count(2), received: end.count(3), accepted: end.count(4) },
    transactions,
  };
  if (contradicts(answer)) cursor.issues.push(issue('x12_counts_disagree', 'AK9/AK901'));
  return cursor.issues.length > 0 ? failed(...cursor.issues) : ok(answer);
};

const readSet = (cursor: SegmentCursor, start: Segment): AcknowledgedSet => {
  const claims: ClaimNote[] = [];
  for (let next = cursor.takeIf('IK3'); next; next = cursor.takeIf('IK3')) claims.push(readPlace(cursor, next));
  const trailer = cursor.take('IK5');
  const header = new SegmentFields(start, '2000', cursor.issues);
  const end = trailer && new SegmentFields(trailer, '2000', cursor.issues);
  return {
    identifier: header.required(1, 3),
    setControlNumber: header.required(2, 9),
    code: end?.code(1, SET_CODES) ?? 'R',
    errors: end ? codesFrom(end, 2, 6) : [],
    claims,
  };
};

const readPlace = (cursor: SegmentCursor, start: Segment): ClaimNote => {
  const place = new SegmentFields(start, '2100', cursor.issues);
  const errors: SyntaxNote[] = [];
  const segmentCode = place.optional(4);
  if (segmentCode !== undefined) errors.push({ level: 'segment', code: segmentCode });
  const named = [...namedClaims(cursor)];
  for (let next = cursor.takeIf('IK4'); next; next = cursor.takeIf('IK4')) {
    errors.push(readElementNote(next, cursor.issues));
    named.push(...namedClaims(cursor));
  }
  const [patientControlNumber, ...others] = new Set(named);
  if (others.length > 0) place.refuse('x12_claim_ambiguous', 2);
  const loop = place.optional(3);
  return {
    segment: place.required(1, 3),
    segmentPosition: place.count(2),
    errors,
    ...(loop !== undefined && { loop }),
    ...(patientControlNumber !== undefined && { patientControlNumber }),
  };
};

const readElementNote = (segment: Segment, issues: Issue[]): SyntaxNote => {
  const fields = new SegmentFields(segment, '2110', issues);
  const [element, component, repetition, ...rest] = fields.composite(1).map(ordinal);
  if (element === undefined || element < 1 || rest.length > 0) fields.refuse('x12_not_a_number', 1);
  return {
    level: 'element',
    code: fields.required(3, 3),
    ...(element !== undefined && element > 0 && { element }),
    ...(component !== undefined && component > 0 && { component }),
    ...(repetition !== undefined && repetition > 0 && { repetition }),
  };
};

const ordinal = (text: string): number => (/^\d{1,4}$/.test(text) ? Number(text) : 0);

/** Patient control numbers given as business unit (CTX01 `CLM01:number`); other context is not used. */
const namedClaims = (cursor: SegmentCursor): readonly string[] =>
  cursor.takeAll('CTX').flatMap((segment) => {
    const fields = new SegmentFields(segment, '2100', cursor.issues);
    const contexts = fields.repetitions(1).filter(([name]) => name === 'CLM01');
    return contexts.flatMap(([, reference, ...rest]) => {
      if (reference !== undefined && reference !== '' && rest.length === 0) return [reference];
      fields.refuse('x12_delimiter_in_value', 1);
      return [];
    });
  });

const codesFrom = (fields: SegmentFields, first: number, last: number): readonly string[] =>
  Array.from({ length: last - first + 1 }, (_, index) => fields.optional(first + index)).filter(
    (code): code is string => code !== undefined,
  );

const wasTaken = (code: GroupCode): boolean => code === 'A' || code === 'E';

/** A group that says one thing while its sets or counts say another must not be read either way. */
const contradicts = ({ code, counts, transactions }: ImplementationAcknowledgement): boolean => {
  const taken = transactions.filter((set) => wasTaken(set.code)).length;
  const refused = transactions.length - taken;
  if (counts.accepted > counts.received || taken > counts.accepted) return true;
  if (refused > counts.received - counts.accepted) return true;
  if (wasTaken(code)) return counts.accepted !== counts.received;
  if (code === 'P') return counts.accepted === 0 || counts.accepted === counts.received;
  return counts.accepted > 0;
};
