import { type Invoice, invoiceBag, type Offered, reportBag, type TreatmentReport } from '#libs/billing';
import { type FieldId, fieldOf, type FormatId, type Locus } from '#libs/catalogue';
import { type Disclosed, project } from '#libs/disclosure';
import type { DocumentEnvelope } from '#libs/documents';
import { addDays, centsOf, type ClientId, type ClinicianId, type CoverageId, plainDate } from '#libs/kernel';
import type { Decision, Ruling } from '#libs/release';

const party = {
  identity: {
    firstName: 'Zoë',
    lastName: 'Wiśniewska-Example',
    birthDate: plainDate('1988-05-17'),
    sex: 'F',
    address: { line: '12 Sample Street', city: 'Trenton', region: 'NJ', postal: '08601' },
    phone: '555-0142',
  },
  coverage: { memberId: 'QX 555 0042', groupNumber: 'G-77', relationship: 'self' },
} as const;

const ids = {
  client: '00000000-0000-4000-8000-000000000001' as ClientId,
  coverage: '00000000-0000-4000-8000-000000000002' as CoverageId,
  clinician: '00000000-0000-4000-8000-000000000003' as ClinicianId,
};

const invoice = (sessions: number): Invoice => ({
  ...ids,
  number: 'INV-26-0031',
  issuedOn: plainDate('2026-10-31'),
  placeOfService: '11',
  diagnoses: [
    { id: 'D1', code: 'F411' },
    { id: 'D2', code: 'F4310' },
  ],
  lines: Array.from({ length: sessions }, (_none, index) => ({
    id: `L${index + 1}`,
    date: addDays(plainDate('2026-01-05'), index * 7),
    procedure: index % 3 === 2 ? '90847' : '90837',
    modifiers: ['95'],
    units: 1,
    charge: centsOf(15000 + (index % 3) * 1250),
    pointers: ['D1'],
    character: index % 3 === 2 ? 'couple' : 'individual',
  })),
  total: centsOf(
    Array.from({ length: sessions }, (_none, index) => 15000 + (index % 3) * 1250).reduce(
      (sum, charge) => sum + charge,
      0,
    ),
  ),
  paidByClient: centsOf(12000),
  currency: 'USD',
});

const report: TreatmentReport = {
  ...ids,
  attestedOn: plainDate('2026-04-01'),
  diagnoses: [
    { id: 'D1', code: 'F411' },
    { id: 'D2', code: 'F4310' },
    { id: 'D3', code: 'F5101' },
  ],
  functioning: 'moderate',
  distress: 'severe',
  minimumWeeks: 12,
  reasonContinuing: 'Words that the client did not release.',
  sessionsRequested: 12,
  from: plainDate('2026-04-02'),
  to: plainDate('2026-07-02'),
  frequency: 'weekly',
  modality: 'CBT',
  goals: [
    'Return to work for four days a week, with a plan for difficult mornings that the client has written and tried.',
    'Sleep through five nights of seven. Keep a diary of nights; bring it to each session.',
    'Drive on the motorway again, at first in company, then alone.',
  ].join('\n'),
  progressRating: 'some',
  symptoms: ['persistent worry', 'difficulty falling asleep', 'avoidance of motorways', 'tension headaches'],
  statusLegal: 'voluntary',
  statusSetting: 'outpatient',
  priorAuthorization: 'PA-2026-118',
  sessionDates: Array.from({ length: 9 }, (_none, index) => addDays(plainDate('2026-01-05'), index * 7)),
};

interface Choice {
  readonly send: readonly FieldId[];
  readonly generalise?: Partial<Record<FieldId, FieldId>>;
  readonly mark?: readonly FieldId[];
  readonly enclosures?: readonly string[];
}

const rulingFor = (at: Locus, choice: Choice, lines: readonly string[]): Ruling => {
  const reasons = [{ code: 'granted', source: 'release:sample', revision: '1' }] as const;
  const form = choice.generalise?.[at.field];
  if (form !== undefined) return { locus: at, effect: 'generalise', form, reasons };
  if (!choice.send.includes(at.field)) {
    return {
      locus: at,
      effect: 'withhold',
      reasons,
      ...(choice.mark?.includes(at.field) === true ? { marker: true as const } : {}),
    };
  }
  return { locus: at, effect: 'send', reasons, ...(fieldOf(at.field).aggregate === undefined ? {} : { over: lines }) };
};

