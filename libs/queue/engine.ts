import { setTimeout as sleep } from 'node:timers/promises';
import { type ConnectionOptions, type IQueueBackend, Queue, Worker, type WorkerOptions } from 'bullmq';
import type { DispatchHint, HintQueue } from '#libs/application';
import { type Issue, ok, type Result, unreachable } from '#libs/kernel';
import { backendFor, type Backing, useBackends } from './backing.js';
import {
  type DispatchPayload,
  ENGINE_TIMING,
  type EngineTiming,
  JOB_NAME,
  JOB_OPTIONS,
  MOST_STALLS,
  payloadOf,
  type QueueName,
  QUEUES,
} from './catalogue.js';
import { HANDLER_FAILED, type HintHandler, HintWork, type Surroundings } from './hint-work.js';
import { openPostgresBacking } from './postgres-backing.js';
import { openRedisBacking } from './redis-backing.js';

export type EngineSettings =
  { readonly kind: 'redis'; readonly url: string } | { readonly kind: 'postgres'; readonly url: string };

export interface EngineSurroundings extends Surroundings {
  /** For tests; `ENGINE_TIMING` unless said. */
  readonly timing?: Partial<EngineTiming>;
}

export interface QueueDepth {
  readonly queue: QueueName;
  readonly waiting: number;
  readonly active: number;
  readonly delayed: number;
  readonly failed: number;
}

/** Jobs of one queue being worked on in this process. */
export interface RunningWorker {
  /**
   * Takes no more hints and waits for the running ones, at most this long (milliseconds); what still runs then is left
   * to another worker.
   */
  close(graceMs?: number): Promise<void>;
}

const GRACE_MS = 20_000;
const GOODBYE_MS = 5_000;
const QUIET_MS = 10_000;

type HintsQueue = Queue<DispatchPayload, void, string, DispatchPayload, void, string, IQueueBackend>;

/** As much of a worker as has to be looked after, whichever back end it has. */
interface AttendedWorker {
  on(event: 'error', listener: (error: Error) => void): unknown;
  on(event: 'stalled', listener: () => void): unknown;
  on(event: 'failed', listener: (job: { readonly attemptsStarted: number } | undefined, error: Error) => void): unknown;
  pause(doNotWaitActive: boolean): Promise<void>;
  close(force: boolean): Promise<void>;
}

/** The queue of one process: both of its sides, over either engine. */
export class QueueEngine {
  private readonly queues: ReadonlyMap<QueueName, HintsQueue>;
  private readonly workers = new Set<RunningWorker>();
  private readonly works = new Set<HintWork>();
  private readonly timing: EngineTiming;
  private closing: Promise<void> | undefined;

  constructor(
    private readonly backing: Backing,
    private readonly around: EngineSurroundings,
  ) {
    this.timing = { ...ENGINE_TIMING, ...around.timing };
    const options = {
      connection: backing.producerConnection,
      defaultJobOptions: JOB_OPTIONS,
      // Without these two a producer waits for a server that is away, whatever its connection says.
      skipWaitingForReady: true,
      skipVersionCheck: true,
      skipMetasUpdate: true,
    };
    this.queues = new Map(QUEUES.map((name) => [name, new Queue(name, options, backendFor) satisfies HintsQueue]));
    for (const [name, queue] of this.queues) queue.on('error', this.tell(name));
  }

  get kind(): 'redis' | 'postgres' {
    return this.backing.kind;
  }

  get warnings(): readonly Issue[] {
    return this.backing.warnings;
  }

  /** Hints of any queue that this process could not read and let go. */
  get droppedHints(): number {
    return [...this.works].reduce((sum, work) => sum + work.droppedHints, 0);
  }

  hints(): HintQueue {
    return {
      publish: (hints) => this.publish(hints),
      backlog: async () => ({ fast: await this.waitingIn('dispatch'), slow: await this.waitingIn('dispatch-slow') }),
      close: () => Promise.resolve(),
    };
  }

  /** Starts to work on a queue without Nest. Exactly one handler per queue: see `checkHandlers`. */
  process(queue: QueueName, concurrency: number, handler: HintHandler): RunningWorker {
    const work = this.workOf(queue, handler);
    const worker = new Worker(queue, (job, token) => work.run(job, token), this.workerOptions(concurrency), backendFor);
    return this.attend(worker, work);
  }

  /** @internal For the Nest module: the same worker, made by `@nestjs/bullmq`. */
  workOf(queue: QueueName, handler: HintHandler): HintWork {
    const work = new HintWork(queue, handler, this.around);
    this.works.add(work);
    return work;
  }

  /** @internal */
  workerOptions(concurrency: number): WorkerOptions {
    return {
      connection: this.workerConnection,
      concurrency,
      lockDuration: this.timing.lockMs,
      lockRenewTime: this.timing.renewLockMs,
      stalledInterval: this.timing.stalledCheckMs,
      maxStalledCount: MOST_STALLS,
      runRetryDelay: 1_000,
      skipVersionCheck: true,
      removeOnComplete: { count: 0 },
      removeOnFail: { count: 0 },
    };
  }

