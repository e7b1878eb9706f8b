import { FieldBag, type FieldId, locus, type Occurrence, type Value } from '#libs/catalogue';
import { type Disclosed, project } from '#libs/disclosure';
import { plainDate } from '#libs/kernel';
import type { Decision, Ruling } from '#libs/release';
import type { Envelope837P } from '#libs/x12';

export type Entry = readonly [field: FieldId, value: Value, occurrence?: Occurrence | undefined];

/** A patient who is the subscriber, two sessions by video, two diagnoses. Everyone is invented. */
export const SELF: readonly Entry[] = [
  ['client.name.last', 'Quillfeather'],
  ['client.name.first', 'Isadora'],
  ['client.birthDate', '1984-03-15'],
  ['client.sex', 'F'],
  ['client.address.line', '45 Oak Ave'],
  ['client.address.city', 'Riverton'],
  ['client.address.region', 'NJ'],
  ['client.address.postal', '08077'],
  ['client.relationshipToSubscriber', 'self'],
  ['coverage.memberId', 'W100000001'],
  ['coverage.groupNumber', 'GRP100'],
  ['coverage.authorizationNumber', 'AUTH998877'],
  ['claim.placeOfService', '10'],
  ['fee.total', 43500],
  ['fee.paid', 3050],
  ['diagnosis.primary', 'F33.1', 'D1'],
  ['diagnosis.secondary', 'F43.22', 'D2'],
  ['session.date', '2026-10-02', 'L1'],
  ['procedure.code', '90791', 'L1'],
  ['procedure.modifiers', ['95'], 'L1'],
  ['procedure.units', 1, 'L1'],
  ['fee.charge', 25000, 'L1'],
  ['diagnosis.pointer', ['D1'], 'L1'],
  ['session.date', '2026-10-09', 'L2'],
  ['procedure.code', '90837', 'L2'],
  ['procedure.modifiers', ['95', 'HO'], 'L2'],
  ['procedure.units', 1, 'L2'],
  ['fee.charge', 18500, 'L2'],
  ['diagnosis.pointer', ['D2', 'D1'], 'L2'],
];

export const DEPENDENT: readonly Entry[] = [
  ...SELF.filter(([field]) => field !== 'client.relationshipToSubscriber'),
  ['client.relationshipToSubscriber', 'child'],
  ['coverage.subscriber.name', ['Quillfeather', 'Otto']],
];

/** What another insurer decided first: 435 billed, 295 paid, 65 for the client and a deductible of 5 on no line. */
const DECIDED: readonly Entry[] = [
  ['coverage.other.payer', 'First Harbour Health'],
  ['coverage.other.payerId', 'FHH01'],
  ['coverage.other.planKind', 'HM'],
  ['coverage.other.memberId', 'F77001'],
  ['coverage.other.relationship', 'self'],
  ['coverage.other.claimNumber', 'FHH2026100900017'],
  ['coverage.other.adjudicatedOn', '2026-10-20'],
  ['coverage.other.paid', 29500],
  ['coverage.other.adjustments', ['PR 1 500']],
  ['coverage.other.linePaid', 18000, 'L1'],
  ['coverage.other.lineAdjustments', ['CO 45 4000', 'PR 3 3000'], 'L1'],
  ['coverage.other.linePaid', 12000, 'L2'],
  ['coverage.other.lineAdjustments', ['CO 45 3000', 'PR 2 3000', 'CO 253 500'], 'L2'],
];

/** The same claim for the second of two insurers. */
export const SECONDARY: readonly Entry[] = [...SELF, ...DECIDED];

export const afterAnother = (envelope: Envelope837P): Pick<Envelope837P, 'payer' | 'otherPayer'> => ({
  payer: { ...envelope.payer, responsibility: 'S' },
  otherPayer: { idKind: 'PI', benefitsAssigned: 'Y' },
});

export const replaced = (entries: readonly Entry[], ...changes: readonly Entry[]): readonly Entry[] => {
  const key = ([field, , occurrence]: Entry): string => `${field}@${occurrence ?? ''}`;
  const changed = new Set(changes.map(key));
  return [...entries.filter((entry) => !changed.has(key(entry))), ...changes];
};

export const without = (entries: readonly Entry[], ...fields: readonly FieldId[]): readonly Entry[] =>
  entries.filter(([field]) => !fields.includes(field));

