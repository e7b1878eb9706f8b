import { type DocumentId, failed, issue, type Issue, ok, type Result } from '#libs/kernel';
import { loadDossiers, partiesOf } from '../dossier/dossier.js';
import { editDocument, isInCurrencyOf } from '../intake/edit-document.js';
import { listedFactsOf } from '../intake/listed-facts.js';
import type { DocumentContent } from '../ports/records.js';
import type { Services } from '../ports/services.js';
import type { PracticeContext, Transaction } from '../ports/store.js';
import { servicesWithout } from './billed-services.js';
import { reconsider } from './reconsider.js';

export interface Amendment {
  readonly document: DocumentId;
  readonly content: DocumentContent;
}

export interface AmendedAndResumed {
  readonly resumed: number;
  readonly warnings: readonly Issue[];
}

/** Cures a hold of the chart or the office: replaces the content of a document of which nothing has been sent. */
export const amendDocumentIn = async (
  services: Services,
  transaction: Transaction,
  change: Amendment & { readonly context: PracticeContext },
): Promise<Result<AmendedAndResumed>> => {
  const document = (await transaction.documents.byIds([change.document])).get(change.document);
  if (document === undefined) return failed(issue('not_found', ''));
  const { content } = change;
  if (content.kind !== document.content.kind || partiesOf(content).client !== document.client)
    return failed(issue('not_the_same_document', ''));
  const dossier = (await loadDossiers(transaction, [content]))[0];
  if (dossier === undefined || typeof dossier === 'string')
    return failed(issue('unknown_reference', `/${dossier ?? ''}`));
  const issues = editDocument(dossier, transaction.now);
  const errors = issues.filter((one) => one.severity === 'error');
  if (errors.length > 0) return failed(...errors);
  const held = await transaction.disclosures.page({ document: change.document }, { limit: 100 });
  if (held.rows.some((one) => one.insurer !== dossier.insurer.id)) return failed(issue('insurer_differs', '/coverage'));
  if (held.rows.some(({ format }) => !isInCurrencyOf(content, format)))
    return failed(issue('currency_not_for_format', '/currency'));
  // In the order of all locks: authority before disclosures.
  await transaction.authority.lockShared([document.client]);
  const chains = await Promise.all(
    held.rows.filter((one) => one.correction !== undefined).map((one) => transaction.disclosures.chain(one.id)),
  );
  const shares = chains.flat().map((one) => one.document);
  const [first, ...others] = held.rows.map((one) => one.options.excludedLines);
  const excluded = (first ?? []).filter((line) => others.every((lines) => lines.includes(line)));
  const billed = servicesWithout(services.keys, dossier, excluded);
  const own = [document.id, ...shares];
  const taken = await transaction.documents.taken(billed);
  if ([...taken.values()].some((one) => !own.includes(one))) return failed(issue('duplicate_service', '/lines'));
  if (!(await transaction.documents.amend({ ...document, content }, billed, shares)))
    return failed(issue('not_amendable', '/state'));
  await transaction.disclosures.relist(document.id, listedFactsOf(content, dossier.insurer));
  transaction.ledger.record({
    kind: 'choice-made',
    actor: change.context.actor,
    client: document.client,
    subject: document.id,
    codes: ['amended'],
  });
  const resumed = await reconsider(services, transaction, { disclosures: held.rows.map((one) => one.id) });
  return ok({ resumed: resumed.length, warnings: issues });
};
