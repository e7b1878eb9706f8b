import type { SentBytes } from '#libs/application';
import type { FieldId, Value } from '#libs/catalogue';
import type { Comparison, ComparisonRow } from '#libs/contracts';
import type { DisclosureId } from '#libs/kernel';
import type { Answer, RequestContext, Unmasked } from './asked.js';

/** What goes at one place, and as which field it is seen. */
interface ComparedCell {
  readonly value: Value;
  readonly as: FieldId;
}

/** One row of a comparison with the values in clear. */
export interface ComparedCells extends Pick<ComparisonRow, 'locus' | 'label' | 'category'> {
  readonly before?: ComparedCell;
  readonly after?: ComparedCell;
}

/** The same for a whole comparison: the API masks what the reader may not see, and says then what changed. */
export interface UncoveredComparison extends Omit<Comparison, 'rows' | 'counts'> {
  readonly rows: readonly ComparedCells[];
}

/** What was sent, beside what would go now. Nothing of it sends anything. */
export interface ComparisonUseCases {
  compareDisclosure(context: RequestContext, id: DisclosureId): Answer<Unmasked<UncoveredComparison>>;
  /** `forbidden` unless the asker may see every value in them; `not_sent_yet`. In the ledger before they are given. */
  readSentBytes(context: RequestContext, id: DisclosureId): Answer<SentBytes>;
}
