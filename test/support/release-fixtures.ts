import { expandGrants, type FieldBag, FieldBag as Bag, type FieldId, locus, type Occurrence } from '#libs/catalogue';
import {
  type ClientId,
  type PlainDate,
  plainDate,
  type PracticeId,
  type ReleaseId,
  startOfDate,
  UTC,
} from '#libs/kernel';
import { type Authority, describe as describeBag, type DisclosureRequest, type SignedRelease } from '#libs/release';
import { CODES } from './config-data.js';

export const CLIENT = '00000000-0000-4000-8000-00000000c001' as ClientId;
export const OTHER_CLIENT = '00000000-0000-4000-8000-00000000c002' as ClientId;
export const PRACTICE = '00000000-0000-4000-8000-00000000a001' as PracticeId;
export const INSURER = '00000000-0000-4000-8000-00000000b001';
export const OTHER_INSURER = '00000000-0000-4000-8000-00000000b002';

export const day = (text: string): PlainDate => plainDate(text);
export const noon = (text: string): number => startOfDate(day(text), UTC) + 12 * 3_600_000;
export const NOW = noon('2026-06-15');

export const releaseId = (number: number): ReleaseId =>
  `00000000-0000-4000-8000-${String(number).padStart(12, '0')}` as ReleaseId;

export const CLAIM_GRANTS = expandGrants([
  'client.name.first',
  'client.name.last',
  'client.birthDate',
  'client.sex',
  'client.address.*',
  'client.relationshipToSubscriber',
  'coverage.memberId',
  'coverage.groupNumber',
  'coverage.authorizationNumber',
  'claim.placeOfService',
  'session.date',
  'session.character',
  'procedure.code',
  'procedure.modifiers',
  'procedure.units',
  'fee.charge',
  'fee.total',
  'fee.paid',
  'diagnosis.primary',
  'diagnosis.secondary',
  'diagnosis.pointer',
]).ids;

export const DATES_AND_FEES: readonly FieldId[] = [
  'client.name.first',
  'client.name.last',
  'coverage.memberId',
  'session.date',
  'fee.charge',
  'fee.total',
];

export const REPORT_GRANTS: readonly FieldId[] = [
  'client.name.first',
  'client.birthDate',
  'coverage.memberId',
  'diagnosis.primary',
  'functioning.level',
  'distress.level',
  'prognosis.estimatedDuration',
  'plan.sessionsRequested',
  'plan.startDate',
  'plan.endDate',
  'session.count',
];

export const release = (change: Partial<SignedRelease> = {}): SignedRelease => ({
  id: releaseId(1),
  revision: 1,
  client: CLIENT,
  discloser: PRACTICE,
  recipient: { kind: 'party', id: INSURER, class: 'insurer' },
  purposes: ['HPAYMT'],
  grants: CLAIM_GRANTS,
  catalogueVersion: 1,
  validFrom: day('2026-01-01'),
  validUntil: day('2026-12-31'),
  signedAt: noon('2026-01-01'),
  signatures: [{ role: 'client', signedOn: day('2026-01-01'), authorityDocumented: false, witnessed: false }],
  statements: ['revocation', 'conditioning', 'redisclosure'],
  blanket: false,
  jurisdiction: 'US-OR',
  signerFacts: { ageAtSigning: 34, parentConsentedToTreatment: 'unknown' },
  ...change,
});

export const authority = (releases: readonly SignedRelease[], change: Partial<Authority> = {}): Authority => ({
  client: CLIENT,
  epoch: 1,
  releases,
  revocations: [],
  relations: [],
  restrictions: [],
  ...change,
});

export interface TestLine {
  readonly id: Occurrence;
  readonly date: string;
  readonly procedure?: string;
  readonly charge?: number;
  readonly pointers?: readonly Occurrence[];
  readonly modifiers?: readonly string[];
}

const TWO_LINES: readonly TestLine[] = [
  { id: 'L1', date: '2026-05-04' },
  { id: 'L2', date: '2026-05-11' },
];

