import type { ClientIdentity, CoverageTerms } from '#libs/billing';
import { type ClientId, type CoverageId, failed, type InsurerId, issue, ok, type Result } from '#libs/kernel';
import type { Funding } from '#libs/release';
import type { ClientRecord, CoverageRecord } from '../ports/records.js';
import type { Services } from '../ports/services.js';
import type { PracticeContext, Transaction } from '../ports/store.js';

export interface NewClient {
  /** Opaque; unique in the practice. */
  readonly code: string;
  readonly identity: ClientIdentity;
}

/** Records a client, under a data key of the client's own. */
export const addClientIn = async (
  services: Services,
  transaction: Transaction,
  request: { readonly context: PracticeContext; readonly client: NewClient },
): Promise<Result<ClientRecord>> => {
  const { context, client } = request;
  if (await transaction.clients.isCodeTaken(client.code)) return failed(issue('code_in_use', '/code'));
  const record: ClientRecord = { ...client, id: services.ids.uuid() as ClientId };
  await transaction.clients.add(record);
  transaction.ledger.record({ kind: 'client-recorded', actor: context.actor, client: record.id });
  return ok(record);
};

export const addClient = (
  services: Services,
  context: PracticeContext,
  client: NewClient,
): Promise<Result<ClientRecord>> =>
  services.store.inPractice(context, (transaction) => addClientIn(services, transaction, { context, client }));

export interface NewCoverage {
  readonly client: ClientId;
  readonly insurer: InsurerId;
  readonly terms: CoverageTerms;
  readonly funding: Funding;
  readonly fundingEvidence: boolean;
  readonly assignmentSigned: boolean;
}

export const addCoverageIn = async (
  services: Services,
  transaction: Transaction,
  coverage: NewCoverage,
): Promise<Result<CoverageRecord>> => {
  if (!(await transaction.clients.byIds([coverage.client])).has(coverage.client))
    return failed(issue('not_found', '/client'));
  if (!(await transaction.practice.insurers([coverage.insurer])).has(coverage.insurer))
    return failed(issue('unknown_reference', '/insurer'));
  if (coverage.terms.relationship !== 'self' && coverage.terms.subscriber === undefined)
    return failed(issue('subscriber_missing', '/terms/subscriber'));
  const record: CoverageRecord = { ...coverage, id: services.ids.uuid() as CoverageId };
  await transaction.clients.addCoverage(record);
  return ok(record);
};

export const addCoverage = (
  services: Services,
  context: PracticeContext,
  coverage: NewCoverage,
): Promise<Result<CoverageRecord>> =>
  services.store.inPractice(context, (transaction) => addCoverageIn(services, transaction, coverage));
