import { describe, expect, it } from 'vitest';
import { CODES, ruleset } from '../../test/support/config-data.js';
import {
  authority,
  CLAIM_GRANTS,
  DATES_AND_FEES,
  day,
  invoiceBag,
  OTHER_INSURER,
  release,
  reportBag,
  request,
} from '../../test/support/release-fixtures.js';
import { FieldBag } from '#libs/catalogue';
import { type Authority, decide, type Decision, describe as describeBag, type DisclosureRequest } from './index.js';

const RULES = ruleset();

const decided = (bag: FieldBag, papers: Authority, change: Partial<DisclosureRequest> = {}): Decision =>
  decide(request(bag, change), papers, RULES);

/** Each gap as its code, its place where it has one, its cause and who can cure it. */
const gaps = (decision: Decision): readonly string[] =>
  decision.gaps.map(({ code, locus: at, cause, curer }) =>
    [code, ...(at === undefined ? [] : [at.occurrence ?? 'document']), cause, curer].join(' '),
  );

const without = (bag: FieldBag, field: string): FieldBag => {
  const rest = new FieldBag();
  for (const { locus: at, value } of bag.entries()) if (at.field !== field) rest.set(at, value);
  return rest;
};

const paid = (...dates: readonly string[]) => ({
  ...{ id: 'paid', revision: 1, kind: 'paid-in-full' as const, serviceDates: dates.map(day) },
});

describe('a claim', () => {
  const two = invoiceBag(
    [
      { id: 'L1', date: '2026-05-04' },
      { id: 'L2', date: '2026-05-11', pointers: ['D2'] },
    ],
    ['F331', 'F1020'],
  );

  it('without a diagnosis waits for whoever writes the chart', () => {
    const none = invoiceBag([{ id: 'L1', date: '2026-05-04', pointers: [] }], []);
    const decision = decided(none, authority([release()]));
    expect(decision.outcome).toBe('hold');
    expect(gaps(decision)).toContain('transport_requires:diagnosis.primary document missing chart');
  });

  it('of which a line points at nothing but a diagnosis that stays has no ground for that line', () => {
    const decision = decided(two, authority([release()]));
    expect(decision.outcome).toBe('hold');
    expect(gaps(decision)).toEqual(['transport_requires:diagnosis.pointer L2 special_category:substanceUse client']);
  });

  it('has one as soon as that diagnosis may go, or the line points at another too', () => {
    expect(decided(two, authority([release({ grants: [...CLAIM_GRANTS, 'sud.present'] })])).outcome).toBe('send');
    const both = invoiceBag([{ id: 'L1', date: '2026-05-04', pointers: ['D2', 'D1'] }], ['F331', 'F1020']);
    expect(decided(both, authority([release()])).outcome).toBe('send');
  });

  it('needs none for a line that does not go', () => {
    expect(decided(two, authority([release()]), { excludedLines: ['L2'] }).outcome).toBe('send');
  });

  it('says of the member number that the office has to find it', () => {
    expect(gaps(decided(without(invoiceBag(), 'coverage.memberId'), authority([release()])))).toEqual([
      'transport_requires:coverage.memberId document missing office',
    ]);
  });
});

describe('a statement', () => {
  const statement = { format: 'statement' } as const;
  const nameless = DATES_AND_FEES.filter((id) => id !== 'client.name.last' && id !== 'coverage.memberId');

  it('is about somebody: the last name or the member number must go', () => {
    expect(gaps(decided(invoiceBag(), authority([release({ grants: nameless })]), statement))).toEqual([
      'transport_requires:client.name.last document field_not_granted client',
    ]);
    for (const one of ['client.name.last', 'coverage.memberId'] as const)
      expect(decided(invoiceBag(), authority([release({ grants: [...nameless, one] })]), statement).outcome).toBe(
        'send',
      );
  });

  it('waits for the office where both may go and neither is there', () => {
    const nobody = without(without(invoiceBag(), 'client.name.last'), 'coverage.memberId');
    expect(gaps(decided(nobody, authority([release()]), statement))).toEqual([
      'transport_requires:client.name.last document missing office',
    ]);
  });

  it('of which no line may go says so once, and names what is hardest to lift', () => {
    const narrow = release({ serviceTo: day('2026-05-10') });
    const decision = decided(invoiceBag(), authority([narrow], { restrictions: [paid('2026-05-04')] }), statement);
    expect(gaps(decision)).toContain('line_excluded restricted_522 nobody');
    const early = decided(invoiceBag(), authority([release({ serviceTo: day('2026-05-01') })]), statement);
    expect(gaps(early)).toContain('line_excluded service_date_out_of_scope client');
  });

  it('holds nothing back for a restriction against somebody else', () => {
    const restrictions = [{ ...paid('2026-05-04', '2026-05-11'), recipient: OTHER_INSURER }];
    const decision = decided(invoiceBag(), authority([release()], { restrictions }), statement);
    expect([decision.outcome, decision.rulings.filter(({ effect }) => effect === 'send').length > 5]).toEqual([
      'send',
      true,
    ]);
  });
});

describe('what the envelope would give away', () => {
  it.each([
    [['substanceUse'], 'special_category:substanceUse special_category:substanceUse client'],
    ['unclassified', 'unclassified_code unclassified_code practice'],
  ] as const)('%s', (envelopeReveals, gap) => {
    expect(gaps(decided(invoiceBag(), authority([release()]), { envelopeReveals }))).toEqual([gap]);
  });
});

describe('a report', () => {
  const papers = authority([
    release({ purposes: ['COVAUTH'], grants: ['coverage.memberId', 'functioning.level', 'client.birthDate'] }),
  ]);
  const report = (bag: FieldBag): Decision =>
    decide(
      request(bag, {
        ...{ purpose: 'COVAUTH', format: 'treatment-report', aboutDates: [day('2026-06-15')] },
        offers: describeBag(bag, CODES),
      }),
      papers,
      RULES,
    );

  it('asks the clinician for the level in whose place they wrote words, and nothing where they wrote none', () => {
    const wordy = without(reportBag(), 'functioning.level');
    expect(gaps(report(wordy))).toEqual(['transport_requires:reason.continuing document sibling_missing chart']);
    expect(report(without(wordy, 'reason.continuing')).outcome).toBe('send');
    expect(report(reportBag()).outcome).toBe('send');
  });
});
