import { describe, expect, it } from 'vitest';
import { routeOf } from '#libs/contracts';
import {
  atTheirRows,
  emptyReport,
  missingInReport,
  reportBody,
  type ReportDraft,
  reportDraftFrom,
} from './report-draft.js';
import { reportWords } from './words.js';

const ID = '10000000-0000-4000-8000-000000000005';
const schema = routeOf('submitTreatmentReport').body;

const written: ReportDraft = {
  ...emptyReport('2026-03-02'),
  ...{ client: ID, coverage: ID, clinician: ID, to: '2026-09-01', sessionsRequested: '12', minimumWeeks: '26' },
  ...{ diagnoses: ['F331', ''], symptoms: 'one\n\n two ', reasonContinuing: 'a\nb' },
};

describe('a report as it is typed', () => {
  it('is what the contract asks for, without what was left empty', () => {
    const body = reportBody(written);
    expect(schema?.safeParse(body).error?.issues ?? []).toEqual([]);
    expect(body).toMatchObject({ diagnoses: [{ id: 'D1', code: 'F331' }], symptoms: ['one', 'two'], minimumWeeks: 26 });
    expect(body).not.toHaveProperty('goals');
    expect(reportBody(reportDraftFrom(body, '2026-03-02'))).toEqual(body);
  });

  it('has what is said of a diagnosis at its row, past those left empty', () => {
    const draft = { diagnoses: ['', 'F331', ' ', 'F411'] };
    expect(atTheirRows({ '/diagnoses/0/code': 'a', '/diagnoses/1/code': 'b', '/goals': 'c' }, draft)).toEqual({
      ...{ '/diagnoses/1/code': 'a', '/diagnoses/3/code': 'b', '/goals': 'c' },
    });
    expect(atTheirRows({ '/diagnoses': 'a', '/diagnoses/2': 'b' }, draft)).toEqual({
      ...{ '/diagnoses': 'a', '/diagnoses/2': 'b' },
    });
  });

  it('says what is missing', () => {
    expect(missingInReport(emptyReport('2026-03-02'))).toEqual([
      ...['client', 'coverage', 'clinician', 'sessionsRequested', 'to'],
    ]);
  });

  const words = reportWords.en;
  it.each([
    ['functioning', words.level],
    ['distress', words.level],
    ['frequency', words.frequencies],
    ['modality', words.modalities],
    ['progressRating', words.ratings],
    ['riskSuicide', words.risk],
    ['riskHomicide', words.risk],
    ['statusLegal', words.legals],
    ['statusSetting', words.settings],
    ['substanceUse', words.substances],
  ])('offers for %s what the gateway takes', (name, offered) => {
    for (const word of Object.keys(offered))
      expect(schema?.safeParse({ ...reportBody(written), [name]: word }).success).toBe(true);
    expect(schema?.safeParse({ ...reportBody(written), [name]: 'none of these' }).success).toBe(false);
  });
});
