import { centsOf } from '#libs/kernel';
import { describe, expect, it } from 'vitest';
import { parseAmount, writeAmount } from './amount.js';

describe('X12 decimal amounts', () => {
  it.each([
    ['140', 14000],
    ['60.5', 6050],
    ['185.25', 18525],
    ['.1', 10],
    ['0', 0],
    ['-0', 0],
    ['-90', -9000],
    ['140.00', 14000],
    ['9999999999', undefined],
    ['99999999.99', 9_999_999_999],
    ['1.005', undefined],
    ['1.000', undefined],
    ['1E2', undefined],
    ['+5', undefined],
    ['5.', undefined],
    ['.', undefined],
    ['-', undefined],
    ['', undefined],
    ['1,5', undefined],
    ['14O', undefined],
    [' 5', undefined],
  ])('reads %j', (text, cents) => {
    expect(parseAmount(text)).toBe(cents);
  });

  it.each([
    [14000, '140'],
    [6050, '60.5'],
    [18525, '185.25'],
    [10, '.1'],
    [1, '.01'],
    [0, '0'],
    [-9000, '-90'],
  ])('writes %d without zeros that carry nothing', (cents, text) => {
    expect(writeAmount(centsOf(cents))).toBe(text);
  });
});
