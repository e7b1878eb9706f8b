import { failed, issue, type Issue, ok, type Result } from '#libs/kernel';
import type { Decision } from '#libs/release';
import { loadDossiers } from '../dossier/dossier.js';
import { type ViewGap, viewOf } from '../explain/disclosure-view.js';
import { judge } from '../judgement/judge.js';
import { emptyAuthority } from '../judgement/standing.js';
import type { Services } from '../ports/services.js';
import type { Transaction } from '../ports/store.js';
import { rulesetOf } from '../rules/rule-book.js';
import { checkDocument, purposeOf, serviceIndexes } from './edit-document.js';
import type { Submission } from './submission.js';

/** The document would be accepted, and what would hold it then. */
export interface ValidSubmission {
  readonly outcome: Decision['outcome'];
  readonly gaps: readonly ViewGap[];
  readonly warnings: readonly Issue[];
}

type Subject = Pick<Submission, 'content' | 'format'>;

/**
 * The checks of submissions (references, edits, duplicate services, the decision of the moment) without keeping
 * anything, in a fixed number of round trips. A service belongs to the first that bills it, as it would on submitting.
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
  const checked = submissions.map(({ format }, index) => checkDocument(dossiers[index], format, transaction.now));
  const sound = checked.flatMap((one) => (one.ok ? [one.value] : []));
  const billed = new Map(sound.map(({ dossier }) => [dossier, serviceIndexes(dossier, services.keys)]));
  const taken = new Set((await transaction.documents.taken([...billed.values()].flat())).keys());
  const authorities = await transaction.authority.read([...new Set(sound.map(({ dossier }) => dossier.client.id))]);
  const ruleset = rulesetOf(services.book, await transaction.practice.choices());
  const now = await transaction.clock();
  return checked.map((one): Result<ValidSubmission> => {
    if (!one.ok) return one;
    const { dossier, format, warnings } = one.value;
    const indexes = billed.get(dossier) ?? [];
    if (indexes.some((index) => taken.has(index))) return failed(issue('duplicate_service', '/lines'));
    for (const index of indexes) taken.add(index);
    const authority = authorities.get(dossier.client.id) ?? emptyAuthority(dossier.client.id);
    const target = { purpose: purposeOf(format), format, options: { useMarkers: false, excludedLines: [] } };
    const judged = judge(dossier, target, { authority, ruleset, now });
    const { outcome, gaps } = viewOf(judged.decision, judged.bag, undefined).view;
    return ok({ outcome, gaps, warnings });
  });
};
