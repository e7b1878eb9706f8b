import type { ClientIdentity } from '#libs/billing';
import { canonical, type ClientId, failed, issue, ok, type Result } from '#libs/kernel';
import { reconsider } from '../holds/reconsider.js';
import type { ClientRecord } from '../ports/records.js';
import type { Services } from '../ports/services.js';
import type { PracticeContext, Transaction } from '../ports/store.js';

export interface Amendment {
  readonly client: ClientId;
  readonly identity: ClientIdentity;
  /** Of the client as it was read. */
  readonly revision: number;
}

/** The parts of an address in whatever order. */
const isSame = (one: ClientIdentity[keyof ClientIdentity], other: typeof one): boolean =>
  typeof one === 'object' && typeof other === 'object'
    ? canonical({ ...one }) === canonical({ ...other })
    : one === other;

/** The names of the members that differ, sorted; never what they say. */
const changedBetween = (before: ClientIdentity, after: ClientIdentity): readonly string[] =>
  [...new Set([...Object.keys(before), ...Object.keys(after)] as (keyof ClientIdentity)[])]
    .filter((member) => !isSame(before[member], after[member]))
    .sort();

/**
 * Records who the client is from now on, as a revision beside those before. What has left is explained as it went; what
 * waits is decided on anew at once, and goes with what is recorded now. Codes: `not_found`, `precondition_failed`.
 */
export const amendClientIn = async (
  services: Services,
  transaction: Transaction,
  request: Amendment & { readonly context: PracticeContext },
): Promise<Result<ClientRecord>> => {
  const { client: id, identity, context } = request;
  // INTENT shares this lock: it has read what was recorded before, or reads what is recorded now.
  await transaction.authority.hold(id);
  const before = (await transaction.clients.byIds([id])).get(id);
  if (before === undefined) return failed(issue('not_found', ''));
  if (before.revision !== request.revision) return failed(issue('precondition_failed', ''));
  const codes = changedBetween(before.identity, identity);
  if (codes.length === 0) return ok(before);
  const amended = { ...before, identity, revision: before.revision + 1 };
  await transaction.clients.amend(amended, { by: context.actor, at: await transaction.clock() });
  transaction.ledger.record({ kind: 'client-amended', actor: context.actor, client: id, codes });
  await reconsider(services, transaction, [id]);
  return ok(amended);
};
