import { describe, expect, it } from 'vitest';
import type { PracticeId } from '#libs/kernel';
import { NJ_READING, ruleset } from '../../test/support/config-data.js';
import {
  authority,
  CLAIM_GRANTS,
  day,
  INSURER,
  invoiceBag,
  NOW,
  OTHER_CLIENT,
  OTHER_INSURER,
  release,
  releaseId,
  reportBag,
  request,
} from '../../test/support/release-fixtures.js';
import {
  type Authority,
  decide,
  type DisclosureRequest,
  type InsurerForm,
  type Ruleset,
  type SignedRelease,
} from './index.js';

const JERSEY = [{ jurisdiction: 'US-NJ', profession: 'psychologist' }];

describe('papers and rules that a decision was taken on', () => {
  it('cannot be changed afterwards: what is remembered of them would outlive the change', () => {
    const papers = authority([release()]);
    const rules: Ruleset = ruleset([NJ_READING]);
    decide(request(invoiceBag()), papers, rules);
    const revocations = papers.revocations as Authority['revocations'][number][];
    const revocation = { release: releaseId(1), receivedAt: 0, recordedAt: 0, channel: 'fax' } as const;
    expect(() => revocations.push(revocation)).toThrow(TypeError);
    const [paper] = papers.releases;
    const [ceiling] = rules.ceilings;
    const parts = [papers, papers.restrictions, paper, paper?.grants, rules, rules.choices, ceiling, ceiling?.fields];
    expect(parts.map((part) => part !== undefined && Object.isFrozen(part))).toEqual(parts.map(() => true));
  });

  it('nor can the form of an insurer', () => {
    const form: InsurerForm = {
      id: 'otr',
      version: '1',
      markers: true,
      fields: [{ field: 'functioning.level', usage: 'required' }],
    };
    decide(
      request(reportBag(), { purpose: 'COVAUTH', format: 'treatment-report', form }),
      authority([release()]),
      ruleset(),
    );
    expect([form, form.fields, form.fields[0]].map((part) => Object.isFrozen(part))).toEqual([true, true, true]);
  });

  it('nor what was answered: what decisions share is frozen', () => {
    const { rulings, releases } = decide(request(invoiceBag()), authority([release()]), ruleset());
    for (const { reasons } of rulings) expect(Object.isFrozen(reasons) && reasons.every(Object.isFrozen)).toBe(true);
    expect(Object.isFrozen(releases)).toBe(true);
  });

  it('are asked anew under other rules', () => {
    const papers = authority([release()]);
    const asked = request(invoiceBag(), { clinicians: JERSEY });
    expect(decide(asked, papers, ruleset([NJ_READING])).outcome).toBe('send');
    expect(decide(asked, papers, ruleset()).outcome).toBe('hold');
  });

  const rules = ruleset();
  const first = Date.parse('2026-01-01T12:00:00Z');
  const last = Date.parse('2027-01-01T00:00:00Z');
  const { validUntil: _until, ...endless } = release();
  const ends = (change: Partial<SignedRelease>): Authority => authority([{ ...endless, ...change }]);
  const revoked = { release: releaseId(1), receivedAt: NOW, recordedAt: NOW, channel: 'fax' } as const;
  const inDc = [{ jurisdiction: 'US-DC', profession: 'psychologist' }];
  const turns: readonly (readonly [string, number, Authority, 'beforehand' | 'afterwards'])[] = [
    ['has begun', first, authority([release()]), 'afterwards'],
    ['has ended', last, authority([release()]), 'beforehand'],
    ['has ended by an event', NOW, ends({ expiryEvent: { code: 'end', occurredAt: NOW } }), 'beforehand'],
    ['was revoked', NOW, authority([release()], { revocations: [revoked] }), 'beforehand'],
    ['turned out false', NOW, authority([release({ knownFalseAt: NOW })]), 'beforehand'],
    [
      'has lived as long as D.C. lets it',
      Date.parse('2026-01-01T00:00:00Z') + 365 * 86_400_000,
      ends({ validUntil: day('2030-01-01') }),
      'beforehand',
    ],
  ];
  for (const [what, turn, papers, when] of turns) {
    it(`are asked anew when a paper ${what}`, () => {
      const asked = request(invoiceBag(), { format: 'statement', clinicians: inDc });
      const sendsAt = (now: number): boolean => decide({ ...asked, now }, papers, rules).outcome === 'send';
      for (let round = 0; round < 2; round += 1) {
        expect([sendsAt(turn - 1), sendsAt(turn)]).toEqual(when === 'beforehand' ? [true, false] : [false, true]);
      }
    });
  }

  it('are asked anew after a question without a time', () => {
    const papers = authority([release()]);
    const asked = request(invoiceBag());
    decide({ ...asked, now: Number.NaN }, papers, rules);
    expect(decide({ ...asked, now: last }, papers, rules).outcome).toBe('deny');
  });

  const substanceUse = invoiceBag(undefined, ['F1020']);
  const broad = release({ recipient: { kind: 'class', class: 'insurer' }, grants: [...CLAIM_GRANTS, 'sud.present'] });
  const exempt: Partial<DisclosureRequest> = { clinicians: JERSEY, funding: 'self-insured', fundingEvidence: true };
  const companion = { route: { ...request(substanceUse).route, companionChannel: true } };
  const oregon = { jurisdiction: 'US-OR', profession: 'counselor' };
  const pairs: readonly (readonly [string, Partial<DisclosureRequest>, Partial<DisclosureRequest>])[] = [
    ['client', {}, { client: OTHER_CLIENT }],
    ['discloser', {}, { discloser: '00000000-0000-4000-8000-00000000a002' as PracticeId }],
    ['class of recipient', {}, { recipient: { id: INSURER, class: 'physician' } }],
    ['licence', {}, { clinicians: JERSEY }],
    ['profession', { clinicians: [{ jurisdiction: 'US-NJ', profession: 'counselor' }] }, { clinicians: JERSEY }],
    ['second licence', { clinicians: [oregon] }, { clinicians: [oregon, ...JERSEY] }],
    ['licence of two', { clinicians: [oregon, oregon] }, { clinicians: [oregon, ...JERSEY] }],
    ['funding', exempt, { ...exempt, funding: 'unknown' }],
    ['evidence of funding', exempt, { ...exempt, fundingEvidence: false }],
    ['programme', companion, { ...companion, part2Program: true }],
  ];
  for (const [what, sends, stays] of pairs) {
    it(`are asked anew for another ${what}`, () => {
      const papers = authority([broad]);
      const outcome = (change: Partial<DisclosureRequest>): string =>
        decide(request(substanceUse, change), papers, rules).outcome;
      for (let round = 0; round < 2; round += 1) {
        expect(outcome(sends)).toBe('send');
        expect(outcome(stays)).not.toBe('send');
      }
    });
  }

  it('are kept apart however many recipients ask', () => {
    const papers = authority([release()]);
    const rules = ruleset();
    const ask = (id: string): string =>
      decide(request(invoiceBag(), { recipient: { id, class: 'insurer' } }), papers, rules).outcome;
    for (let round = 0; round < 3; round += 1) {
      expect(ask(INSURER)).toBe('send');
      for (let other = 0; other < 10; other += 1) expect(ask(`${OTHER_INSURER}${other}`)).toBe('deny');
    }
  });
});

