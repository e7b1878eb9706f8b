/** The day that the calendar shows in a time zone at a moment in milliseconds since 1970, as `YYYY-MM-DD`. */
export const dayIn = (timeZone: string, ms: number): string => {
  const calendar = new Intl.DateTimeFormat('en-US', {
    ...{ timeZone, calendar: 'gregory', numberingSystem: 'latn' },
    ...{ year: 'numeric', month: '2-digit', day: '2-digit' },
  });
  const parts = new Map(calendar.formatToParts(ms).map(({ type, value }) => [type, value]));
  return `${parts.get('year')?.padStart(4, '0')}-${parts.get('month')}-${parts.get('day')}`;
};

/** The first of so many days of which the given one, `YYYY-MM-DD`, is the last. */
export const daysBefore = (day: string, days: number): string => {
  const then = new Date(`${day}T00:00:00Z`);
  then.setUTCDate(then.getUTCDate() - days + 1);
  return then.toISOString().slice(0, 10);
};
