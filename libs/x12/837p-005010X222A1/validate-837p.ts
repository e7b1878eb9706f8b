import { type Issue, issue, type Result } from '#libs/kernel';
import type { FunctionalGroup, Interchange, TransactionSet } from '../read/interchange.js';
import { readInterchanges, rereadInterchanges } from '../read/read-interchanges.js';
import { claimIssues } from './guide/claim-rules.js';
import { hierarchyIssues } from './guide/hierarchy-rules.js';
import { matchGuide } from './guide/match.js';
import { otherPayerIssues } from './guide/other-payer-rules.js';
import { partyIssues } from './guide/party-rules.js';
import { GUIDE_837P } from './guide/table.js';

export const VERSION_837P = '005010X222A1';

/**
 * Checks a file of professional claims against the envelope, the guide table and the rules between segments (WEDI types 1
 * to 4, and by shape alone type 5). Changes nothing; an empty list means that nothing was found. Issues carry X12
 * positions and the number of the segment in its set, never a value.
 */
export const validate837P = (bytes: Uint8Array): readonly Issue[] => issuesIn(readInterchanges(bytes));

/** The same for bytes that this lib has just written. */
export const revalidate837P = (bytes: Uint8Array): readonly Issue[] => issuesIn(rereadInterchanges(bytes));

const issuesIn = (interchanges: Result<readonly Interchange[]>): readonly Issue[] => {
  if (!interchanges.ok) return interchanges.issues;
  return interchanges.value.flatMap(({ groups }) =>
    groups.length === 0 ? [issue('x12_interchange_empty', 'IEA01')] : groups.flatMap(groupIssues),
  );
};

const groupIssues = (group: FunctionalGroup): readonly Issue[] => {
  const issues: Issue[] = [];
  if (group.code !== 'HC') issues.push(issue('x12_code_unknown', 'GS01'));
  if (group.version !== VERSION_837P) issues.push(issue('x12_version_unsupported', 'GS08', VERSION_837P));
  for (const [party, path] of [
    [group.sender, 'GS02'],
    [group.receiver, 'GS03'],
  ] as const) {
    if (party.length < 2 || party.length > 15) issues.push(issue('x12_length', path));
  }
  return [...issues, ...group.transactionSets.flatMap(setIssues)];
};

const setIssues = (set: TransactionSet): readonly Issue[] => {
  const { found, issues } = matchGuide(set.segments.slice(0, -1), GUIDE_837P);
  return [
    ...issues,
    ...hierarchyIssues(found),
    ...partyIssues(found),
    ...claimIssues(found),
    ...otherPayerIssues(found),
  ];
};