describe('the moment until which a decision holds', () => {
  const HOUR = 3_600_000;
  const end = Date.parse('2027-01-01T00:00:00Z');
  const until = (papers: Authority): number => {
    const decision = decide(request(invoiceBag()), papers, ruleset());
    expect(decision.outcome).toBe('send');
    return decision.validUntil;
  };
  const base = release({ id: releaseId(1), grants: CLAIM_GRANTS });
  const revokedLater = (number: number, receivedAt: number): Authority['revocations'][number] => ({
    release: releaseId(number),
    receivedAt,
    recordedAt: NOW,
    channel: 'fax',
  });
  const relation = (kind: 'adds_to' | 'supersedes'): Authority['relations'] => [
    { kind, newer: releaseId(2), older: releaseId(1), recordedAt: NOW },
  ];
  const elsewhere = release({ id: releaseId(2), purposes: ['TREAT'], validUntil: day('2026-07-31') });
  const tomorrow = release({ id: releaseId(2), validFrom: day('2026-07-01'), signedAt: NOW });

  it('is the end of the release that it rests on', () => {
    expect(until(authority([base]))).toBe(end);
  });

  it('is the first of its ends, in whatever way it ends', () => {
    const ended = release({ expiryEvent: { code: 'end', occurredAt: NOW + HOUR } });
    expect(until(authority([ended]))).toBe(NOW + HOUR);
    expect(until(authority([release({ knownFalseAt: NOW + 2 * HOUR })]))).toBe(NOW + 2 * HOUR);
    expect(until(authority([base], { revocations: [revokedLater(1, NOW + 3 * HOUR)] }))).toBe(NOW + 3 * HOUR);
    const twice = [revokedLater(1, NOW + 3 * HOUR), revokedLater(1, NOW + HOUR)];
    expect(until(authority([base], { revocations: twice }))).toBe(NOW + HOUR);
  });

  it('is the end of a base that has another purpose, if the release only adds to it', () => {
    const addition = authority([{ ...elsewhere, id: releaseId(1) }, release({ id: releaseId(2) })], {
      relations: relation('adds_to'),
    });
    expect(until(addition)).toBe(Date.parse('2026-08-01T00:00:00Z'));
    const revoked = { ...addition, revocations: [revokedLater(1, NOW + HOUR)] };
    expect(until(revoked)).toBe(NOW + HOUR);
  });

  it('is the beginning of one that supersedes it, adds to it or stands beside it', () => {
    const begins = Date.parse('2026-07-01T00:00:00Z');
    expect(until(authority([base, tomorrow], { relations: relation('supersedes') }))).toBe(begins);
    expect(until(authority([base, tomorrow], { relations: relation('adds_to') }))).toBe(begins);
    expect(until(authority([base, tomorrow]))).toBe(begins);
  });

  it('is no moment of a paper that has no say', () => {
    expect(until(authority([base, elsewhere], { revocations: [revokedLater(2, NOW + HOUR)] }))).toBe(end);
    const stranger = release({ id: releaseId(2), client: OTHER_CLIENT, knownFalseAt: NOW + HOUR });
    expect(until(authority([base, stranger], { revocations: [revokedLater(2, NOW + HOUR)] }))).toBe(end);
  });
});

