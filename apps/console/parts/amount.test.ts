import { describe, expect, it } from 'vitest';
import { centsFrom, typedFrom } from './amount.js';

describe('an amount as it is typed', () => {
  it.each([
    ['140', 14_000],
    ['140.5', 14_050],
    ['$1,140.05', 114_005],
    [' 0.07 ', 7],
  ])('%s', (typed, cents) => {
    expect(centsFrom(typed)).toBe(cents);
    expect(centsFrom(typedFrom(cents))).toBe(cents);
  });

  it.each(['', '1e3', '-5', '1,40', '140.005', '14O', '9999999999'])('refuses %j', (typed) => {
    expect(centsFrom(typed)).toBeUndefined();
  });
});
