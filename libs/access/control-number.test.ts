import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { controlNumberOf } from './control-number.js';

const key = new Uint8Array(32).fill(7);
const counter = fc.integer({ min: 1, max: 999_999_999 });

describe('control numbers', () => {
  it('have one to nine digits and are never zero', () => {
    fc.assert(
      fc.property(counter, fc.string(), (count, pair) => {
        const number = controlNumberOf({ key, pair }, count);
        expect(Number.isInteger(number) && number >= 1 && number <= 999_999_999).toBe(true);
      }),
      { numRuns: 500 },
    );
    for (const edge of [1, 2, 999_999_998, 999_999_999])
      expect(controlNumberOf({ key, pair: 'a' }, edge)).toBeGreaterThan(0);
  });

  it('are all different for different counters of a pair', () => {
    const seen = new Set<number>();
    for (let count = 1; count <= 20_000; count += 1)
      seen.add(controlNumberOf({ key, pair: 'practice>insurer' }, count));
    for (let count = 999_990_000; count <= 999_999_999; count += 1)
      seen.add(controlNumberOf({ key, pair: 'practice>insurer' }, count));
    expect(seen.size).toBe(30_000);
  });

  it('say nothing about their order: neighbours are far apart', () => {
    let ascending = 0;
    for (let count = 1; count <= 1_000; count += 1) {
      if (controlNumberOf({ key, pair: 'a' }, count + 1) > controlNumberOf({ key, pair: 'a' }, count)) ascending += 1;
    }
    expect(ascending).toBeGreaterThan(400);
    expect(ascending).toBeLessThan(600);
  });

  it('are others for another pair and under another key', () => {
    const numbers = [
      controlNumberOf({ key, pair: 'a' }, 1),
      controlNumberOf({ key, pair: 'b' }, 1),
      controlNumberOf({ key: new Uint8Array(32), pair: 'a' }, 1),
    ];
    expect(new Set(numbers).size).toBe(3);
  });

  it.each([0, -1, 1.5, 1_000_000_000, Number.NaN])('do not exist for the counter %s', (count) => {
    expect(() => controlNumberOf({ key, pair: 'a' }, count)).toThrow(RangeError);
  });
});
