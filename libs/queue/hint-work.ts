import { DelayedError, type Job, UnrecoverableError } from 'bullmq';
import type { DispatchHint, Log } from '#libs/application';
import type { Clock } from '#libs/kernel';
import { parsePayload, type QueueName } from './catalogue.js';

/** What becomes of a hint: it is spent, or it comes again after so many milliseconds. */
export type HintOutcome = 'done' | { readonly retryLaterMs: number };

/**
 * Does what a hint says is due. May be called again for a hint that was done, also while it is still being done: what
 * happens once is seen to in Postgres.
 */
export type HintHandler = (hint: DispatchHint) => Promise<HintOutcome>;

export interface Surroundings {
  readonly clock: Clock;
  readonly log: Log;
}

/** All that the queue is ever told of a failure. */
export const HANDLER_FAILED = 'handler_failed';

/** The jobs of one queue in this process: a thin shell round its handler, which knows nothing of jobs. */
export class HintWork {
  private running = 0;
  private dropped = 0;
  private waiting: (() => void)[] = [];

  constructor(
    readonly queue: QueueName,
    private readonly handler: HintHandler,
    private readonly around: Surroundings,
  ) {}

  /** Hints that could not be read and were let go; the sweeper finds what they were about. */
  get droppedHints(): number {
    return this.dropped;
  }

  get isIdle(): boolean {
    return this.running === 0;
  }

  /** Resolves when no handler runs any more. */
  whenIdle(): Promise<void> {
    return this.isIdle ? Promise.resolve() : new Promise((resolve) => this.waiting.push(resolve));
  }

  async run(job: Job<unknown>, token: string | undefined): Promise<void> {
    this.running += 1;
    try {
      await this.handle(job, token);
    } finally {
      this.running -= 1;
      if (this.isIdle) for (const resolve of this.waiting.splice(0)) resolve();
    }
  }

  private async handle(job: Job<unknown>, token: string | undefined): Promise<void> {
    const hint = parsePayload(job.data);
    if (!hint.ok) {
      this.dropped += 1;
      this.around.log.event('queue.job-failed', {
        queue: this.queue,
        attempt: job.attemptsStarted,
        code: 'payload_invalid',
      });
      return;
    }
    const outcome = await this.outcomeOf(hint.value, job);
    if (outcome === 'done') return;
    await job.moveToDelayed(this.around.clock.now() + Math.max(0, outcome.retryLaterMs), token);
    throw new DelayedError();
  }

  private async outcomeOf(hint: DispatchHint, job: Job<unknown>): Promise<HintOutcome> {
    try {
      return await this.handler(hint);
    } catch (error) {
      this.around.log.failure('queue.job-failed', error, { queue: this.queue, attempt: job.attemptsStarted });
      // The engine stores what it is told of a failure: a fixed word, never the error itself.
      throw new UnrecoverableError(HANDLER_FAILED);
    }
  }
}
