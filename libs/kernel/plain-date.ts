import type { Branded } from './ids.js';
import { dayOf, startOfDay, type TimeZone } from './time-zone.js';

/** A calendar date `YYYY-MM-DD` without time or zone: a date of service, a birth date. */
export type PlainDate = Branded<'PlainDate'>;

const shape = /^(\d{4})-(\d{2})-(\d{2})$/;
const DAY = 86_400_000;

const instantOf = (date: PlainDate): number => Date.parse(`${date}T00:00:00Z`);

/** Accepts real calendar dates from 1900 to 2199 only. */
export const parsePlainDate = (text: string): PlainDate | undefined => {
  const parts = shape.exec(text);
  if (!parts) return undefined;
  const year = Number(parts[1]);
  if (year < 1900 || year > 2199) return undefined;
  const at = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(at.getTime()) && at.toISOString().slice(0, 10) === text ? (text as PlainDate) : undefined;
};

/** For dates that the program itself wrote. */
export const plainDate = (text: string): PlainDate => {
  const date = parsePlainDate(text);
  if (date === undefined) throw new RangeError('not a calendar date');
  return date;
};

const dateOfDay = (day: number): PlainDate => plainDate(new Date(day * DAY).toISOString().slice(0, 10));

/** The calendar date of an instant (milliseconds since the epoch) in a zone. */
export const dateOfInstant = (instant: number, zone: TimeZone): PlainDate => dateOfDay(dayOf(instant, zone));

/** The first instant of a date in a zone, or of the day so many days later, in milliseconds since the epoch. */
export const startOfDate = (date: PlainDate, zone: TimeZone, later = 0): number =>
  later === Infinity ? Infinity : startOfDay(instantOf(date) / DAY + later, zone);

/** The first instant after a date in a zone, in milliseconds since the epoch. */
export const endOfDate = (date: PlainDate, zone: TimeZone): number => startOfDate(date, zone, 1);

export const addDays = (date: PlainDate, days: number): PlainDate => dateOfDay(instantOf(date) / DAY + days);

export const daysBetween = (from: PlainDate, to: PlainDate): number =>
  Math.round((instantOf(to) - instantOf(from)) / DAY);

/** Completed years of life on a date; someone born on 29 February ages on 1 March of a common year. */
export const ageOn = (birth: PlainDate, on: PlainDate): number => {
  const years = Number(on.slice(0, 4)) - Number(birth.slice(0, 4));
  return on.slice(5) < birth.slice(5) ? years - 1 : years;
};
