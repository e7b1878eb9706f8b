import type { Cents, Issue } from '#libs/kernel';
import type { Segment } from '../read/interchange.js';
import { SegmentFields } from '../read/segment-fields.js';
import type { Adjustment, ProviderAdjustment } from './remittance.js';

/** Up to six reasons in one CAS, each with its amount: elements 02/03, 05/06 … 17/18. */
export const readAdjustments = (segment: Segment, loop: string, issues: Issue[]): readonly Adjustment[] => {
  const fields = new SegmentFields(segment, loop, issues);
  const group = fields.code(1, ['CO', 'OA', 'PI', 'PR']);
  const adjustments: Adjustment[] = [];
  for (let at = 2; at <= 17; at += 3) {
    const reason = fields.optional(at);
    if (reason === undefined && at > 2 && fields.optional(at + 1) === undefined) continue;
    adjustments.push({ group, reason: fields.required(at, 5), amount: fields.amount(at + 1) });
  }
  if (segment.elements.length > 19) fields.refuse('x12_too_many_elements', 20);
  return adjustments;
};

/** Up to six adjustments in one PLB: elements 03/04, 05/06 … 13/14. */
export const readProviderAdjustments = (segment: Segment, issues: Issue[]): readonly ProviderAdjustment[] => {
  const fields = new SegmentFields(segment, 'PLB', issues);
  const providerId = fields.required(1, 50);
  const fiscalPeriod = fields.date(2);
  const adjustments: ProviderAdjustment[] = [];
  for (let at = 3; at <= 13; at += 2) {
    const [reason = '', reference = '', ...rest] = fields.composite(at);
    if (reason === '' && at > 3 && fields.optional(at + 1) === undefined) continue;
    if (!/^[A-Z0-9]{2}$/.test(reason)) fields.refuse('x12_code_unknown', at);
    if (rest.length > 0) fields.refuse('x12_delimiter_in_value', at);
    const amount = fields.amount(at + 1);
    adjustments.push({ providerId, fiscalPeriod, reason, amount, ...(reference !== '' && { reference }) });
  }
  return adjustments;
};

/** A plain number: what a stranger's file adds up to may be more than any claim can carry. */
export const totalOf = (adjustments: readonly { readonly amount: Cents }[]): number =>
  adjustments.reduce((sum, adjustment) => sum + adjustment.amount, 0);
