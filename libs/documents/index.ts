export type { DocumentEnvelope, Enclosure, FormFace } from './document-envelope.js';
export { renderStatementJson } from './json/statement-json.js';
export { renderTreatmentReportJson } from './json/treatment-report-json.js';
export { canPrint } from './pdf/can-print.js';
export { renderStatementPdf } from './pdf/statement-pdf.js';
export { renderTreatmentReportPdf } from './pdf/treatment-report-pdf.js';
export { renderReleaseCopy } from './release-paper/release-copy-pdf.js';
export { type ReleaseFacts, releaseText, type ReleaseText } from './release-paper/release-text.js';
export { RELEASE_LANGUAGES, type ReleaseLanguage, releaseWords } from './release-paper/release-languages.js';
