import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Health } from './health.js';

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

const well = () => Promise.resolve(undefined);

describe('health', () => {
  it('is well when every check is, by name', async () => {
    const health = new Health({ database: well, queue: well });
    expect(health.live()).toEqual({ status: 'ok', checks: {} });
    expect(await health.ready()).toEqual({ status: 'ok', checks: { database: 'ok', queue: 'ok' } });
  });

  it('says by code what is not, and nothing else of it', async () => {
    const health = new Health({
      database: () => Promise.resolve('database.unreachable'),
      queue: () => Promise.reject(new Error('Odalys')),
      relay: () => {
        throw new Error('Odalys');
      },
      sweeper: () => Promise.resolve('Odalys Fernquist'),
      dispatch: well,
    });
    expect(await health.ready()).toEqual({
      status: 'unavailable',
      checks: {
        database: 'database.unreachable',
        queue: 'check.failed',
        relay: 'check.failed',
        sweeper: 'check.failed',
        dispatch: 'ok',
      },
    });
    expect(health.live().status).toBe('ok');
  });

  it('does not wait for a check that says nothing, and does not ask it again meanwhile', async () => {
    let asked = 0;
    let settle: (code: string | undefined) => void = () => undefined;
    const health = new Health({
      database: () => {
        asked += 1;
        return new Promise((resolve) => (settle = resolve));
      },
      queue: well,
    });
    const probes = [health.ready(), health.ready()];
    await vi.advanceTimersByTimeAsync(2_000);
    const late = { status: 'unavailable', checks: { database: 'check.timed-out', queue: 'ok' } };
    expect(await Promise.all(probes)).toEqual([late, late]);
    const third = health.ready();
    await vi.advanceTimersByTimeAsync(2_000);
    expect(await third).toEqual(late);
    expect(asked).toBe(1);
    settle(undefined);
    await vi.advanceTimersByTimeAsync(0);
    const fourth = health.ready();
    settle(undefined);
    expect(await fourth).toEqual({ status: 'ok', checks: { database: 'ok', queue: 'ok' } });
    expect(asked).toBe(2);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('is alive but not ready once it is being stopped', async () => {
    const health = new Health({ database: well });
    health.stop();
    expect(await health.ready()).toEqual({ status: 'unavailable', checks: { process: 'process.stopping' } });
    expect(health.live().status).toBe('ok');
  });
});
