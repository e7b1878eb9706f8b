import type { LedgerRow } from '../ports/ledger.js';
import type { LedgerRepository, Transaction } from '../ports/store.js';

/** Most events that one history shows. */
const MOST = 1_000;

/** What the ledger tells of one thing, oldest first; the newest thousand where there are more. */
export const ledgerEvents = async (
  transaction: Transaction,
  filter: Parameters<LedgerRepository['page']>[0],
  concerns: (row: LedgerRow) => boolean = () => true,
): Promise<readonly LedgerRow[]> => {
  const found: LedgerRow[] = [];
  let after: string | undefined;
  do {
    const page = await transaction.ledger.page(filter, { limit: 100, ...(after === undefined ? {} : { after }) });
    found.push(...page.rows.filter(concerns));
    after = page.next;
  } while (after !== undefined && found.length < MOST);
  return found.slice(0, MOST).reverse();
};
