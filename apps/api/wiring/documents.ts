import {
  amendDocumentIn,
  documentTag,
  giveReceiptIn,
  isInReach,
  type Transaction,
  treatingIn,
} from '#libs/application';
import { type DocumentId, failed, issue, ok, type Result } from '#libs/kernel';
import type { DocumentView } from '#libs/contracts';
import type { DocumentUseCases } from '../use-cases/documents.js';
import type { RequestContext, Tagged, Unmasked } from '../use-cases/asked.js';
import { type Desk, notFound, toPracticeContext, within } from './desk.js';
import { toIssueView } from '../issue-view.js';
import { fromAmendDocument, toDocumentView } from './document-mappers.js';
import { attested } from './intake.js';

type Read = Tagged<DocumentView> & Unmasked<DocumentView>;

const read = async (transaction: Transaction, context: RequestContext, id: DocumentId): Promise<Result<Read>> => {
  const document = (await transaction.documents.byIds([id])).get(id);
  if (document === undefined || !(await isInReach(transaction, context.reach, document.client))) return notFound();
  const key = (await transaction.clients.keys([document.client])).get(document.client);
  if (key === undefined) return notFound();
  const { content } = document;
  const treating = await treatingIn(transaction, content);
  const disclosures = await transaction.disclosures.page({ document: id }, { limit: 100 });
  return ok({
    view: toDocumentView(
      document,
      disclosures.rows.map((one) => one.id),
    ),
    treating,
    tag: documentTag(content, key.digestSalt),
  });
};

export const documentUseCases = (desk: Desk): DocumentUseCases => ({
  readDocument: (context, id) => within(desk, context, (transaction) => read(transaction, context, id)),

  giveReceipt: (context, receipt) =>
    within(desk, context, (transaction) =>
      giveReceiptIn(desk.services, transaction, {
        ...receipt,
        context: toPracticeContext(context),
        mayReach: (client) => isInReach(transaction, context.reach, client),
      }),
    ),

  amendDocument: (context, id, { tag, ...amendment }) =>
    within(desk, context, async (transaction) => {
      const before = await read(transaction, context, id);
      if (!before.ok) return before;
      if (before.value.tag !== tag) return failed(issue('precondition_failed', ''));
      const content = fromAmendDocument(amendment);
      const author = await attested(transaction, context, { content, at: '/content/report/clinician' });
      if (!author.ok) return author;
      const change = { document: id, content, context: toPracticeContext(context) };
      const amended = await amendDocumentIn(desk.services, transaction, change);
      if (!amended.ok) return amended;
      const after = await read(transaction, context, id);
      if (!after.ok) return after;
      const { view, tag: newTag } = after.value;
      return ok({ view: { document: view, warnings: amended.value.warnings.map(toIssueView) }, tag: newTag });
    }),
});
