import { expect, it } from 'vitest';
import { daysBetween, gone } from './expiry.js';

it('counts days over the end of summer time, and what part of a release is over', () => {
  expect(daysBetween('2026-10-31', '2026-11-02')).toBe(2);
  const terms = { validFrom: '2026-01-01', validUntil: '2026-01-11' };
  expect(gone(terms, '2026-01-06')).toBe(50);
  expect(gone(terms, '2027-01-06')).toBe(100);
  expect(gone(terms, '2025-01-06')).toBe(0);
  expect(gone({ validFrom: '2026-01-01' }, '2026-01-06')).toBeUndefined();
});
