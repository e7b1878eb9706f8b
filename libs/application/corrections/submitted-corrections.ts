import { frequencyOf } from '#libs/disclosure';
import { type Canonical, canonical, type DocumentId, failed, issue, ok, type Result } from '#libs/kernel';
import { partiesOf } from '../dossier/dossier.js';
import type { Submission } from '../intake/submission.js';
import type {
  SubmittedCorrection,
  Correction,
  DisclosureRecord,
  DocumentContent,
  DocumentRecord,
} from '../ports/records.js';
import type { Transaction } from '../ports/store.js';
import { checkCorrectable } from './correctable.js';

/** A claim that may be corrected, kept from any change by others until the transaction ends. */
export interface Corrected {
  readonly correction: Correction;
  readonly record: DisclosureRecord;
  /** Documents of the claim and of what corrected it before: their services are the correction's own. */
  readonly shares: readonly DocumentId[];
  /** Of a void, which says the very document again. */
  readonly document?: DocumentRecord;
}

type Correcting = Pick<Submission, 'content' | 'correction'>;

const NOT_FOUND = issue('not_found', '');

/** The same for the same content, whatever the order of its members. */
const textOf = (content: DocumentContent): string => canonical(JSON.parse(JSON.stringify(content)) as Canonical);

const correctedBy = async (
  transaction: Transaction,
  submission: Pick<Submission, 'content'>,
  asked: SubmittedCorrection,
): Promise<Result<Corrected>> => {
  const record = (await transaction.disclosures.lock([asked.of])).get(asked.of);
  if (record === undefined) return failed(NOT_FOUND);
  const chain = await transaction.disclosures.chain(record.id);
  const underWay = chain.some(
    (one) => one.correction?.of === record.id && one.state !== 'cancelled' && one.state !== 'superseded',
  );
  const answers = (await transaction.answers.of([record.id])).get(record.id) ?? [];
  const checked = checkCorrectable(asked.kind, { record, answers });
  if (!checked.ok) return checked;
  if (underWay) return failed(issue('correction_under_way', ''));
  if (partiesOf(submission.content).client !== record.client) return failed(issue('client_differs', '/client'));
  const shares = [...new Set(chain.map(({ document }) => document))];
  const correction = { ...asked, frequency: frequencyOf(asked.kind, record.correction?.frequency ?? '1') };
  if (correction.frequency !== '8') return ok({ correction, record, shares });
  const document = (await transaction.documents.byIds([record.document])).get(record.document);
  if (document === undefined) return failed(NOT_FOUND);
  if (textOf(submission.content) !== textOf(document.content)) return failed(issue('document_differs', ''));
  return ok({ correction, record, shares, document });
};

/** What the submissions correct, by their index. Of two for one claim in the same breath the first has it. */
export const submittedCorrections = async (
  transaction: Transaction,
  submissions: readonly { readonly submission: Correcting; readonly index: number }[],
): Promise<ReadonlyMap<number, Result<Corrected>>> => {
  const asked = submissions.flatMap(({ submission, index }) =>
    submission.correction === undefined ? [] : [{ submission, index, correction: submission.correction }],
  );
  const corrected = new Map<number, Result<Corrected>>();
  if (asked.length === 0) return corrected;
  // In the order of all locks: authority before disclosures.
  await transaction.authority.lockShared([
    ...new Set(asked.map(({ submission }) => partiesOf(submission.content).client)),
  ]);
  const taken = new Set<string>();
  for (const { submission, index, correction } of asked) {
    const found = taken.has(correction.of)
      ? failed<Corrected>(issue('correction_under_way', ''))
      : await correctedBy(transaction, submission, correction);
    if (found.ok) taken.add(correction.of);
    corrected.set(index, found);
  }
  return corrected;
};

/** A correction as it is submitted: with the amended document, or for a void with the one that was sent. */
export const correctionIn = async (
  transaction: Transaction,
  asked: SubmittedCorrection & { readonly content?: Submission['content'] },
): Promise<Result<Pick<Submission, 'content' | 'format' | 'correction'>>> => {
  const { kind, of, content } = asked;
  const submission = { format: 'x12-837p', correction: { kind, of } } as const;
  if (content !== undefined) return ok({ ...submission, content });
  const record = (await transaction.disclosures.byIds([of])).get(of);
  const document = record && (await transaction.documents.byIds([record.document])).get(record.document);
  return document === undefined ? failed(NOT_FOUND) : ok({ ...submission, content: document.content });
};