const disclose = <Format extends FormatId>(format: Format, offered: Offered, choice: Choice): Disclosed<Format> => {
  const lines = [...offered.serviceDates.keys()];
  const decision: Decision = {
    outcome: 'send',
    rulings: [...offered.bag.entries()].map(({ locus }) => rulingFor(locus, choice, lines)),
    gaps: [],
    enclosures: choice.enclosures ?? [],
    releases: ['sample'],
    rulesetDigest: 'sample',
    epoch: 1,
    validUntil: 0,
  };
  const about = offered.aboutDates[0];
  const salt = new TextEncoder().encode('a salt for the samples');
  const result = project(offered.bag, decision, {
    format,
    formatRevision: '1',
    salt,
    ...(about === undefined ? {} : { about }),
  });
  if (!result.ok) throw new Error(result.issues.map(({ code }) => code).join());
  return result.value;
};

const LINES: readonly FieldId[] = ['session.date', 'fee.charge', 'fee.total'];

export const samples = {
  /** Member id, dates and fees: the least that a plan can work with. */
  bareStatement: () => disclose('statement', invoiceBag(invoice(4), party), { send: ['coverage.memberId', ...LINES] }),
  /** Runs over to a second page. */
  longStatement: () =>
    disclose('statement', invoiceBag(invoice(40), party), {
      send: [
        'client.name.first',
        'client.name.last',
        'coverage.memberId',
        'session.character',
        'procedure.code',
        'diagnosis.primary',
        ...LINES,
      ],
      generalise: { 'client.birthDate': 'client.age' },
      enclosures: ['redisclosure'],
    }),
  receipt: () =>
    disclose('receipt', invoiceBag(invoice(3), party), {
      send: ['client.name.first', 'client.name.last', 'session.character', 'procedure.code', 'fee.paid', ...LINES],
    }),
  report: () =>
    disclose('treatment-report', reportBag(report, party), {
      send: [
        'client.name.first',
        'coverage.memberId',
        'coverage.authorizationNumber',
        'diagnosis.primary',
        'diagnosis.secondary',
        'functioning.level',
        'distress.level',
        'prognosis.estimatedDuration',
        'plan.sessionsRequested',
        'plan.startDate',
        'plan.endDate',
        'plan.frequency',
        'plan.goals',
        'progress.rating',
        'status.legal',
        'status.setting',
        'session.count',
      ],
      generalise: { 'client.birthDate': 'client.age', 'reason.continuing': 'functioning.level' },
      mark: ['client.name.last', 'symptoms.list'],
      enclosures: ['redisclosure', 'scope'],
    }),
};

const practice: DocumentEnvelope = {
  practice: {
    name: 'Harbor Lane Psychotherapy',
    addressLines: ['400 Harbor Lane, Suite 3', 'Trenton, NJ 08608'],
    phone: '555-0100',
    npi: '1999000007',
    taxId: '99-5550100',
  },
  clinician: { name: 'Dr. Noor Sample', credential: 'PsyD', registrationNumber: 'NJ-PSY-55501', npi: '1999123452' },
  recipient: { name: 'Acme Behavioral Health', addressLines: ['Care Management', 'PO Box 5550', 'Newark, NJ 07101'] },
  reference: '7KQ2-M4XD-9TPA',
  createdOn: plainDate('2026-11-02'),
  enclosures: [],
  currency: 'USD',
};

const notice = {
  id: 'redisclosure',
  title: 'Notice to the recipient',
  paragraphs: [
    'What is told here was told with the client’s written permission, for the purpose that the permission names and for no other.',
    'Do not pass it on unless the client permits that in writing or a law requires it. A general permission to pass on medical information is not enough.',
  ],
};

const scope = {
  id: 'scope',
  title: 'What the client has permitted',
  paragraphs: [
    'The client permits this practice to tell the recipient what stands in this report, for the review of coverage. The permission ends on 2026-12-31.',
  ],
};

export const envelopes = {
  plain: practice,
  withNotice: { ...practice, enclosures: [notice] },
  withForm: {
    ...practice,
    enclosures: [notice, scope],
    form: {
      id: 'acme-continuing-otr',
      version: '2026-01',
      labels: new Map<FieldId, string>([
        ['coverage.memberId', 'Member / policy number'],
        ['reason.continuing', 'Reason for continuing care, including current level of functioning'],
      ]),
      markerText: 'Withheld by client authorization',
    },
  } satisfies DocumentEnvelope,
} satisfies Record<string, DocumentEnvelope>;
