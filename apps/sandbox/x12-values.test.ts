import { describe, expect, it } from 'vitest';
import { isDate, isDateRange, readAmount, writeAmount } from './x12-values.js';

describe('amounts', () => {
  it.each([
    ['140', 14000],
    ['60.5', 6050],
    ['.01', 1],
    ['0', 0],
    ['-12.30', -1230],
    ['99999999.99', 9999999999],
  ])('reads %s', (text, cents) => expect(readAmount(text)).toBe(cents));

  it.each(['', '.', '-', '1.001', '14O', '1,5', '1e3', ' 1', '999999999.99'])('does not read "%s"', (text) =>
    expect(readAmount(text)).toBeUndefined(),
  );

  it.each([0, 1, 10, 99, 100, 101, 6050, 14000, -11200, 9999999999])('writes %i so that it reads the same', (cents) => {
    const text = writeAmount(cents);
    expect(readAmount(text)).toBe(cents);
    expect(text).not.toMatch(/^-?0\.|\.\d*0$|\.$/);
  });
});

describe('dates', () => {
  it('are days of the calendar, and ranges do not run backwards', () => {
    expect(['20240229', '20260228', '20261231'].every(isDate)).toBe(true);
    expect(['20260229', '20261301', '2026010', '2026-1-1', '20260431', ''].some(isDate)).toBe(false);
    expect(isDateRange('20260101-20260101')).toBe(true);
    expect(isDateRange('20260102-20260101')).toBe(false);
    expect(isDateRange('20260101-20260102-20260103')).toBe(false);
  });
});
