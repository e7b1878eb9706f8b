import { type Cents, type Issue, issue } from '#libs/kernel';
import type { Segment } from '../read/interchange.js';
import { SegmentFields } from '../read/segment-fields.js';
import type { AcknowledgedClaim } from './claim-acknowledgement.js';
import type { StatusSegment } from './read-status.js';

/** What one loop says of all claims below it, and those that are listed there. */
export interface Level {
  readonly loop: '2200B' | '2200C';
  readonly statuses: readonly StatusSegment[];
  /** QTY and AMT. */
  readonly totals: readonly Segment[];
  readonly claims: readonly AcknowledgedClaim[];
}

/** QTY*90 (of a provider QA) and AMT*YU are of accepted claims, QTY*AA (QC) and AMT*YY of rejected ones. */
const OF_ACCEPTED: readonly string[] = ['90', 'QA', 'YU'];

const chargesOf = (claims: readonly AcknowledgedClaim[]): number =>
  claims.reduce((sum, { charge }) => sum + (charge ?? 0), 0);

/** Totals that disagree with the claims listed; none where none is listed. Charges of providers that were told of as a whole are `unlisted`. */
export const imbalancesOf = (
  { loop, statuses, totals, claims }: Level,
  unlisted: readonly Cents[],
  issues: Issue[],
): readonly Issue[] => {
  const found = totals.flatMap((segment) => {
    const fields = new SegmentFields(segment, loop, issues);
    const qualifier = fields.required(1, 3);
    const counted = claims.filter(({ action }) => action === (OF_ACCEPTED.includes(qualifier) ? 'WQ' : 'U'));
    const written = segment.name === 'QTY' ? fields.count(2) : fields.amount(2);
    const listed = segment.name === 'QTY' ? counted.length : chargesOf(counted);
    return written === listed ? [] : [issue('x12_unbalanced', `${loop}/${segment.name}02`, qualifier)];
  });
  if (claims.length === 0) return [];
  const charged = unlisted.reduce<number>((sum, charge) => sum + charge, chargesOf(claims));
  // The element must be there: who has no total writes 0. And what one claim does not say, all of them do not come to.
  const isOff = statuses.some(({ charge = 0 }) => charge !== 0 && charge !== charged);
  const isTold = claims.every(({ charge }) => charge !== undefined);
  return isOff && isTold ? [issue('x12_unbalanced', `${loop}/STC04`), ...found] : found;
};
