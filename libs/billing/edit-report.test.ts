import { type ClientId, type ClinicianId, type CoverageId, plainDate } from '#libs/kernel';
import { describe, expect, it } from 'vitest';
import { editReport, REPORT_EDITS } from './edit-report.js';
import { fixFor } from './fix-for.js';
import type { TreatmentReport } from './treatment-report.js';

const report: TreatmentReport = {
  client: '00000000-0000-4000-8000-000000000001' as ClientId,
  coverage: '00000000-0000-4000-8000-000000000002' as CoverageId,
  clinician: '00000000-0000-4000-8000-000000000003' as ClinicianId,
  attestedOn: plainDate('2026-04-01'),
  diagnoses: [{ id: 'D1', code: 'F411' }],
  functioning: 'moderate',
  distress: 'severe',
  minimumWeeks: 12,
  reasonContinuing: 'Two lines\nof words.',
  sessionsRequested: 12,
  from: plainDate('2026-04-02'),
  to: plainDate('2026-07-02'),
  frequency: 'weekly',
  modality: 'CBT',
  progressRating: 'some',
  symptoms: ['worry'],
  riskSuicide: 'none',
  statusLegal: 'voluntary',
  statusSetting: 'outpatient',
  substanceUse: 'no',
  priorAuthorization: 'PA-1',
  sessionDates: [plainDate('2026-03-02'), plainDate('2026-03-09')],
};

const setting = { today: plainDate('2026-04-01') };

const changed = (change: Partial<Record<keyof TreatmentReport, unknown>>): TreatmentReport => ({
  ...report,
  ...(change as Partial<TreatmentReport>),
});

const twelve = (count: number) =>
  Array.from({ length: count }, (_none, index) => ({ id: `D${index + 1}`, code: `F${40 + index}` }));

