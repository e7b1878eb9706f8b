import { describe, expect, it } from 'vitest';
import {
  addDays,
  ageOn,
  canonical,
  centsOf,
  dateOfInstant,
  daysBetween,
  formatAmount,
  isCents,
  isUuid,
  parseId,
  parsePlainDate,
  plainDate,
  sumOf,
  UTC,
} from './index.js';

describe('plain dates', () => {
  it('accepts calendar dates and nothing else', () => {
    expect(parsePlainDate('2024-02-29')).toBe('2024-02-29');
    for (const text of ['2023-02-29', '2024-13-01', '1899-12-31', '2200-01-01', '2024-2-9', '2024-02-29T00:00', ''])
      expect(parsePlainDate(text)).toBeUndefined();
    expect(() => plainDate('soon')).toThrow(RangeError);
  });

  it('counts days and completed years', () => {
    expect(addDays(plainDate('2024-02-28'), 2)).toBe('2024-03-01');
    expect(daysBetween(plainDate('2023-12-31'), plainDate('2024-12-31'))).toBe(366);
    expect(ageOn(plainDate('2000-02-29'), plainDate('2023-02-28'))).toBe(22);
    expect(ageOn(plainDate('2000-02-29'), plainDate('2023-03-01'))).toBe(23);
    expect(dateOfInstant(Date.UTC(2026, 0, 1, 23, 59), UTC)).toBe('2026-01-01');
  });
});

describe('money', () => {
  it('is whole cents, sums exactly and shows two digits', () => {
    expect(sumOf([centsOf(10), centsOf(20)])).toBe(30);
    expect(formatAmount(centsOf(-1205))).toBe('-12.05');
    expect(isCents(0.1)).toBe(false);
    expect(() => centsOf(10 ** 12)).toThrow(RangeError);
  });
});

describe('canonical text', () => {
  it('does not depend on the order of keys or on how a letter was composed', () => {
    expect(canonical({ b: 1, a: ['x', null, true] })).toBe('{"a":["x",null,true],"b":1}');
    expect(canonical('é')).toBe(canonical('é'));
    expect(() => canonical(0.5)).toThrow(RangeError);
  });
});

describe('ids', () => {
  it('are uuids in lower case', () => {
    expect(isUuid('00000000-0000-4000-8000-000000000001')).toBe(true);
    expect(parseId('00000000-0000-4000-8000-00000000000Z')).toBeUndefined();
  });
});
