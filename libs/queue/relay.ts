import { setImmediate as yieldToOthers, setTimeout as sleep } from 'node:timers/promises';
import { fault } from '#fault';
import type { DispatchHint, HintQueue, Log, Metrics, Outbox, OutboxRow } from '#libs/application';
import type { DisclosureId } from '#libs/kernel';
import { LARGEST_HINT } from './catalogue.js';

export interface RelayOptions {
  readonly outbox: Outbox;
  readonly queue: HintQueue;
  /** Longest pause between two looks into the outbox, in milliseconds. */
  readonly intervalMs: number;
  /** Rows of one lane in a round. */
  readonly perLane: number;
  /** Hints of one lane in a round, so that a dead insurer fills no queue. */
  readonly maxHintsPerLane: number;
  /** Rows in a round; 2,000 unless said. */
  readonly limit?: number;
  /**
   * While so many hints of a queue wait to be taken up, it gets no more: what comes meanwhile goes in fewer and fuller
   * hints. 16 unless said.
   */
  readonly mostWaiting?: number;
  readonly log: Log;
  readonly metrics?: Metrics;
}

export interface Relay {
  /** Lets the round under way finish. */
  stop(): Promise<void>;
}

type PublishedHint = DispatchHint & { readonly slow: boolean };

const LIMIT = 2_000;
const MOST_WAITING = 16;
/** How long a queue that has enough is left alone, in milliseconds. */
const ENOUGH_PAUSE = 20;
const LONGEST_PAUSE = 5_000;

/** Hints for rows, at most so many per lane; first one of every lane, then the second of each, so that none waits for another's backlog. */
export const hintsFor = (rows: readonly OutboxRow[], maxHintsPerLane: number): readonly PublishedHint[] => {
  const lanes = new Map<string, OutboxRow[]>();
  for (const row of rows) {
    const key = `${row.practice} ${row.lane}`;
    lanes.set(key, [...(lanes.get(key) ?? []), row]);
  }
  const hints: PublishedHint[] = [];
  for (let turn = 0; turn < maxHintsPerLane; turn += 1) {
    for (const own of lanes.values()) {
      const [first, ...more] = own.slice(turn * LARGEST_HINT, (turn + 1) * LARGEST_HINT);
      if (first === undefined) continue;
      const disclosures = [first, ...more].map(({ id }) => id);
      hints.push({ practice: first.practice, lane: first.lane, slow: first.slow, disclosures });
    }
  }
  return hints;
};

class Loop {
  private readonly over = new AbortController();
  private failures = 0;
  /** Whether a queue had enough when the last round looked. */
  private isHeldBack = false;
  private readonly ended: Promise<void>;

  constructor(private readonly options: RelayOptions) {
    this.ended = this.run();
  }

  async stop(): Promise<void> {
    this.over.abort();
    await this.ended;
  }

  private isOver(): boolean {
    return this.over.signal.aborted;
  }

  private async run(): Promise<void> {
    let more = false;
    while (!this.isOver()) {
      try {
        if (!more) await this.unlessOver(this.options.outbox.wait(this.options.intervalMs));
        if (this.isOver()) return;
        more = await this.round();
        // An outbox that answers at once, again and again, must not keep the process from everything else.
        await yieldToOthers();
        this.failures = 0;
      } catch (error) {
        more = false;
        this.options.log.failure('relay.failed', error);
        await this.pause();
      }
    }
  }

  /** One look into the outbox; true if there was more than a round takes. */
  private async round(): Promise<boolean> {
    const {
      outbox,
      queue,
      perLane,
      maxHintsPerLane,
      limit = LIMIT,
      mostWaiting = MOST_WAITING,
      log,
      metrics,
    } = this.options;
    const began = performance.now();
    if (this.isHeldBack) await sleep(ENOUGH_PAUSE, undefined, { signal: this.over.signal }).catch(() => undefined);
    const rows = await outbox.due({ limit, perLane });
    if (rows.length === 0) return (this.isHeldBack = false);
    const backlog = await queue.backlog();
    const wanting = rows.filter(({ slow }) => (slow ? backlog.slow : backlog.fast) < mostWaiting);
    this.isHeldBack = wanting.length < rows.length;
    const hints = hintsFor(wanting, maxHintsPerLane);
    if (hints.length === 0) return this.isHeldBack;
    await fault('K7');
    await queue.publish(hints);
    await fault('K8');
    // Only now: what is published twice is done once, what is marked and not published waits for the sweeper.
    const ids = hints.flatMap(({ disclosures }): readonly DisclosureId[] => disclosures);
    await outbox.markPublished(ids);
    log.event('relay.published', { count: ids.length, duration: performance.now() - began });
    metrics?.count('relay_published_total', {}, hints.length);
    return this.isHeldBack || rows.length >= limit;
  }

  private async pause(): Promise<void> {
    const longest = Math.min(this.options.intervalMs * 2 ** Math.min(this.failures, 10), LONGEST_PAUSE);
    this.failures += 1;
    await sleep(longest, undefined, { signal: this.over.signal }).catch(() => undefined);
  }

  private async unlessOver(waiting: Promise<void>): Promise<void> {
    const { signal } = this.over;
    let wake: () => void = () => undefined;
    const woken = new Promise<void>((resolve) => {
      wake = resolve;
      signal.addEventListener('abort', wake);
    });
    try {
      await Promise.race([waiting, woken]);
    } finally {
      signal.removeEventListener('abort', wake);
      waiting.catch(() => undefined);
    }
  }
}

/**
 * Hands what is due in the outbox to the queue, as hints of up to fifty ids of one lane of one practice, until stopped.
 * Rows are marked only after the queue has their hints.
 */
export const startRelay = (options: RelayOptions): Relay => new Loop(options);
