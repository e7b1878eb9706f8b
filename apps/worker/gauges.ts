import type { PracticeId } from '#libs/kernel';
import type { Metrics } from '#libs/telemetry';
import type { OpenWorker } from './open-worker.js';

const BREAKERS = ['closed', 'open', 'half-open', 'stopped'] as const;

/** The words of the metric catalogue for a breaker. */
const laneState = (breaker: (typeof BREAKERS)[number]): string => (breaker === 'half-open' ? 'probing' : breaker);

/** Sets what is there now: disclosures by state, lanes by state, what waits in the outbox and in the queues. No client data. */
export const setGauges = async (worker: OpenWorker, metrics: Metrics): Promise<void> => {
  const states = new Map<string, number>();
  let longest = 0;
  const practices: readonly PracticeId[] = await worker.directory.practices();
  for (const practice of practices) {
    const seen = await worker.services.store.inPractice(
      { practice, actor: 'worker' },
      async ({ disclosures, lanes, inbox, now }) => ({
        counts: await disclosures.countByState(),
        lanes: await lanes.all(),
        waited: now - ((await inbox.oldest()) ?? now),
      }),
    );
    for (const [state, count] of seen.counts) states.set(state, (states.get(state) ?? 0) + count);
    longest = Math.max(longest, seen.waited);
    for (const lane of seen.lanes)
      for (const breaker of BREAKERS)
        metrics.set('lane_state', { lane: lane.id, state: laneState(breaker) }, lane.breaker === breaker ? 1 : 0);
  }
  for (const [state, count] of states) metrics.set('disclosures', { state }, count);
  metrics.set('inbox_oldest_seconds', {}, longest / 1_000);
  const outbox = await worker.outbox.depth();
  metrics.set('outbox_waiting', {}, outbox.waiting);
  metrics.set('outbox_oldest_seconds', {}, outbox.oldestSeconds);
  for (const { queue, waiting, active, delayed } of await worker.engine.depths()) {
    metrics.set('queue_jobs', { code: queue, state: 'waiting' }, waiting);
    metrics.set('queue_jobs', { code: queue, state: 'active' }, active);
    metrics.set('queue_jobs', { code: queue, state: 'delayed' }, delayed);
  }
};
