import { type ClientId, type ClinicianId, unreachable } from '#libs/kernel';
import { partiesOf } from '../dossier/dossier.js';
import { todayIn } from '../practice/days.js';
import type { ClientReach } from '../ports/client-reach.js';
import type { DocumentContent } from '../ports/records.js';
import type { Transaction } from '../ports/store.js';

/** Those of a list that are in reach. A clinician treats whom somebody recorded; no document opens a chart. */
export const inReach = async (
  transaction: Transaction,
  reach: ClientReach,
  clients: readonly ClientId[],
): Promise<ReadonlySet<ClientId>> => {
  switch (reach.kind) {
    case 'practice':
      return new Set(clients);
    case 'nothing':
      return new Set();
    case 'own':
      return transaction.treatments.treatedBy(reach.clinician, clients, await todayIn(transaction));
    default:
      return unreachable(reach);
  }
};

/** Whether a client is there for somebody. */
export const isInReach = async (transaction: Transaction, reach: ClientReach, client: ClientId): Promise<boolean> =>
  (await inReach(transaction, reach, [client])).has(client);

/** The clinicians whom a document names, as long as they treat the client: theirs are its clinical words. */
export const treatingIn = async (
  transaction: Transaction,
  content: DocumentContent,
): Promise<readonly ClinicianId[]> => {
  const { client, clinician } = partiesOf(content);
  return (await isInReach(transaction, { kind: 'own', clinician }, client)) ? [clinician] : [];
};
