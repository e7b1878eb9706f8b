import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { createLogger, logForUseCases } from '#libs/telemetry';
import { startLoop } from './loops.js';

const lines: Record<string, unknown>[] = [];
const log = logForUseCases(
  createLogger({
    level: 'debug',
    destination: { write: (line: string) => void lines.push(JSON.parse(line) as Record<string, unknown>) },
  }),
);

describe('a loop', () => {
  it('goes on after a failure, each round under an id of its own', async () => {
    lines.length = 0;
    let rounds = 0;
    const loop = startLoop(
      {
        name: 'sweep.failed',
        pauseMs: 1,
        run: () => {
          rounds += 1;
          log.event('relay.published', { count: rounds, duration: 0 });
          return Promise.reject(new Error('no'));
        },
      },
      log,
    );
    while (rounds < 2) await sleep(1);
    await loop.stop();
    const [first, second, third] = lines;
    expect([first?.['event'], second?.['event'], third?.['event']]).toEqual([
      'relay.published',
      'sweep.failed',
      'relay.published',
    ]);
    expect(first?.['correlation']).toMatch(/^[0-9a-f-]{36}$/);
    expect(second?.['correlation']).toBe(first?.['correlation']);
    expect(third?.['correlation']).not.toBe(first?.['correlation']);
  });

  it('is overdue when a round neither ends nor fails', async () => {
    let end: () => void = () => undefined;
    const loop = startLoop(
      { name: 'sweep.failed', pauseMs: 1, run: () => new Promise<void>((resolve) => (end = resolve)) },
      log,
    );
    expect(loop.isOverdue(60_000)).toBe(false);
    await sleep(30);
    expect(loop.isOverdue(10)).toBe(true);
    const stopped = loop.stop();
    end();
    await stopped;
    expect(loop.isOverdue(10)).toBe(false);
  });
});
