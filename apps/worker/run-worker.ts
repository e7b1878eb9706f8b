import { NestFactory } from '@nestjs/core';
import {
  announceExpiring,
  checkpointWhenDue,
  dispatchHint,
  reconsiderAll,
  remindWhenDue,
  sweep,
} from '#libs/application';
import { ok, type PracticeId, type Result } from '#libs/kernel';
import { startRelay } from '#libs/queue';
import { type Settings, systemIds } from '#libs/settings';
import { Health, withCorrelation } from '#libs/telemetry';
import { AnswerPolls } from './answer-polls.js';
import { Dispatches } from './dispatches.js';
import { setGauges } from './gauges.js';
import { startHealth } from './health.js';
import { sendHeartbeats } from './heartbeats.js';
import { type Loop, startLoop } from './loops.js';
import { openWorker, type OpenWorker } from './open-worker.js';
import { type Quarantine, quarantineOf } from './quarantine.js';
import { WebhookRounds } from './webhook-rounds.js';
import { WorkerModule } from './worker.module.js';

export interface RunningWorker {
  readonly healthPort: number;
  /** Takes nothing new, lets what runs finish, then closes. */
  stop(): Promise<void>;
}

const SWEEP_TAKES_AT_MOST_MS = 5 * 60_000;
const GAUGES_EVERY_MS = 15_000;
/** A worker that has not been heard of for a minute is taken for dead. */
const HEARTBEAT_EVERY_MS = 15_000;
const RECONSIDER_EVERY_MS = 60_000;
const CHECKPOINTS_LOOKED_AT_EVERY_MS = 60_000;
const REMINDERS_LOOKED_AT_EVERY_MS = 15 * 60_000;
const WEBHOOKS_LOOKED_AT_EVERY_MS = 1_000;
const EXPIRING_LOOKED_FOR_EVERY_MS = 6 * 3_600_000;

/** Insurers answer in minutes or days; those of the sandbox at once. */
const pollEvery = ({ environment }: Settings): number => (environment === 'production' ? 30_000 : 1_000);

const forEachPractice = async (worker: OpenWorker, work: (practice: PracticeId) => Promise<unknown>): Promise<void> => {
  for (const practice of await worker.directory.practices()) await work(practice);
};

const startHeart = (worker: OpenWorker, quarantine?: Quarantine): Loop => {
  const self = {
    ...{ id: systemIds.uuid(), startedAt: worker.services.clock.now() },
    ...(quarantine === undefined ? {} : { quarantine }),
  };
  return startLoop(
    { name: 'schedule.failed', pauseMs: HEARTBEAT_EVERY_MS, run: () => sendHeartbeats(worker, self) },
    worker.services.log,
  );
};

/** Serves its health, which says that it is not ready, and nothing else, until a person has reconciled the restore. */
const runQuarantined = async (worker: OpenWorker, settings: Settings, why: Quarantine): Promise<RunningWorker> => {
  worker.services.log.event('dispatch.quarantined', { code: why });
  const quarantined = new Health({ quarantine: () => Promise.resolve(`quarantine.${why}`) });
  const health = await startHealth(
    { health: quarantined, metricsText: () => worker.metrics.text() },
    settings.worker.healthPort,
  );
  const heart = startHeart(worker, why);
  return {
    healthPort: health.port,
    stop: async () => {
      await health.close();
      await heart.stop();
      await worker.engine.close();
      await worker.breakOff();
      await worker.close();
    },
  };
};

/** Relay, processors, sweeper, answer poller and health, in one process. */
export const runWorker = async (settings: Settings): Promise<Result<RunningWorker>> => {
  const opened = await openWorker(settings);
  if (!opened.ok) return opened;
  const worker = opened.value;
  const { services } = worker;
  const quarantine = await quarantineOf(worker);
  if (quarantine !== undefined) return ok(await runQuarantined(worker, settings, quarantine));
  const dispatches = new Dispatches(services, (using, hint) =>
    withCorrelation(systemIds.uuid(), () => dispatchHint(using, hint)),
  );
  const app = await NestFactory.createApplicationContext(WorkerModule.over(worker, dispatches, settings), {
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
  const rounds = new WebhookRounds({ ...services, webhooks: worker.webhooks });
  const patience = { publishedForMs: Math.max(settings.worker.leaseSeconds * 500, settings.worker.sweepIntervalMs) };
  const sweeper = startLoop(
    {
      name: 'sweep.failed',
      pauseMs: settings.worker.sweepIntervalMs,
      run: () => forEachPractice(worker, (practice) => sweep(services, practice, patience)),
    },
    services.log,
  );
  const loops = [
    sweeper,
    startHeart(worker),
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
      { name: 'schedule.failed', pauseMs: GAUGES_EVERY_MS, run: () => setGauges(worker, worker.metrics) },
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
    startLoop(
      {
        name: 'webhook.round-failed',
        pauseMs: WEBHOOKS_LOOKED_AT_EVERY_MS,
        run: () =>
          forEachPractice(worker, (practice) => {
            rounds.begin(practice);
            return Promise.resolve();
          }),
      },
      services.log,
    ),
    startLoop(
      {
        name: 'schedule.failed',
        pauseMs: EXPIRING_LOOKED_FOR_EVERY_MS,
        run: () => forEachPractice(worker, (practice) => announceExpiring(services, practice)),
      },
      services.log,
    ),
  ];
  const health = new Health({
    database: async () => ((await worker.ping()) ? undefined : 'database.unreachable'),
    queue: () =>
      worker.engine.depths().then(
        () => undefined,
        () => 'queue.unreachable',
      ),
    sweeper: () =>
      Promise.resolve(
        sweeper.isOverdue(settings.worker.sweepIntervalMs + SWEEP_TAKES_AT_MOST_MS) ? 'sweeper.overdue' : undefined,
      ),
  });
  const served = await startHealth({ health, metricsText: () => worker.metrics.text() }, settings.worker.healthPort);
  services.log.event('process.started', { component: 'worker', port: served.port });
  return ok({
    healthPort: served.port,
    stop: async () => {
      health.stop();
      services.log.event('process.stopping', { component: 'worker' });
      await relay.stop();
      // Dispatches finish first; then what only waits for an insurer is broken off.
      await app.close();
      await dispatches.idle();
      await worker.breakOff();
      await Promise.all(loops.map((loop) => loop.stop()));
      await polls.idle();
      await rounds.idle();
      await served.close();
      await worker.close();
      services.log.event('process.stopped', { component: 'worker' });
    },
  });
};
