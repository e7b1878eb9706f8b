declare const cents: unique symbol;

/** An amount in whole cents of the document's currency. Never a fraction, never a float sum. */
export type Cents = number & { readonly [cents]: true };

/** Largest amount a claim can carry: ten digits (X12 DE 782 as capped by HIPAA). */
export const LARGEST_AMOUNT = 99_999_999_99;

export const isCents = (value: number): value is Cents =>
  Number.isSafeInteger(value) && Math.abs(value) <= LARGEST_AMOUNT;

/** For amounts that the program itself wrote; a wrong one is a defect, hence the exception. */
export const centsOf = (value: number): Cents => {
  if (!isCents(value)) throw new RangeError('amount is not a whole number of cents');
  return value;
};

export const sumOf = (amounts: Iterable<Cents>): Cents => {
  let sum = 0;
  for (const amount of amounts) sum += amount;
  return centsOf(sum);
};

/** `12350` → `123.50`: for people. */
export const formatAmount = (amount: Cents): string => {
  const whole = Math.trunc(Math.abs(amount) / 100);
  const rest = String(Math.abs(amount) % 100).padStart(2, '0');
  return `${amount < 0 ? '-' : ''}${whole}.${rest}`;
};
