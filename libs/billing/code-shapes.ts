/** Shapes only: whether a code exists and is in force on a day, the insurer decides. */

/** ICD-10-CM, written without the dot: a letter, a digit, then one to five more. */
export const isDiagnosisCode = (text: string): boolean => /^[A-Z]\d[0-9AB][0-9A-Z]{0,4}$/.test(text);

/** CPT (category I, II, III, proprietary analyses) or HCPCS level II. */
export const isProcedureCode = (text: string): boolean => /^(\d{4}[0-9AFMTU]|[A-V]\d{4})$/.test(text);

export const isModifier = (text: string): boolean => /^[0-9A-Z]{2}$/.test(text);

/** Two-digit places of service that CMS has assigned (place of service code set, 45 CFR 162.1002). */
const PLACES = new Set(
  [
    '01 02 03 04 05 06 07 08 09 10 11 12 13 14 15 16 17 18 19',
    '20 21 22 23 24 25 26 27 31 32 33 34 41 42 49',
    '50 51 52 53 54 55 56 57 58 60 61 62 65 66 71 72 81 99',
  ].flatMap((row) => row.split(' ')),
);

export const isPlaceOfService = (text: string): boolean => PLACES.has(text);
