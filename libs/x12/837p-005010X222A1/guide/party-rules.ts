import { type Issue, issue } from '#libs/kernel';
import { isPostOfficeBox } from '../../envelope/identifiers.js';
import type { FoundLoop } from './match.js';
import { loopsOf, segmentsOf, textAt } from './text-at.js';

/** Where the billing provider practises, and who is the patient. */
export const partyIssues = (root: FoundLoop): readonly Issue[] =>
  loopsOf(root, '2000A').flatMap((provider) => [
    ...addressIssues(provider),
    ...loopsOf(provider, '2000B').flatMap(subscriberIssues),
  ]);

const addressIssues = (provider: FoundLoop): readonly Issue[] =>
  loopsOf(provider, '2010AA')
    .flatMap((loop) => segmentsOf(loop, 'N3'))
    .filter((line) => isPostOfficeBox(textAt(line, 1)) || isPostOfficeBox(textAt(line, 2)))
    .map((line) => issue('x12_post_office_box', '2010AA/N301', `segment ${line.position}`));

/**
 * A subscriber who is the patient carries address and birth date and the claims; one who is not carries neither, and the
 * claims stand under the dependent.
 */
const subscriberIssues = (subscriber: FoundLoop): readonly Issue[] => {
  const [level] = segmentsOf(subscriber, 'HL');
  const place = `segment ${level?.position ?? 0}`;
  const isPatient = segmentsOf(subscriber, 'SBR').some((segment) => textAt(segment, 2) === '18');
  const [person] = loopsOf(subscriber, '2010BA');
  const issues: Issue[] = [];
  for (const name of ['N3', 'N4', 'DMG']) {
    const sent = person !== undefined && segmentsOf(person, name).length > 0;
    if (isPatient && !sent) issues.push(issue('x12_required_missing', `2010BA/${name}`, place));
    if (!isPatient && sent) issues.push(issue('x12_not_used', `2010BA/${name}`, place));
  }
  const ownClaims = loopsOf(subscriber, '2300').length;
  const dependents = loopsOf(subscriber, '2000C');
  if (isPatient && dependents.length > 0) issues.push(issue('x12_not_used', '2000C/HL', place));
  if (isPatient && ownClaims === 0) issues.push(issue('x12_required_missing', '2300/CLM', place));
  if (!isPatient && ownClaims > 0) issues.push(issue('x12_claim_misplaced', '2000B/SBR02', place));
  if (!isPatient && dependents.length === 0) issues.push(issue('x12_required_missing', '2000C/HL', place));
  for (const dependent of dependents) {
    if (loopsOf(dependent, '2300').length === 0) issues.push(issue('x12_required_missing', '2300/CLM', place));
  }
  return issues;
};
