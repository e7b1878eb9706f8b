import type { Disclosed } from '#libs/disclosure';
import { type DocumentEnvelope, renderStatementJson, renderStatementPdf } from '#libs/documents';
import { type ClientId, dateOfInstant, type DocumentId, failed, issue, ok, type Result } from '#libs/kernel';
import { type Dossier, dossierOf, loadDossiers } from '../dossier/dossier.js';
import { purposeOf } from '../intake/edit-document.js';
import { disclose, judgeForClient } from '../judgement/judge.js';
import { RIGHT_OF_ACCESS } from '../judgement/right-of-access.js';
import { emptyAuthority, plainCode } from '../judgement/standing.js';
import { type DocumentContent, NOTHING_CHOSEN } from '../ports/records.js';
import type { Services } from '../ports/services.js';
import type { PracticeContext, Transaction } from '../ports/store.js';
import { rulesetOf } from '../rules/rule-book.js';

export type ReceiptMediaType = 'application/pdf' | 'application/json';

/** A receipt in the client’s hands. */
export interface GivenReceipt {
  readonly mediaType: ReceiptMediaType;
  readonly bytes: Uint8Array;
}

interface ReceiptRequest {
  readonly context: PracticeContext;
  readonly document: DocumentId;
  readonly mediaType: ReceiptMediaType;
  /** Whether the client is there for whoever asks. */
  readonly mayReach: (client: ClientId) => Promise<boolean>;
}

const TARGET = {
  format: 'receipt',
  purpose: purposeOf('receipt'),
  options: NOTHING_CHOSEN,
} as const;

const envelopeOf = (
  { practice, clinician }: Dossier,
  content: Extract<DocumentContent, { kind: 'invoice' }>,
  made: { readonly reference: string; readonly now: number },
): DocumentEnvelope => {
  const { line, city, region, postal } = practice.address;
  return {
    practice: {
      name: practice.name,
      addressLines: [line, `${city}, ${region} ${postal}`],
      phone: practice.phone,
      npi: practice.npi,
      taxId: practice.taxId,
    },
    clinician: {
      name: `${clinician.firstName} ${clinician.lastName}`,
      credential: clinician.credential,
      npi: clinician.npi,
    },
    // A receipt names the client from what is disclosed; this is not printed on it.
    recipient: { name: '' },
    reference: made.reference,
    createdOn: dateOfInstant(made.now, practice.timeZone),
    enclosures: [],
    currency: content.invoice.currency,
  };
};

const rendererOf = (
  mediaType: ReceiptMediaType,
): ((disclosed: Disclosed<'receipt'>, envelope: DocumentEnvelope) => ReturnType<typeof renderStatementPdf>) =>
  mediaType === 'application/json' ? renderStatementJson : renderStatementPdf;

/**
 * The client’s own receipt of an invoice, by the one gate: purpose `PATRQT`, recipient the client, under the right of
 * access. Nothing is queued and no other disclosure changes. The ledger entry is in the transaction whose commit lets
 * the bytes out. `format_not_for_document` for a report; where something holds, the codes of its gaps.
 */
export const giveReceiptIn = async (
  services: Services,
  transaction: Transaction,
  request: ReceiptRequest,
): Promise<Result<GivenReceipt>> => {
  const document = (await transaction.documents.byIds([request.document])).get(request.document);
  if (document === undefined || !(await request.mayReach(document.client))) return failed(issue('not_found', ''));
  const { content, client } = document;
  if (content.kind !== 'invoice') return failed(issue('format_not_for_document', ''));
  const dossier = dossierOf((await loadDossiers(transaction, [document.content]))[0]);
  // A restriction that is recorded meanwhile waits, as it does for a dispatch.
  await transaction.authority.lockShared([client]);
  const authority = (await transaction.authority.read([client])).get(client) ?? emptyAuthority(client);
  const ruleset = rulesetOf(services.book, await transaction.practice.choices());
  const now = await transaction.clock();
  const judged = judgeForClient(dossier, TARGET, { authority, ruleset, now });
  const { decision } = judged;
  if (decision.outcome !== 'send') return failed(...decision.gaps.map(({ cause }) => issue(plainCode(cause), '')));
  const key = (await transaction.clients.keys([client])).get(client);
  if (key === undefined) return failed(issue('not_found', ''));
  const disclosed = disclose(judged, TARGET.format, key.digestSalt);
  if (!disclosed.ok) return disclosed;
  const envelope = envelopeOf(dossier, content, { reference: services.ids.uuid(), now });
  const rendered = rendererOf(request.mediaType)(disclosed.value, envelope);
  if (!rendered.ok) return rendered;
  transaction.ledger.record({
    kind: 'receipt-given',
    actor: request.context.actor,
    client,
    subject: document.id,
    codes: [TARGET.purpose, TARGET.format],
    grounds: [RIGHT_OF_ACCESS],
    epoch: decision.epoch,
    contentDigest: rendered.value.contentDigest,
    rulesetDigest: decision.rulesetDigest,
  });
  return ok({ mediaType: request.mediaType, bytes: rendered.value.bytes });
};
