import { describe, expect, it } from 'vitest';
import { daysBefore } from './days.js';

describe('a period of days', () => {
  it('begins so many days ago, both ends counted', () => {
    expect(daysBefore('2026-03-02', 7)).toBe('2026-02-24');
    expect(daysBefore('2026-03-02', 1)).toBe('2026-03-02');
  });
});
