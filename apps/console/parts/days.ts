/** The first of so many days of which the given one, `YYYY-MM-DD`, is the last. */
export const daysBefore = (day: string, days: number): string => {
  const then = new Date(`${day}T00:00:00Z`);
  then.setUTCDate(then.getUTCDate() - days + 1);
  return then.toISOString().slice(0, 10);
};
