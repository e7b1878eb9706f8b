import type { DeliveryState } from '#libs/disclosure';
import { type ClientId, failed, issue, ok, type Result } from '#libs/kernel';
import { allOrNothing } from '../idempotency/once.js';
import type { DisclosureRecord } from '../ports/records.js';
import type { Services } from '../ports/services.js';
import type { PracticeContext, Transaction } from '../ports/store.js';

/** What may be on its way: nobody could tell afterwards what became of it. */
const UNDER_WAY: readonly DeliveryState[] = ['sending', 'unknown'];
/** What has come to its end; the account of it stays, in codes. */
const OVER: readonly DeliveryState[] = ['sent', 'received', 'cancelled', 'superseded'];

const allOf = async (transaction: Transaction, client: ClientId): Promise<readonly DisclosureRecord[]> => {
  const found: DisclosureRecord[] = [];
  let after: string | undefined;
  do {
    const page = await transaction.disclosures.page(
      { client },
      { limit: 100, ...(after === undefined ? {} : { after }) },
    );
    found.push(...page.rows);
    after = page.next;
  } while (after !== undefined);
  return found;
};

export interface Forgotten {
  readonly client: ClientId;
  /** Disclosures that had not been sent. */
  readonly cancelled: number;
}

/**
 * Destroys a client's data key: everything under it is unreadable for ever, and what was not sent is cancelled. The
 * ledger keeps its codes and ids, and still verifies. `not_found`; `disclosure_under_way` with the disclosure's id while
 * one may be on its way or somebody is at work on it: then nothing has changed.
 */
export const forgetClient = (services: Services, context: PracticeContext, code: string): Promise<Result<Forgotten>> =>
  allOrNothing(services, context, async (transaction) => {
    const client = await transaction.clients.byCode(code);
    if (client === undefined) return failed(issue('not_found', ''));
    // In the order of all locks: the authority first. From here on no dispatch of this client gets a permit.
    await transaction.clients.forget(client.id);
    const disclosures = await allOf(transaction, client.id);
    const busy = disclosures.find((one) => UNDER_WAY.includes(one.state));
    if (busy !== undefined) return failed(issue('disclosure_under_way', busy.id));
    const open = disclosures.filter((one) => !OVER.includes(one.state));
    const moved = await transaction.disclosures.move(
      open.map((one) => ({ id: one.id, from: one.state, to: 'cancelled' })),
      undefined,
    );
    const leased = open.find((one) => !moved.includes(one.id));
    if (leased !== undefined) return failed(issue('disclosure_under_way', leased.id));
    const { actor } = context;
    for (const { id, insurer } of open)
      transaction.ledger.record({ kind: 'cancelled', actor, client: client.id, disclosure: id, insurer });
    transaction.ledger.record({ kind: 'client-forgotten', actor, client: client.id });
    return ok({ client: client.id, cancelled: open.length });
  });
