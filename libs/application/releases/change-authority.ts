import { type ClientId, failed, type InsurerId, issue, ok, parseId, type ReleaseId, type Result } from '#libs/kernel';
import type { Restriction, Revocation } from '#libs/release';
import { reconsider } from '../holds/reconsider.js';
import type { Services } from '../ports/services.js';
import type { PracticeContext, Transaction } from '../ports/store.js';

export interface NewRevocation {
  readonly release: string;
  readonly receivedAt?: number;
  readonly channel: Revocation['channel'];
}

/** Records that a client took a release back. It counts from when the practice received it, which cannot be in the future. */
export const revokeReleaseIn = async (
  services: Services,
  transaction: Transaction,
  request: NewRevocation & { readonly context: PracticeContext },
): Promise<Result<{ readonly release: ReleaseId }>> => {
  const { context } = request;
  const record = await transaction.authority.release(request.release);
  if (record === undefined) return failed(issue('not_found', ''));
  if (record.status !== 'signed') return failed(issue('not_signed', '/status'));
  const now = await transaction.clock();
  const receivedAt = Math.min(request.receivedAt ?? now, now);
  await transaction.authority.revoke({
    release: record.id,
    client: record.client,
    receivedAt,
    recordedAt: now,
    channel: request.channel,
  });
  transaction.ledger.record({
    kind: 'release-revoked',
    actor: context.actor,
    client: record.client,
    subject: record.id,
    codes: [request.channel],
  });
  await reconsider(services, transaction, [record.client]);
  return ok({ release: record.id });
};

export const revokeRelease = (
  services: Services,
  context: PracticeContext,
  request: NewRevocation,
): Promise<Result<{ readonly release: ReleaseId }>> =>
  services.store.inPractice(context, (transaction) => revokeReleaseIn(services, transaction, { ...request, context }));

export interface NewRelation {
  readonly newer: string;
  readonly older: string;
  readonly kind: 'adds_to' | 'supersedes';
}

/** Records how two releases of one client relate: what an ambiguous pair waits for. */
export const relateReleasesIn = async (
  services: Services,
  transaction: Transaction,
  request: NewRelation & { readonly context: PracticeContext },
): Promise<Result<{ readonly resumed: number }>> => {
  const { context } = request;
  const [newer, older] = [
    await transaction.authority.release(request.newer),
    await transaction.authority.release(request.older),
  ];
  if (newer?.client === undefined || newer.client !== older?.client) return failed(issue('not_found', '/older'));
  if (newer.status !== 'signed' || older.status !== 'signed') return failed(issue('not_signed', '/status'));
  if (newer.id === older.id) return failed(issue('same_release', '/older'));
  const now = await transaction.clock();
  await transaction.authority.relate({
    kind: request.kind,
    newer: newer.id,
    older: older.id,
    recordedAt: now,
    client: newer.client,
  });
  transaction.ledger.record({
    kind: 'release-related',
    actor: context.actor,
    client: newer.client,
    subject: newer.id,
    codes: [request.kind],
    grounds: [`release:${older.id}`],
  });
  return ok({ resumed: (await reconsider(services, transaction, [newer.client])).length });
};

export const relateReleases = (
  services: Services,
  context: PracticeContext,
  request: NewRelation,
): Promise<Result<{ readonly resumed: number }>> =>
  services.store.inPractice(context, (transaction) => relateReleasesIn(services, transaction, { ...request, context }));

export type NewRestriction = Restriction extends infer One
  ? One extends Restriction
    ? Omit<One, 'id' | 'revision'>
    : never
  : never;

const knowsInsurer = async (transaction: Transaction, recipient: string): Promise<boolean> => {
  const id = parseId<InsurerId>(recipient);
  return id !== undefined && (await transaction.practice.insurers([id])).has(id);
};

export interface ClientRestriction {
  readonly client: ClientId;
  readonly restriction: NewRestriction;
}

/** Records a narrowing by the client or the clinician. One against a recipient whom nobody knows would restrict nothing, and is refused. */
export const restrictIn = async (
  services: Services,
  transaction: Transaction,
  request: ClientRestriction & { readonly context: PracticeContext },
): Promise<Result<{ readonly id: string }>> => {
  const { client, restriction, context } = request;
  if (!(await transaction.clients.byIds([client])).has(client)) return failed(issue('not_found', ''));
  if (restriction.recipient !== undefined && !(await knowsInsurer(transaction, restriction.recipient)))
    return failed(issue('unknown_reference', '/recipient'));
  const id = services.ids.uuid();
  await transaction.authority.restrict(client, { ...restriction, id, revision: 1 });
  transaction.ledger.record({
    kind: 'restriction-recorded',
    actor: context.actor,
    client,
    subject: id,
    codes: [restriction.kind],
  });
  await reconsider(services, transaction, [client]);
  return ok({ id });
};

export const restrict = (
  services: Services,
  context: PracticeContext,
  request: ClientRestriction,
): Promise<Result<{ readonly id: string }>> =>
  services.store.inPractice(context, (transaction) => restrictIn(services, transaction, { ...request, context }));
