import { type Circumstance, type Occurrence, writeAdjustment } from '#libs/catalogue';
import type { CoverageTerms } from './coverage-terms.js';
import type { Filled } from './offered.js';
import type { Adjudication, LineAdjudication } from './prior-payer.js';

/** The payer that had the services before, how it covers the client, and what it decided as far as that is known. */
export interface PriorParty {
  readonly payer: {
    readonly name: string;
    readonly id: string;
    /** Claim filing indicator (SBR09). */
    readonly planKind: string;
  };
  readonly coverage: CoverageTerms;
  readonly adjudication?: Adjudication;
}

/** In place of whatever the coverage that is billed says of another one. */
export const priorPartyValues = ({ payer, coverage, adjudication }: PriorParty): Filled => ({
  'coverage.other.payer': payer.name,
  'coverage.other.payerId': payer.id,
  'coverage.other.planKind': payer.planKind,
  'coverage.other.memberId': coverage.memberId,
  'coverage.other.relationship': coverage.relationship,
  'coverage.other.subscriber':
    coverage.relationship === 'self'
      ? undefined
      : coverage.subscriber && [coverage.subscriber.lastName, coverage.subscriber.firstName],
  'coverage.other.claimNumber': adjudication?.payerClaimNumber,
  'coverage.other.paid': adjudication?.paid,
  'coverage.other.adjustments': adjudication?.adjustments.map(writeAdjustment),
  'coverage.other.adjudicatedOn': adjudication?.adjudicatedOn,
});

export const priorLineValues = ({ adjudication }: PriorParty, line: Occurrence): Filled => {
  const decided = adjudication?.lines.find((one: LineAdjudication) => one.line === line);
  return {
    'coverage.other.linePaid': decided?.paid,
    'coverage.other.lineAdjustments': decided?.adjustments.map(writeAdjustment),
  };
};

/** An invoice whose other payer has not decided is none for the next payer: it holds (`cob_unsupported`). */
export const priorCircumstances = ({ coverage, adjudication }: PriorParty): readonly Circumstance[] => {
  if (adjudication === undefined) return [];
  return coverage.relationship === 'self'
    ? ['after-another-payer']
    : ['after-another-payer', 'dependent-of-other-subscriber'];
};
