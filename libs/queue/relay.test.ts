import { describe, expect, it } from 'vitest';
import type { DispatchHint, HintQueue, Log, Outbox, OutboxRow } from '#libs/application';
import type { DisclosureId, LaneId, PracticeId } from '#libs/kernel';
import { hintsFor, type RelayOptions, startRelay } from './relay.js';

const row = (number: number, lane = 'a', practice = 'p'): OutboxRow => ({
  id: `d${number}` as DisclosureId,
  practice: practice as PracticeId,
  lane: lane as LaneId,
  slow: lane === 'slow',
  dueAt: number,
});
const rows = (count: number, lane = 'a', from = 0) => Array.from({ length: count }, (_, at) => row(from + at, lane));

describe('hints for rows', () => {
  it('carry up to fifty ids of one lane of one practice, in order', () => {
    const hints = hintsFor([...rows(60, 'a'), row(100, 'b'), row(101, 'a', 'q')], 9);
    expect(hints.map(({ practice, lane, disclosures }) => [practice, lane, disclosures.length])).toEqual([
      ['p', 'a', 50],
      ['p', 'b', 1],
      ['q', 'a', 1],
      ['p', 'a', 10],
    ]);
    expect(hints[3]?.disclosures[0]).toBe('d50');
  });

  it('are never more for a lane than it may have', () => {
    const hints = hintsFor([...rows(500, 'a'), row(900, 'b')], 2);
    expect(hints.flatMap(({ disclosures }) => disclosures)).toHaveLength(101);
    expect(hints.filter(({ lane }) => lane === 'a')).toHaveLength(2);
  });

  it('say which queue is theirs', () => {
    expect(hintsFor([row(1), row(2, 'slow')], 1).map(({ slow }) => slow)).toEqual([false, true]);
  });

  it('are none for nothing', () => expect(hintsFor([], 3)).toEqual([]));
});

/** An outbox and a queue in memory, and a diary of what was asked of them. */
class World {
  readonly diary: string[] = [];
  readonly published: (DispatchHint & { readonly slow: boolean })[] = [];
  waiting: OutboxRow[] = [];
  failing: 'due' | 'publish' | 'markPublished' | undefined;
  failures = 0;
  backlog = { fast: 0, slow: 0 };
  events: unknown[] = [];

  private note(call: 'due' | 'publish' | 'markPublished', detail: number): void {
    this.diary.push(`${call} ${detail}`);
    if (this.failing === call) throw new Error('Marlowe Quill');
  }

  readonly outbox: Outbox = {
    due: ({ limit, perLane }) => {
      const found = this.waiting.slice(0, limit).filter((_, at) => at < perLane * 10);
      if (found.length > 0) this.note('due', found.length);
      return Promise.resolve(found);
    },
    markPublished: (ids) => {
      this.note('markPublished', ids.length);
      this.waiting = this.waiting.filter(({ id }) => !ids.includes(id));
      return Promise.resolve();
    },
    wait: (milliseconds) => new Promise((resolve) => setTimeout(resolve, Math.min(milliseconds, 2))),
    close: () => Promise.resolve(),
  };

  readonly queue: HintQueue = {
    publish: (hints) => {
      this.note('publish', hints.length);
      this.published.push(...hints);
      return Promise.resolve();
    },
    backlog: () => Promise.resolve(this.backlog),
    close: () => Promise.resolve(),
  };

  readonly log: Log = {
    event: (name, fields) => void this.events.push([name, fields]),
    failure: (name) => {
      this.failures += 1;
      this.events.push([name]);
    },
  };

  start(options: Partial<RelayOptions> = {}) {
    return startRelay({
      outbox: this.outbox,
      queue: this.queue,
      log: this.log,
      intervalMs: 1,
      perLane: 100,
      maxHintsPerLane: 4,
      ...options,
    });
  }
}

const until = async (condition: () => boolean): Promise<void> => {
  const deadline = performance.now() + 2_000;
  while (!condition()) {
    if (performance.now() > deadline) throw new Error('it did not happen in time');
    await new Promise((resolve) => setTimeout(resolve, 1));
  }
};

