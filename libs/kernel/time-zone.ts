import type { Branded } from './ids.js';

/** Name of a zone in the IANA time zone database, such as `America/Los_Angeles`, or `UTC`. */
export type TimeZone = Branded<'TimeZone'>;

export const UTC = 'UTC' as TimeZone;

const DAY = 86_400_000;
const SECOND = 1_000;

/** With a region: what has none (`EST`, `PST`) means one thing here and another in a database. */
const shape = /^[A-Z][A-Za-z]+(?:\/[A-Z][A-Za-z0-9_+-]*)+$/;

const LONGEST = 60;

/** Undefined for what is no name of the database. */
export const parseTimeZone = (text: string): TimeZone | undefined => {
  if (text === UTC) return UTC;
  if (text.length > LONGEST || !shape.test(text)) return undefined;
  try {
    new Intl.DateTimeFormat('en-US', { timeZone: text });
    return text as TimeZone;
  } catch {
    return undefined;
  }
};

/** What is known of one zone: its calendar, and where days begin that were asked for before. */
interface Known {
  readonly calendar: Intl.DateTimeFormat;
  readonly starts: Map<number, number>;
}

const zones = new Map<TimeZone, Known>();

const knownOf = (zone: TimeZone): Known => {
  const known = zones.get(zone);
  if (known) return known;
  const made: Known = {
    calendar: new Intl.DateTimeFormat('en-US', {
      ...{ timeZone: zone, calendar: 'gregory', numberingSystem: 'latn' },
      ...{ year: 'numeric', month: 'numeric', day: 'numeric' },
    }),
    starts: new Map(),
  };
  zones.set(zone, made);
  return made;
};

/** The day, counted from 1 January 1970, that the calendar on the wall shows at an instant. */
const dayOnTheWall = ({ calendar }: Known, instant: number): number => {
  const part = { year: 0, month: 0, day: 0 };
  for (const { type, value } of calendar.formatToParts(instant))
    if (type === 'year' || type === 'month' || type === 'day') part[type] = Number(value);
  return Date.UTC(part.year, part.month - 1, part.day) / DAY;
};

/** Clocks are set by whole seconds, and no zone is further from UTC than this. */
const FURTHEST = 26 * 3_600;

const search = (known: Known, day: number): number => {
  const midnight = (day * DAY) / SECOND;
  let [before, after] = [midnight - FURTHEST, midnight + FURTHEST];
  while (after - before > 1) {
    const between = Math.floor((before + after) / 2);
    if (dayOnTheWall(known, between * SECOND) >= day) after = between;
    else before = between;
  }
  return after * SECOND;
};

/** As many days as three decades have: what is remembered of a zone stays small. */
const MOST_DAYS = 11_000;

/** The first instant of a day counted from 1 January 1970; of one that a zone left out, that of the next. */
export const startOfDay = (day: number, zone: TimeZone): number => {
  if (zone === UTC) return day * DAY;
  const known = knownOf(zone);
  const found = known.starts.get(day);
  if (found !== undefined) return found;
  const start = search(known, day);
  if (known.starts.size >= MOST_DAYS) known.starts.clear();
  known.starts.set(day, start);
  return start;
};

/** The day, counted from 1 January 1970, in which an instant lies. */
export const dayOf = (instant: number, zone: TimeZone): number => {
  if (!Number.isFinite(instant)) throw new RangeError('not an instant');
  const day = Math.floor(instant / DAY);
  if (zone === UTC) return day;
  if (startOfDay(day + 1, zone) <= instant) return day + 1;
  return startOfDay(day, zone) <= instant ? day : day - 1;
};
