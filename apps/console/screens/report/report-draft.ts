import type { Asked } from '../../ask/ask.js';
import type { Parties } from '../../parts/parties.js';
import type { Places } from '../../parts/places.js';

export type ReportBody = Asked<'POST /v1/treatment-reports'>['body'];

/** Members that are one word or one text. */
const TEXTS = [
  'functioning',
  'distress',
  'reasonContinuing',
  'prognosisText',
  'frequency',
  'modality',
  'goals',
  'progressRating',
  'progressSummary',
  'riskSuicide',
  'riskHomicide',
  'medication',
  'historyPresenting',
  'historyTrauma',
  'statusLegal',
  'statusSetting',
  'substanceUse',
  'priorAuthorization',
] as const satisfies readonly (keyof ReportBody)[];

export type TextMember = (typeof TEXTS)[number];

/** A report as it is typed. */
export type ReportDraft = Parties & {
  readonly attestedOn: string;
  readonly diagnoses: readonly string[];
  readonly minimumWeeks: string;
  readonly sessionsRequested: string;
  readonly from: string;
  readonly to: string;
  readonly symptoms: string;
  /** Not edited here, and kept as they are. */
  readonly sessionDates?: NonNullable<ReportBody['sessionDates']>;
} & { readonly [Name in TextMember]: string };

const EMPTY_TEXTS = Object.fromEntries(TEXTS.map((name) => [name, ''])) as { readonly [Name in TextMember]: string };

export const emptyReport = (today: string): ReportDraft => ({
  ...EMPTY_TEXTS,
  ...{ client: '', coverage: '', clinician: '', attestedOn: today, diagnoses: [''], minimumWeeks: '' },
  ...{ sessionsRequested: '', from: today, to: '', symptoms: '' },
});

export type MissingInReport = keyof Parties | 'sessionsRequested' | 'from' | 'to';

/** What is still empty that nothing can be decided without. */
export const missingInReport = (draft: ReportDraft): readonly MissingInReport[] =>
  (['client', 'coverage', 'clinician', 'sessionsRequested', 'from', 'to'] as const).filter(
    (name) => draft[name].trim() === '',
  );

const linesOf = (typed: string): readonly string[] =>
  typed
    .split('\n')
    .map((one) => one.trim())
    .filter((one) => one !== '');

const isFilled = (code: string): boolean => code.trim() !== '';

/** Diagnoses left empty are not sent: what is said of one that was stands at the row which it came from. */
export const atTheirRows = (places: Places, { diagnoses }: Pick<ReportDraft, 'diagnoses'>): Places => {
  const rows = diagnoses.flatMap((code, row) => (isFilled(code) ? [row] : []));
  return Object.fromEntries(
    Object.entries(places).map(([place, sentence]) => [
      place.replace(/^\/diagnoses\/(\d+)/, (whole, sent: string) => {
        const row = rows[Number(sent)];
        return row === undefined ? whole : `/diagnoses/${row}`;
      }),
      sentence,
    ]),
  );
};

/** The report that the form stands for. What is left empty is left out. */
export const reportBody = (draft: ReportDraft): ReportBody => {
  const texts = Object.fromEntries(TEXTS.flatMap((name) => (draft[name].trim() === '' ? [] : [[name, draft[name]]])));
  const symptoms = linesOf(draft.symptoms);
  return {
    ...(texts as Pick<ReportBody, TextMember>),
    ...{ client: draft.client, coverage: draft.coverage, clinician: draft.clinician, attestedOn: draft.attestedOn },
    diagnoses: draft.diagnoses.filter(isFilled).map((code, index) => ({ id: `D${index + 1}`, code: code.trim() })),
    sessionsRequested: Number(draft.sessionsRequested),
    ...{ from: draft.from, to: draft.to },
    ...(draft.minimumWeeks.trim() === '' ? {} : { minimumWeeks: Number(draft.minimumWeeks) }),
    ...(symptoms.length === 0 ? {} : { symptoms: [...symptoms] }),
    ...(draft.sessionDates === undefined ? {} : { sessionDates: draft.sessionDates }),
  };
};

/** A stored report, to be amended; whoever saves it attests anew. */
export const reportDraftFrom = (report: ReportBody, today: string): ReportDraft => ({
  ...(Object.fromEntries(TEXTS.map((name) => [name, report[name] ?? ''])) as { readonly [Name in TextMember]: string }),
  ...{ client: report.client, coverage: report.coverage, clinician: report.clinician, attestedOn: today },
  diagnoses: report.diagnoses.length === 0 ? [''] : report.diagnoses.map(({ code }) => code),
  minimumWeeks: report.minimumWeeks === undefined ? '' : String(report.minimumWeeks),
  sessionsRequested: String(report.sessionsRequested),
  ...{ from: report.from, to: report.to, symptoms: (report.symptoms ?? []).join('\n') },
  ...(report.sessionDates === undefined ? {} : { sessionDates: report.sessionDates }),
});