/** An invoice as a bag, with every client field that a claim may carry and a few that it never may. */
export const invoiceBag = (
  lines: readonly TestLine[] = TWO_LINES,
  diagnoses: readonly string[] = ['F331'],
): FieldBag => {
  const bag = new Bag();
  bag
    .set(locus('client.name.first'), 'Ottilie')
    .set(locus('client.name.last'), 'Vantongeren')
    .set(locus('client.birthDate'), '1991-09-30');
  bag
    .set(locus('client.sex'), 'F')
    .set(locus('client.address.line'), '7 Imaginary Lane')
    .set(locus('client.address.city'), 'Nowhere');
  bag
    .set(locus('client.address.region'), 'OR')
    .set(locus('client.address.postal'), '000000001')
    .set(locus('client.relationshipToSubscriber'), 'self');
  bag
    .set(locus('coverage.memberId'), 'ZZ000111')
    .set(locus('claim.placeOfService'), '11')
    .set(locus('claim.note'), 'never asked for');
  bag.set(locus('note.psychotherapy'), 'separate notes').set(locus('client.inTreatment'), true);
  let total = 0;
  for (const line of lines) {
    const charge = line.charge ?? 14_000;
    total += charge;
    bag.set(locus('session.date', line.id), line.date).set(locus('procedure.code', line.id), line.procedure ?? '90834');
    bag.set(locus('procedure.units', line.id), 1).set(locus('fee.charge', line.id), charge);
    bag
      .set(locus('diagnosis.pointer', line.id), line.pointers ?? ['D1'])
      .set(locus('session.character', line.id), 'individual');
    if (line.modifiers) bag.set(locus('procedure.modifiers', line.id), line.modifiers);
  }
  bag.set(locus('fee.total'), total);
  diagnoses.forEach((code, index) =>
    bag.set(locus(index === 0 ? 'diagnosis.primary' : 'diagnosis.secondary', `D${index + 1}`), code),
  );
  return bag;
};

/** A treatment report as a bag: levels beside narratives. */
export const reportBag = (): FieldBag => {
  const bag = new Bag();
  bag
    .set(locus('client.name.first'), 'Ottilie')
    .set(locus('client.name.last'), 'Vantongeren')
    .set(locus('client.birthDate'), '1991-09-30');
  bag.set(locus('coverage.memberId'), 'ZZ000111').set(locus('diagnosis.primary', 'D1'), 'F331');
  bag
    .set(locus('functioning.level'), 'severe')
    .set(locus('distress.level'), 'moderate')
    .set(locus('reason.continuing'), 'a long story');
  bag
    .set(locus('prognosis.estimatedDuration'), 26)
    .set(locus('prognosis.text'), 'another story')
    .set(locus('plan.sessionsRequested'), 12);
  bag
    .set(locus('plan.startDate'), '2026-07-01')
    .set(locus('plan.endDate'), '2026-12-31')
    .set(locus('history.trauma'), 'what happened');
  return bag;
};

const datesIn = (bag: FieldBag): ReadonlyMap<Occurrence, PlainDate> =>
  new Map(
    [...bag.entries()].flatMap(({ locus: at, value }) =>
      at.field === 'session.date' && at.occurrence !== undefined ? [[at.occurrence, day(String(value))] as const] : [],
    ),
  );

export const request = (bag: FieldBag, change: Partial<DisclosureRequest> = {}): DisclosureRequest => ({
  client: CLIENT,
  discloser: PRACTICE,
  timeZone: UTC,
  recipient: { id: INSURER, class: 'insurer' },
  purpose: 'HPAYMT',
  format: 'x12-837p',
  offers: describeBag(bag, CODES),
  serviceDates: datesIn(bag),
  aboutDates: [],
  circumstances: ['patient-is-subscriber'],
  clinicians: [{ jurisdiction: 'US-OR', profession: 'psychologist' }],
  funding: 'fully-insured',
  fundingEvidence: true,
  envelopeReveals: [],
  route: { reachesRecipient: true, agentAgreement: true, formatPermitted: true, companionChannel: false },
  part2Program: false,
  subscriberIsClient: true,
  useMarkers: false,
  excludedLines: [],
  now: NOW,
  ...change,
});