const rulingOf = ([field, , occurrence]: Entry, entries: readonly Entry[]): Ruling => ({
  locus: locus(field, occurrence),
  effect: 'send',
  reasons: [],
  ...(field === 'fee.total' && {
    over: entries.flatMap(([other, , line]) => (other === 'fee.charge' && line ? [line] : [])),
  }),
});

/** All entries as a decision would let them go; `rulings` replaces what it says of single loci. */
export const disclose = (entries: readonly Entry[], rulings: readonly Ruling[] = []): Disclosed<'x12-837p'> => {
  const bag = new FieldBag();
  for (const [field, value, occurrence] of entries) bag.set(locus(field, occurrence), value);
  const decision: Decision = {
    outcome: 'send',
    rulings: [
      ...entries
        .map((entry) => rulingOf(entry, entries))
        .filter(({ locus: at }) => !rulings.some(({ locus: other }) => other.field === at.field)),
      ...rulings,
    ],
    gaps: [],
    enclosures: [],
    releases: [],
    rulesetDigest: '',
    epoch: 1,
    validUntil: 0,
  };
  const result = project(bag, decision, { format: 'x12-837p', formatRevision: '1', salt: new Uint8Array(16) });
  if (!result.ok) throw new Error(result.issues.map(({ code }) => code).join());
  return result.value;
};

export const envelopeFor = (lines: number): Envelope837P => ({
  usage: 'test',
  createdAt: { date: plainDate('2026-11-01'), time: '1200' },
  controlNumbers: {
    interchange: '000417093',
    group: '417093',
    set: '0001',
    batchReference: 'B7Q2M9X4',
    patientControl: 'K4T9WZ2P7QX8M3',
    lines: Array.from({ length: lines }, (_, index) => `N${String((index + 1) * 7919).padStart(7, '0')}`),
  },
  sender: { qualifier: 'ZZ', id: 'WILLOWPRAC' },
  receiver: { qualifier: 'ZZ', id: 'CLEARING' },
  submitter: {
    name: 'Willow Psychotherapy',
    id: 'WILLOWPRAC',
    contact: { name: 'Billing desk', phone: '201-555-0100' },
  },
  receiverName: { name: 'Clearing House', id: 'CLEARING' },
  billingProvider: {
    name: { organisation: 'Willow Psychotherapy Group' },
    npi: '1999000015',
    taxonomy: '103TC0700X',
    address: { line: '12 Elm St', secondLine: 'Suite 4', city: 'Springdale', state: 'NJ', postal: '07081-1234' },
    taxId: { kind: 'EI', number: '99-9333444' },
  },
  payer: { name: 'Acme Mutual Health', id: 'ACM01', idKind: 'PI', filingIndicator: 'CI', responsibility: 'P' },
  resubmission: { frequency: '1' },
  indicators: { signatureOnFile: 'Y', participation: 'A', benefitsAssigned: 'Y', releaseOfInformation: 'Y' },
});

export const CLINICIAN = { last: 'Grimshaw', first: 'Vera', npi: '1999102035', taxonomy: '103TC0700X' };
export const SUPERVISOR = { last: 'Lindqvist', first: 'Hugo', npi: '1999777778' };

/** A claim as large as one may be: fifty lines, twelve diagnoses. */
export const largestClaim = (): readonly Entry[] => {
  const diagnoses = Array.from({ length: 12 }, (_, index): Entry => {
    const field = index === 0 ? 'diagnosis.primary' : 'diagnosis.secondary';
    return [field, `F40.${index + 10}`, `D${index + 1}`];
  });
  const lines = Array.from({ length: 50 }, (_, index): readonly Entry[] => {
    const line = `L${index + 1}`;
    return [
      ['session.date', `2026-0${1 + (index % 9)}-${String(1 + (index % 28)).padStart(2, '0')}`, line],
      ['procedure.code', '90834', line],
      ['procedure.units', 1, line],
      ['fee.charge', 14005, line],
      ['diagnosis.pointer', [`D${1 + (index % 12)}`], line],
    ];
  });
  const head = SELF.filter(([field, , occurrence]) => occurrence === undefined && field !== 'fee.paid');
  return [...head, ...diagnoses, ...lines.flat()];
};
