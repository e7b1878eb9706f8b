import type { AccountingQuery, AccountingRow } from '#libs/contracts';
import type { ClientId } from '#libs/kernel';
import type { Answer, PageOf, Paging, RequestContext } from './asked.js';

/** What was said about a client, and to whom. */
export interface AccountingUseCases {
  accountForClient(
    context: RequestContext,
    asked: Omit<AccountingQuery, 'after' | 'limit'> & { readonly client: ClientId },
    paging: Paging,
  ): Answer<PageOf<AccountingRow>>;
}