const CASES: readonly (readonly [id: string, path: string, failing: TreatmentReport, passing: TreatmentReport])[] = [
  ['date_not_a_date', '/from', changed({ from: '2026-02-30' }), changed({ from: '2026-02-28' })],
  [
    'date_not_a_date',
    '/sessionDates/0',
    changed({ sessionDates: ['03/02/2026'] }),
    changed({ sessionDates: ['2026-03-02'] }),
  ],
  ['attested_in_future', '/attestedOn', changed({ attestedOn: '2026-04-02' }), changed({ attestedOn: '2026-03-31' })],
  ['attested_long_ago', '/attestedOn', changed({ attestedOn: '2026-03-17' }), changed({ attestedOn: '2026-03-18' })],
  ['period_reversed', '/to', changed({ to: '2026-04-01' }), changed({ to: '2026-04-02' })],
  [
    'sessions_out_of_range',
    '/sessionsRequested',
    changed({ sessionsRequested: 100 }),
    changed({ sessionsRequested: 99 }),
  ],
  ['sessions_out_of_range', '/sessionsRequested', changed({ sessionsRequested: 0 }), changed({ sessionsRequested: 1 })],
  ['weeks_out_of_range', '/minimumWeeks', changed({ minimumWeeks: 521 }), changed({ minimumWeeks: 520 })],
  ['functioning_unknown', '/functioning', changed({ functioning: 'fair' }), changed({ functioning: 'mild' })],
  ['distress_unknown', '/distress', changed({ distress: 'Mild' }), changed({ distress: 'extreme' })],
  [
    'progressRating_unknown',
    '/progressRating',
    changed({ progressRating: 'great' }),
    changed({ progressRating: 'met' }),
  ],
  ['statusLegal_unknown', '/statusLegal', changed({ statusLegal: 'forced' }), changed({ statusLegal: 'involuntary' })],
  [
    'statusSetting_unknown',
    '/statusSetting',
    changed({ statusSetting: 'home' }),
    changed({ statusSetting: 'inpatient' }),
  ],
  ['frequency_unknown', '/frequency', changed({ frequency: '1 / week' }), changed({ frequency: 'every-two-weeks' })],
  ['modality_unknown', '/modality', changed({ modality: 'cbt' }), changed({ modality: 'brief-dynamic' })],
  ['riskSuicide_unknown', '/riskSuicide', changed({ riskSuicide: 'never' }), changed({ riskSuicide: 'low' })],
  ['riskHomicide_unknown', '/riskHomicide', changed({ riskHomicide: '0' }), changed({ riskHomicide: 'not-assessed' })],
  ['substanceUse_unknown', '/substanceUse', changed({ substanceUse: 'nicotine' }), changed({ substanceUse: 'yes' })],
  ['text_shape', '/goals', changed({ goals: 'x'.repeat(4001) }), changed({ goals: 'x'.repeat(4000) })],
  ['text_shape', '/historyTrauma', changed({ historyTrauma: ' ' }), changed({ historyTrauma: 'words' })],
  ['symptom_count', '/symptoms', changed({ symptoms: [] }), changed({ symptoms: ['worry'] })],
  [
    'symptom_count',
    '/symptoms',
    changed({ symptoms: Array.from({ length: 41 }, () => 'worry') }),
    changed({ symptoms: Array.from({ length: 40 }, () => 'worry') }),
  ],
  [
    'symptom_shape',
    '/symptoms/1',
    changed({ symptoms: ['worry', 'x'.repeat(121)] }),
    changed({ symptoms: ['worry', 'x'.repeat(120)] }),
  ],
  [
    'authorization_number_shape',
    '/priorAuthorization',
    changed({ priorAuthorization: 'A:1' }),
    changed({ priorAuthorization: 'A-1' }),
  ],
  [
    'authorization_number_shape',
    '/priorAuthorization',
    changed({ priorAuthorization: 'A'.repeat(51) }),
    changed({ priorAuthorization: 'A'.repeat(50) }),
  ],
  [
    'session_date_count',
    '/sessionDates',
    changed({ sessionDates: Array.from({ length: 201 }, () => '2026-03-02') }),
    changed({ sessionDates: Array.from({ length: 200 }, () => '2026-03-02') }),
  ],
  [
    'session_after_attestation',
    '/sessionDates/0',
    changed({ sessionDates: ['2026-04-02'] }),
    changed({ sessionDates: ['2026-04-01'] }),
  ],
  ['diagnosis_shape', '/diagnoses/0/code', changed({ diagnoses: [{ id: 'D1', code: 'F41.1' }] }), report],
  [
    'diagnosis_repeated',
    '/diagnoses/1/code',
    changed({ diagnoses: [...report.diagnoses, { id: 'D2', code: 'F411' }] }),
    report,
  ],
  ['diagnosis_id', '/diagnoses/0/id', changed({ diagnoses: [{ id: 'X1', code: 'F411' }] }), changed({ diagnoses: [] })],
  ['diagnosis_count', '/diagnoses', changed({ diagnoses: twelve(13) }), changed({ diagnoses: twelve(12) })],
];

describe('report edits', () => {
  it('finds nothing wrong with a sound report, nor with the barest one', () => {
    expect(editReport(report, setting)).toEqual([]);
    const { client, coverage, clinician, attestedOn, sessionsRequested, from, to } = report;
    expect(
      editReport({ client, coverage, clinician, attestedOn, sessionsRequested, from, to, diagnoses: [] }, setting),
    ).toEqual([]);
  });

  it.each(CASES)('%s at %s', (id, path, failing, passing) => {
    expect(editReport(failing, setting)).toContainEqual(expect.objectContaining({ code: id, path, severity: 'error' }));
    expect(editReport(passing, setting).filter(({ code }) => code === id)).toEqual([]);
  });

  it('has a case and a fix for every edit', () => {
    const ids = REPORT_EDITS.map(({ id }) => id);
    expect([...new Set(CASES.map(([id]) => id))].sort()).toEqual([...ids].sort());
    for (const id of ids) expect(fixFor(id)).toMatch(/^[A-Z].*\.$/);
  });

  it('never repeats a value', () => {
    const text = JSON.stringify(
      editReport(changed({ functioning: 'zzqq', goals: '\u0000zzqq', riskSuicide: '*zzqq' }), setting),
    );
    expect(text).toContain('functioning_unknown');
    expect(text).not.toContain('zzqq');
  });
});
