import type { Claim, ServiceLine } from './claim-reading.js';
import type { LineDecision } from './prior-decision.js';

/** What the first payer decided on a line of a claim that comes to this one second. */
export const firstDecision = (claim: Claim, line: ServiceLine): LineDecision | undefined => {
  const first = claim.otherPayers.find(({ rank }) => rank === 'P');
  return first && line.decisions.find(({ payer }) => payer === first.id);
};

/** Why a claim that comes second cannot be decided on: what the first payer did is missing, or does not add up. */
export const priorFinding = (claim: Claim): 'prior-missing' | 'prior-unbalanced' | undefined => {
  if (claim.rank === 'P') return undefined;
  const first = claim.otherPayers.find(({ rank }) => rank === 'P');
  if (first?.paid === undefined) return 'prior-missing';
  let paid = 0;
  for (const line of claim.lines) {
    const decision = firstDecision(claim, line);
    if (decision === undefined) return 'prior-missing';
    if (line.charge !== decision.paid + decision.adjusted) return 'prior-unbalanced';
    paid += decision.paid;
  }
  return first.paid === paid - first.adjusted ? undefined : 'prior-unbalanced';
};
