import type { Adjustment, Occurrence } from '#libs/catalogue';
import type { Cents, CoverageId, DisclosureId, PlainDate } from '#libs/kernel';

/** What a payer decided on one service: charge = paid + adjustments. */
export interface LineAdjudication {
  /** The line of the invoice that bills the same service. */
  readonly line: Occurrence;
  readonly paid: Cents;
  readonly adjustments: readonly Adjustment[];
}

/** What a payer decided on a claim: all of it, or it is of no use to the next payer. */
export interface Adjudication {
  readonly adjudicatedOn: PlainDate;
  /** The payer’s number of the claim (835 CLP07). */
  readonly payerClaimNumber?: string;
  /** For the whole claim: what it paid for the lines, less the adjustments that are on none of them. */
  readonly paid: Cents;
  readonly adjustments: readonly Adjustment[];
  readonly lines: readonly LineAdjudication[];
}

/** The insurer of the same client that had these services before, and where to learn what it did with them. */
export interface PriorPayer {
  readonly coverage: CoverageId;
  /** The claim that this practice sent to it: what came back for it says what it decided. */
  readonly claim?: DisclosureId;
  /** As the office read it off a paper, where it did not come in answer to a claim of ours. */
  readonly adjudication?: Adjudication;
}
