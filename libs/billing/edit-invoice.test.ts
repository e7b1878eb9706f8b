import { centsOf, type ClientId, type ClinicianId, type CoverageId, type DisclosureId, plainDate } from '#libs/kernel';
import { describe, expect, it } from 'vitest';
import { isSound } from './adjudication-edits.js';
import { editInvoice, INVOICE_EDITS } from './edit-invoice.js';
import { fixFor } from './fix-for.js';
import type { Invoice, ServiceLine } from './invoice.js';
import type { InvoiceSetting } from './invoice-setting.js';
import type { Adjudication } from './prior-payer.js';

const CLAIM = '00000000-0000-4000-8000-000000000005' as DisclosureId;
const OTHER = '00000000-0000-4000-8000-000000000004' as CoverageId;

const line: ServiceLine = {
  id: 'L1',
  date: plainDate('2026-03-02'),
  procedure: '90837',
  modifiers: ['95'],
  units: 1,
  charge: centsOf(15000),
  pointers: ['D1'],
};

const invoice: Invoice = {
  number: 'INV-26-0031',
  issuedOn: plainDate('2026-03-31'),
  client: '00000000-0000-4000-8000-000000000001' as ClientId,
  coverage: '00000000-0000-4000-8000-000000000002' as CoverageId,
  clinician: '00000000-0000-4000-8000-000000000003' as ClinicianId,
  placeOfService: '10',
  diagnoses: [
    { id: 'D1', code: 'F411' },
    { id: 'D2', code: 'F4310' },
  ],
  lines: [line, { ...line, id: 'L2', date: plainDate('2026-03-09'), pointers: ['D1', 'D2'], character: 'individual' }],
  total: centsOf(30000),
  paidByClient: centsOf(5000),
  relatedCause: 'EM',
  authorizationNumber: 'AUTH 77/1',
  note: 'Second request',
  currency: 'USD',
};

const setting: InvoiceSetting = {
  today: plainDate('2026-04-01'),
  birthDate: plainDate('1988-05-17'),
  subscriberIsClient: true,
  filingDeadlineDays: 90,
};

/** What the first of two payers decided on both lines: 250 of 300 paid, the client owes 30, 20 are written off. */
const adjudication: Adjudication = {
  adjudicatedOn: plainDate('2026-03-25'),
  payerClaimNumber: 'HM-1',
  paid: centsOf(25000),
  adjustments: [],
  lines: ['L1', 'L2'].map((id) => ({
    line: id,
    paid: centsOf(12500),
    adjustments: [
      { group: 'PR', reason: '3', amount: centsOf(1500) },
      { group: 'CO', reason: '45', amount: centsOf(1000) },
    ],
  })),
};

/** The same invoice for the second payer. */
const after = (change: Partial<Record<keyof Adjudication, unknown>> = {}): Invoice => ({
  ...invoice,
  priorPayer: { coverage: OTHER, adjudication: { ...adjudication, ...(change as Partial<Adjudication>) } },
});
const [first, second] = adjudication.lines;
const onFirst = (change: object): Invoice => after({ lines: [{ ...first, ...change }, second] });

type Change = Partial<Record<keyof Invoice, unknown>>;

/** As it may come from a caller that TypeScript does not bind. */
const changed = (change: Change): Invoice => ({ ...invoice, ...(change as Partial<Invoice>) });

const lines = (...changes: Partial<Record<keyof ServiceLine, unknown>>[]): Invoice => {
  const made = changes.map((change, index): ServiceLine => ({
    ...line,
    id: `L${index + 1}`,
    ...(change as Partial<ServiceLine>),
  }));
  return { ...invoice, lines: made, total: made.reduce((sum, { charge }) => sum + charge, 0) as Invoice['total'] };
};

const day = (text: string) => ({ date: plainDate(text) });
const many = <T>(count: number, make: (index: number) => T): T[] =>
  Array.from({ length: count }, (_none, index) => make(index));

interface Case {
  readonly id: string;
  readonly path: string;
  readonly failing: Invoice;
  readonly passing: Invoice;
  readonly setting?: Partial<InvoiceSetting>;
}

