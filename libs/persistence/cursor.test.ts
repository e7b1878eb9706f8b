import { describe, expect, it } from 'vitest';
import { limitOf, pageOf, placeAfter } from './cursor.js';

describe('paging', () => {
  it('goes on after the last row that was shown', () => {
    const page = pageOf([1, 2, 3], 2, (row) => [row, `n${row}`]);
    expect(page.rows).toEqual([1, 2]);
    expect(placeAfter({ after: page.next ?? '', limit: 2 }, ['number', 'text'])).toEqual([2, 'n2']);
  });

  it('ends with the last page', () => {
    expect(pageOf([1, 2], 2, (row) => [row])).toEqual({ rows: [1, 2] });
    expect(pageOf([], 2, () => [])).toEqual({ rows: [] });
  });

  it('begins at the start for a cursor that is not its own', () => {
    const foreign = [
      '',
      '!',
      'bm90IGpzb24',
      Buffer.from('[1]').toString('base64url'),
      Buffer.from('["x",1]').toString('base64url'),
    ];
    for (const after of foreign) expect(placeAfter({ after, limit: 1 }, ['number', 'text'])).toBeUndefined();
    expect(placeAfter({ limit: 1 }, ['text'])).toBeUndefined();
  });

  it('keeps the size of a page within bounds', () => {
    expect([0, 1, 100, 101, -5].map((limit) => limitOf({ limit }))).toEqual([1, 1, 100, 100, 1]);
  });
});
