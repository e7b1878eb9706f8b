/** Digits that an amount may have under HIPAA's cap on X12 data element 782. */
const MOST_DIGITS = 10;

/** `60.5` → 6050 cents. Undefined for what is not an amount in whole cents. */
export const readAmount = (text: string): number | undefined => {
  const parts = /^(-?)(\d*)(?:\.(\d{1,2}))?$/.exec(text);
  if (parts === null) return undefined;
  const [whole, rest] = [parts[2] ?? '', parts[3] ?? ''];
  if (whole === '' && rest === '') return undefined;
  if (whole.length + rest.length > MOST_DIGITS) return undefined;
  const cents = Number(whole === '' ? '0' : whole) * 100 + Number(rest.padEnd(2, '0'));
  return parts[1] === '-' ? -cents : cents;
};

/** 6050 → `60.5`, 50 → `.5`: type R without leading or trailing zeros. */
export const writeAmount = (cents: number): string => {
  const whole = Math.trunc(Math.abs(cents) / 100);
  const rest = String(Math.abs(cents) % 100)
    .padStart(2, '0')
    .replace(/0+$/, '');
  const sign = cents < 0 ? '-' : '';
  if (rest === '') return `${sign}${whole}`;
  return `${sign}${whole === 0 ? '' : whole}.${rest}`;
};

/** CCYYMMDD that is a day of the calendar. */
export const isDate = (text: string): boolean => {
  if (!/^(19|20|21)\d{6}$/.test(text)) return false;
  const spelt = `${text.slice(0, 4)}-${text.slice(4, 6)}-${text.slice(6)}`;
  const day = new Date(`${spelt}T00:00:00Z`);
  return !Number.isNaN(day.getTime()) && day.toISOString().startsWith(spelt);
};

/** CCYYMMDD-CCYYMMDD, not backwards. */
export const isDateRange = (text: string): boolean => {
  const [from, to, ...more] = text.split('-');
  return more.length === 0 && isDate(from ?? '') && isDate(to ?? '') && (from ?? '') <= (to ?? '');
};
