import { type DocumentId, failed, issue, type Issue, ok, type Result } from '#libs/kernel';
import type { Decision } from '#libs/release';
import { submittedCorrections } from '../corrections/submitted-corrections.js';
import { loadDossiers } from '../dossier/dossier.js';
import { refusedView, type ViewGap, viewOf } from '../explain/disclosure-view.js';
import { judge } from '../judgement/judge.js';
import { rehearse } from '../judgement/rehearse.js';
import { emptyAuthority } from '../judgement/standing.js';
import type { Services } from '../ports/services.js';
import type { Transaction } from '../ports/store.js';
import { rulesetOf } from '../rules/rule-book.js';
import { checkSubmission, optionsFor } from './check-submission.js';
import { purposeOf, serviceIndexes } from './edit-document.js';
import type { Submission } from './submission.js';

/** The document would be accepted, and what would hold it then. */
export interface ValidSubmission {
  readonly outcome: Decision['outcome'];
  readonly gaps: readonly ViewGap[];
  readonly warnings: readonly Issue[];
}

type Subject = Pick<Submission, 'content' | 'format' | 'correction'>;

/**
 * The checks of submissions (references, edits, duplicate services, the decision of the moment, whether the whole can be
 * written) without keeping anything, in a fixed number of round trips. A service belongs to the first that bills it, as it would on submitting.
 */
export const validateSubmissionsIn = async (
  services: Services,
  transaction: Transaction,
  submissions: readonly Subject[],
): Promise<readonly Result<ValidSubmission>[]> => {
  const dossiers = await loadDossiers(
    transaction,
    submissions.map((one) => one.content),
  );
  const corrections = await submittedCorrections(
    transaction,
    submissions.map((submission, index) => ({ submission, index })),
  );
  const checked = submissions.map((submission, index) =>
    checkSubmission({
      submission,
      dossier: dossiers[index],
      corrected: corrections.get(index),
      now: transaction.now,
    }),
  );
  const sound = checked.flatMap((one) => (one.ok ? [one.value] : []));
  // A void bills nothing anew: it says the very document again.
  const billing = sound.filter(({ corrected }) => corrected?.document === undefined);
  const billed = new Map(billing.map(({ dossier }) => [dossier, serviceIndexes(dossier, services.keys)]));
  const taken = new Map<string, DocumentId | undefined>(await transaction.documents.taken([...billed.values()].flat()));
  const clients = [...new Set(sound.map(({ dossier }) => dossier.client.id))];
  const authorities = await transaction.authority.read(clients);
  const keys = await transaction.clients.keys(clients);
  const ruleset = rulesetOf(services.book, await transaction.practice.choices());
  const now = await transaction.clock();
  return checked.map((one): Result<ValidSubmission> => {
    if (!one.ok) return one;
    const { dossier, format, warnings, corrected } = one.value;
    const indexes = billed.get(dossier) ?? [];
    const isShared = (owner: DocumentId | undefined): boolean =>
      owner !== undefined && corrected?.shares.includes(owner) === true;
    if (indexes.some((index) => taken.has(index) && !isShared(taken.get(index))))
      return failed(issue('duplicate_service', '/lines'));
    for (const index of indexes) taken.set(index, undefined);
    const authority = authorities.get(dossier.client.id) ?? emptyAuthority(dossier.client.id);
    const target = { purpose: purposeOf(format), format, options: optionsFor(corrected) };
    const judged = judge(dossier, target, { authority, ruleset, now });
    const { view } = viewOf(judged.decision, judged.bag, undefined);
    const key = keys.get(dossier.client.id);
    const { frequency } = corrected?.correction ?? {};
    const refusal =
      key && view.outcome === 'send'
        ? rehearse(services, { dossier, judgement: judged, authority, key, now, ...(frequency ? { frequency } : {}) })
        : undefined;
    const { outcome, gaps } = refusal ? refusedView(view, refusal) : view;
    return ok({ outcome, gaps, warnings });
  });
};
