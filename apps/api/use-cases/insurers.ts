import type { ChangeConnection, ConnectionCheck, InsurerView, TestClaim } from '#libs/contracts';
import type { InsurerId } from '#libs/kernel';
import type { Answer, RequestContext } from './asked.js';

/** Insurers, and how they are reached. */
export interface InsurerUseCases {
  listInsurers(context: RequestContext): Answer<readonly InsurerView[]>;
  changeConnection(context: RequestContext, id: InsurerId, change: ChangeConnection): Answer<InsurerView>;
  /** Nothing was sent since the insurer was found not to be the one registered; from now on it is. */
  clearLane(context: RequestContext, id: InsurerId): Answer<InsurerView>;
  /** Connects to the insurer as it is reached now; nothing of any client is said. */
  checkConnection(context: RequestContext, insurer: InsurerId): Answer<ConnectionCheck>;
  /**
   * A claim about nobody, once. `test_claim_unsupported`, `test_claim_held`, `clinician_missing`; `unavailable` until a
   * restored database is reconciled.
   */
  sendTestClaim(context: RequestContext, insurer: InsurerId): Answer<TestClaim>;
}
