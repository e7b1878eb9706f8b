import type { PlainDate } from '#libs/kernel';
import type { Ruling } from './decision.js';
import type { Limit } from './grounds.js';
import type { SignedRelease } from './release.js';
import type { Sheet } from './sheet.js';
import type { Dating } from './verdict.js';

/**
 * All datings between which no paper draws a line: whatever one release covers or one restriction names, it covers or
 * names for each of them alike. So they share their rulings on a field as a whole, kept here by number of the row, each
 * made for the first document that asks.
 */
export interface Occasion extends Dating {
  readonly rulings: (Ruling | undefined)[];
}

/** The occasions of a whole document and of its lines, by their era. Few: most documents lie in one era. */
interface Occasions {
  readonly eras: number | string;
  readonly whole: Occasion;
  readonly lines: { readonly era: number | PlainDate; readonly occasion: Occasion }[];
}

/** Where the papers of one family cut the calendar. */
export interface Calendar {
  /** First dates that a release covers. */
  readonly firsts: readonly PlainDate[];
  /** Last dates that a release covers. */
  readonly lasts: readonly PlainDate[];
  /** Dates that a restriction names one by one. */
  readonly singled: readonly PlainDate[];
  readonly met: Occasions[];
}

/** Documents that touch more different sets of eras than this begin a new list: what is remembered stays small. */
const MOST_MET = 64;

export const calendarOf = (releases: readonly SignedRelease[], limits: readonly Limit[]): Calendar => {
  const [firsts, lasts, singled]: [PlainDate[], PlainDate[], PlainDate[]] = [[], [], []];
  for (const { serviceFrom, serviceTo } of releases) {
    if (serviceFrom !== undefined) firsts.push(serviceFrom);
    if (serviceTo !== undefined) lasts.push(serviceTo);
  }
  for (const { restriction } of limits)
    if (restriction.kind === 'paid-in-full') for (const date of restriction.serviceDates) singled.push(date);
  return { firsts, lasts, singled, met: [] };
};

/** Numbers the stretches of the calendar between the cuts, upwards in time: two dates of one era are covered by the same releases. */
const eraOf = (calendar: Calendar, date: PlainDate): number => {
  let era = 0;
  for (const first of calendar.firsts) if (date >= first) era += 1;
  for (const last of calendar.lasts) if (date > last) era += 1;
  return era;
};

/** A report that counts sessions without naming them is about its own day, not about theirs. */
const datesOf = (sheet: Sheet): readonly PlainDate[] => {
  const { request, layout } = sheet;
  const dates = new Set(request.aboutDates);
  if (layout.asksDates)
    for (const [line, date] of request.serviceDates) if (!request.excludedLines.includes(line)) dates.add(date);
  return [...dates].sort();
};

/** The eras that a document touches. Which of its dates lie in them changes no verdict. */
const erasOf = (calendar: Calendar, sheet: Sheet): number | string => {
  const { request, layout, kept } = sheet;
  const { lines } = sheet.arrangement;
  const eras: number[] = [];
  const touch = (date: PlainDate | undefined): void => {
    if (date === undefined) return;
    const era = eraOf(calendar, date);
    if (!eras.includes(era)) eras.push(era);
  };
  for (const date of request.aboutDates) touch(date);
  for (let line = 0; layout.asksDates && line < lines.length; line += 1) {
    if (kept[line] === true) touch(request.serviceDates.get(lines[line] ?? ''));
  }
  const [first] = eras;
  return eras.length === 1 && first !== undefined ? first : eras.sort((one, other) => one - other).join(' ');
};

const occasion = (own: PlainDate | undefined, document: readonly PlainDate[]): Occasion => ({
  own,
  document,
  rulings: [],
});

const occasionsOf = (calendar: Calendar, sheet: Sheet): Occasions => {
  const eras = erasOf(calendar, sheet);
  const { met } = calendar;
  for (const known of met) if (known.eras === eras) return known;
  const made: Occasions = { eras, whole: occasion(undefined, datesOf(sheet)), lines: [] };
  if (met.length >= MOST_MET) met.shift();
  met.push(made);
  return made;
};

const lineOccasion = (calendar: Calendar, { whole, lines }: Occasions, date: PlainDate): Occasion => {
  const era = calendar.singled.includes(date) ? date : eraOf(calendar, date);
  for (const known of lines) if (known.era === era) return known.occasion;
  const made = occasion(date, whole.document);
  lines.push({ era, occasion: made });
  return made;
};

/** The occasion of a document as a whole, and that of each of its lines by number. */
export interface Timing {
  readonly whole: Occasion;
  readonly lines: readonly Occasion[];
}

export const timingOf = (calendar: Calendar, sheet: Sheet): Timing => {
  const occasions = occasionsOf(calendar, sheet);
  const lines = sheet.arrangement.lines.map((line) => {
    const date = sheet.request.serviceDates.get(line);
    return date === undefined ? occasions.whole : lineOccasion(calendar, occasions, date);
  });
  return { whole: occasions.whole, lines };
};
