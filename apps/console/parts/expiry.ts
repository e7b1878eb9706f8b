const DAY_MS = 86_400_000;

const dayOf = (plain: string): number => Date.parse(`${plain}T00:00:00Z`) / DAY_MS;

/** Whole days from one plain date to another. */
export const daysBetween = (from: string, to: string): number => dayOf(to) - dayOf(from);

/** How much of its time has gone, 0 to 100; undefined without a first or last day. */
export const gone = (
  terms: { readonly validFrom?: string; readonly validUntil?: string },
  today: string,
): number | undefined => {
  const { validFrom, validUntil } = terms;
  if (validFrom === undefined || validUntil === undefined) return undefined;
  const whole = Math.max(daysBetween(validFrom, validUntil), 1);
  return Math.min(Math.max((100 * daysBetween(validFrom, today)) / whole, 0), 100);
};
