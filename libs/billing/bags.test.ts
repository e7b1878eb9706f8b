import { type FieldId, type FieldBag, locus, locusKey } from '#libs/catalogue';
import { centsOf, type ClientId, type ClinicianId, type CoverageId, plainDate, type PracticeId } from '#libs/kernel';
import { describe, expect, it } from 'vitest';
import type { CoverageTerms } from './coverage-terms.js';
import type { Invoice } from './invoice.js';
import { invoiceBag } from './invoice-bag.js';
import { filingDeadlineOf } from './filing-deadline.js';
import type { Adjudication } from './prior-payer.js';
import { reportBag } from './report-bag.js';
import { serviceKey } from './service-key.js';
import type { TreatmentReport } from './treatment-report.js';

const identity = {
  firstName: 'Ines',
  lastName: 'Example',
  birthDate: plainDate('1988-05-17'),
  sex: 'F',
  address: { line: '12 Sample Street', city: 'Trenton', region: 'NJ', postal: '08601' },
} as const;
const coverage: CoverageTerms = { memberId: 'M-1', relationship: 'self' };
const ids = {
  client: '00000000-0000-4000-8000-000000000001' as ClientId,
  coverage: '00000000-0000-4000-8000-000000000002' as CoverageId,
  clinician: '00000000-0000-4000-8000-000000000003' as ClinicianId,
};

const invoice: Invoice = {
  ...ids,
  number: 'INV-1',
  issuedOn: plainDate('2026-03-31'),
  placeOfService: '11',
  diagnoses: [
    { id: 'D1', code: 'F411' },
    { id: 'D2', code: 'F4310' },
    { id: 'D3', code: 'F510' },
  ],
  lines: [
    {
      id: 'L1',
      date: plainDate('2026-03-09'),
      procedure: '90837',
      modifiers: [],
      units: 1,
      charge: centsOf(15000),
      pointers: ['D1', 'D2'],
    },
    {
      id: 'L2',
      date: plainDate('2026-03-02'),
      procedure: '90847',
      modifiers: ['95'],
      units: 2,
      charge: centsOf(16000),
      pointers: ['D1'],
      character: 'couple',
    },
  ],
  total: centsOf(31000),
  currency: 'USD',
};

const contents = (bag: FieldBag) =>
  Object.fromEntries([...bag.entries()].map(({ locus: at, value }) => [locusKey(at), value]));

