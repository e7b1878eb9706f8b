import type { Pull } from '#libs/application';
import type {
  AcknowledgeInboxItem,
  DecideInboxItem,
  InboxAnsweredView,
  InboxCredentialView,
  InboxItemView,
  RejectInboxItem,
} from '#libs/contracts';
import type { InboxCredentialId, InboxItemId, InsurerId } from '#libs/kernel';
import type { Answer, PageOf, Paging, RequestContext } from './asked.js';

/** The inbox of an insurer that fetches: `context.insurer` says whose; nobody else’s exists. */
export interface InboxUseCases {
  listInbox(context: RequestContext, paging: Paging): Answer<PageOf<InboxItemView>>;
  /** Gives the bytes to `to` once INTENT has permitted it. `item_gone` for what may not go any more. */
  fetchInboxItem(context: RequestContext, id: InboxItemId, to: Pull): Answer<void>;
  acknowledgeInboxItem(
    context: RequestContext,
    id: InboxItemId,
    acknowledgement: AcknowledgeInboxItem,
  ): Answer<InboxAnsweredView>;
  rejectInboxItem(context: RequestContext, id: InboxItemId, rejection: RejectInboxItem): Answer<InboxAnsweredView>;
  decideInboxItem(context: RequestContext, id: InboxItemId, decision: DecideInboxItem): Answer<InboxAnsweredView>;
  postInboxAnswer(context: RequestContext, bytes: Uint8Array): Answer<{ readonly digest: string }>;
  listInboxCredentials(context: RequestContext, insurer: InsurerId): Answer<readonly InboxCredentialView[]>;
  /** `not_found` where there is no such insurer; `state_conflict` unless it is one that fetches. */
  mayHaveInboxCredentials(context: RequestContext, insurer: InsurerId): Answer<void>;
  /** From then on nobody is let in with it, nor with a token that it was exchanged for. */
  revokeInboxCredential(
    context: RequestContext,
    of: { readonly insurer: InsurerId; readonly credential: InboxCredentialId },
  ): Answer<void>;
}
