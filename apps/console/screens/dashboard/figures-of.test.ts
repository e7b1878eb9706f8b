import { describe, expect, it } from 'vitest';
import { percentOf, sharesOf, spanOf } from './figures-of.js';

describe('figures of the dashboard', () => {
  it.each([
    [0, 'seconds', 0],
    [119, 'seconds', 119],
    [120, 'minutes', 2],
    [7_199, 'minutes', 120],
    [7_200, 'hours', 2],
    [172_800, 'dayCount', 2],
  ])('%i seconds are said as %s', (seconds, unit, count) => {
    expect(spanOf(seconds)).toEqual({ unit, count });
  });

  it('are no share of nothing', () => {
    expect(percentOf(0, 0)).toBeUndefined();
    expect(percentOf(1, 3)).toBe(33);
  });

  it('put the insurer from which most stays first', () => {
    const row = (name: string, goes: number, changed: number, withheld: number) => ({
      ...{ goes, changed, withheld, disclosures: 1 },
      insurer: { id: '10000000-0000-4000-8000-000000000001', name },
    });
    const rows = [row('A', 9, 0, 1), row('B', 4, 1, 5), row('C', 0, 0, 0)];
    expect(sharesOf({ rows, sample: { disclosures: 3, of: 3 } })).toEqual([
      { name: 'B', share: 50 },
      { name: 'A', share: 10 },
      { name: 'C', share: 0 },
    ]);
  });
});
