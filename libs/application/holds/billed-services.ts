import type { Occurrence } from '#libs/catalogue';
import { decidingAnswer, kindsOf, shownStatus } from '#libs/disclosure';
import type { DisclosureId } from '#libs/kernel';
import { type Dossier, dossierOf, loadAccepted } from '../dossier/dossier.js';
import { serviceIndexes } from '../intake/edit-document.js';
import { type AnswerRecord, type DisclosureRecord, isVoid } from '../ports/records.js';
import type { Keys } from '../ports/keys.js';
import type { Services } from '../ports/services.js';
import type { Transaction } from '../ports/store.js';

/**
 * The services of an invoice that was cancelled can be billed anew, unless it may have arrived (a restored database may not
 * know of the attempt, but parks it as unknown) or another disclosure of the document stands.
 */
export const billNoMore = async (transaction: Transaction, cancelled: DisclosureRecord): Promise<void> => {
  const { id, document, state, cause } = cancelled;
  if (state === 'parked' && cause === 'outcome_unknown') return;
  if ((await transaction.transmissions.mayHaveArrived([id])).has(id)) return;
  const { rows } = await transaction.disclosures.page({ document }, { limit: 100 });
  // A format that was given up for a smaller one was held until then.
  const isOver = (one: DisclosureRecord): boolean =>
    one.id === id || (one.state === 'superseded' && one.attempts === 0 && one.correction === undefined);
  if (rows.every(isOver)) await transaction.documents.bill(document, []);
};

/** Blind indexes of what an invoice bills without some of its lines. */
export const servicesWithout = (keys: Keys, dossier: Dossier, excluded: readonly Occurrence[]): readonly string[] => {
  const { content } = dossier;
  if (content.kind !== 'invoice') return [];
  const lines = content.invoice.lines.filter(({ id }) => !excluded.includes(id));
  return serviceIndexes({ ...dossier, content: { kind: 'invoice', invoice: { ...content.invoice, lines } } }, keys);
};

/** What is taken out of an invoice can be billed otherwise. False if a line comes back that another invoice bills by now. */
export const billWithout = async (
  services: Pick<Services, 'keys'>,
  transaction: Transaction,
  of: { readonly record: DisclosureRecord; readonly excluded: readonly Occurrence[] },
): Promise<boolean> => {
  const { record, excluded } = of;
  const document = (await transaction.documents.byIds([record.document])).get(record.document);
  if (document?.content.kind !== 'invoice') return true;
  const dossier = dossierOf((await loadAccepted(transaction, [{ document, lane: record.lane }]))[0]);
  const billed = servicesWithout(services.keys, dossier, excluded);
  const chain = record.correction === undefined ? [] : await transaction.disclosures.chain(record.id);
  return transaction.documents.bill(
    record.document,
    billed,
    chain.map((one) => one.document),
  );
};

/** The insurer accepted the void, or took its payment back since there is one, and did not pay otherwise after that. */
const hasTaken = (voiding: DisclosureRecord, answers: ReadonlyMap<DisclosureId, readonly AnswerRecord[]>): boolean => {
  const status = shownStatus(voiding.state, kindsOf(answers.get(voiding.id) ?? []));
  if (status === 'accepted' || status === 'reversed') return true;
  if (status !== 'sent' && status !== 'received') return false;
  return [...answers.values()].some(
    (all) =>
      decidingAnswer(kindsOf(all)) === 'reversed' &&
      all.some(({ kind, receivedAt }) => kind === 'reversed' && receivedAt >= voiding.createdAt),
  );
};

/**
 * What a claim and its corrections billed can be billed anew once the insurer has taken the void of it. That it received
 * the void is not enough: for all that is known it may still turn it away, and pay twice.
 */
export const billAfterVoid = async (transaction: Transaction, id: DisclosureId): Promise<void> => {
  const chain = await transaction.disclosures.chain(id);
  const voids = chain.filter(isVoid);
  if (voids.length === 0) return;
  const answers = await transaction.answers.of(chain.map((one) => one.id));
  if (!voids.some((one) => hasTaken(one, answers))) return;
  for (const document of new Set(chain.map((one) => one.document))) await transaction.documents.bill(document, []);
};