describe('sessions under several releases', () => {
  const months = ['01', '02', '03', '04', '05', '06', '07', '08'];
  const later = months.map((month, index) =>
    release({
      id: releaseId(index + 2),
      grants: ['session.date', 'fee.charge'],
      serviceFrom: day(`2026-${month}-10`),
      serviceTo: day(`2026-${month}-20`),
    }),
  );
  const papers = (): Authority =>
    authority([release({ grants: CLAIM_GRANTS.filter((id) => id !== 'session.date') }), ...later], {
      relations: later.map(({ id }) => ({ kind: 'adds_to', newer: id, older: releaseId(1), recordedAt: NOW })),
    });
  const asked = (dates: readonly string[]): DisclosureRequest =>
    request(invoiceBag(dates.map((date, index) => ({ id: `L${index + 1}`, date }))), { format: 'statement' });

  it('are told apart to the day, for every set of dates', () => {
    const known = papers();
    const rules = ruleset();
    const days = months.flatMap((month) => ['09', '10', '20', '21'].map((one) => `2026-${month}-${one}`));
    for (const first of days) {
      for (const second of days) {
        const decision = decide(asked([first, second]), known, rules);
        expect(decision).toEqual(decide(asked([first, second]), papers(), rules));
        const going = decision.rulings.filter((one) => one.locus.field === 'session.date' && one.effect === 'send');
        expect(going.length).toBe([first, second].filter((date) => date.endsWith('10') || date.endsWith('20')).length);
      }
    }
  });
});

