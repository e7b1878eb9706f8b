import { describe, expect, it } from 'vitest';
import { dayIn, daysBefore } from './days.js';

describe('a period of days', () => {
  it('begins so many days ago, both ends counted', () => {
    expect(daysBefore('2026-03-02', 7)).toBe('2026-02-24');
    expect(daysBefore('2026-03-02', 1)).toBe('2026-03-02');
  });
});

describe('the day of a moment', () => {
  const noon = Date.parse('2026-03-08T12:00:00Z');
  it.each([
    ['UTC', 0, '2026-03-08'],
    ['Pacific/Kiritimati', 0, '2026-03-09'],
    ['Pacific/Pago_Pago', -2, '2026-03-07'],
    ['America/Los_Angeles', -4, '2026-03-08'],
    // The clocks went on that night: midnight came seven hours after that of UTC, no longer eight.
    ['America/Los_Angeles', 19, '2026-03-09'],
    ['America/Los_Angeles', 18.9, '2026-03-08'],
  ])('is that of the zone: %s, %d hours from noon', (zone, hours, day) => {
    expect(dayIn(zone, noon + hours * 3_600_000)).toBe(day);
  });
});
