import { failed, type Issue, ok, type Result } from '#libs/kernel';
import { isInterchangeDate, isTime } from '../envelope/date.js';
import type { AnswerSource } from '../read/answer-source.js';
import type { Segment } from '../read/interchange.js';
import { SegmentFields } from '../read/segment-fields.js';

/** What the receiver says of one interchange of ours as an envelope (X12.5, segment TA1). */
export interface InterchangeAcknowledgement {
  readonly kind: 'TA1';
  readonly source: AnswerSource;
  /** Our ISA13, ISA09 (`YYMMDD`) and ISA10 (`HHMM`), as echoed. */
  readonly interchangeControlNumber: string;
  readonly interchangeDate: string;
  readonly interchangeTime: string;
  /** Accepted, accepted with errors, rejected. */
  readonly code: 'A' | 'E' | 'R';
  /** `000` no error … `025` control number seen before … `031`. */
  readonly note: string;
}

const NOTE = /^0(?:[012]\d|3[01])$/;

export const readTa1 = (segment: Segment, source: AnswerSource): Result<InterchangeAcknowledgement> => {
  const issues: Issue[] = [];
  const fields = new SegmentFields(segment, 'TA1', issues);
  const answer: InterchangeAcknowledgement = {
    kind: 'TA1',
    source,
    interchangeControlNumber: fields.required(1),
    interchangeDate: fields.required(2),
    interchangeTime: fields.required(3),
    code: fields.code(4, ['A', 'E', 'R']),
    note: fields.required(5),
  };
  if (!/^\d{9}$/.test(answer.interchangeControlNumber)) fields.refuse('x12_not_a_number', 1);
  if (!isInterchangeDate(answer.interchangeDate)) fields.refuse('x12_not_a_date', 2);
  if (!isTime(answer.interchangeTime)) fields.refuse('x12_not_a_time', 3);
  if (!NOTE.test(answer.note)) fields.refuse('x12_code_unknown', 5);
  if (answer.code === 'A' && answer.note !== '000') fields.refuse('x12_status_contradicts', 5);
  return issues.length > 0 ? failed(...issues) : ok(answer);
};
