import { fault } from '#fault';
import {
  type DisclosureId,
  failed,
  type InboxItemId,
  type InsurerId,
  issue,
  ok,
  type PracticeId,
  type Result,
  unreachable,
} from '#libs/kernel';
import { supersedeCorrected } from '../corrections/supersede-corrected.js';
import { grantPermit } from '../dispatch/permit.js';
import type { Permitted } from '../dispatch/intent.js';
import { permitPulled } from '../dispatch/permit-pulled.js';
import { toldBy } from '../dispatch/told-by.js';
import type { PullServices } from '../ports/services.js';
import type { PracticeContext, Transaction } from '../ports/store.js';
import type { Pull, SendOutcome } from '../ports/transport.js';

/** An insurer at its own door. */
export interface Visit {
  readonly practice: PracticeId;
  readonly insurer: InsurerId;
}

export const visitorOf = ({ practice, insurer }: Visit): PracticeContext => ({
  practice,
  actor: `insurer:${insurer}`,
});

/** Whether the practice has this insurer fetch, and does not send to it. */
export const isPulling = async (transaction: Transaction, insurer: InsurerId): Promise<boolean> =>
  (await transaction.practice.insurers([insurer])).get(insurer)?.connection.kind === 'inbox';

interface Permission {
  readonly permitted: Permitted;
  readonly fence: string;
  readonly permittedAt: number;
}

const permitFetch = async (
  services: PullServices,
  transaction: Transaction,
  asked: { readonly visit: Visit; readonly item: InboxItemId },
): Promise<Result<Omit<Permission, 'permittedAt'>>> => {
  const { visit } = asked;
  const item = await transaction.inbox.byId(visit.insurer, asked.item);
  if (item === undefined) return failed(issue('not_found', ''));
  const live = await transaction.transmissions.byIds([item.transmission]);
  const isOver = item.answer !== undefined || !live.has(item.transmission);
  if (isOver || !(await isPulling(transaction, visit.insurer))) return failed(issue('item_gone', ''));
  const fence = services.ids.uuid();
  const permitted = await permitPulled(services, transaction, {
    disclosure: item.disclosure,
    transmission: item.transmission,
    fence,
    actor: visitorOf(visit).actor,
  });
  if (permitted !== undefined) return ok({ permitted, fence });
  return failed(issue((await isBusy(transaction, item.disclosure)) ? 'temporarily_unavailable' : 'item_gone', ''));
};

/** It is under way to the same insurer by another of its requests, or somebody is deciding on it at this moment. */
const isBusy = async (transaction: Transaction, disclosure: DisclosureId): Promise<boolean> => {
  const record = (await transaction.disclosures.byIds([disclosure])).get(disclosure);
  return record !== undefined && ['sealed', 'sending', 'unknown'].includes(record.state);
};

const send = (services: PullServices, permission: Permission, to: Pull): Promise<SendOutcome> => {
  const { permitted, permittedAt } = permission;
  const { transmission, attempt, attempts: ordinal } = permitted;
  const permit = grantPermit({ transmission, attempt, ordinal, permittedAt });
  return toldBy(services.log, transmission, () => services.pulls.send(permitted.sealed, permit, to));
};

/** Writes down outside of the database that it goes, then gives it. What cannot be written down does not go. */
const handOver = async (
  services: PullServices,
  practice: PracticeId,
  { permission, to }: { readonly permission: Permission; readonly to: Pull },
): Promise<SendOutcome> => {
  const { disclosure, attempt } = permission.permitted;
  try {
    await services.journal.record([{ practice, disclosure, attempt }]);
  } catch (error) {
    services.log.failure('journal.failed', error);
    return { kind: 'not-sent', code: 'journal_unavailable' };
  }
  return send(services, permission, to);
};

/**
 * Gives an insurer what it came for. The fetch is the sending: its INTENT transaction takes the decision again and writes
 * the ledger, and only after its commit a byte leaves. `not_found` for what is not this insurer's, whether it is
 * somebody's or not; `item_gone` for what may not go any more; `temporarily_unavailable` for what did not go this time.
 */
export const fetchItem = async (
  services: PullServices,
  asked: { readonly visit: Visit; readonly item: InboxItemId },
  to: Pull,
): Promise<Result<void>> => {
  const context = visitorOf(asked.visit);
  if (await services.quarantined()) return failed(issue('temporarily_unavailable', ''));
  const permittedAt = services.monotonic();
  const permission = await services.store.inPractice(context, (transaction) =>
    permitFetch(services, transaction, asked),
  );
  if (!permission.ok) return permission;
  await fault('K13');
  const going = { ...permission.value, permittedAt };
  const outcome = await handOver(services, context.practice, { permission: going, to });
  await fault('K17');
  await services.store.inPractice(context, (transaction) =>
    recordFetch(services, transaction, { context, permission: going, outcome }),
  );
  return outcome.kind === 'ambiguous' ? ok(undefined) : failed(issue('temporarily_unavailable', ''));
};

interface Fetched {
  readonly context: PracticeContext;
  readonly permission: Permission;
  readonly outcome: SendOutcome;
}

/** An insurer that acknowledged while its response was still ending has it; else what may have gone is unknown. */
const placeOf = (isAnswered: boolean, { permission, outcome }: Fetched): 'sent' | 'unknown' | 'sealed' => {
  if (isAnswered) return 'sent';
  switch (outcome.kind) {
    case 'accepted':
      return 'sent';
    case 'ambiguous':
      return 'unknown';
    case 'not-sent':
    case 'refused':
      // An earlier attempt may have arrived.
      return permission.permitted.mayHaveArrived ? 'unknown' : 'sealed';
    default:
      return unreachable(outcome);
  }
};

const recordFetch = async (services: PullServices, transaction: Transaction, fetched: Fetched): Promise<void> => {
  const { context, permission, outcome } = fetched;
  const { permitted, fence } = permission;
  // The insurer's word takes the same lock, so that neither misses the other.
  const record = (await transaction.disclosures.lock([permitted.disclosure])).get(permitted.disclosure);
  const item = (await transaction.inbox.ofTransmissions([permitted.transmission])).get(permitted.transmission);
  const to = placeOf(item?.answer !== undefined, fetched);
  const code = 'code' in outcome ? outcome.code : undefined;
  await transaction.transmissions.finish([
    {
      attempt: permitted.attempt,
      outcome: to === 'sent' ? 'accepted' : code === 'permit_expired' ? 'expired' : outcome.kind,
    },
  ]);
  const wait = to === 'unknown' ? services.timing.answerTimeoutMs : 0;
  const moved = await transaction.disclosures.move(
    [
      {
        id: permitted.disclosure,
        from: 'sending',
        to,
        ...(to === 'sent' || code === undefined ? {} : { cause: code }),
        ...(to === 'sent' ? {} : { dueAt: transaction.now + wait }),
      },
    ],
    fence,
  );
  if (record === undefined || moved.length === 0) return;
  if (to === 'sent') {
    await transaction.disclosures.move([{ id: permitted.disclosure, from: 'sent', to: 'received' }], undefined);
    await supersedeCorrected(transaction, [record]);
  }
  transaction.ledger.record({
    kind: to === 'sealed' ? 'not-sent' : to,
    actor: context.actor,
    client: permitted.client,
    disclosure: permitted.disclosure,
    insurer: permitted.insurer.id,
    subject: permitted.transmission,
    codes: code === undefined ? [] : [code],
    contentDigest: permitted.sealed.record.contentDigest,
  });
  services.metrics.count('disclosures_moved_total', { state: to });
};
