import type {
  BoundedCount,
  ChoiceMade,
  Choose,
  DisclosureDetail,
  DisclosureQuery,
  DisclosureSummary,
  Explanation,
  ExportQuery,
} from '#libs/contracts';
import type { DisclosureId } from '#libs/kernel';
import type { Answer, Created, Idempotency, PageOf, Paging, RequestContext, Unmasked } from './asked.js';

/** What became of each document: lists, reasons, choices. */
export interface DisclosureUseCases {
  listDisclosures(
    context: RequestContext,
    query: Omit<DisclosureQuery, 'after' | 'limit'>,
    paging: Paging,
  ): Answer<PageOf<DisclosureSummary> & { readonly count?: BoundedCount }>;
  /** Lines of comma-separated values. The ledger has it before there is a first one. */
  exportDisclosures(context: RequestContext, query: ExportQuery): Answer<AsyncIterable<string>>;
  /** At most 100, newest first; nothing out of reach. */
  search(context: RequestContext, wanted: string): Answer<readonly DisclosureSummary[]>;
  readDisclosure(context: RequestContext, id: DisclosureId): Answer<DisclosureDetail>;
  explainDisclosure(context: RequestContext, id: DisclosureId): Answer<Unmasked<Explanation>>;
  /** The same, and `values-revealed` in the ledger before anything is given back. */
  revealDisclosure(context: RequestContext, id: DisclosureId): Answer<Unmasked<Explanation>>;
  /** `version`, where given, must still be the disclosure’s, else `precondition_failed`. */
  chooseForDisclosure(
    context: RequestContext,
    choice: { readonly disclosure: DisclosureId; readonly choose: Choose; readonly version?: number },
    idempotency: Idempotency,
  ): Answer<Created<ChoiceMade>>;
  cancelDisclosure(
    context: RequestContext,
    cancellation: { readonly disclosure: DisclosureId; readonly version?: number },
  ): Answer<DisclosureSummary>;
}
