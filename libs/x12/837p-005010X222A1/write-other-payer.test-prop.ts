import { FieldBag, type FieldId, locus, type Value } from '#libs/catalogue';
import { type Disclosed, project } from '#libs/disclosure';
import { plainDate } from '#libs/kernel';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Envelope837P } from './envelope-837p.js';
import { render837P } from './render-837p.js';

const numRuns = Number(process.env['SLUICE_PROPERTY_RUNS'] ?? 500);

interface Decided {
  readonly paid: number;
  readonly adjustments: readonly string[];
}

interface Case {
  readonly lines: readonly (Decided & { readonly charge: number })[];
  readonly adjustments: readonly string[];
  readonly paid: number;
}

const reason = fc.constantFrom('1', '2', '3', '45', '96', '197', '253', 'A1', 'B7');
const group = fc.constantFrom('CO', 'OA', 'PI', 'PR');
const adjustmentsWithin = (least: number, most: number) =>
  fc.array(
    fc.tuple(
      group,
      reason,
      fc.integer({ min: least, max: 9_000 }).filter((amount) => amount !== 0),
    ),
    { maxLength: most },
  );
type Drawn = readonly (readonly [string, string, number])[];
const written = (drawn: Drawn): readonly string[] => drawn.map((one) => one.join(' '));
const sum = (drawn: Drawn): number => drawn.reduce((total, [, , amount]) => total + amount, 0);

/** A decision that adds up by construction: the charge is whatever was paid and not paid. */
const aCase: fc.Arbitrary<Case> = fc
  .record({
    lines: fc.array(fc.record({ paid: fc.integer({ min: 9_000, max: 30_000 }), drawn: adjustmentsWithin(-100, 6) }), {
      minLength: 1,
      maxLength: 4,
    }),
    drawn: adjustmentsWithin(-100, 2).filter((some) => sum(some) <= 9_000),
  })
  .map(({ lines, drawn }) => ({
    lines: lines.map((line) => ({
      paid: line.paid,
      charge: line.paid + sum(line.drawn),
      adjustments: written(line.drawn),
    })),
    adjustments: written(drawn),
    paid: lines.reduce((total, { paid }) => total + paid, 0) - sum(drawn),
  }))
  .filter(({ lines }) => lines.every(({ charge }) => charge > 0));

const DOCUMENT: Readonly<Partial<Record<FieldId, Value>>> = {
  'client.name.last': 'Netherby',
  'client.name.first': 'Juno',
  'client.birthDate': '1990-05-17',
  'client.sex': 'U',
  'client.address.line': '7 Cedar Ln',
  'client.address.city': 'Ashford',
  'client.address.region': 'MD',
  'client.address.postal': '20850',
  'client.relationshipToSubscriber': 'self',
  'coverage.memberId': 'M20017',
  'claim.placeOfService': '11',
};
const OTHER: Readonly<Partial<Record<FieldId, Value>>> = {
  'coverage.other.payer': 'First Harbour',
  'coverage.other.payerId': 'FHH01',
  'coverage.other.planKind': 'CI',
  'coverage.other.memberId': 'F77001',
  'coverage.other.relationship': 'self',
  'coverage.other.adjudicatedOn': '2026-10-20',
};

const disclose = (one: Case, told: (field: FieldId) => boolean): Disclosed<'x12-837p'> => {
  const bag = new FieldBag();
  const put = (values: Readonly<Partial<Record<FieldId, Value>>>, occurrence?: string): void => {
    for (const [field, value] of Object.entries(values))
      if (!(Array.isArray(value) && value.length === 0)) bag.set(locus(field as FieldId, occurrence), value);
  };
  put({ ...DOCUMENT, ...OTHER, 'coverage.other.paid': one.paid, 'coverage.other.adjustments': one.adjustments });
  put({ 'diagnosis.primary': 'F411' }, 'D1');
  for (const [index, { charge, paid, adjustments }] of one.lines.entries())
    put(
      {
        'session.date': `2026-10-0${index + 1}`,
        'procedure.code': '90834',
        'procedure.units': 1,
        'fee.charge': charge,
        'diagnosis.pointer': ['D1'],
        'coverage.other.linePaid': paid,
        'coverage.other.lineAdjustments': adjustments,
      },
      `L${index + 1}`,
    );
  bag.set(locus('fee.total'), 0);
  const rulings = [...bag.entries()].map(({ locus: at }) => ({
    locus: at,
    effect: told(at.field) ? ('send' as const) : ('withhold' as const),
    reasons: [],
    ...(at.field === 'fee.total' && { over: one.lines.map((_line, index) => `L${index + 1}`) }),
  }));
  const decision = {
    outcome: 'send' as const,
    rulings,
    gaps: [],
    enclosures: [],
    releases: [],
    rulesetDigest: '',
    epoch: 1,
    validUntil: 0,
  };
  const result = project(bag, decision, { format: 'x12-837p', formatRevision: '1', salt: new Uint8Array(16) });
  if (!result.ok) throw new Error('the decision sends');
  return result.value;
};

