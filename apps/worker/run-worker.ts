import { NestFactory } from '@nestjs/core';
import { checkpointWhenDue, reconsiderAll, remindWhenDue, sweep } from '#libs/application';
import { ok, type PracticeId, type Result } from '#libs/kernel';
import { startRelay } from '#libs/queue';
import type { Settings } from '#libs/settings';
import { AnswerPolls } from './answer-polls.js';
import { startHealth } from './health.js';
import { startLoop } from './loops.js';
import { openWorker, type OpenWorker } from './open-worker.js';
import { WorkerModule } from './worker.module.js';

export interface RunningWorker {
  readonly healthPort: number;
  /** Takes nothing new, lets what runs finish, then closes. */
  stop(): Promise<void>;
}

const RECONSIDER_EVERY_MS = 60_000;
const CHECKPOINTS_LOOKED_AT_EVERY_MS = 60_000;
const REMINDERS_LOOKED_AT_EVERY_MS = 15 * 60_000;

/** Insurers answer in minutes or days; those of the sandbox at once. */
const pollEvery = ({ environment }: Settings): number => (environment === 'production' ? 30_000 : 1_000);

const forEachPractice = async (worker: OpenWorker, work: (practice: PracticeId) => Promise<unknown>): Promise<void> => {
  for (const practice of await worker.directory.practices()) await work(practice);
};

/** Relay, processors, sweeper, answer poller and health, in one process. */
export const runWorker = async (settings: Settings): Promise<Result<RunningWorker>> => {
  const opened = await openWorker(settings);
  if (!opened.ok) return opened;
  const worker = opened.value;
  const { services } = worker;
  const app = await NestFactory.createApplicationContext(WorkerModule.over(worker, settings), {
    logger: false,
    abortOnError: false,
  });
  const relay = startRelay({
    outbox: worker.outbox,
    queue: worker.engine.hints(),
    intervalMs: settings.worker.relayIntervalMs,
    perLane: 400,
    maxHintsPerLane: 8,
    log: services.log,
    metrics: services.metrics,
  });
  const polls = new AnswerPolls(services);
  const patience = { publishedForMs: Math.max(settings.worker.leaseSeconds * 500, settings.worker.sweepIntervalMs) };
  const loops = [
    startLoop(
      {
        name: 'sweep.failed',
        pauseMs: settings.worker.sweepIntervalMs,
        run: () => forEachPractice(worker, (practice) => sweep(services, practice, patience)),
      },
      services.log,
    ),
    startLoop(
      {
        name: 'schedule.failed',
        pauseMs: RECONSIDER_EVERY_MS,
        run: () => forEachPractice(worker, (practice) => reconsiderAll(services, practice)),
      },
      services.log,
    ),
    startLoop(
      {
        name: 'schedule.failed',
        pauseMs: CHECKPOINTS_LOOKED_AT_EVERY_MS,
        run: () =>
          forEachPractice(worker, (practice) =>
            checkpointWhenDue(services, practice, settings.worker.checkpointMinutes * 60_000),
          ),
      },
      services.log,
    ),
    startLoop(
      {
        name: 'schedule.failed',
        pauseMs: REMINDERS_LOOKED_AT_EVERY_MS,
        run: () => forEachPractice(worker, (practice) => remindWhenDue(services, practice)),
      },
      services.log,
    ),
    startLoop(
      {
        name: 'answer.poll-failed',
        pauseMs: pollEvery(settings),
        run: () => forEachPractice(worker, (practice) => polls.look(practice)),
      },
      services.log,
    ),
  ];
  const health = await startHealth(worker, settings.worker.healthPort);
  services.log.event('process.started', { component: 'worker', port: health.port });
  return ok({
    healthPort: health.port,
    stop: async () => {
      services.log.event('process.stopping', { component: 'worker' });
      await relay.stop();
      // Dispatches finish first; then what only waits for an insurer is broken off.
      await app.close();
      await worker.breakOff();
      await Promise.all(loops.map((loop) => loop.stop()));
      await polls.idle();
      await health.close();
      await worker.close();
      services.log.event('process.stopped', { component: 'worker' });
    },
  });
};
