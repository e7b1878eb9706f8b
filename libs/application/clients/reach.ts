import { type ClientId, type ClinicianId, unreachable } from '#libs/kernel';
import { partiesOf } from '../dossier/dossier.js';
import type { Transaction } from '../ports/store.js';

/** Whose clients somebody may see: everybody's of the practice, those whom one clinician treats, or nobody's. */
export type ClientReach =
  | { readonly kind: 'practice' }
  | { readonly kind: 'own'; readonly clinician: ClinicianId }
  | { readonly kind: 'nothing' };

/** Walks through the documents of a client, newest first, until it has met whoever is sought. */
const treatingClinicians = async (
  transaction: Transaction,
  client: ClientId,
  sought: ClinicianId,
): Promise<ReadonlySet<ClinicianId>> => {
  const treating = new Set<ClinicianId>();
  let after: string | undefined;
  do {
    const page = await transaction.disclosures.page(
      { client },
      { limit: 100, ...(after === undefined ? {} : { after }) },
    );
    const documents = await transaction.documents.byIds([...new Set(page.rows.map((one) => one.document))]);
    for (const { content } of documents.values()) treating.add(partiesOf(content).clinician);
    after = page.next;
  } while (after !== undefined && !treating.has(sought));
  return treating;
};

/**
 * Whether a client is there for somebody. A clinician treats whom a document of theirs is about; a client about whom
 * nobody has written a document yet is nobody's, and every clinician of the practice may begin with the client.
 */
export const isInReach = async (transaction: Transaction, reach: ClientReach, client: ClientId): Promise<boolean> => {
  switch (reach.kind) {
    case 'practice':
      return true;
    case 'nothing':
      return false;
    case 'own': {
      const treating = await treatingClinicians(transaction, client, reach.clinician);
      return treating.size === 0 || treating.has(reach.clinician);
    }
    default:
      return unreachable(reach);
  }
};

/** Those of a list that are in reach. */
export const inReach = async (
  transaction: Transaction,
  reach: ClientReach,
  clients: readonly ClientId[],
): Promise<ReadonlySet<ClientId>> => {
  const found = new Set<ClientId>();
  for (const client of new Set(clients)) if (await isInReach(transaction, reach, client)) found.add(client);
  return found;
};
