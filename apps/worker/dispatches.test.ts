import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import type { DispatchHint, SendingServices } from '#libs/application';
import type { DisclosureId, LaneId, PracticeId } from '#libs/kernel';
import { Dispatches } from './dispatches.js';

const hint = (lane: string): DispatchHint => ({
  practice: 'p' as PracticeId,
  lane: lane as LaneId,
  disclosures: ['d' as DisclosureId],
});

const failures: unknown[] = [];
const nothing: unknown = { log: { failure: (...told: unknown[]) => void failures.push(told) } };
const services = nothing as SendingServices;

const deferred = () => {
  let settle: (error?: Error) => void = () => undefined;
  const promise = new Promise<void>((resolve, reject) => {
    settle = (error) => (error === undefined ? resolve() : reject(error));
  });
  return { promise, settle };
};

describe('dispatches', () => {
  it('keep their place in the queue while they work, and fail as they fail', async () => {
    const dispatches = new Dispatches(services, () => sleep(20));
    const began = performance.now();
    expect(await dispatches.handle(hint('a'))).toBe('done');
    expect(performance.now() - began).toBeGreaterThanOrEqual(15);
    const failing = new Dispatches(services, () => Promise.reject(new Error('x')));
    await expect(failing.handle(hint('a'))).rejects.toThrow('x');
    await failing.idle();
  });

  it('give it up when they only wait, and are waited for in the end', async () => {
    const insurer = deferred();
    const dispatches = new Dispatches(services, () => insurer.promise);
    expect(await dispatches.handle(hint('a'))).toBe('done');
    let isIdle = false;
    const idle = dispatches.idle().then(() => (isIdle = true));
    await sleep(20);
    expect(isIdle).toBe(false);
    insurer.settle(new Error('too late to tell the queue'));
    await idle;
    expect(failures).toHaveLength(1);
  });

  it('of one lane do not pile up, and those of another go on', async () => {
    const insurer = deferred();
    let begun = 0;
    const dispatches = new Dispatches(services, (_services, { lane }) => {
      begun += 1;
      return lane === 'dead' ? insurer.promise : Promise.resolve();
    });
    await Promise.all(Array.from({ length: 8 }, () => dispatches.handle(hint('dead'))));
    expect(await dispatches.handle(hint('dead'))).toEqual({ retryLaterMs: 1_000 });
    expect(begun).toBe(8);
    expect(await dispatches.handle(hint('well'))).toBe('done');
    insurer.settle();
    await dispatches.idle();
    await sleep(1);
    expect(await dispatches.handle(hint('dead'))).toBe('done');
    expect(begun).toBe(10);
  });
});
