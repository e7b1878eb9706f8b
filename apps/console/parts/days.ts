const calendars = new Map<string, Intl.DateTimeFormat>();

/** Of a zone that the browser does not know the calendar of UTC is shown: a day beside it is better than no screen. */
const calendarOf = (timeZone: string): Intl.DateTimeFormat => {
  const known = calendars.get(timeZone);
  if (known) return known;
  const inZone = (zone: string) =>
    new Intl.DateTimeFormat('en-US', {
      ...{ timeZone: zone, calendar: 'gregory', numberingSystem: 'latn' },
      ...{ year: 'numeric', month: '2-digit', day: '2-digit' },
    });
  let made: Intl.DateTimeFormat;
  try {
    made = inZone(timeZone);
  } catch {
    made = inZone('UTC');
  }
  calendars.set(timeZone, made);
  return made;
};

/** The day that the calendar shows in a time zone at a moment in milliseconds since 1970, as `YYYY-MM-DD`. */
export const dayIn = (timeZone: string, ms: number): string => {
  const parts = new Map(
    calendarOf(timeZone)
      .formatToParts(ms)
      .map(({ type, value }) => [type, value]),
  );
  return `${parts.get('year')?.padStart(4, '0')}-${parts.get('month')}-${parts.get('day')}`;
};

/** The first of so many days of which the given one, `YYYY-MM-DD`, is the last. */
export const daysBefore = (day: string, days: number): string => {
  const then = new Date(`${day}T00:00:00Z`);
  then.setUTCDate(then.getUTCDate() - days + 1);
  return then.toISOString().slice(0, 10);
};
