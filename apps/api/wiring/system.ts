import { type HealthCheck, healthIn, type QueueCount, type Transaction } from '#libs/application';
import type { SystemHealth, SystemQueues } from '#libs/contracts';
import { failed, ok } from '#libs/kernel';
import type { SystemUseCases } from '../use-cases/system.js';
import { type Desk, toInstant, within } from './desk.js';

const MOST_FAILURES = 100;

const toCheck = ({ last, ...check }: HealthCheck): SystemHealth['checks'][number] => ({
  ...check,
  ...(last === undefined ? {} : { last: toInstant(last) }),
});

const worst = (checks: readonly HealthCheck[]): SystemHealth['status'] =>
  (['failed', 'warning'] as const).find((status) => checks.some((one) => one.status === status)) ?? 'ok';

/** Each queue as the worker that reported last saw it. */
const queuesIn = async ({ system }: Transaction): Promise<SystemQueues['queues']> => {
  const newest = (await system.heartbeats()).find(({ queues }) => queues.length > 0);
  return (newest?.queues ?? []).map(({ queue, waiting, active, delayed, failed: dead }: QueueCount) => ({
    ...{ name: queue, waiting, active, delayed, failed: dead },
    reportedAt: toInstant(newest?.at ?? 0),
  }));
};

const lanesIn = async (transaction: Transaction): Promise<SystemQueues['lanes']> => {
  const insurers = await transaction.practice.insurers();
  const counts = await transaction.system.underWay();
  const countOf = (lane: string, state: string): number =>
    counts.find((one) => one.lane === lane && one.state === state)?.count ?? 0;
  return (await transaction.lanes.all()).map(({ id, insurer, route, breaker, failures, slow, openUntil }) => ({
    ...{ id, route, breaker, failures, slow },
    insurer: { id: insurer, name: insurers.get(insurer)?.profile.name ?? '' },
    ...(breaker === 'open' ? { openUntil: toInstant(openUntil) } : {}),
    ready: countOf(id, 'ready'),
    sealed: countOf(id, 'sealed'),
    sending: countOf(id, 'sending'),
    unknown: countOf(id, 'unknown'),
  }));
};

const outboxIn = async (transaction: Transaction, now: number): Promise<SystemQueues['outbox']> => {
  const { oldestDueAt, ...counts } = await transaction.system.outbox();
  return {
    ...counts,
    ...(oldestDueAt === undefined ? {} : { oldestSeconds: Math.max(0, Math.floor((now - oldestDueAt) / 1_000)) }),
  };
};

export const systemUseCases = (desk: Desk): SystemUseCases => ({
  readQueues: (context) =>
    within(desk, context, async (transaction) => {
      const now = await transaction.clock();
      const failures = await transaction.system.failures(MOST_FAILURES);
      return ok({
        at: toInstant(now),
        outbox: await outboxIn(transaction, now),
        lanes: await lanesIn(transaction),
        queues: await queuesIn(transaction),
        failures: failures.map((one) => ({ ...one, at: toInstant(one.at) })),
      });
    }),

  // A database that cannot be reached is an answer too.
  readHealth: async (context) => {
    const asked = await within(desk, context, async (transaction) => ok(await healthIn(transaction)));
    if (!asked.ok && !asked.issues.some(({ code }) => code === 'unavailable')) return failed(...asked.issues);
    const checks: readonly HealthCheck[] = asked.ok
      ? asked.value
      : [
          { name: 'api', status: 'ok' },
          { name: 'database', status: 'failed', code: 'database.unreachable' },
        ];
    return ok({ at: toInstant(desk.services.clock.now()), status: worst(checks), checks: checks.map(toCheck) });
  },
});
