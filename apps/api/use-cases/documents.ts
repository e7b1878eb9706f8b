import type { GivenReceipt, ReceiptMediaType } from '#libs/application';
import type { AmendDocument, Amended, DocumentView } from '#libs/contracts';
import type { DocumentId } from '#libs/kernel';
import type { Answer, RequestContext, Tagged, Unmasked } from './asked.js';

/** What was submitted. */
export interface DocumentUseCases {
  readDocument(context: RequestContext, id: DocumentId): Answer<Tagged<DocumentView> & Unmasked<DocumentView>>;
  /** The client’s own receipt, in the ledger before it is given back. */
  giveReceipt(
    context: RequestContext,
    receipt: { readonly document: DocumentId; readonly mediaType: ReceiptMediaType },
  ): Answer<GivenReceipt>;
  /** `precondition_failed` when `tag` is not the document’s any more; `state_conflict` unless every disclosure of it waits. */
  amendDocument(
    context: RequestContext,
    id: DocumentId,
    amendment: AmendDocument & { readonly tag: string },
  ): Answer<Tagged<Amended>>;
}