const envelope = (lines: number, responsibility: 'P' | 'S'): Envelope837P => ({
  usage: 'test',
  createdAt: { date: plainDate('2026-11-01'), time: '0930' },
  controlNumbers: {
    interchange: '000000815',
    group: '815',
    set: '0001',
    batchReference: 'B1',
    patientControl: 'P1',
    lines: Array.from({ length: lines }, (_line, index) => `X${index + 1}`),
  },
  sender: { qualifier: 'ZZ', id: 'PRACTICE' },
  receiver: { qualifier: 'ZZ', id: 'CLEARING' },
  submitter: { name: 'Practice', id: 'PRACTICE', contact: { name: 'Desk', email: 'desk@practice.example' } },
  receiverName: { name: 'Clearing', id: 'CLEARING' },
  billingProvider: {
    name: { organisation: 'Practice' },
    npi: '1999000015',
    address: { line: '1 Birch Rd', city: 'Ashford', state: 'MD', postal: '208501234' },
    taxId: { kind: 'EI', number: '999333444' },
  },
  payer: { name: 'Payer', id: 'PAY01', idKind: 'PI', filingIndicator: 'CI', responsibility },
  otherPayer: { idKind: 'PI', benefitsAssigned: 'Y' },
  resubmission: { frequency: '1' },
  indicators: { signatureOnFile: 'Y', participation: 'A', benefitsAssigned: 'Y', releaseOfInformation: 'Y' },
});

const render = (one: Case, to: 'P' | 'S', told: (field: FieldId) => boolean = () => true) =>
  render837P(disclose(one, told), envelope(one.lines.length, to));

/** Knows nothing of this lib. */
const split = (bytes: Uint8Array): readonly (readonly string[])[] =>
  Buffer.from(bytes)
    .toString('latin1')
    .split('~')
    .map((segment) => segment.split('*'));

const cents = (text = ''): number => Math.round(Number(text) * 100);
const adjusted = (segments: readonly (readonly string[])[]): number =>
  segments
    .filter(([name]) => name === 'CAS')
    .reduce(
      (total, elements) =>
        total + elements.reduce((own, text, at) => own + (at % 3 === 0 && at > 0 ? cents(text) : 0), 0),
      0,
    );

const isOther = (field: FieldId): boolean => field.startsWith('coverage.other.');

describe('a claim to a second payer', () => {
  it('balances, line by line and as a whole, by a count of its bytes', () => {
    fc.assert(
      fc.property(aCase, (one) => {
        const result = render(one, 'S');
        if (!result.ok) throw new Error(result.issues.map(({ code, path }) => `${code} ${path}`).join());
        const all = split(result.value.bytes);
        const first = all.findIndex(([name]) => name === 'LX');
        const lines = all
          .slice(first)
          .join('~')
          .split(/(?=LX)/);
        const head = all.slice(0, first);
        let paid = 0;
        for (const line of lines) {
          const segments = line.split('~').map((segment) => segment.split(','));
          const [charge, own] = ['SV1', 'SVD'].map((name) => cents(segments.find(([id]) => id === name)?.[2]));
          expect(charge).toBe((own ?? NaN) + adjusted(segments));
          paid += own ?? NaN;
        }
        expect(lines).toHaveLength(one.lines.length);
        const total = head.find(([name, qualifier]) => name === 'AMT' && qualifier === 'D');
        expect(cents(total?.[2])).toBe(paid - adjusted(head));
      }),
      { numRuns },
    );
  });

  it('is refused as soon as one amount of it is another', () => {
    fc.assert(
      fc.property(
        aCase,
        fc.integer({ min: 1, max: 50 }),
        fc.nat(),
        fc.constantFrom('line', 'claim'),
        (one, by, pick, where) => {
          const at = pick % one.lines.length;
          const wrong: Case =
            where === 'claim'
              ? { ...one, paid: one.paid + by }
              : {
                  ...one,
                  lines: one.lines.map((line, index) => (index === at ? { ...line, paid: line.paid + by } : line)),
                };
          const result = render(wrong, 'S');
          expect(result.ok ? [] : result.issues.map(({ code }) => code)).toContain('x12_unbalanced');
        },
      ),
      { numRuns },
    );
  });

  it('is refused, not sent as to a first payer, whatever is missing of what the other decided', () => {
    const required = fc.constantFrom<FieldId>(
      'coverage.other.payer',
      'coverage.other.payerId',
      'coverage.other.planKind',
      'coverage.other.memberId',
      'coverage.other.relationship',
      'coverage.other.adjudicatedOn',
      'coverage.other.paid',
      'coverage.other.linePaid',
    );
    fc.assert(
      fc.property(aCase, fc.uniqueArray(required, { minLength: 1 }), (one, missing) => {
        expect(render(one, 'S', (field) => !missing.includes(field)).ok).toBe(false);
      }),
      { numRuns },
    );
  });
});

describe('a claim to a first payer', () => {
  it('is to the byte what it is where there is no other, whatever another decided', () => {
    fc.assert(
      fc.property(aCase, aCase, (one, other) => {
        const decided = (index: number): Decided => other.lines[index] ?? { paid: 0, adjustments: [] };
        const lines = one.lines.map(({ charge }, index) => ({ ...decided(index), charge }));
        const [plain, changed] = [one, { ...other, lines }].map((each) =>
          render(each, 'P', (field) => !isOther(field)),
        );
        expect(
          plain?.ok && changed?.ok && Buffer.from(plain.value.bytes).equals(Buffer.from(changed.value.bytes)),
        ).toBe(true);
        const text = plain?.ok ? Buffer.from(plain.value.bytes).toString('latin1') : '';
        expect(text).not.toMatch(/FIRST HARBOUR|FHH01|F77001|SVD|~CAS|~OI/);
      }),
      { numRuns },
    );
  });

  it('is refused if anything of another payer was released into it', () => {
    const field = fc.constantFrom(...(Object.keys(OTHER) as FieldId[]), 'coverage.other.paid' as const);
    fc.assert(
      fc.property(aCase, field, (one, let_) => {
        const result = render(one, 'P', (each) => !isOther(each) || each === let_);
        expect(result.ok ? [] : result.issues.map(({ code }) => code)).toContain('x12_field_without_place');
      }),
      { numRuns },
    );
  });
});
