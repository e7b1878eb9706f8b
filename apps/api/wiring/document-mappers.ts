import type { Accepted as IntakeAccepted, DocumentContent, DocumentRecord, ValidSubmission } from '#libs/application';
import type { Invoice, PriorPayer, TreatmentReport } from '#libs/billing';
import type {
  Accepted,
  AmendDocument,
  DocumentView,
  SubmitInvoice,
  SubmitTreatmentReport,
  Validated,
} from '#libs/contracts';
import { type DisclosureId, unreachable } from '#libs/kernel';
import { toIssueView } from '../issue-view.js';
import { toInstant } from './desk.js';

type ContentView = DocumentView['content'];
type InvoiceView = Extract<ContentView, { kind: 'invoice' }>['invoice'];
type ReportView = Extract<ContentView, { kind: 'treatment-report' }>['report'];

export const fromSubmitInvoice = ({ format: _format, ...invoice }: SubmitInvoice): DocumentContent => ({
  kind: 'invoice',
  invoice,
});

export const fromSubmitTreatmentReport = (report: SubmitTreatmentReport): DocumentContent => ({
  kind: 'treatment-report',
  report,
});

export const fromAmendDocument = ({ content }: AmendDocument): DocumentContent => content;

export const toAccepted = (accepted: IntakeAccepted): Accepted => ({
  document: accepted.document,
  disclosures: [
    {
      id: accepted.disclosure,
      insurer: accepted.insurer,
      format: accepted.format,
      purpose: accepted.purpose,
      state: accepted.status,
      nextStep: accepted.nextStep,
    },
  ],
  warnings: accepted.warnings.map(toIssueView),
});

export const toValidated = ({ outcome, gaps, warnings }: ValidSubmission): Validated => ({
  valid: true,
  outcome,
  gaps: gaps.map(({ code, cause, curer, sentence }) => ({ code, cause, curer, sentence })),
  warnings: warnings.map(toIssueView),
});

type PriorPayerView = NonNullable<InvoiceView['priorPayer']>;

const toPriorPayerView = ({ adjudication, ...named }: PriorPayer): PriorPayerView => {
  if (adjudication === undefined) return named;
  const lines = adjudication.lines.map((one) => ({ ...one, adjustments: [...one.adjustments] }));
  return { ...named, adjudication: { ...adjudication, adjustments: [...adjudication.adjustments], lines } };
};

const toInvoiceView = ({ priorPayer, ...invoice }: Invoice): InvoiceView => ({
  ...invoice,
  ...(priorPayer === undefined ? {} : { priorPayer: toPriorPayerView(priorPayer) }),
  diagnoses: [...invoice.diagnoses],
  lines: invoice.lines.map((line) => ({ ...line, modifiers: [...line.modifiers], pointers: [...line.pointers] })),
});

/** A word of a closed list; whatever else stands there was never accepted by the contract and is not shown as one of its words. */
const wordIn = <Word extends string>(words: readonly Word[], word: string | undefined): Word | undefined =>
  words.find((one) => one === word);

const LEVELS = ['mild', 'moderate', 'severe', 'extreme'] as const;
const RATINGS = ['none', 'some', 'good', 'met'] as const;
const LEGAL = ['voluntary', 'involuntary'] as const;
const SETTINGS = ['inpatient', 'outpatient'] as const;

const toReportView = (report: TreatmentReport): ReportView => {
  const { functioning, distress, progressRating, statusLegal, statusSetting, symptoms, sessionDates, ...rest } = report;
  const level = wordIn(LEVELS, functioning);
  const burden = wordIn(LEVELS, distress);
  const rating = wordIn(RATINGS, progressRating);
  const legal = wordIn(LEGAL, statusLegal);
  const setting = wordIn(SETTINGS, statusSetting);
  return {
    ...rest,
    diagnoses: [...report.diagnoses],
    ...(level === undefined ? {} : { functioning: level }),
    ...(burden === undefined ? {} : { distress: burden }),
    ...(rating === undefined ? {} : { progressRating: rating }),
    ...(legal === undefined ? {} : { statusLegal: legal }),
    ...(setting === undefined ? {} : { statusSetting: setting }),
    ...(symptoms === undefined ? {} : { symptoms: [...symptoms] }),
    ...(sessionDates === undefined ? {} : { sessionDates: [...sessionDates] }),
  };
};

const toContentView = (content: DocumentContent): ContentView => {
  switch (content.kind) {
    case 'invoice':
      return { kind: 'invoice', invoice: toInvoiceView(content.invoice) };
    case 'treatment-report':
      return { kind: 'treatment-report', report: toReportView(content.report) };
    default:
      return unreachable(content);
  }
};

export const toDocumentView = (document: DocumentRecord, disclosures: readonly DisclosureId[]): DocumentView => ({
  id: document.id,
  content: toContentView(document.content),
  createdAt: toInstant(document.createdAt),
  disclosures: [...disclosures],
});
