import type { ExpiringReleaseView, Renewals, RenewReleases } from '#libs/contracts';
import type { Answer, RequestContext } from './asked.js';

/** Releases that run out. */
export interface RenewalUseCases {
  listExpiringReleases(context: RequestContext, within: 30 | 14 | 3): Answer<readonly ExpiringReleaseView[]>;
  /** Each by itself: what cannot be renewed is said, and the others are. */
  renewReleases(context: RequestContext, renewing: RenewReleases): Answer<Renewals>;
}
