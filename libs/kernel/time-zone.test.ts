import { describe, expect, it } from 'vitest';
import { dateOfInstant, endOfDate, parseTimeZone, plainDate, startOfDate, type TimeZone, UTC } from './index.js';

const zone = (name: string): TimeZone => {
  const parsed = parseTimeZone(name);
  if (parsed === undefined) throw new Error(name);
  return parsed;
};

const at = (text: string): number => Date.parse(text);
const HOUR = 3_600_000;

describe('time zones', () => {
  it('are names of the IANA database and nothing else', () => {
    for (const name of ['UTC', 'America/Los_Angeles', 'America/Argentina/Buenos_Aires', 'Etc/GMT+8', 'US/Pacific'])
      expect(parseTimeZone(name)).toBe(name);
    expect(Intl.supportedValuesOf('timeZone').filter((name) => parseTimeZone(name) === undefined)).toEqual([]);
    for (const name of ['', 'PST', 'EST', '+08:00', 'America/Nowhere', 'America/', 'utc', ' UTC', 'A'.repeat(80)])
      expect(parseTimeZone(name)).toBeUndefined();
  });
});

describe('days of a zone', () => {
  const oregon = zone('America/Los_Angeles');

  it('begin and end at midnight there, also where the clocks change', () => {
    expect(startOfDate(plainDate('2026-06-01'), UTC)).toBe(at('2026-06-01T00:00:00Z'));
    expect(startOfDate(plainDate('2026-06-01'), oregon)).toBe(at('2026-06-01T07:00:00Z'));
    expect(endOfDate(plainDate('2026-12-31'), oregon)).toBe(at('2027-01-01T08:00:00Z'));
    const short = plainDate('2026-03-08');
    expect(endOfDate(short, oregon) - startOfDate(short, oregon)).toBe(23 * HOUR);
    const long = plainDate('2026-11-01');
    expect(endOfDate(long, oregon) - startOfDate(long, oregon)).toBe(25 * HOUR);
    expect(startOfDate(plainDate('2026-06-01'), oregon, 180)).toBe(at('2026-11-28T08:00:00Z'));
    expect(startOfDate(plainDate('2026-06-01'), oregon, Infinity)).toBe(Infinity);
    expect(endOfDate(plainDate('2199-12-31'), UTC)).toBe(at('2200-01-01T00:00:00Z'));
  });

  it('begin later where there is no midnight, and do not last where a day was left out', () => {
    expect(startOfDate(plainDate('2026-09-06'), zone('America/Santiago'))).toBe(at('2026-09-06T04:00:00Z'));
    const samoa = zone('Pacific/Apia');
    const leftOut = plainDate('2011-12-30');
    expect(startOfDate(leftOut, samoa)).toBe(endOfDate(leftOut, samoa));
    expect(dateOfInstant(startOfDate(leftOut, samoa), samoa)).toBe('2011-12-31');
  });

  it('are what the calendar on the wall there says', () => {
    expect(dateOfInstant(at('2026-06-01T06:59:59.999Z'), oregon)).toBe('2026-05-31');
    expect(dateOfInstant(at('2026-06-01T07:00:00Z'), oregon)).toBe('2026-06-01');
    expect(dateOfInstant(at('2026-06-01T10:00:00Z'), zone('Pacific/Kiritimati'))).toBe('2026-06-02');
    expect(dateOfInstant(at('2026-06-01T23:59:00Z'), UTC)).toBe('2026-06-01');
    expect(() => dateOfInstant(Number.NaN, oregon)).toThrow(RangeError);
  });

  it('follow one another without a hole, whatever the zone', () => {
    for (const name of [
      'America/St_Johns',
      'Australia/Lord_Howe',
      'Asia/Kathmandu',
      'Africa/Casablanca',
      'America/Adak',
    ])
      for (let day = 0; day < 800; day += 1) {
        const midnight = startOfDate(plainDate('2025-01-01'), zone(name), day);
        const next = startOfDate(plainDate('2025-01-01'), zone(name), day + 1);
        expect(next).toBeGreaterThan(midnight);
        expect(dateOfInstant(next - 1, zone(name))).toBe(dateOfInstant(midnight, zone(name)));
      }
  });
});
