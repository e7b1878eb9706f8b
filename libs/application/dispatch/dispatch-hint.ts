import { fault } from '#fault';
import type { PracticeId } from '#libs/kernel';
import type { PracticeContext } from '../ports/store.js';
import type { DispatchHint } from '../ports/queue.js';
import type { SendingServices } from '../ports/services.js';
import type { SendOutcome } from '../ports/transport.js';
import { grantPermit } from './permit.js';
import type { Permitted } from './intent.js';
import { permitBatch } from './permit-batch.js';
import { recordOutcomes, type Sent } from './record-outcomes.js';
import { resolveUnknown } from './resolve-unknown.js';
import { MOST_TOGETHER, onceEach } from './together.js';
import { toldBy } from './told-by.js';

/** What a hint led to; ids stay inside. */
export interface DispatchReport {
  readonly permitted: number;
  readonly accepted: number;
  readonly resolved: number;
}

const sendOne = async (services: SendingServices, permitted: Permitted, permittedAt: number): Promise<Sent> => {
  const { transmission, attempt, attempts: ordinal } = permitted;
  const permit = grantPermit({ transmission, attempt, ordinal, permittedAt });
  const began = services.monotonic();
  const outcome = await toldBy(services.log, transmission, () =>
    services.transport.send(permitted.sealed, permit, permitted.insurer),
  );
  return { permitted, outcome, latencyMs: services.monotonic() - began };
};

/** Writes down outside of the database that these go, then sends them. What cannot be written down does not go. */
const sendAll = async (
  services: SendingServices,
  permitted: readonly Permitted[],
  from: { readonly practice: PracticeId; readonly permittedAt: number },
): Promise<readonly Sent[]> => {
  const { practice, permittedAt } = from;
  try {
    await services.journal.record(permitted.map(({ disclosure, attempt }) => ({ practice, disclosure, attempt })));
  } catch (error) {
    services.log.failure('journal.failed', error);
    const outcome: SendOutcome = { kind: 'not-sent', code: 'journal_unavailable' };
    return permitted.map((one): Sent => ({ permitted: one, outcome, latencyMs: 0 }));
  }
  // Several disclosures go by one attempt, and what became of it became of all of them.
  const byAttempt = onceEach(permitted, ({ attempt }) => attempt);
  const sent = await Promise.all(byAttempt.map((one) => sendOne(services, one, permittedAt)));
  const outcomes = new Map(sent.map((one) => [one.permitted.attempt, one]));
  return permitted.flatMap((one) => {
    const found = outcomes.get(one.attempt);
    return found === undefined ? [] : [{ ...found, permitted: one }];
  });
};

/**
 * Works off one hint: at most fifty disclosures of one lane. Permits what may go in one transaction, sends, and records
 * in another. Safe to run twice, late, or by two workers at once: the lease and its fence decide who may act.
 */
export const dispatchHint = async (services: SendingServices, hint: DispatchHint): Promise<DispatchReport> => {
  try {
    return await dispatchSome(services, hint);
  } catch (error) {
    services.log.failure('dispatch.failed', error, { lane: hint.lane });
    const { disclosures } = hint;
    if (disclosures.length <= 1) return NOTHING;
    // One that the store cannot read keeps none of the others: the hint is halved until it stands alone.
    const middle = Math.ceil(disclosures.length / 2);
    const first = await dispatchHint(services, { ...hint, disclosures: disclosures.slice(0, middle) });
    const second = await dispatchHint(services, { ...hint, disclosures: disclosures.slice(middle) });
    return {
      permitted: first.permitted + second.permitted,
      accepted: first.accepted + second.accepted,
      resolved: first.resolved + second.resolved,
    };
  }
};

const NOTHING: DispatchReport = { permitted: 0, accepted: 0, resolved: 0 };

const OFTEN = { often: true };

const dispatchSome = async (services: SendingServices, hint: DispatchHint): Promise<DispatchReport> => {
  const context: PracticeContext = { practice: hint.practice, actor: 'worker' };
  const fence = services.ids.uuid();
  const permittedAt = services.monotonic();
  const numbers = [...(await services.numbers.take(context, hint.disclosures.length + MOST_TOGETHER))];
  const { permitted, unresolved } = await services.store
    .inPractice(context, (transaction) => permitBatch(services, transaction, { hint, fence, numbers }), OFTEN)
    .finally(() => services.numbers.giveBack(hint.practice, numbers));
  const resolved = unresolved.length === 0 ? 0 : await resolveUnknown(services, { ...hint, disclosures: unresolved });
  if (permitted.length === 0) return { permitted: 0, accepted: 0, resolved };
  await fault('K13');
  const sent = await sendAll(services, permitted, { practice: hint.practice, permittedAt });
  await fault('K17');
  await services.store.inPractice(
    context,
    (transaction) => recordOutcomes(services, transaction, { sent, fence, lane: hint.lane }),
    OFTEN,
  );
  await fault('K18');
  return {
    permitted: permitted.length,
    accepted: sent.filter(({ outcome }) => outcome.kind === 'accepted').length,
    resolved,
  };
};
