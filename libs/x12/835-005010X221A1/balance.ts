import { type Cents, type Issue, issue } from '#libs/kernel';
import { totalOf } from './read-adjustments.js';
import type { Remittance, RemittedClaim } from './remittance.js';

/**
 * The three sums of an 835 that must agree: line charge less line payment = line adjustments; claim charge less claim
 * payment = all adjustments of claim and lines; total payment = claim payments less provider adjustments. Positions carry
 * the number of the claim and line in the file, counted from 1.
 */
export const imbalancesOf = (remittance: Omit<Remittance, 'imbalances'>): readonly Issue[] => {
  const issues = remittance.claims.flatMap((claim, index) => claimImbalances(claim, `claim ${index + 1}`));
  const paid = sum(remittance.claims.map((claim) => claim.paid)) - totalOf(remittance.providerAdjustments);
  const total = remittance.direction === 'debit' ? 0 - remittance.total : remittance.total;
  return paid === total ? issues : [...issues, issue('x12_unbalanced', 'BPR/BPR02')];
};

const claimImbalances = (claim: RemittedClaim, place: string): readonly Issue[] => {
  const issues: Issue[] = [];
  let adjusted = totalOf(claim.adjustments);
  for (const [index, line] of claim.lines.entries()) {
    const onLine = totalOf(line.adjustments);
    adjusted += onLine;
    if (line.charge - line.paid !== onLine)
      issues.push(issue('x12_unbalanced', '2110/SVC03', `${place} line ${index + 1}`));
  }
  if (claim.charge - claim.paid !== adjusted) issues.push(issue('x12_unbalanced', '2100/CLP04', place));
  const charged = sum(claim.lines.map((line) => line.charge));
  if (claim.lines.length > 0 && charged !== claim.charge) issues.push(issue('x12_unbalanced', '2100/CLP03', place));
  return issues;
};

const sum = (amounts: readonly Cents[]): number => amounts.reduce<number>((total, amount) => total + amount, 0);