describe('invoiceBag', () => {
  it('offers what the invoice, the client and the coverage say, and nothing unset', () => {
    expect(contents(invoiceBag(invoice, { identity, coverage }).bag)).toEqual({
      'client.inTreatment': true,
      'client.name.first': 'Ines',
      'client.name.last': 'Example',
      'client.birthDate': '1988-05-17',
      'client.sex': 'F',
      'client.address.line': '12 Sample Street',
      'client.address.city': 'Trenton',
      'client.address.region': 'NJ',
      'client.address.postal': '08601',
      'client.relationshipToSubscriber': 'self',
      'coverage.memberId': 'M-1',
      'invoice.number': 'INV-1',
      'invoice.issuedOn': '2026-03-31',
      'claim.placeOfService': '11',
      'fee.total': 31000,
      'fee.currency': 'USD',
      'diagnosis.primary@D1': 'F411',
      'diagnosis.secondary@D2': 'F4310',
      'diagnosis.secondary@D3': 'F510',
      'session.date@L1': '2026-03-09',
      'procedure.code@L1': '90837',
      'procedure.units@L1': 1,
      'fee.charge@L1': 15000,
      'diagnosis.pointer@L1': ['D1', 'D2'],
      'session.date@L2': '2026-03-02',
      'session.character@L2': 'couple',
      'procedure.code@L2': '90847',
      'procedure.modifiers@L2': ['95'],
      'procedure.units@L2': 2,
      'fee.charge@L2': 16000,
      'diagnosis.pointer@L2': ['D1'],
    });
  });

  it('offers the optional parts where they are set', () => {
    const full = invoiceBag(
      { ...invoice, paidByClient: centsOf(100), relatedCause: 'AA', authorizationNumber: 'A1', note: 'N' },
      {
        identity: { ...identity, phone: '555-0100', email: 'ines@example.org' },
        coverage: {
          memberId: 'M-1',
          groupNumber: 'G-1',
          planName: 'Plan',
          relationship: 'child',
          subscriber: {
            firstName: 'Ada',
            lastName: 'Holder',
            birthDate: plainDate('1960-01-01'),
            address: { ...identity.address, line: '1 Other Road' },
          },
          otherPayer: { name: 'Other Mutual', paid: centsOf(2500) },
        },
      },
    );
    expect(contents(full.bag)).toMatchObject({
      'client.phone': '555-0100',
      'client.email': 'ines@example.org',
      'coverage.groupNumber': 'G-1',
      'coverage.planName': 'Plan',
      'coverage.subscriber.name': ['Holder', 'Ada'],
      'coverage.subscriber.birthDate': '1960-01-01',
      'coverage.subscriber.address': '1 Other Road, Trenton, NJ 08601',
      'coverage.other.payer': 'Other Mutual',
      'coverage.other.paid': 2500,
      'coverage.authorizationNumber': 'A1',
      'claim.relatedCause': 'AA',
      'claim.note': 'N',
      'fee.paid': 100,
    });
    expect(full.circumstances).toEqual(['patient-is-dependent']);
  });

  it('offers neither blanks nor a payment of nothing', () => {
    const { bag } = invoiceBag(
      { ...invoice, paidByClient: centsOf(0), note: '  ' },
      { identity, coverage: { ...coverage, groupNumber: '' } },
    );
    for (const field of ['fee.paid', 'claim.note', 'coverage.groupNumber'] satisfies FieldId[])
      expect(bag.get(locus(field))).toBeUndefined();
  });

  it('tells the decision dates of service by line, and who holds the policy', () => {
    const { serviceDates, aboutDates, circumstances } = invoiceBag(invoice, { identity, coverage });
    expect([...serviceDates]).toEqual([
      ['L1', '2026-03-09'],
      ['L2', '2026-03-02'],
    ]);
    expect(aboutDates).toEqual([]);
    expect(circumstances).toEqual(['patient-is-subscriber']);
  });

  it('knows the client at the confidential address alone, where there is one', () => {
    const confidentialAddress = { line: 'PO Box 7', city: 'Camden', region: 'NJ', postal: '08102' };
    const { bag } = invoiceBag(invoice, { identity: { ...identity, confidentialAddress }, coverage });
    expect(contents(bag)).toMatchObject({
      'client.address.line': 'PO Box 7',
      'client.address.city': 'Camden',
      'client.address.postal': '08102',
    });
    expect(JSON.stringify(contents(bag))).not.toMatch(/12 Sample Street|Trenton|08601/);
  });

  describe('after another payer', () => {
    const there = {
      payer: { name: 'First Mutual', id: 'FM1', planKind: 'CI' },
      coverage: {
        memberId: 'F-9',
        relationship: 'child',
        subscriber: { firstName: 'Ada', lastName: 'Holder' },
      },
    } as const;
    const decided: Adjudication = {
      adjudicatedOn: plainDate('2026-04-20'),
      payerClaimNumber: 'FM-77',
      paid: centsOf(20000),
      adjustments: [{ group: 'PR', reason: '1', amount: centsOf(1000) }],
      lines: [
        { line: 'L2', paid: centsOf(16000), adjustments: [] },
        { line: 'L1', paid: centsOf(5000), adjustments: [{ group: 'CO', reason: '45', amount: centsOf(10000) }] },
      ],
    };
    const other = (bag: FieldBag) =>
      Object.fromEntries(Object.entries(contents(bag)).filter(([key]) => key.startsWith('coverage.other.')));

    it('offers that payer and what it decided, line by line', () => {
      const { bag, circumstances } = invoiceBag(invoice, { identity, coverage }, { ...there, adjudication: decided });
      expect(other(bag)).toEqual({
        'coverage.other.payer': 'First Mutual',
        'coverage.other.payerId': 'FM1',
        'coverage.other.planKind': 'CI',
        'coverage.other.memberId': 'F-9',
        'coverage.other.relationship': 'child',
        'coverage.other.subscriber': ['Holder', 'Ada'],
        'coverage.other.claimNumber': 'FM-77',
        'coverage.other.paid': 20000,
        'coverage.other.adjustments': ['PR 1 1000'],
        'coverage.other.adjudicatedOn': '2026-04-20',
        'coverage.other.linePaid@L1': 5000,
        'coverage.other.lineAdjustments@L1': ['CO 45 10000'],
        'coverage.other.linePaid@L2': 16000,
      });
      expect(circumstances).toEqual(['patient-is-subscriber', 'after-another-payer', 'dependent-of-other-subscriber']);
    });

    it('is not the case as long as that payer has not decided, whatever the coverage says that it paid', () => {
      const says = { ...coverage, otherPayer: { name: 'First Mutual', paid: centsOf(1) } };
      const { bag, circumstances } = invoiceBag(invoice, { identity, coverage: says }, there);
      expect(other(bag)).not.toHaveProperty(['coverage.other.paid']);
      expect(other(bag)).toHaveProperty(['coverage.other.payer'], 'First Mutual');
      expect(circumstances).toEqual(['patient-is-subscriber']);
    });

    it('names no holder of that policy but somebody else, whatever is recorded of one', () => {
      const recorded = { ...there.coverage, relationship: 'self' as const };
      const own = { ...there, coverage: recorded, adjudication: decided };
      const { bag, circumstances } = invoiceBag(invoice, { identity, coverage }, own);
      expect(other(bag)).not.toHaveProperty(['coverage.other.subscriber']);
      expect(circumstances).toEqual(['patient-is-subscriber', 'after-another-payer']);
    });
  });
});

