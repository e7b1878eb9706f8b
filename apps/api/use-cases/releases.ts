import type {
  DraftRelease,
  EndRelease,
  RecordRestriction,
  RelateRelease,
  ReleaseHistory,
  ReleaseView,
  RestrictionView,
  RevokeRelease,
  SignRelease,
} from '#libs/contracts';
import type { ClientId, ReleaseId } from '#libs/kernel';
import type { Answer, Created, Idempotency, RequestContext, Tagged } from './asked.js';

/** Releases, and what narrows them. */
export interface ReleaseUseCases {
  listReleases(context: RequestContext, client: ClientId): Answer<readonly ReleaseView[]>;
  draftRelease(
    context: RequestContext,
    draft: { readonly client: ClientId; readonly terms: DraftRelease },
    idempotency: Idempotency,
  ): Answer<Created<ReleaseView>>;
  readRelease(context: RequestContext, id: ReleaseId): Answer<Tagged<ReleaseView>>;
  /** `tag`: of the draft that was read; with another one it is refused with `precondition_failed`. */
  reviseRelease(
    context: RequestContext,
    id: ReleaseId,
    revision: { readonly terms: DraftRelease; readonly tag?: string },
  ): Answer<Tagged<ReleaseView>>;
  readReleaseHistory(context: RequestContext, id: ReleaseId): Answer<ReleaseHistory>;
  signRelease(
    context: RequestContext,
    id: ReleaseId,
    signing: SignRelease & { readonly tag?: string },
  ): Answer<ReleaseView>;
  /** `id` is the newer one. */
  relateRelease(
    context: RequestContext,
    id: ReleaseId,
    relation: RelateRelease & { readonly kind: 'supersedes' | 'adds_to' },
  ): Answer<ReleaseView>;
  revokeRelease(context: RequestContext, id: ReleaseId, revocation: RevokeRelease): Answer<ReleaseView>;
  endRelease(context: RequestContext, id: ReleaseId, end: EndRelease): Answer<ReleaseView>;
  listRestrictions(context: RequestContext, client: ClientId): Answer<readonly RestrictionView[]>;
  recordRestriction(
    context: RequestContext,
    restriction: { readonly client: ClientId; readonly restriction: RecordRestriction },
    idempotency: Idempotency,
  ): Answer<Created<RestrictionView>>;
}
