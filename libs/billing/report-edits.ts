import { type FieldId, fieldOf } from '#libs/catalogue';
import { addDays, parsePlainDate, type PlainDate } from '#libs/kernel';
import { among, at, type Edit } from './edit.js';
import { isIdentifier, isLine, isProse } from './text-shapes.js';
import type { TreatmentReport } from './treatment-report.js';

export interface ReportSetting {
  readonly today: PlainDate;
}

export interface ReportUnderEdit {
  readonly report: TreatmentReport;
  readonly setting: ReportSetting;
}

const MOST_SESSIONS = 99;
const MOST_WEEKS = 520;
const MOST_SESSION_DATES = 200;
const LONGEST_PROSE = 4000;

type Member<Kind> = {
  [Key in keyof TreatmentReport]-?: TreatmentReport[Key] extends Kind | undefined ? Key : never;
}[keyof TreatmentReport];

const CLOSED: readonly (readonly [member: Member<string>, field: FieldId])[] = [
  ['functioning', 'functioning.level'],
  ['distress', 'distress.level'],
  ['progressRating', 'progress.rating'],
  ['statusLegal', 'status.legal'],
  ['statusSetting', 'status.setting'],
  ['frequency', 'plan.frequency'],
  ['modality', 'plan.modality'],
  ['riskSuicide', 'risk.suicide'],
  ['riskHomicide', 'risk.homicide'],
  ['substanceUse', 'sud.present'],
];
const PROSE: readonly Member<string>[] = [
  'reasonContinuing',
  'prognosisText',
  'goals',
  'progressSummary',
  'medication',
  'historyPresenting',
  'historyTrauma',
];
/** An attestation is of what is; older than this it is made anew. */
const ATTESTED_DAYS = 14;

const DATES = ['attestedOn', 'from', 'to'] as const;

const outside = (value: number | undefined, most: number): boolean =>
  value !== undefined && (!Number.isInteger(value) || value < 1 || value > most);

const membersWhere = <Name extends keyof TreatmentReport>(
  members: readonly Name[],
  wrong: (member: Name) => boolean,
): readonly string[] => members.filter(wrong).map((member) => `/${member}`);

/** What holds for a treatment report. */
export const REPORT_EDITS: readonly Edit<ReportUnderEdit>[] = [
  {
    id: 'date_not_a_date',
    severity: 'error',
    fix: 'Enter a calendar date.',
    find: ({ report }) => [
      ...membersWhere(DATES, (member) => parsePlainDate(report[member]) === undefined),
      ...among('/sessionDates', report.sessionDates ?? [], (date) => parsePlainDate(date) === undefined),
    ],
  },
  {
    id: 'attested_in_future',
    severity: 'error',
    fix: 'Attest to the report today or earlier.',
    find: ({ report, setting }) => at('/attestedOn', report.attestedOn > setting.today),
  },
  {
    // It says how the client is; and which sessions a release covers must not hang on a day that somebody types.
    id: 'attested_long_ago',
    severity: 'error',
    rule: `at most ${ATTESTED_DAYS} days ago`,
    fix: 'Look at the report again and attest to it today.',
    find: ({ report, setting }) => at('/attestedOn', report.attestedOn < addDays(setting.today, -ATTESTED_DAYS)),
  },
  {
    id: 'period_reversed',
    severity: 'error',
    rule: 'from ≤ to',
    fix: 'Exchange the two dates.',
    find: ({ report }) => at('/to', report.from > report.to),
  },
  {
    id: 'sessions_out_of_range',
    severity: 'error',
    rule: `whole number from 1 to ${MOST_SESSIONS}`,
    fix: 'Enter how many sessions are asked for.',
    find: ({ report }) => at('/sessionsRequested', outside(report.sessionsRequested, MOST_SESSIONS)),
  },
  {
    id: 'weeks_out_of_range',
    severity: 'error',
    rule: `whole number from 1 to ${MOST_WEEKS}`,
    fix: 'Estimate the least number of weeks as a whole number.',
    find: ({ report }) => at('/minimumWeeks', outside(report.minimumWeeks, MOST_WEEKS)),
  },
  ...CLOSED.map(([member, field]): Edit<ReportUnderEdit> => {
    const words = fieldOf(field).values ?? [];
    return {
      id: `${member}_unknown`,
      severity: 'error',
      rule: words.join(', '),
      fix: 'Choose one of the words of the list.',
      find: ({ report: { [member]: word } }) => at(`/${member}`, word !== undefined && !words.includes(word)),
    };
  }),
  {
    id: 'text_shape',
    severity: 'error',
    rule: `1 to ${LONGEST_PROSE} characters, no control characters`,
    fix: 'Shorten the text, or leave the member out if there is nothing to say.',
    find: ({ report }) =>
      membersWhere(PROSE, (member) => {
        const text = report[member];
        return text !== undefined && !isProse(text, LONGEST_PROSE);
      }),
  },
  {
    id: 'symptom_count',
    severity: 'error',
    rule: '1 to 40',
    fix: 'Name at least one symptom, at most forty, or leave the list out.',
    find: ({ report: { symptoms } }) =>
      at('/symptoms', symptoms !== undefined && (symptoms.length === 0 || symptoms.length > 40)),
  },
  {
    id: 'symptom_shape',
    severity: 'error',
    rule: 'one line of 1 to 120 characters',
    fix: 'Name each symptom in a few words.',
    find: ({ report }) => among('/symptoms', report.symptoms ?? [], (symptom) => !isLine(symptom, 120)),
  },
  {
    id: 'authorization_number_shape',
    severity: 'error',
    rule: '1 to 50 characters, none of * : ^ ~ > \\ ` |',
    fix: 'Copy the approval number exactly as the insurer wrote it.',
    find: ({ report: { priorAuthorization: number } }) =>
      at('/priorAuthorization', number !== undefined && !isIdentifier(number, 50)),
  },
  {
    id: 'session_date_count',
    severity: 'error',
    rule: `at most ${MOST_SESSION_DATES}`,
    fix: 'Count the sessions of the last approval only.',
    find: ({ report }) => at('/sessionDates', (report.sessionDates ?? []).length > MOST_SESSION_DATES),
  },
  {
    id: 'session_after_attestation',
    severity: 'error',
    fix: 'Count only sessions that were held when the report was attested.',
    find: ({ report }) => among('/sessionDates', report.sessionDates ?? [], (date) => date > report.attestedOn),
  },
];
