const moneyFormat = (currency: string) => new Intl.NumberFormat('en-US', { style: 'currency', currency });
const moneyFormats = { USD: moneyFormat('USD'), CAD: moneyFormat('CAD') } as const;

/** Cents as dollars and cents, with a minus for what was taken back. */
export const money = (cents: number, currency: 'USD' | 'CAD' = 'USD'): string =>
  moneyFormats[currency].format(cents / 100);

const dayFormat = new Intl.DateTimeFormat('en-US', {
  ...{ year: 'numeric', month: 'short', day: 'numeric' },
  timeZone: 'UTC',
});

/** A plain date, which has no time zone: `Nov 3, 2026`. */
export const day = (plain: string): string => dayFormat.format(new Date(`${plain}T00:00:00Z`));

const instantFormat = new Intl.DateTimeFormat('en-US', {
  ...{ year: 'numeric', month: 'short', day: 'numeric', hour: '2-digit', minute: '2-digit' },
  timeZoneName: 'short',
});

/** An instant in the time zone of whoever reads it, which is named. */
export const instant = (utc: string): string => instantFormat.format(new Date(utc));
