import { setTimeout as sleep } from 'node:timers/promises';
import { dispatchHint, type SendingServices } from '#libs/application';
import type { LaneId } from '#libs/kernel';
import type { HintHandler } from '#libs/queue';

type Hint = Parameters<HintHandler>[0];

/** How long a hint may keep one of the queue's places, in milliseconds; an insurer that is well has answered by then. */
const PATIENCE_MS = 100;
/** Hints of one lane that may wait for their insurer beside the queue: as many as the relay gives out for it. */
const MOST_OF_A_LANE = 8;
/** When a hint of a lane that has so many waiting comes again. */
const AGAIN_MS = 1_000;

/**
 * Works off hints. The places of a queue are for work and not for waiting: a hint whose insurer keeps us waiting goes on
 * beside the queue and gives its place to the next one, so that insurers that are dead hold up nobody else's claims. That
 * it is done is told by Postgres alone, and its lease is what keeps others from it.
 */
export class Dispatches {
  readonly #running = new Set<Promise<unknown>>();
  readonly #waiting = new Map<LaneId, number>();

  constructor(
    private readonly services: SendingServices,
    private readonly work: (services: SendingServices, hint: Hint) => Promise<unknown> = dispatchHint,
  ) {}

  readonly handle: HintHandler = async (hint) => {
    if (this.#waitingOn(hint.lane) >= MOST_OF_A_LANE) return { retryLaterMs: AGAIN_MS };
    const running = this.work(this.services, hint);
    this.#running.add(running);
    const over = new AbortController();
    const ended = running.finally(() => {
      this.#running.delete(running);
      over.abort();
    });
    const isLate = await Promise.race([
      ended.then(() => false),
      sleep(PATIENCE_MS, true, { signal: over.signal }).catch(() => false),
    ]);
    if (isLate) this.#letWait(hint.lane, ended);
    else await ended;
    return 'done';
  };

  /** Resolves when nothing is being sent any more. */
  async idle(): Promise<void> {
    while (this.#running.size > 0) await Promise.allSettled(this.#running);
  }

  #waitingOn(lane: LaneId): number {
    return this.#waiting.get(lane) ?? 0;
  }

  #letWait(lane: LaneId, ended: Promise<unknown>): void {
    this.#waiting.set(lane, this.#waitingOn(lane) + 1);
    ended
      .catch((error: unknown) => this.services.log.failure('dispatch.failed', error, { lane }))
      .finally(() => {
        const left = this.#waitingOn(lane) - 1;
        if (left > 0) this.#waiting.set(lane, left);
        else this.#waiting.delete(lane);
      })
      .catch(() => undefined);
  }
}