describe('reportBag', () => {
  const report: TreatmentReport = {
    ...ids,
    attestedOn: plainDate('2026-04-01'),
    diagnoses: [{ id: 'D1', code: 'F411' }],
    functioning: 'moderate',
    minimumWeeks: 12,
    reasonContinuing: 'Words',
    sessionsRequested: 12,
    from: plainDate('2026-04-02'),
    to: plainDate('2026-07-02'),
    symptoms: ['worry', 'poor sleep'],
    riskSuicide: 'none',
    substanceUse: 'no',
    priorAuthorization: 'PA-1',
    sessionDates: [plainDate('2026-03-02'), plainDate('2026-03-09')],
  };

  it('offers what the clinician wrote, under catalogue ids', () => {
    const { bag, serviceDates, aboutDates } = reportBag(report, { identity, coverage });
    const found = contents(bag);
    expect(found).toMatchObject({
      'diagnosis.primary@D1': 'F411',
      'functioning.level': 'moderate',
      'prognosis.estimatedDuration': 12,
      'reason.continuing': 'Words',
      'plan.sessionsRequested': 12,
      'plan.startDate': '2026-04-02',
      'plan.endDate': '2026-07-02',
      'symptoms.list': ['worry', 'poor sleep'],
      'risk.suicide': 'none',
      'sud.present': 'no',
      'coverage.authorizationNumber': 'PA-1',
      'session.count': 2,
      'session.date@L1': '2026-03-02',
      'session.date@L2': '2026-03-09',
      'client.inTreatment': true,
    });
    expect(found).not.toHaveProperty('distress.level');
    expect(found).not.toHaveProperty('plan.goals');
    expect([...serviceDates.values()]).toEqual(['2026-03-02', '2026-03-09']);
    expect(aboutDates).toEqual(['2026-04-01']);
  });

  it('counts no session where none is named', () => {
    expect(contents(reportBag({ ...report, sessionDates: [] }, { identity, coverage }).bag)).not.toHaveProperty(
      'session.count',
    );
  });
});

describe('serviceKey', () => {
  const service = {
    ...ids,
    practice: '00000000-0000-4000-8000-000000000009' as PracticeId,
    date: plainDate('2026-03-02'),
    procedure: '90837',
    modifiers: ['95', 'HO'],
  };

  it('is one text for one service, whatever the order of modifiers', () => {
    expect(serviceKey({ ...service, modifiers: ['HO', '95'] })).toBe(serviceKey(service));
  });

  it.each([
    { date: plainDate('2026-03-03') },
    { procedure: '90834' },
    { modifiers: ['95'] },
    { client: ids.coverage as string as ClientId },
    { clinician: ids.coverage as string as ClinicianId },
    { practice: ids.coverage as string as PracticeId },
  ])('differs with %j', (change) => expect(serviceKey({ ...service, ...change })).not.toBe(serviceKey(service)));
});

describe('filingDeadlineOf', () => {
  it('counts from the earliest service', () => {
    expect(filingDeadlineOf(invoice, 90)).toBe('2026-05-31');
    expect(filingDeadlineOf({ ...invoice, lines: [] }, 90)).toBeUndefined();
  });
});
