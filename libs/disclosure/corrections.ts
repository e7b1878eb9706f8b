/**
 * How a claim takes the place of an earlier one: a replacement (CLM05-3 `7`) or a void (`8`) of what the insurer has
 * looked at, or the same again (`1`) for what it refused before looking.
 */
export const CORRECTION_KINDS = ['replacement', 'void', 'resubmission'] as const;

export type CorrectionKind = (typeof CORRECTION_KINDS)[number];
