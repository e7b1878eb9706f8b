import { describe, expect, it } from 'vitest';
import {
  centsText,
  columnsOf,
  DEFAULT_COLUMNS,
  dollarsText,
  filterOf,
  readClaimSearch,
  sortingOf,
} from './claim-search.js';

describe('the address of the list', () => {
  it('holds filters, sort and columns, and nothing else', () => {
    const search = readClaimSearch({ status: 'held', totalFrom: 100, sort: '-total', clientCode: 'C-1', name: 'Ada' });
    expect(search).toEqual({ status: 'held', totalFrom: '100', sort: '-total' });
    expect(filterOf(search)).toEqual({ status: 'held', totalFrom: '100' });
    expect(sortingOf(search)).toEqual(['-total']);
  });

  it('shows known columns once, in the order asked for, else the usual ones', () => {
    expect(columnsOf({ columns: 'total,status,total,secret' })).toEqual(['total', 'status']);
    expect(columnsOf({ columns: 'secret' })).toEqual(DEFAULT_COLUMNS);
    expect(columnsOf({})).toEqual(DEFAULT_COLUMNS);
  });
});

describe('amounts', () => {
  it.each([
    ['140', '14000'],
    ['1,140.5', '114050'],
    ['0.07', '7'],
    ['a', undefined],
    ['-3', undefined],
    ['1.234', undefined],
  ])('%s dollars are %s cents', (typed, cents) => {
    expect(centsText(typed)).toBe(cents);
  });

  it('are shown again as they were typed', () => {
    expect([dollarsText('114050'), dollarsText(undefined), dollarsText('x')]).toEqual(['1140.50', '', '']);
  });
});
