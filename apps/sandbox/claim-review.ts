import { unreachable } from '#libs/kernel';
import type { Claim } from './claim-reading.js';
import { priorFinding } from './prior-finding.js';

/** Why an insurer does not take a readable claim to adjudication. */
export type Finding =
  | 'member-unknown'
  | 'patient-missing'
  | 'diagnosis-missing'
  | 'pointer-dangling'
  | 'unbalanced'
  | 'prior-missing'
  | 'prior-unbalanced'
  | 'original-missing'
  | 'original-unknown'
  | 'original-unexpected';

export interface ReviewRules {
  /** Member ids that begin like this are nobody's. */
  readonly unknownMemberPrefixes: readonly string[];
  /** Is there a claim under this number of ours that has been neither replaced nor voided? */
  readonly isOpen: (payerClaimNumber: string) => boolean;
}

/** The first finding, in the order in which a payer looks: who, what, how much, who paid before, and what it amends. */
export const reviewClaim = (claim: Claim, rules: ReviewRules): Finding | undefined => {
  if (rules.unknownMemberPrefixes.some((prefix) => claim.subscriber.id.startsWith(prefix))) return 'member-unknown';
  if (claim.patient === undefined) return 'patient-missing';
  if (claim.diagnoses === 0) return 'diagnosis-missing';
  if (claim.lines.some((line) => line.pointers.some((pointer) => pointer > claim.diagnoses))) return 'pointer-dangling';
  if (claim.lines.reduce((sum, line) => sum + line.charge, 0) !== claim.total) return 'unbalanced';
  const prior = priorFinding(claim);
  if (prior !== undefined) return prior;
  if (claim.frequency === '1') return claim.original === undefined ? undefined : 'original-unexpected';
  if (claim.original === undefined) return 'original-missing';
  return rules.isOpen(claim.original) ? undefined : 'original-unknown';
};

/** STC01 of the rejection: category and status, and the entity where the status needs one. */
export const statusOf = (finding: Finding): readonly string[] => {
  switch (finding) {
    case 'member-unknown':
      return ['A3', '33', 'IL'];
    case 'patient-missing':
      return ['A3', '125', 'QC'];
    case 'diagnosis-missing':
      return ['A3', '255'];
    case 'pointer-dangling':
      return ['A7', '477'];
    case 'unbalanced':
      return ['A8', '400'];
    case 'prior-missing':
      return ['A6', '286'];
    case 'prior-unbalanced':
      return ['A7', '286'];
    case 'original-missing':
      return ['A3', '464'];
    case 'original-unknown':
    case 'original-unexpected':
      return ['A7', '464'];
    default:
      return unreachable(finding);
  }
};
