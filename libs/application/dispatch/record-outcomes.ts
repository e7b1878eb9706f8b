import { fault } from '#fault';
import { type LaneId, unreachable } from '#libs/kernel';
import { supersedeCorrected } from '../corrections/supersede-corrected.js';
import type { LaneHealth } from '../ports/lane-policy.js';
import type { AttemptOutcome, LaneRecord } from '../ports/records.js';
import type { SendingServices } from '../ports/services.js';
import type { DisclosureChange, Transaction } from '../ports/store.js';
import type { SendOutcome } from '../ports/transport.js';
import { backoff } from './backoff.js';
import type { Permitted } from './intent.js';
import { onceEach } from './together.js';

export interface Sent {
  readonly permitted: Permitted;
  readonly outcome: SendOutcome;
  readonly latencyMs: number;
}

const attemptOutcome = (outcome: SendOutcome): AttemptOutcome => {
  if (outcome.kind === 'not-sent' && outcome.code === 'permit_expired') return 'expired';
  return outcome.kind;
};

/** Where an outcome leads. What is not proof of either is unknown; nothing but the insurer's own word is `sent`. */
const changeFor = (services: SendingServices, sent: Sent, now: number): DisclosureChange => {
  const { permitted, outcome } = sent;
  const { timing } = services;
  const base = { id: permitted.disclosure, from: 'sending' } as const;
  const wait = backoff(permitted.attempts, { baseMs: timing.retryBaseMs, capMs: timing.retryCapMs }, permitted.attempt);
  switch (outcome.kind) {
    case 'accepted':
      return { ...base, to: 'sent' };
    case 'not-sent': {
      // That this attempt did not arrive says nothing of the one before it.
      const to = permitted.mayHaveArrived
        ? ({ to: 'unknown', cause: outcome.code } as const)
        : ({ to: 'sealed' } as const);
      return { ...base, ...to, dueAt: now + Math.max(wait, outcome.retryAfterMs ?? 0) };
    }
    case 'refused':
      return {
        ...base,
        to: 'parked',
        cause: permitted.mayHaveArrived ? 'outcome_unknown' : outcome.code,
        curer: 'practice',
      };
    case 'ambiguous':
      return { ...base, to: 'unknown', cause: outcome.code, dueAt: now + wait };
    default:
      return unreachable(outcome);
  }
};

const ledgerKind = ({ to }: DisclosureChange) => {
  if (to === 'sent' || to === 'parked') return to;
  return to === 'unknown' ? 'unknown' : 'not-sent';
};

/** What the attempts say about the insurer, in the order in which they ended. Nothing is written while all is well. */
const noteLane = async (
  services: SendingServices,
  transaction: Transaction,
  work: { readonly sent: readonly Sent[]; readonly lane: LaneRecord | undefined },
): Promise<void> => {
  const { lane } = work;
  if (lane === undefined) return;
  const { breaker, openUntil, failures, slow } = lane;
  const before: LaneHealth = { breaker, openUntil, failures, slow };
  let health = before;
  for (const { outcome, latencyMs } of work.sent) {
    health = services.lanes.afterAttempt(health, {
      outcome,
      latencyMs,
      now: transaction.now,
      random: services.random(),
    });
  }
  const same =
    health.breaker === before.breaker &&
    health.openUntil === before.openUntil &&
    health.failures === before.failures &&
    health.slow === before.slow;
  if (same) return;
  await transaction.lanes.save({ id: lane.id, ...health });
  if (health.breaker === 'stopped' && before.breaker !== 'stopped')
    services.log.event('lane.stopped', { lane: lane.id, code: 'host_key_changed' });
  else if (health.breaker !== before.breaker)
    services.log.event('lane.changed', {
      lane: lane.id,
      state: health.breaker === 'half-open' ? 'probing' : health.breaker,
    });
};

/** Writes down what became of each attempt. A row whose lease has passed to somebody else stays as that one left it. */
export const recordOutcomes = async (
  services: SendingServices,
  transaction: Transaction,
  work: { readonly sent: readonly Sent[]; readonly fence: string; readonly lane: LaneId },
): Promise<void> => {
  const { sent, fence } = work;
  const attempted = onceEach(sent, ({ permitted }) => permitted.attempt);
  const finished = attempted.map(({ permitted, outcome }) => {
    const status = 'status' in outcome ? outcome.status : undefined;
    return {
      attempt: permitted.attempt,
      outcome: attemptOutcome(outcome),
      ...(status === undefined ? {} : { status }),
    };
  });
  const ended = sent.map((one) => ({ ...one, change: changeFor(services, one, transaction.now) }));
  const [lanes, ids] = await Promise.all([
    transaction.lanes.all(),
    transaction.disclosures.move(
      ended.map(({ change }) => change),
      fence,
    ),
    transaction.transmissions.finish(finished),
  ]);
  const moved = new Set(ids);
  await supersedeCorrected(
    transaction,
    sent
      .filter(({ permitted, outcome }) => outcome.kind === 'accepted' && moved.has(permitted.disclosure))
      .map(({ permitted: { disclosure: id, correction } }) => ({ id, ...(correction ? { correction } : {}) })),
  );
  for (const [place, { permitted, outcome, change }] of ended.entries()) {
    if (ended[place - 1]?.permitted.attempt === permitted.attempt) await fault('K26');
    if (!moved.has(permitted.disclosure)) continue;
    const codes = 'code' in outcome ? [outcome.code] : [];
    transaction.ledger.record({
      kind: ledgerKind(change),
      actor: 'worker',
      client: permitted.client,
      disclosure: permitted.disclosure,
      insurer: permitted.insurer.id,
      subject: permitted.transmission,
      codes,
      contentDigest: permitted.sealed.record.contentDigest,
    });
    services.metrics.count('disclosures_moved_total', { state: ledgerKind(change) });
  }
  for (const { outcome, latencyMs } of attempted) {
    services.metrics.count('dispatches_total', { lane: work.lane, state: outcome.kind });
    services.metrics.observe('dispatch_seconds', latencyMs / 1_000, { lane: work.lane });
    if (outcome.kind === 'not-sent' && outcome.code === 'permit_expired')
      services.metrics.count('permits_expired_total');
  }
  await noteLane(services, transaction, { sent: attempted, lane: lanes.find((one) => one.id === work.lane) });
};
