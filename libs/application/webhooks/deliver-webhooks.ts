import type { PracticeId } from '#libs/kernel';
import { backoff } from '../dispatch/backoff.js';
import type { Services } from '../ports/services.js';
import type { Transaction, WebhookTask } from '../ports/store.js';
import type { WebhookOutcome, WebhookSender } from '../ports/webhook-sender.js';

export interface WebhookServices extends Services {
  readonly webhooks: WebhookSender;
}

/** So that one endpoint that keeps us waiting takes no more than its share of a round. */
const PER_ENDPOINT = 10;
/** Longer than any attempt can take: connecting and waiting for an answer are five seconds each. */
const LEASE_MS = 60_000;
/** Doubling from five seconds to eight hours: some twenty attempts in the three days. */
const WAITS = { baseMs: 5_000, capMs: 8 * 3_600_000 };

const WORKER = 'worker';

/** The endpoint wants nothing more. Its other messages stay, in case a person enables it again. */
const markGone = async (transaction: Transaction, { endpoint }: WebhookTask): Promise<void> => {
  if (!(await transaction.webhooks.markGone(endpoint))) return;
  const subject = `webhook:${endpoint}`;
  transaction.ledger.record({ kind: 'settings-changed', actor: WORKER, subject, codes: ['webhook_endpoint_gone'] });
};

/**
 * When a receiver that names a time wants to be told again. It may slow its own messages, no further than the longest wait
 * of ours, and never so far that a message is given up without having been tried once more.
 */
const askedFor = (task: WebhookTask, { retryAfterMs }: { readonly retryAfterMs?: number }, now: number): number =>
  retryAfterMs === undefined ? now : Math.min(now + Math.min(retryAfterMs, WAITS.capMs), task.giveUpAt);

const settle = async (transaction: Transaction, task: WebhookTask, outcome: WebhookOutcome): Promise<void> => {
  const { webhooks, now } = transaction;
  if (outcome.kind === 'delivered') {
    await webhooks.settle(task, { state: 'delivered', status: outcome.status });
    return;
  }
  if (outcome.kind === 'gone') {
    // The endpoint before the message, as whoever removes it locks them.
    await markGone(transaction, task);
    await webhooks.settle(task, { state: 'failed', status: outcome.status, code: 'gone' });
    return;
  }
  const { code, status } = outcome;
  const own = now + backoff(task.attempt - 1, WAITS, `${task.id}/${task.attempt}`);
  const dueAt = Math.max(own, askedFor(task, outcome, now));
  const why = { code, ...(status === undefined ? {} : { status }) };
  await webhooks.settle(
    task,
    dueAt > task.giveUpAt ? { state: 'failed', ...why } : { state: 'pending', dueAt, ...why },
  );
};

const told = async (services: WebhookServices, practice: PracticeId, task: WebhookTask): Promise<void> => {
  const { id, endpoint, url, secrets, body, attempt } = task;
  const began = services.clock.now();
  const outcome = await services.webhooks.send({ id, url, secrets, body, at: began });
  await services.store.inPractice({ practice, actor: WORKER }, (transaction) => settle(transaction, task, outcome));
  const isDelivered = outcome.kind === 'delivered';
  services.metrics.count('webhooks_total', { state: isDelivered ? 'succeeded' : 'failed' });
  if (isDelivered)
    services.log.event('webhook.delivered', {
      endpoint,
      status: outcome.status,
      duration: Math.max(0, services.clock.now() - began),
    });
  else
    services.log.event('webhook.failed', {
      endpoint,
      attempt,
      ...(outcome.status === undefined ? {} : { status: outcome.status }),
    });
};

/**
 * One round for a practice: takes what is due, tells each endpoint, writes down what became of it. Who dies between the
 * two leaves a lease behind; after it the same message goes again, under the same id. Gives how many were tried.
 */
export const deliverWebhooks = async (services: WebhookServices, practice: PracticeId): Promise<number> => {
  const tasks = await services.store.inPractice({ practice, actor: WORKER }, ({ webhooks }) =>
    webhooks.claim({ perEndpoint: PER_ENDPOINT, leaseMs: LEASE_MS }),
  );
  const ended = await Promise.allSettled(tasks.map((task) => told(services, practice, task)));
  for (const one of ended) if (one.status === 'rejected') services.log.failure('webhook.round-failed', one.reason);
  return tasks.length;
};
