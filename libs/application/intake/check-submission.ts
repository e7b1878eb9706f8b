import { failed, issue, ok, type Result } from '#libs/kernel';
import type { Corrected } from '../corrections/submitted-corrections.js';
import type { Dossier, MissingReference } from '../dossier/dossier.js';
import { type DisclosureOptions, NOTHING_CHOSEN } from '../ports/records.js';
import { checkDocument, type Sound } from './edit-document.js';
import type { Submission } from './submission.js';

/** A submission, with what was found of its document and of the claim that it corrects. */
export interface Found {
  readonly submission: Pick<Submission, 'content' | 'format' | 'correction'>;
  readonly dossier: Dossier | MissingReference | undefined;
  readonly corrected: Result<Corrected> | undefined;
  readonly now: number;
}

/** What refuses a submission, whether it is kept or only tried out: what it corrects, references, format, edits. */
export const checkSubmission = (found: Found): Result<Sound & { readonly corrected?: Corrected }> => {
  if (found.corrected?.ok === false) return found.corrected;
  const corrected = found.corrected?.value;
  const checked = checkDocument(found.dossier, found.submission.format, found.now);
  if (!checked.ok || corrected === undefined) return checked;
  if (corrected.record.insurer !== checked.value.dossier.insurer.id)
    return failed(issue('insurer_differs', '/coverage'));
  return ok({ ...checked.value, corrected });
};

/** A void says what the claim said, so what was taken out of that stays out. */
export const optionsFor = (corrected: Corrected | undefined): DisclosureOptions =>
  corrected?.document === undefined ? NOTHING_CHOSEN : corrected.record.options;
