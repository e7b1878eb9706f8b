import { CORRECTION_FIXES } from './correction-fixes.js';
import { INVOICE_EDITS } from './edit-invoice.js';
import { REPORT_EDITS } from './edit-report.js';

const FIXES: ReadonlyMap<string, string> = new Map([
  ...CORRECTION_FIXES,
  ...[...INVOICE_EDITS, ...REPORT_EDITS].map(({ id, fix }) => [id, fix] as const),
]);

/** Every such code with its sentence. */
export const fixes = (): readonly (readonly [code: string, fix: string])[] => [...FIXES];

/** What to do about an issue of `editInvoice`, of `editReport` or of a correction, in one sentence; undefined for a code of somebody else. */
export const fixFor = (code: string): string | undefined => FIXES.get(code);
