import { failed, issue, ok, type ReleaseId, type Result } from '#libs/kernel';
import type { SignedRelease } from '#libs/release';
import { reconsider } from '../holds/reconsider.js';
import type { ReleaseRecord } from '../ports/records.js';
import type { Services } from '../ports/services.js';
import type { PracticeContext, Transaction } from '../ports/store.js';

export interface ReleaseEnd {
  readonly release: string;
  readonly because: 'event-occurred' | 'known-false';
  /** When the event came, or when it was found that the release rests on something false; in milliseconds. */
  readonly at: number;
}

/** Whoever records it later never moves the end back: what was known stays known. */
const earlier = (known: number | undefined, at: number): number => Math.min(known ?? Infinity, at);

const endedBy = (signed: SignedRelease, { because, at }: ReleaseEnd): Result<SignedRelease> => {
  const revision = signed.revision + 1;
  if (because === 'known-false') return ok({ ...signed, revision, knownFalseAt: earlier(signed.knownFalseAt, at) });
  const event = signed.expiryEvent;
  if (event === undefined) return failed(issue('no_expiry_event', '/because'));
  return ok({ ...signed, revision, expiryEvent: { ...event, occurredAt: earlier(event.occurredAt, at) } });
};

const isSigned = (record: ReleaseRecord): record is ReleaseRecord & { readonly signed: SignedRelease } =>
  record.status === 'signed' && record.signed !== undefined;

/**
 * Records what the practice has come to know about a signed release: the event that ends it has come, or it rests on
 * something false (45 CFR 164.508(b)(2)(i), (v)). It is a new revision of the paper; nothing more goes under it. Codes:
 * `not_found`, `not_signed`, `no_expiry_event`, `ended_in_future`.
 */
export const endReleaseIn = async (
  services: Services,
  transaction: Transaction,
  request: ReleaseEnd & { readonly context: PracticeContext },
): Promise<Result<{ readonly release: ReleaseId }>> => {
  const client = (await transaction.authority.release(request.release))?.client;
  if (client === undefined) return failed(issue('not_found', ''));
  // Two who record an end at once make two revisions, one after the other.
  await transaction.authority.hold(client);
  const record = await transaction.authority.release(request.release);
  if (record === undefined) return failed(issue('not_found', ''));
  if (!isSigned(record)) return failed(issue('not_signed', '/status'));
  if (request.at > (await transaction.clock())) return failed(issue('ended_in_future', '/at'));
  const ended = endedBy(record.signed, request);
  if (!ended.ok) return ended;
  await transaction.authority.revise({ ...record, signed: ended.value });
  transaction.ledger.record({
    kind: 'release-ended',
    actor: request.context.actor,
    client,
    subject: record.id,
    codes: [request.because],
  });
  await reconsider(services, transaction, [client]);
  return ok({ release: record.id });
};
