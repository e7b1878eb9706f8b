import { describe, expect, it } from 'vitest';
import { nextSorting, sortOf } from './sorting.js';

describe('sorting by columns', () => {
  it('goes upwards, downwards, and off', () => {
    const up = nextSorting([], 'total', false);
    const down = nextSorting(up, 'total', false);
    expect([up, down, nextSorting(down, 'total', false)]).toEqual([['total'], ['-total'], []]);
  });

  it('takes the place of the others, or stands beside them in its rank', () => {
    expect(nextSorting(['state', '-total'], 'format', false)).toEqual(['format']);
    expect(nextSorting(['state', '-total'], 'format', true)).toEqual(['state', '-total', 'format']);
    expect(nextSorting(['state', '-total'], 'state', true)).toEqual(['-state', '-total']);
    expect(nextSorting(['-state', '-total'], 'state', true)).toEqual(['-total']);
  });

  it('is said of each column with its rank', () => {
    expect(sortOf(['state', '-total'], 'total')).toEqual({ order: 'descending', rank: 2 });
    expect(sortOf(['state'], 'total')).toEqual({ order: 'none', rank: 0 });
  });
});
