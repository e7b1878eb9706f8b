import type { SigningByLink, SigningView } from '#libs/application';
import type { CreateSigningLink, ReleaseTextView, SigningLinkMade, SigningLinkView } from '#libs/contracts';
import type { ReleaseLanguage } from '#libs/documents';
import type { PracticeId, ReleaseId, SigningLinkId } from '#libs/kernel';
import type { Answer, RequestContext } from './asked.js';

/** Somebody with the session of a link; `session` is its SHA-256, hex. */
export interface SigningVisit {
  readonly practice: PracticeId;
  readonly link: SigningLinkId;
  readonly session: string;
}

/** Signing from afar. */
export interface SigningUseCases {
  createSigningLink(context: RequestContext, release: ReleaseId, link: CreateSigningLink): Answer<SigningLinkMade>;
  listSigningLinks(context: RequestContext, release: ReleaseId): Answer<readonly SigningLinkView[]>;
  withdrawSigningLink(
    context: RequestContext,
    at: { readonly release: ReleaseId; readonly link: SigningLinkId },
  ): Answer<void>;
  readReleaseText(
    context: RequestContext,
    release: ReleaseId,
    language: ReleaseTextView['language'],
  ): Answer<ReleaseTextView>;
  readReleaseCopy(context: RequestContext, release: ReleaseId): Answer<Uint8Array>;
  /** PNG; `not_found` where none was kept. */
  readSignature(context: RequestContext, release: ReleaseId): Answer<Uint8Array>;
  /** What whoever holds a link may do. Whatever is wrong with it is `link_unusable`. */
  readonly signing: {
    begin(visit: SigningVisit): Answer<void>;
    identify(visit: SigningVisit, answer: string): Answer<boolean>;
    read(visit: SigningVisit, language?: ReleaseLanguage): Answer<SigningView>;
    sign(visit: SigningVisit, signing: SigningByLink): Answer<void>;
    copy(visit: SigningVisit): Answer<Uint8Array>;
  };
}