const CASES: readonly Case[] = [
  {
    id: 'invoice_number_shape',
    path: '/number',
    failing: changed({ number: 'A*1' }),
    passing: changed({ number: 'A-1' }),
  },
  {
    id: 'invoice_number_shape',
    path: '/number',
    failing: changed({ number: 'A'.repeat(39) }),
    passing: changed({ number: 'A'.repeat(38) }),
  },
  {
    id: 'issued_on_not_a_date',
    path: '/issuedOn',
    failing: changed({ issuedOn: '2026-03-32' }),
    passing: changed({ issuedOn: '2026-03-30' }),
  },
  {
    id: 'issued_in_future',
    path: '/issuedOn',
    failing: changed({ issuedOn: '2026-04-02' }),
    passing: changed({ issuedOn: '2026-04-01' }),
  },
  {
    id: 'place_of_service_unknown',
    path: '/placeOfService',
    failing: changed({ placeOfService: '28' }),
    passing: changed({ placeOfService: '11' }),
  },
  {
    id: 'currency_unknown',
    path: '/currency',
    failing: changed({ currency: 'EUR' }),
    passing: changed({ currency: 'CAD' }),
  },
  { id: 'total_differs', path: '/total', failing: changed({ total: 29999 }), passing: invoice },
  { id: 'total_out_of_range', path: '/total', failing: changed({ total: -1 }), passing: lines({ charge: 1 }) },
  { id: 'total_out_of_range', path: '/total', failing: changed({ total: 0 }), passing: invoice },
  { id: 'total_out_of_range', path: '/total', failing: changed({ total: 300.5 }), passing: invoice },
  {
    id: 'paid_out_of_range',
    path: '/paidByClient',
    failing: changed({ paidByClient: -1 }),
    passing: changed({ paidByClient: 0 }),
  },
  {
    id: 'paid_exceeds_total',
    path: '/paidByClient',
    failing: changed({ paidByClient: 30001 }),
    passing: changed({ paidByClient: 30000 }),
  },
  {
    id: 'related_cause_unknown',
    path: '/relatedCause',
    failing: changed({ relatedCause: 'XX' }),
    passing: changed({ relatedCause: 'AA' }),
  },
  {
    id: 'authorization_number_shape',
    path: '/authorizationNumber',
    failing: changed({ authorizationNumber: 'A~1' }),
    passing: changed({ authorizationNumber: 'A1' }),
  },
  {
    id: 'authorization_number_shape',
    path: '/authorizationNumber',
    failing: changed({ authorizationNumber: 'A'.repeat(51) }),
    passing: changed({ authorizationNumber: 'A'.repeat(50) }),
  },
  {
    id: 'note_shape',
    path: '/note',
    failing: changed({ note: 'x'.repeat(81) }),
    passing: changed({ note: 'x'.repeat(80) }),
  },
  {
    id: 'diagnosis_shape',
    path: '/diagnoses/1/code',
    failing: changed({
      diagnoses: [
        { id: 'D1', code: 'F411' },
        { id: 'D2', code: 'F43.10' },
      ],
    }),
    passing: invoice,
  },
  {
    id: 'diagnosis_repeated',
    path: '/diagnoses/1/code',
    failing: changed({
      diagnoses: [
        { id: 'D1', code: 'F411' },
        { id: 'D2', code: 'F411' },
      ],
    }),
    passing: invoice,
  },
  {
    id: 'diagnosis_id',
    path: '/diagnoses/1/id',
    failing: changed({
      diagnoses: [
        { id: 'D1', code: 'F411' },
        { id: 'D1', code: 'F4310' },
      ],
    }),
    passing: invoice,
  },
  {
    id: 'diagnosis_count',
    path: '/diagnoses',
    failing: changed({ diagnoses: many(13, (index) => ({ id: `D${index + 1}`, code: `F${40 + index}` })) }),
    passing: changed({ diagnoses: many(12, (index) => ({ id: `D${index + 1}`, code: `F${40 + index}` })) }),
  },
  {
    id: 'diagnosis_missing',
    path: '/diagnoses',
    failing: changed({ diagnoses: [] }),
    passing: invoice,
  },
  { id: 'line_count', path: '/lines', failing: lines(), passing: lines({}) },
  {
    id: 'line_count',
    path: '/lines',
    failing: lines(...many(51, (index) => ({ modifiers: [String(10 + index)] }))),
    passing: lines(...many(50, (index) => ({ modifiers: [String(10 + index)] }))),
  },
  { id: 'line_id', path: '/lines/0/id', failing: lines({ id: '1' }), passing: lines({ id: 'L7' }) },
  {
    id: 'procedure_shape',
    path: '/lines/0/procedure',
    failing: lines({ procedure: '9083' }),
    passing: lines({ procedure: 'H0004' }),
  },
  {
    id: 'modifier_count',
    path: '/lines/0/modifiers',
    failing: lines({ modifiers: ['95', 'HO', 'AJ', '59', '76'] }),
    passing: lines({ modifiers: ['95', 'HO', 'AJ', '59'] }),
  },
  {
    id: 'modifier_shape',
    path: '/lines/0/modifiers/1',
    failing: lines({ modifiers: ['95', 'ho'] }),
    passing: lines({ modifiers: ['95', 'HO'] }),
  },
  {
    id: 'modifier_repeated',
    path: '/lines/0/modifiers/1',
    failing: lines({ modifiers: ['95', '95'] }),
    passing: lines({ modifiers: [] }),
  },
  { id: 'units_out_of_range', path: '/lines/0/units', failing: lines({ units: 0 }), passing: lines({ units: 999 }) },
  { id: 'units_out_of_range', path: '/lines/0/units', failing: lines({ units: 1.5 }), passing: lines({ units: 2 }) },
  { id: 'units_out_of_range', path: '/lines/0/units', failing: lines({ units: 1000 }), passing: lines({ units: 1 }) },
  { id: 'charge_out_of_range', path: '/lines/0/charge', failing: lines({ charge: 0 }), passing: lines({ charge: 1 }) },
  {
    id: 'charge_out_of_range',
    path: '/lines/0/charge',
    failing: lines({ charge: 10_000_000_000 }),
    passing: lines({ charge: 9_999_999_999 }),
  },
  {
    id: 'pointer_count',
    path: '/lines/0/pointers',
    failing: lines({ pointers: [] }),
    passing: lines({ pointers: ['D2'] }),
  },
  {
    id: 'pointer_count',
    path: '/lines/0/pointers',
    failing: lines({ pointers: ['D1', 'D2', 'D3', 'D4', 'D5'] }),
    passing: lines({ pointers: ['D1', 'D2', 'D3', 'D4'] }),
  },
  {
    id: 'pointer_unknown',
    path: '/lines/0/pointers/1',
    failing: lines({ pointers: ['D1', 'D3'] }),
    passing: lines({ pointers: ['D1', 'D2'] }),
  },
  {
    id: 'pointer_repeated',
    path: '/lines/0/pointers/1',
    failing: lines({ pointers: ['D1', 'D1'] }),
    passing: lines({ pointers: ['D1', 'D2'] }),
  },
  {
    id: 'character_unknown',
    path: '/lines/0/character',
    failing: lines({ character: 'trio' }),
    passing: lines({ character: 'couple' }),
  },
  {
    id: 'service_repeated',
    path: '/lines/1',
    failing: lines({ modifiers: ['95', 'HO'] }, { modifiers: ['HO', '95'] }),
    passing: lines({ modifiers: ['95'] }, { modifiers: ['95', '59'] }),
  },
  {
    id: 'add_on_without_primary',
    path: '/lines/1/procedure',
    failing: lines({}, { procedure: '90785', ...day('2026-03-09') }),
    passing: lines({}, { procedure: '90785' }),
  },
  {
    id: 'service_date_not_a_date',
    path: '/lines/0/date',
    failing: lines({ date: '2026-02-30' }),
    passing: lines(day('2026-02-28')),
  },
  {
    id: 'service_in_future',
    path: '/lines/0/date',
    failing: lines(day('2026-04-02')),
    passing: lines(day('2026-04-01')),
  },
  {
    id: 'service_before_birth',
    path: '/lines/0/date',
    failing: lines(day('1988-05-16')),
    passing: lines(day('1988-05-17')),
    setting: { filingDeadlineDays: 36500 },
  },
  {
    id: 'service_after_issue',
    path: '/lines/0/date',
    failing: lines(day('2026-04-01')),
    passing: lines(day('2026-03-31')),
  },
  {
    id: 'filing_deadline_near',
    path: '/lines/0/date',
    failing: lines(day('2026-01-15')),
    passing: lines(day('2026-01-16')),
  },
  {
    id: 'filing_deadline_near',
    path: '/lines/0/date',
    failing: lines(day('2026-04-01')),
    passing: lines(day('2026-04-02')),
    setting: { filingDeadlineDays: 1 },
  },
  {
    id: 'filing_deadline_near',
    path: '/lines/0/date',
    failing: lines(day('2026-01-01')),
    passing: lines(day('2025-12-31')),
  },
  {
    id: 'filing_deadline_passed',
    path: '/lines/0/date',
    failing: lines(day('2025-12-31')),
    passing: lines(day('2026-01-01')),
  },
  {
    id: 'prior_payer_is_this_payer',
    path: '/priorPayer/coverage',
    failing: { ...invoice, priorPayer: { coverage: invoice.coverage } },
    passing: { ...invoice, priorPayer: { coverage: OTHER } },
  },
  {
    id: 'adjudication_from_two_sources',
    path: '/priorPayer/adjudication',
    failing: { ...invoice, priorPayer: { coverage: OTHER, claim: CLAIM, adjudication } },
    passing: { ...invoice, priorPayer: { coverage: OTHER, claim: CLAIM } },
  },
  {
    id: 'adjudicated_in_future',
    path: '/priorPayer/adjudication/adjudicatedOn',
    failing: after({ adjudicatedOn: '2026-04-02' }),
    passing: after({ adjudicatedOn: '2026-04-01' }),
  },
  {
    id: 'adjudicated_on_not_a_date',
    path: '/priorPayer/adjudication/adjudicatedOn',
    failing: after({ adjudicatedOn: '2026-03-32' }),
    passing: after(),
  },
  {
    id: 'adjudicated_before_service',
    path: '/priorPayer/adjudication/adjudicatedOn',
    failing: after({ adjudicatedOn: '2026-03-08' }),
    passing: after({ adjudicatedOn: '2026-03-09' }),
  },
  {
    id: 'payer_claim_number_shape',
    path: '/priorPayer/adjudication/payerClaimNumber',
    failing: after({ payerClaimNumber: 'A*1' }),
    passing: after({ payerClaimNumber: undefined }),
  },
  {
    id: 'payer_claim_number_shape',
    path: '/priorPayer/adjudication/payerClaimNumber',
    failing: after({ payerClaimNumber: 'A'.repeat(51) }),
    passing: after({ payerClaimNumber: 'A'.repeat(50) }),
  },
  {
    id: 'adjudicated_lines_differ',
    path: '/priorPayer/adjudication/lines',
    failing: after({ lines: [first, first] }),
    passing: after({ lines: [second, first] }),
  },
  {
    id: 'adjudicated_lines_differ',
    path: '/priorPayer/adjudication/lines',
    failing: after({ lines: [first] }),
    passing: after(),
  },
  {
    id: 'adjudicated_lines_differ',
    path: '/priorPayer/adjudication/lines',
    failing: after({ lines: [first, second, second] }),
    passing: after(),
  },
  {
    id: 'adjudicated_lines_differ',
    path: '/priorPayer/adjudication/lines',
    failing: after({ lines: [first, { ...second, line: 'L3' }] }),
    passing: after(),
  },
  {
    id: 'adjustment_shape',
    path: '/priorPayer/adjudication/lines/0/adjustments/0',
    failing: onFirst({ adjustments: [{ group: 'XX', reason: '3', amount: 2500 }] }),
    passing: onFirst({ adjustments: [{ group: 'OA', reason: '23', amount: 2500 }] }),
  },
  {
    id: 'adjustment_shape',
    path: '/priorPayer/adjudication/adjustments/0',
    failing: after({ adjustments: [{ group: 'CO', reason: '45', amount: 0 }] }),
    passing: after({ adjustments: [{ group: 'CO', reason: '45', amount: -100 }], paid: 25100 }),
  },
  {
    id: 'adjustments_too_many',
    path: '/priorPayer/adjudication/adjustments',
    failing: after({ adjustments: many(31, () => ({ group: 'CO', reason: '45', amount: 1 })) }),
    passing: after({ adjustments: many(30, () => ({ group: 'CO', reason: '45', amount: 1 })) }),
  },
  {
    id: 'other_payer_paid_out_of_range',
    path: '/priorPayer/adjudication/paid',
    failing: after({ paid: -1 }),
    passing: after(),
  },
  {
    id: 'other_payer_paid_out_of_range',
    path: '/priorPayer/adjudication/lines/0/paid',
    failing: onFirst({ paid: 0.5 }),
    passing: onFirst({ paid: 0 }),
  },
  {
    id: 'adjudicated_line_unbalanced',
    path: '/priorPayer/adjudication/lines/0',
    failing: onFirst({ paid: 12400 }),
    passing: onFirst({ paid: 15000, adjustments: [] }),
  },
  {
    id: 'adjudicated_line_unbalanced',
    path: '/priorPayer/adjudication/lines/1',
    failing: { ...after(), lines: [invoice.lines[0] ?? line, { ...line, id: 'L2', charge: centsOf(14000) }] },
    passing: after(),
  },
  {
    id: 'adjudication_unbalanced',
    path: '/priorPayer/adjudication/paid',
    failing: after({ paid: 25001 }),
    passing: after({ adjustments: [{ group: 'PR', reason: '1', amount: 400 }], paid: 24600 }),
  },
];