describe('what a document tells as a whole', () => {
  const rules = ruleset();
  const may = (): Authority => authority([release({ serviceFrom: day('2026-05-10'), serviceTo: day('2026-05-31') })]);
  const asked =
    (papers: Authority) =>
    (dates: readonly string[], change: Partial<DisclosureRequest> = {}): boolean => {
      const lines = dates.map((date, index) => ({ id: `L${index + 1}`, date }));
      const { rulings } = decide(request(invoiceBag(lines), { format: 'statement', ...change }), papers, rules);
      return rulings.some(({ locus, effect }) => locus.field === 'client.name.last' && effect === 'send');
    };

  it('goes only if the release is about all of its dates, whatever was asked of the same papers before', () => {
    const goes = asked(may());
    for (let round = 0; round < 2; round += 1) {
      expect(goes(['2026-05-11', '2026-05-18'])).toBe(true);
      expect(goes(['2026-05-04', '2026-05-11'])).toBe(false);
      expect(goes(['2026-05-11', '2026-06-01'])).toBe(false);
      expect(goes(['2026-05-04', '2026-06-01'])).toBe(false);
      expect(goes(['2026-05-10', '2026-05-31'])).toBe(true);
    }
  });

  it('is not about the date of a line that was taken out', () => {
    const goes = asked(may());
    for (let round = 0; round < 2; round += 1) {
      expect(goes(['2026-05-04', '2026-05-11'], { excludedLines: ['L1'] })).toBe(true);
      expect(goes(['2026-05-04', '2026-05-11'], { excludedLines: ['L2'] })).toBe(false);
    }
  });
});

describe('the grounds of what goes', () => {
  it('are those of its own paper and of every ceiling, in each place', () => {
    const some = ['client.name.last', 'coverage.memberId', 'session.date'] as const;
    const base = release({ grants: [...some] });
    const addition = release({
      id: releaseId(2),
      grants: CLAIM_GRANTS.filter((id) => !some.some((one) => one === id)),
    });
    const papers = authority([base, addition], {
      relations: [{ kind: 'adds_to', newer: releaseId(2), older: releaseId(1), recordedAt: NOW }],
    });
    const both = [...JERSEY, { jurisdiction: 'US-DC', profession: 'social-worker' }];
    const { rulings } = decide(request(invoiceBag(), { format: 'statement', clinicians: both }), papers, ruleset());
    const grounds = (field: string): readonly string[] | undefined =>
      rulings
        .find(({ locus, effect }) => locus.field === field && effect === 'send')
        ?.reasons.map(({ code, source }) => `${code} ${source}`);
    const within = ['us-dc-7-1202.07', 'us-nj-45-14b-32'].map((id) => `within_ceiling:${id} ceiling:${id}`);
    expect(grounds('client.name.last')).toEqual([`granted release:${releaseId(1)}`, ...within]);
    expect(grounds('session.date')).toEqual([`granted release:${releaseId(1)}`, ...within]);
    expect(grounds('fee.charge')).toEqual([`granted release:${releaseId(2)}`, ...within]);
    expect(grounds('diagnosis.primary')).toEqual([`granted release:${releaseId(2)}`, ...within]);
  });
});

describe('offers that name a locus twice', () => {
  it('count once, as the later says, wherever the earlier stands', () => {
    const bag = invoiceBag();
    const { offers } = request(bag);
    const again = offers
      .filter(({ locus }) => locus.field === 'diagnosis.primary')
      .map((offer) => ({ ...offer, reveals: ['substanceUse'] as const }));
    const decision = decide(request(bag, { offers: [...offers, ...again] }), authority([release()]), ruleset());
    const rulings = decision.rulings.filter(({ locus }) => locus.field === 'diagnosis.primary');
    expect(rulings).toMatchObject([{ effect: 'withhold', reasons: [{ code: 'special_category:substanceUse' }] }]);
    expect(decision.rulings.length).toBe(decide(request(bag), authority([release()]), ruleset()).rulings.length);
    const first = decide(request(bag, { offers: [...again, ...offers] }), authority([release()]), ruleset());
    expect(first.outcome).toBe('send');
  });
});
