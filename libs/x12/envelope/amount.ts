import { type Cents, centsOf, isCents } from '#libs/kernel';

const DECIMAL = /^(-?)(\d{1,10})?(?:\.(\d{1,2}))?$/;

/**
 * Reads an X12 decimal number (type R) as whole cents, exactly: no exponent, no plus sign, no third decimal, no float
 * arithmetic on the way. `undefined` for everything else.
 */
export const parseAmount = (text: string): Cents | undefined => {
  const parts = DECIMAL.exec(text);
  if (!parts) return undefined;
  const [, sign, whole, fraction] = parts;
  if (whole === undefined && fraction === undefined) return undefined;
  const cents = Number(whole ?? '0') * 100 + Number((fraction ?? '').padEnd(2, '0'));
  if (!isCents(cents)) return undefined;
  return sign === '-' && cents !== 0 ? centsOf(0 - cents) : cents;
};

/** `14000` → `140`, `6050` → `60.5`, `10` → `.1`: zeros that carry nothing are not sent (X12 RFI 1711). */
export const writeAmount = (amount: Cents): string => {
  const absolute = Math.abs(amount);
  const whole = Math.trunc(absolute / 100);
  const fraction = String(absolute % 100)
    .padStart(2, '0')
    .replace(/0+$/, '');
  const sign = amount < 0 ? '-' : '';
  if (fraction === '') return `${sign}${whole}`;
  return `${sign}${whole === 0 ? '' : whole}.${fraction}`;
};
