import { ok, type Issue, type Result } from '#libs/kernel';
import type { Decision } from '#libs/release';
import type { ViewGap } from '../explain/disclosure-view.js';
import { previewIn } from '../explain/preview.js';
import type { Services } from '../ports/services.js';
import type { Transaction } from '../ports/store.js';
import type { Submission } from './submission.js';

/** The document would be accepted, and what would hold it then. */
export interface ValidSubmission {
  readonly outcome: Decision['outcome'];
  readonly gaps: readonly ViewGap[];
  readonly warnings: readonly Issue[];
}

/** The checks of a submission (references, edits, duplicate services, the decision of the moment) without keeping anything. */
export const validateSubmissionIn = async (
  services: Services,
  transaction: Transaction,
  submission: Pick<Submission, 'content' | 'format'>,
): Promise<Result<ValidSubmission>> => {
  const previewed = await previewIn(services, transaction, submission);
  if (!previewed.ok) return previewed;
  const { shown, warnings } = previewed.value;
  return ok({ outcome: shown.view.outcome, gaps: shown.view.gaps, warnings });
};
