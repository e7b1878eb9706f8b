import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it, vi } from 'vitest';
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
    const begun: string[] = [];
    const dispatches = new Dispatches(services, (_services, { lane }) => {
      begun.push(lane);
      return lane === 'dead' ? insurer.promise : Promise.resolve();
    });
    await Promise.all(Array.from({ length: 8 }, () => dispatches.handle(hint('dead'))));
    const lined = Array.from({ length: 16 }, () => dispatches.handle(hint('dead')));
    expect(new Set(await Promise.all(lined))).toEqual(new Set(['done']));
    expect(await dispatches.handle(hint('dead'))).toEqual({ retryLaterMs: 1_000 });
    expect(begun).toHaveLength(8);
    expect(await dispatches.handle(hint('well'))).toBe('done');
    insurer.settle();
    await vi.waitFor(() => expect(begun).toHaveLength(25));
    await sleep(1);
    expect(await dispatches.handle(hint('dead'))).toBe('done');
    await dispatches.idle();
    expect(begun).toHaveLength(26);
  });

  it('take the next in line whenever one of their lane has ended, never more at once', async () => {
    const insurers = Array.from({ length: 10 }, deferred);
    let begun = 0;
    const dispatches = new Dispatches(services, () => insurers[begun++]?.promise ?? Promise.resolve());
    await Promise.all(Array.from({ length: 8 }, () => dispatches.handle(hint('slow'))));
    await Promise.all([dispatches.handle(hint('slow')), dispatches.handle(hint('slow'))]);
    expect(begun).toBe(8);
    insurers[3]?.settle();
    await vi.waitFor(() => expect(begun).toBe(9));
    insurers[8]?.settle(new Error('that one failed'));
    await vi.waitFor(() => expect(begun).toBe(10));
    for (const one of insurers) one.settle();
    await dispatches.idle();
  });

  it('give back what stands in line when they stop, and begin nothing new', async () => {
    const insurer = deferred();
    let begun = 0;
    const back: string[] = [];
    const dispatches = new Dispatches(
      services,
      () => {
        begun += 1;
        return insurer.promise;
      },
      (_services, { lane }) => {
        back.push(lane);
        return Promise.resolve();
      },
    );
    await Promise.all(Array.from({ length: 8 }, () => dispatches.handle(hint('dead'))));
    await Promise.all(Array.from({ length: 3 }, () => dispatches.handle(hint('dead'))));
    const idle = dispatches.idle();
    insurer.settle();
    await idle;
    expect([begun, back.length]).toEqual([8, 3]);
  });
});
