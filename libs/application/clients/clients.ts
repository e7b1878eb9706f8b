import type { ClientIdentity } from '#libs/billing';
import { type ClientId, failed, issue, ok, type Result } from '#libs/kernel';
import type { ClientRecord } from '../ports/records.js';
import type { Services } from '../ports/services.js';
import type { PracticeContext, Transaction } from '../ports/store.js';

export interface NewClient {
  /** Opaque; unique in the practice. */
  readonly code: string;
  readonly identity: ClientIdentity;
}

/**
 * Records clients, each under a data key of their own. Of those whose code is taken, by somebody or by one before them
 * in the list, `code_in_use`; the others are recorded.
 */
export const addClientsIn = async (
  services: Services,
  transaction: Transaction,
  request: { readonly context: PracticeContext; readonly clients: readonly NewClient[] },
): Promise<readonly Result<ClientRecord>[]> => {
  const { context, clients } = request;
  const taken = new Set<string>((await transaction.clients.idsByCode(clients.map(({ code }) => code))).keys());
  const results = clients.map((client): Result<ClientRecord> => {
    if (taken.has(client.code)) return failed(issue('code_in_use', '/code'));
    taken.add(client.code);
    return ok({ ...client, id: services.ids.uuid() as ClientId, revision: 1 });
  });
  const records = results.flatMap((one) => (one.ok ? [one.value] : []));
  await transaction.clients.addMany(records);
  for (const { id } of records)
    transaction.ledger.record({ kind: 'client-recorded', actor: context.actor, client: id });
  return results;
};

/** Records a client, under a data key of the client's own. */
export const addClientIn = async (
  services: Services,
  transaction: Transaction,
  request: { readonly context: PracticeContext; readonly client: NewClient },
): Promise<Result<ClientRecord>> => {
  const { context, client } = request;
  const [added] = await addClientsIn(services, transaction, { context, clients: [client] });
  return added ?? failed(issue('code_in_use', '/code'));
};

export const addClient = (
  services: Services,
  context: PracticeContext,
  client: NewClient,
): Promise<Result<ClientRecord>> =>
  services.store.inPractice(context, (transaction) => addClientIn(services, transaction, { context, client }));
