import type { RecordRoute, RouteView } from '#libs/contracts';
import type { InsurerId } from '#libs/kernel';
import type { Answer, Created, Idempotency, RequestContext } from './asked.js';

/** Ways to an insurer. */
export interface RouteUseCases {
  listRoutes(context: RequestContext, insurer: InsurerId): Answer<readonly RouteView[]>;
  recordRoute(
    context: RequestContext,
    request: { readonly insurer: InsurerId; readonly route: RecordRoute },
    idempotency: Idempotency,
  ): Answer<Created<RouteView>>;
}
