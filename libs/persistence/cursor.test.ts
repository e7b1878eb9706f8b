import { describe, expect, it } from 'vitest';
import { DatabaseError } from './database-error.js';
import { limitOf, pageOf, placeAfter } from './cursor.js';

const ID = '10000000-0000-4000-8000-000000000001';

describe('paging', () => {
  it('goes on after the last row that was shown', () => {
    const page = pageOf([1, 2, 3], 2, (row) => [row, `n${row}`]);
    expect(page.rows).toEqual([1, 2]);
    expect(placeAfter({ after: page.next ?? '', limit: 2 }, ['integer', 'text'])).toEqual([2, 'n2']);
  });

  it('ends with the last page', () => {
    expect(pageOf([1, 2], 2, (row) => [row])).toEqual({ rows: [1, 2] });
    expect(pageOf([], 2, () => [])).toEqual({ rows: [] });
  });

  it('begins at the start without a cursor', () => {
    expect(placeAfter({ limit: 1 }, ['text'])).toBeUndefined();
  });

  const made = (place: unknown): string => Buffer.from(JSON.stringify(place)).toString('base64url');
  const moment = Date.UTC(2026, 0, 5);

  it.each([
    ['nothing', ''],
    ['text of another alphabet', `${made([moment, ID])}!`],
    ['text that is not JSON', 'bm90IGpzb24'],
    ['JSON written otherwise', Buffer.from(`[ ${moment}, "${ID}" ]`).toString('base64url')],
    ['too few columns', made([moment])],
    ['too many columns', made([moment, ID, ID])],
    ['columns in another order', made([ID, moment])],
    ['a moment that is none', made([8.64e15 + 1, ID])],
    ['a moment before there were any', made([-1, ID])],
    ['an id that is none', made([moment, 'x'])],
  ])('refuses a cursor that this list did not make: %s', (_name, after) => {
    expect(() => placeAfter({ after, limit: 1 }, ['instant', 'id'])).toThrow(new DatabaseError('cursor_invalid'));
  });

  it('refuses what the columns of the database cannot hold', () => {
    for (const after of [made([1, 2 ** 31]), made([2 ** 53, 1]), made([-1, 1]), made([1.5, 1])])
      expect(() => placeAfter({ after, limit: 1 }, ['bigint', 'integer'])).toThrow('cursor_invalid');
    expect(() => placeAfter({ after: made(['a\u0000']), limit: 1 }, ['text'])).toThrow('cursor_invalid');
    expect(placeAfter({ after: made([2 ** 40, 7]), limit: 1 }, ['bigint', 'integer'])).toEqual([2 ** 40, 7]);
  });

  it('keeps the size of a page within bounds', () => {
    expect([0, 1, 100, 101, -5].map((limit) => limitOf({ limit }))).toEqual([1, 1, 100, 100, 1]);
  });
});
