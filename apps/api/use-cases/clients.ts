import type { AmendClient, ClientQuery, ClientView, CoverageView, RecordClient, RecordCoverage } from '#libs/contracts';
import type { ClientId } from '#libs/kernel';
import type { Answer, Created, Idempotency, PageOf, Paging, RequestContext } from './asked.js';

/** Clients and their coverages. */
export interface ClientUseCases {
  listClients(
    context: RequestContext,
    filter: Omit<ClientQuery, 'after' | 'limit'>,
    paging: Paging,
  ): Answer<PageOf<ClientView>>;
  recordClient(context: RequestContext, client: RecordClient, idempotency: Idempotency): Answer<Created<ClientView>>;
  readClient(context: RequestContext, id: ClientId): Answer<ClientView>;
  /** `version`: the revision that was read; another one is `precondition_failed`. */
  amendClient(
    context: RequestContext,
    id: ClientId,
    amendment: AmendClient & { readonly version: number },
  ): Answer<ClientView>;
  listCoverages(context: RequestContext, client: ClientId): Answer<readonly CoverageView[]>;
  recordCoverage(
    context: RequestContext,
    coverage: RecordCoverage & { readonly client: ClientId },
    idempotency: Idempotency,
  ): Answer<Created<CoverageView>>;
}
