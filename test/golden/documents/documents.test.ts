import { readFileSync, writeFileSync } from 'node:fs';
import {
  renderStatementJson,
  renderStatementPdf,
  renderTreatmentReportJson,
  renderTreatmentReportPdf,
} from '#libs/documents';
import { describe, expect, it } from 'vitest';
import { envelopes, samples } from './sample-documents.js';

const { plain, withNotice, withForm } = envelopes;

const DOCUMENTS = [
  ['bare-statement.pdf', () => renderStatementPdf(samples.bareStatement(), plain)],
  ['bare-statement.json', () => renderStatementJson(samples.bareStatement(), plain)],
  ['long-statement.pdf', () => renderStatementPdf(samples.longStatement(), withNotice)],
  ['long-statement.json', () => renderStatementJson(samples.longStatement(), withNotice)],
  ['receipt.pdf', () => renderStatementPdf(samples.receipt(), plain)],
  ['receipt.json', () => renderStatementJson(samples.receipt(), plain)],
  ['treatment-report.pdf', () => renderTreatmentReportPdf(samples.report(), withForm)],
  ['treatment-report.json', () => renderTreatmentReportJson(samples.report(), withForm)],
] as const;

/** UPDATE_GOLDEN=1 writes the files anew; look at them before they are kept. */
describe('documents, byte for byte', () => {
  it.each(DOCUMENTS)('%s', (name, render) => {
    const result = render();
    if (!result.ok) throw new Error(result.issues.map(({ code, path }) => `${code} ${path}`).join());
    const file = new URL(name, import.meta.url);
    if (process.env['UPDATE_GOLDEN'] === '1') writeFileSync(file, result.value.bytes);
    expect(Buffer.from(result.value.bytes).equals(readFileSync(file))).toBe(true);
  });
});