describe('the relay', () => {
  it('marks rows only after the queue has them', async () => {
    const world = new World();
    world.waiting = rows(60);
    const relay = world.start();
    await until(() => world.waiting.length === 0);
    await relay.stop();
    expect(world.diary).toEqual(['due 60', 'publish 2', 'markPublished 60']);
    expect(world.events).toMatchObject([['relay.published', { count: 60 }]]);
  });

  it.each(['due', 'publish'] as const)(
    'marks nothing while %s fails, and everything once it works',
    async (failing) => {
      const world = new World();
      world.waiting = rows(10);
      world.failing = failing;
      const relay = world.start();
      await until(() => world.failures >= 2);
      expect(world.diary.some((line) => line.startsWith('mark'))).toBe(false);
      expect(world.waiting).toHaveLength(10);
      world.failing = undefined;
      await until(() => world.waiting.length === 0);
      await relay.stop();
    },
  );

  it('publishes again what it could not mark', async () => {
    const world = new World();
    world.waiting = rows(3);
    world.failing = 'markPublished';
    const relay = world.start();
    await until(() => world.published.length >= 2);
    world.failing = undefined;
    await until(() => world.waiting.length === 0);
    await relay.stop();
    expect(world.published[1]).toEqual(world.published[0]);
  });

  it('waits longer from failure to failure', async () => {
    const world = new World();
    world.waiting = rows(1);
    world.failing = 'publish';
    const relay = world.start({ intervalMs: 8 });
    await new Promise((resolve) => setTimeout(resolve, 400));
    await relay.stop();
    expect(world.failures).toBeGreaterThan(2);
    expect(world.failures).toBeLessThan(8);
  });

  it('gives a flooded lane its share in every round, and all of it in the end', async () => {
    const world = new World();
    world.waiting = rows(500);
    const relay = world.start({ perLane: 1_000, maxHintsPerLane: 2 });
    await until(() => world.waiting.length === 0);
    await relay.stop();
    expect(world.diary.filter((line) => line === 'publish 2')).toHaveLength(5);
  });

  it('does not pause while there is more than one round takes', async () => {
    const world = new World();
    world.waiting = rows(40);
    const outbox: Outbox = {
      ...world.outbox,
      wait: (milliseconds) => {
        world.diary.push('wait');
        return world.outbox.wait(milliseconds);
      },
    };
    const relay = world.start({ outbox, limit: 10 });
    await until(() => world.waiting.length === 0);
    await relay.stop();
    const rounds = world.diary.slice(world.diary.indexOf('due 10'), world.diary.lastIndexOf('markPublished 10'));
    expect(rounds.filter((line) => line === 'due 10')).toHaveLength(4);
    expect(rounds).not.toContain('wait');
  });

  it('lets what is due gather while a queue has enough, and then hands it out in fuller hints', async () => {
    const world = new World();
    world.backlog = { fast: 16, slow: 0 };
    world.waiting = [row(0, 'a'), row(1, 'slow')];
    const relay = world.start();
    await until(() => world.published.length === 1);
    for (let number = 2; number < 12; number += 1) {
      world.waiting = [...world.waiting, row(number, 'a')];
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
    expect(world.published.map(({ lane }) => lane)).toEqual(['slow']);
    world.backlog = { fast: 15, slow: 0 };
    await until(() => world.waiting.length === 0);
    await relay.stop();
    expect(world.published.map(({ lane, disclosures }) => [lane, disclosures.length])).toEqual([
      ['slow', 1],
      ['a', 11],
    ]);
  });

  it('stops while a queue has enough', async () => {
    const world = new World();
    world.backlog = { fast: 16, slow: 16 };
    world.waiting = rows(3);
    const relay = world.start();
    await until(() => world.diary.length > 0);
    await relay.stop();
    expect(world.published).toEqual([]);
    expect(world.waiting).toHaveLength(3);
  });

  it('stops while it waits, without waiting, and does nothing more', async () => {
    const world = new World();
    const outbox: Outbox = { ...world.outbox, wait: () => new Promise(() => undefined) };
    const relay = world.start({ outbox });
    await relay.stop();
    world.waiting = rows(1);
    await new Promise((resolve) => setTimeout(resolve, 10));
    expect(world.diary).toEqual([]);
  });

  it('stops while it pauses after a failure', async () => {
    const world = new World();
    world.waiting = rows(1);
    world.failing = 'publish';
    const relay = world.start({ intervalMs: 5_000, outbox: { ...world.outbox, wait: () => Promise.resolve() } });
    await until(() => world.failures === 1);
    const began = performance.now();
    await relay.stop();
    expect(performance.now() - began).toBeLessThan(500);
  });

  it('finishes the round under way when it is stopped', async () => {
    const world = new World();
    world.waiting = rows(5);
    let release: () => void = () => undefined;
    const queue: HintQueue = { ...world.queue, publish: () => new Promise((resolve) => (release = resolve)) };
    let asked = false;
    const outbox: Outbox = {
      ...world.outbox,
      due: (request) => {
        asked = true;
        return world.outbox.due(request);
      },
    };
    const relay = world.start({ queue, outbox });
    await until(() => asked);
    await new Promise((resolve) => setTimeout(resolve, 5));
    const stopped = relay.stop();
    release();
    await stopped;
    expect(world.waiting).toHaveLength(0);
  });
});
