import { describe, expect, it } from 'vitest';
import { type FieldId, locus, locusKey } from '#libs/catalogue';
import { CODES, NJ, ruleset } from '../../test/support/config-data.js';
import {
  authority,
  CLAIM_GRANTS,
  day,
  invoiceBag,
  NOW,
  release,
  releaseId,
  REPORT_GRANTS,
  reportBag,
  request,
} from '../../test/support/release-fixtures.js';
import { decide, type Decision, describe as describeBag, type DisclosureRequest, type Ruling } from './index.js';

const RULES = ruleset();

const rulingOf = (decision: Decision, field: FieldId, occurrence?: string): Ruling | undefined =>
  decision.rulings.find(({ locus: at }) => at.field === field && at.occurrence === occurrence);

const reasonsOf = (decision: Decision, field: FieldId, occurrence?: string) =>
  rulingOf(decision, field, occurrence)?.reasons.map(({ code, source }) => `${code} ${source}`);

/** What is ruled on a line where the format asks, each as its effect and codes. */
const onLine = (decision: Decision, line: string): readonly string[] => [
  ...new Set(
    decision.rulings
      .filter(({ locus: at, reasons }) => at.occurrence === line && !reasons.some(({ code }) => code === 'not_asked'))
      .map(({ effect, reasons }) => [effect, ...reasons.map(({ code }) => code)].join(' ')),
  ),
];

describe('a line that a person took out', () => {
  const TWO = [
    { id: 'L1', date: '2026-05-04' },
    { id: 'L2', date: '2026-05-11', pointers: ['D2'] },
  ];
  const bag = () => invoiceBag(TWO, ['F331', 'F411']);

  it.each(['x12-837p', 'statement'] as const)(
    'takes along all that is on it, whatever the release grants: %s',
    (format) => {
      const decision = decide(request(bag(), { format, excludedLines: ['L2'] }), authority([release()]), RULES);
      expect(decision.outcome).toBe('send');
      for (const ruled of onLine(decision, 'L2')) expect(ruled).toMatch(/^withhold line_excluded/);
      expect(onLine(decision, 'L2')).toContain('withhold line_excluded');
      expect(rulingOf(decision, 'session.date', 'L1')?.effect).toBe('send');
      expect(rulingOf(decision, 'fee.total')?.over).toEqual(['L1']);
    },
  );

  it('takes along the diagnosis that only it was for', () => {
    const decision = decide(request(bag(), { excludedLines: ['L2'] }), authority([release()]), RULES);
    expect(reasonsOf(decision, 'diagnosis.secondary', 'D2')).toEqual([expect.stringMatching(/^line_excluded /)]);
    expect(rulingOf(decision, 'diagnosis.primary', 'D1')?.effect).toBe('send');
  });
});

describe('a line that may not go', () => {
  const paid = { id: 'paid', revision: 1, kind: 'paid-in-full' as const, serviceDates: [day('2026-05-11')] };

  it('says so at each of its fields, and what keeps it', () => {
    const decision = decide(
      request(invoiceBag(), { format: 'statement' }),
      authority([release()], { restrictions: [paid] }),
      RULES,
    );
    expect(onLine(decision, 'L2')).toEqual(['withhold line_excluded restricted_522']);
  });

  it('is kept whole by the one field of it that may not go', () => {
    const base = release({ grants: CLAIM_GRANTS.filter((id) => id !== 'fee.charge') });
    const fees = release({ id: releaseId(2), grants: ['fee.charge'], serviceFrom: day('2026-05-10') });
    const relations = [{ kind: 'adds_to' as const, newer: releaseId(2), older: releaseId(1), recordedAt: NOW }];
    const decision = decide(
      request(invoiceBag(), { format: 'statement' }),
      authority([base, fees], { relations }),
      RULES,
    );
    expect(onLine(decision, 'L1')).toEqual(['withhold line_excluded service_date_out_of_scope']);
    expect(onLine(decision, 'L2')).toEqual(['send granted']);
    expect(rulingOf(decision, 'fee.total')?.over).toEqual(['L2']);
  });

  it('is one whose date the release is not about', () => {
    const lastWeek = release({ serviceFrom: day('2026-05-10') });
    const decision = decide(request(invoiceBag(), { format: 'statement' }), authority([lastWeek]), RULES);
    expect(onLine(decision, 'L1')).toEqual(['withhold line_excluded service_date_out_of_scope']);
    expect(onLine(decision, 'L2')).toEqual(['send granted']);
  });
});