const issuesOf = ({ setting: more }: Case, subject: Invoice) => editInvoice(subject, { ...setting, ...more });

describe('claim edits', () => {
  it('finds nothing wrong with a sound invoice', () => expect(editInvoice(invoice, setting)).toEqual([]));

  it('finds a decision of another payer sound only if it is complete and adds up', () => {
    expect(isSound(invoice.lines, adjudication)).toBe(true);
    expect(isSound(invoice.lines, { ...adjudication, paid: centsOf(24999) })).toBe(false);
    expect(isSound(invoice.lines, { ...adjudication, lines: adjudication.lines.slice(1) })).toBe(false);
  });

  it('warns of a policy that somebody else holds', () => {
    expect(editInvoice(invoice, { ...setting, subscriberIsClient: false })).toEqual([
      expect.objectContaining({ code: 'eob_exposure', path: '/coverage', severity: 'warning' }),
    ]);
  });

  it('finds nothing wrong with one that another payer had before, or that still awaits its decision', () => {
    expect(editInvoice(after(), setting)).toEqual([]);
    expect(editInvoice({ ...invoice, priorPayer: { coverage: OTHER } }, setting)).toEqual([]);
  });

  it.each(CASES.map((one) => [`${one.id} at ${one.path}`, one] as const))('%s', (_name, one) => {
    expect(issuesOf(one, one.failing)).toContainEqual(expect.objectContaining({ code: one.id, path: one.path }));
    expect(issuesOf(one, one.passing).filter(({ code }) => code === one.id)).toEqual([]);
  });

  it('has a case, a name and a fix for every edit', () => {
    const ids = INVOICE_EDITS.map(({ id }) => id);
    expect([...new Set([...CASES.map(({ id }) => id), 'eob_exposure'])].sort()).toEqual([...ids].sort());
    for (const id of ids) expect(fixFor(id)).toMatch(/^[A-Z].*\.$/);
    expect(fixFor('of_somebody_else')).toBeUndefined();
  });

  it('never repeats a value: the issues of two invoices that are wrong in the same way are the same', () => {
    const wrong = (mark: string) =>
      changed({
        number: `*${mark}`,
        note: `\u0000${mark}`,
        relatedCause: mark,
        authorizationNumber: `~${mark}`,
        diagnoses: [{ id: mark, code: mark }],
      });
    const text = JSON.stringify(editInvoice(wrong('zzqq'), setting));
    expect(text).toBe(JSON.stringify(editInvoice(wrong('qqzz'), setting)));
    expect(text).not.toContain('zzqq');
  });

  it('knows no deadline where none is given, and never one for a date that is wrong itself', () => {
    const open = { today: setting.today, birthDate: setting.birthDate, subscriberIsClient: true };
    expect(editInvoice(lines(day('2020-01-01')), open)).toEqual([]);
    const codes = editInvoice(lines({ date: '2199-12-31' }, { date: 'soon' }), {
      ...setting,
      filingDeadlineDays: 400,
    }).map(({ code }) => code);
    expect(codes).not.toContain('filing_deadline_passed');
  });

  it.each([
    ['90833', '99213', true],
    ['90833', '90837', false],
    ['90840', '90839', true],
    ['90840', '90837', false],
    ['90785', '90853', true],
    ['90785', '90839', false],
    ['90863', '90834', true],
  ])('%s with %s', (addOn, primary, sound) => {
    const codes = editInvoice(lines({ procedure: primary }, { procedure: addOn }), setting).map(({ code }) => code);
    expect(codes.includes('add_on_without_primary')).toBe(!sound);
  });
});