  /** @internal */
  get workerConnection(): ConnectionOptions {
    return this.backing.workerConnection;
  }

  /** @internal Listens to a worker and answers for its end. */
  attend(worker: AttendedWorker, work: HintWork): RunningWorker {
    worker.on('error', this.tell(work.queue));
    worker.on('stalled', () => this.around.log.event('queue.job-stalled', { queue: work.queue }));
    worker.on('failed', (job, error) => {
      if (error.message === HANDLER_FAILED) return;
      this.around.log.event('queue.job-failed', {
        queue: work.queue,
        attempt: job?.attemptsStarted ?? 0,
        code: 'stalled',
      });
    });
    const running: RunningWorker = {
      close: async (graceMs = GRACE_MS) => {
        this.workers.delete(running);
        await worker.pause(true);
        await atMost(graceMs, work.whenIdle());
        await atMost(GOODBYE_MS, worker.close(!work.isIdle));
      },
    };
    this.workers.add(running);
    return running;
  }

  async depths(): Promise<readonly QueueDepth[]> {
    return Promise.all(
      [...this.queues].map(async ([name, queue]) => {
        const counts = await queue.getJobCounts('waiting', 'active', 'delayed', 'failed');
        return {
          queue: name,
          waiting: counts['waiting'] ?? 0,
          active: counts['active'] ?? 0,
          delayed: counts['delayed'] ?? 0,
          failed: counts['failed'] ?? 0,
        };
      }),
    );
  }

  /** Throws every job away. Nothing is lost by it: relay and sweeper hand out again what is due. */
  async flush(): Promise<void> {
    for (const queue of this.queues.values()) {
      await queue.obliterate({ force: true });
      await queue.resume();
    }
  }

  /** Ends its workers first. May be called again. */
  close(): Promise<void> {
    this.closing ??= this.end();
    return this.closing;
  }

  private async end(): Promise<void> {
    await Promise.all([...this.workers].map((worker) => worker.close()));
    await Promise.all([...this.queues.values()].map((queue) => atMost(GOODBYE_MS, queue.close())));
    await this.backing.close();
  }

  private async publish(hints: readonly (DispatchHint & { readonly slow: boolean })[]): Promise<void> {
    const jobs = hints.map((hint) => ({ name: JOB_NAME, data: payloadOf(hint), slow: hint.slow }));
    await Promise.all(
      [...this.queues].map(async ([name, queue]) => {
        const own = jobs
          .filter(({ slow }) => slow === (name === 'dispatch-slow'))
          .map((job) => ({ name: job.name, data: job.data }));
        if (own.length > 0) await this.inTime(queue.addBulk(own));
      }),
    );
  }

  private async waitingIn(name: QueueName): Promise<number> {
    return this.inTime(this.queues.get(name)?.getWaitingCount() ?? Promise.resolve(0));
  }

  private async inTime<T>(work: Promise<T>): Promise<T> {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_resolve, reject) => {
      timer = setTimeout(() => reject(new Error('the queue cannot be reached')), this.timing.publishMs);
    });
    try {
      return await Promise.race([work, late]);
    } finally {
      clearTimeout(timer);
    }
  }

  /** A server that is away is told of now and then, not at every attempt to reach it. */
  private tell(queue: QueueName): (error: Error) => void {
    let quietUntil = 0;
    return (error) => {
      const now = this.around.clock.now();
      if (now < quietUntil) return;
      quietUntil = now + QUIET_MS;
      this.around.log.failure('queue.unreachable', error, { queue });
    };
  }
}

const atMost = async (milliseconds: number, work: Promise<unknown>): Promise<void> => {
  const over = new AbortController();
  try {
    await Promise.race([work, sleep(milliseconds, undefined, { signal: over.signal })]);
  } finally {
    over.abort();
    work.catch(() => undefined);
  }
};

const openBacking = (settings: EngineSettings): Promise<Result<Backing>> => {
  switch (settings.kind) {
    case 'redis':
      return openRedisBacking(settings.url);
    case 'postgres':
      return openPostgresBacking(settings.url);
    default:
      return unreachable(settings);
  }
};

/**
 * Opens the queue. Codes: `queue.url-invalid`, `queue.unreachable`, `queue.redis-evicts`, `queue.schema-newer`, `queue.migration-failed`. What is
 * only worth knowing is in `warnings` (`queue.redis-without-aof`).
 */
export const openQueueEngine = async (
  settings: EngineSettings,
  around: EngineSurroundings,
): Promise<Result<QueueEngine>> => {
  const backing = await openBacking(settings);
  if (!backing.ok) return backing;
  useBackends();
  return ok(new QueueEngine(backing.value, around));
};
