import type { Cents, Issue, PlainDate } from '#libs/kernel';
import type { Segment } from '../read/interchange.js';
import { SegmentFields } from '../read/segment-fields.js';
import type { ClaimStatus, StatusAction, StatusCategory } from './claim-acknowledgement.js';

export interface StatusSegment {
  readonly statuses: readonly ClaimStatus[];
  readonly action: StatusAction;
  readonly charge?: Cents;
  readonly date?: PlainDate;
}

const CATEGORIES: readonly StatusCategory[] = ['A0', 'A1', 'A2', 'A3', 'A4', 'A5', 'A6', 'A7', 'A8'];
const TAKEN = new Set<StatusCategory>(['A1', 'A2']);
const REFUSED = new Set<StatusCategory>(['A3', 'A4', 'A6', 'A7', 'A8']);
/** STC01 is the status; STC10 and STC11 add up to two more. */
const STATUS_AT = [1, 10, 11];

/** An STC whose category and action contradict each other is refused: it would be read as success or as failure. */
export const readStatus = (segment: Segment, loop: string, issues: Issue[]): StatusSegment => {
  const fields = new SegmentFields(segment, loop, issues);
  const statuses = STATUS_AT.flatMap((at) => {
    const parts = fields.composite(at);
    return parts.some((part) => part !== '') || at === 1 ? readComposite(fields, at) : [];
  });
  const action = fields.code<StatusAction>(3, ['U', 'WQ']);
  const forbidden = action === 'WQ' ? REFUSED : TAKEN;
  if (statuses.some((status) => forbidden.has(status.category))) fields.refuse('x12_status_contradicts', 3);
  const charge = fields.optionalAmount(4);
  const date = fields.optional(2) === undefined ? undefined : fields.date(2);
  return { statuses, action, ...(charge !== undefined && { charge }), ...(date !== undefined && { date }) };
};

const readComposite = (fields: SegmentFields, at: number): readonly ClaimStatus[] => {
  const [written = '', status = '', entity = ''] = fields.composite(at);
  const category = CATEGORIES.find((candidate) => candidate === written);
  if (category === undefined) {
    fields.refuse('x12_code_unknown', at);
    return [];
  }
  if (!/^\d{1,4}$/.test(status)) fields.refuse('x12_code_unknown', at);
  return [{ category, status, ...(entity !== '' && { entity }) }];
};
