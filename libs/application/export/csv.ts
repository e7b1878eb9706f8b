/** What a spreadsheet would take for a formula (OWASP, CSV injection). */
const FORMULA = /^[=+\-@\t\r]/;

const NEEDS_QUOTES = /[",\r\n\t]/;

/**
 * One field of RFC 4180. What begins like a formula gets an apostrophe before it, inside quotes, so that a spreadsheet
 * shows it as text.
 */
const csvField = (value: string): string => {
  const isFormula = FORMULA.test(value);
  const safe = isFormula ? `'${value}` : value;
  return isFormula || NEEDS_QUOTES.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
};

/** One record, with its line break. */
export const csvRecord = (values: readonly string[]): string => `${values.map(csvField).join(',')}\r\n`;
