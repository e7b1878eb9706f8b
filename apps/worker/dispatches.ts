import { setTimeout as sleep } from 'node:timers/promises';
import { dispatchHint, giveBack, type SendingServices } from '#libs/application';
import type { LaneId } from '#libs/kernel';
import type { HintHandler } from '#libs/queue';

type Hint = Parameters<HintHandler>[0];

/** How long a hint may keep one of the queue's places, in milliseconds; an insurer that is well has answered by then. */
const PATIENCE_MS = 100;
/** Hints of one lane that may wait for their insurer beside the queue: as many as the relay gives out for it. */
const MOST_OF_A_LANE = 8;
/** Hints of one lane that stand in line behind those: a second's work. Through the queue they would come again in bursts. */
const MOST_IN_LINE = 16;
/** When a hint comes again of whose lane so many stand in line. */
const AGAIN_MS = 1_000;

/** What a lane has beside the queue. */
interface LaneWork {
  readonly waiting: Set<Promise<unknown>>;
  readonly line: Hint[];
}

/**
 * Works off hints. The places of a queue are for work and not for waiting: a hint whose insurer keeps us waiting goes on
 * beside the queue and gives its place to the next one, so that insurers that are dead hold up nobody else's claims. That
 * it is done is told by Postgres alone, and its lease is what keeps others from it.
 */
export class Dispatches {
  readonly #running = new Set<Promise<unknown>>();
  readonly #lanes = new Map<LaneId, LaneWork>();
  #isOver = false;

  constructor(
    private readonly services: SendingServices,
    private readonly work: (services: SendingServices, hint: Hint) => Promise<unknown> = dispatchHint,
    private readonly back: (services: SendingServices, hint: Hint) => Promise<unknown> = giveBack,
  ) {}

  readonly handle: HintHandler = async (hint) => {
    const lane = this.#lanes.get(hint.lane);
    if (lane !== undefined && lane.waiting.size >= MOST_OF_A_LANE) {
      if (this.#isOver || lane.line.length >= MOST_IN_LINE) return { retryLaterMs: AGAIN_MS };
      lane.line.push(hint);
      return 'done';
    }
    const ended = this.#begin(hint);
    const over = new AbortController();
    const isLate = await Promise.race([
      ended.then(() => false).finally(() => over.abort()),
      sleep(PATIENCE_MS, true, { signal: over.signal }).catch(() => false),
    ]);
    if (isLate) this.#letWait(hint.lane, ended);
    else await ended;
    return 'done';
  };

  /** Begins nothing new, hands back what stands in line, and resolves when nothing is being sent any more. */
  async idle(): Promise<void> {
    this.#isOver = true;
    const lined = [...this.#lanes.values()].flatMap(({ line }) => line.splice(0));
    for (const hint of lined)
      await this.back(this.services, hint).catch((error: unknown) => this.#failed(hint.lane, error));
    while (this.#running.size > 0) await Promise.allSettled(this.#running);
  }

  #begin(hint: Hint): Promise<unknown> {
    const running = this.work(this.services, hint);
    this.#running.add(running);
    return running.finally(() => this.#running.delete(running));
  }

  #letWait(lane: LaneId, ended: Promise<unknown>): void {
    const own = this.#lanes.get(lane) ?? { waiting: new Set(), line: [] };
    this.#lanes.set(lane, own);
    own.waiting.add(ended);
    ended
      .catch((error: unknown) => this.#failed(lane, error))
      .finally(() => {
        own.waiting.delete(ended);
        const next = own.line.shift();
        if (next !== undefined) this.#letWait(lane, this.#begin(next));
        else if (own.waiting.size === 0) this.#lanes.delete(lane);
      })
      .catch(() => undefined);
  }

  #failed(lane: LaneId, error: unknown): void {
    this.services.log.failure('dispatch.failed', error, { lane });
  }
}