describe('a document of which no line may go', () => {
  const paid = (...dates: readonly string[]) => ({
    ...{ id: 'paid', revision: 1, kind: 'paid-in-full' as const, serviceDates: dates.map(day) },
  });
  const statement = (papers: Parameters<typeof authority>[0], dates: readonly string[]) =>
    decide(
      request(invoiceBag(), { format: 'statement' }),
      authority(papers, { restrictions: [paid(...dates)] }),
      RULES,
    );

  it('is refused for good only if the client paid for all of them', () => {
    const all = statement([release()], ['2026-05-04', '2026-05-11']);
    expect([all.outcome, ...all.gaps.flatMap(({ reasons }) => reasons.map(({ code }) => code))]).toEqual([
      'deny',
      'restricted_522',
      'restricted_522',
    ]);
    const rest = decide(
      request(invoiceBag(), { format: 'statement', excludedLines: ['L2'] }),
      authority([release()], { restrictions: [paid('2026-05-04')] }),
      RULES,
    );
    expect(rest.outcome).toBe('deny');
    // The other one waits for the client, who can say more.
    const one = statement([release({ serviceTo: day('2026-05-10') })], ['2026-05-04']);
    expect(one.outcome).toBe('hold');
  });
});

describe('a count of sessions', () => {
  const report = (papers: Parameters<typeof authority>[0], change: Parameters<typeof authority>[1] = {}) => {
    const bag = reportBag()
      .set(locus('session.date', 'L1'), '2026-05-04')
      .set(locus('session.date', 'L2'), '2026-05-11');
    const asked = { purpose: 'COVAUTH', format: 'treatment-report', aboutDates: [day('2026-06-15')] } as const;
    return decide(request(bag, asked), authority(papers, change), RULES);
  };
  const counted = (decision: Decision) => rulingOf(decision, 'session.count')?.over;
  const base = release({ purposes: ['COVAUTH'], grants: REPORT_GRANTS });
  const since = { serviceFrom: day('2026-05-10') };

  it('is of those sessions alone whose dates the release is about', () => {
    expect(counted(report([base]))).toEqual(['L1', 'L2']);
    expect(counted(report([{ ...base, ...since }]))).toEqual(['L2']);
  });

  it('borrows no dates from a paper that does not grant it', () => {
    const relations = [{ kind: 'adds_to' as const, newer: releaseId(2), older: releaseId(1), recordedAt: NOW }];
    const narrow = { ...base, ...since, grants: ['session.count'] as const };
    const wide = { ...base, id: releaseId(2), grants: REPORT_GRANTS.filter((id) => id !== 'session.count') };
    expect(counted(report([narrow, wide], { relations }))).toEqual(['L2']);
  });

  it('makes the report be about no other day than its own', () => {
    expect(rulingOf(report([{ ...base, ...since }]), 'client.name.first')?.effect).toBe('send');
  });
});

