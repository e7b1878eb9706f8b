import type { CoverageTerms } from '#libs/billing';
import { type ClientId, type CoverageId, failed, type InsurerId, issue, ok, type Result } from '#libs/kernel';
import type { Funding } from '#libs/release';
import type { CoverageRecord } from '../ports/records.js';
import type { Services } from '../ports/services.js';
import type { PracticeContext, Transaction } from '../ports/store.js';

export interface NewCoverage {
  readonly client: ClientId;
  readonly insurer: InsurerId;
  readonly terms: CoverageTerms;
  readonly funding: Funding;
  readonly fundingEvidence: boolean;
  readonly assignmentSigned: boolean;
}

/** Records coverages; of each that cannot be, why. */
export const addCoveragesIn = async (
  services: Services,
  transaction: Transaction,
  coverages: readonly NewCoverage[],
): Promise<readonly Result<CoverageRecord>[]> => {
  const clients = await transaction.clients.byIds([...new Set(coverages.map(({ client }) => client))]);
  const insurers = await transaction.practice.insurers([...new Set(coverages.map(({ insurer }) => insurer))]);
  const results = coverages.map((coverage): Result<CoverageRecord> => {
    if (!clients.has(coverage.client)) return failed(issue('not_found', '/client'));
    if (!insurers.has(coverage.insurer)) return failed(issue('unknown_reference', '/insurer'));
    if (coverage.terms.relationship !== 'self' && coverage.terms.subscriber === undefined)
      return failed(issue('subscriber_missing', '/terms/subscriber'));
    return ok({ ...coverage, id: services.ids.uuid() as CoverageId });
  });
  await transaction.clients.addCoverages(results.flatMap((one) => (one.ok ? [one.value] : [])));
  return results;
};

export const addCoverageIn = async (
  services: Services,
  transaction: Transaction,
  coverage: NewCoverage,
): Promise<Result<CoverageRecord>> =>
  (await addCoveragesIn(services, transaction, [coverage]))[0] ?? failed(issue('not_found', '/client'));

export const addCoverage = (
  services: Services,
  context: PracticeContext,
  coverage: NewCoverage,
): Promise<Result<CoverageRecord>> =>
  services.store.inPractice(context, (transaction) => addCoverageIn(services, transaction, coverage));