describe('a lesser form', () => {
  const NARRATIVE = 'reason.continuing';
  const papers = (limits: readonly FieldId[] = []) =>
    authority([release({ purposes: ['COVAUTH'], grants: REPORT_GRANTS })], {
      restrictions: limits.length === 0 ? [] : [limit(limits)],
    });
  const limit = (fields: readonly FieldId[]) => ({
    ...{ id: 'limit', revision: 1, kind: 'clinician-limit' as const, fields },
  });
  const asked = (level: string): DisclosureRequest =>
    request(reportBag(), {
      ...{ purpose: 'COVAUTH', format: 'treatment-report', aboutDates: [day('2026-06-15')] },
      offers: describeBag(
        reportBag().set(locus('functioning.level'), level),
        CODES,
        (field, value) => field !== 'functioning.level' || value !== 'extreme',
      ),
    });

  it('goes for the reason of its own grant, and says why no more does', () => {
    const decision = decide(asked('severe'), papers(), RULES);
    expect(rulingOf(decision, NARRATIVE)).toMatchObject({ effect: 'generalise', form: 'functioning.level' });
    expect(reasonsOf(decision, NARRATIVE)).toEqual([
      `field_not_granted release:${releaseId(1)}`,
      `granted release:${releaseId(1)}`,
    ]);
  });

  it('stays where client or clinician keep back just that', () => {
    const decision = decide(asked('severe'), papers(['functioning.level']), RULES);
    expect(rulingOf(decision, NARRATIVE)?.effect).toBe('withhold');
    expect(reasonsOf(decision, NARRATIVE)).toContain('clinician_limit restriction:limit');
  });

  it('stays where it is no word of its list: nobody knows what it would tell', () => {
    const decision = decide(asked('a story in place of a level'), papers(), RULES);
    expect(rulingOf(decision, NARRATIVE)?.effect).toBe('withhold');
    expect(reasonsOf(decision, NARRATIVE)).toContain('unclassified_code codes');
  });

  it('stays where the format cannot write it, though it could write what it stands for', () => {
    const decision = decide(asked('extreme'), papers(), RULES);
    expect(rulingOf(decision, NARRATIVE)?.effect).toBe('withhold');
    expect(reasonsOf(decision, NARRATIVE)).toContain('not_writable format:treatment-report');
  });
});

describe('a ceiling with a closed list of words', () => {
  const narrow = ruleset(
    [],
    RULES.ceilings.map((one) =>
      one.id === NJ ? { ...one, valueShapes: [{ field: 'functioning.level' as const, values: ['mild'] }] } : one,
    ),
  );
  const asked = (level: string): DisclosureRequest =>
    request(reportBag(), {
      purpose: 'COVAUTH',
      format: 'treatment-report',
      aboutDates: [day('2026-06-15')],
      clinicians: [{ jurisdiction: 'US-NJ', profession: 'psychologist' }],
      offers: describeBag(reportBag().set(locus('functioning.level'), level), CODES),
    });
  const papers = authority([release({ purposes: ['COVAUTH'], grants: REPORT_GRANTS })]);

  it('lets a word of the list go and keeps every other', () => {
    expect(rulingOf(decide(asked('mild'), papers, narrow), 'functioning.level')?.effect).toBe('send');
    expect(reasonsOf(decide(asked('severe'), papers, narrow), 'functioning.level')).toEqual([
      `value_shape:${NJ} ceiling:${NJ}`,
    ]);
    expect(rulingOf(decide(asked('severe'), papers, RULES), 'functioning.level')?.effect).toBe('send');
  });

  it('leaves it to the clinician to find such a word', () => {
    const form = {
      ...{ id: 'otr', version: '1', markers: false },
      fields: [{ field: 'functioning.level' as const, usage: 'required' as const }],
    };
    const { gaps } = decide({ ...asked('severe'), form }, papers, narrow);
    expect(gaps.map(({ cause, curer }) => `${cause} ${curer}`)).toContain(`value_shape:${NJ} chart`);
  });
});

describe('a document that is refused', () => {
  it('is told so at each place that the format asks or the document offers', () => {
    const asked = request(invoiceBag());
    const decision = decide(asked, authority([]), RULES);
    const ruled = new Set(decision.rulings.map(({ locus: at }) => locusKey(at)));
    for (const { locus: at } of asked.offers) expect(ruled).toContain(locusKey(at));
    expect(ruled).toContain(locusKey(locus('coverage.authorizationNumber')));
    for (const { effect, reasons } of decision.rulings)
      expect([effect, ...reasons.map(({ code }) => code)]).toEqual(['withhold', 'no_release']);
  });
});
