import type {
  ClientRecord,
  ClinicianRecord,
  CoverageRecord,
  DisclosureRecord,
  DocumentRecord,
  InsurerRecord,
  NewStaff,
  PracticeRecord,
  ReleaseRecord,
  StoredDecision,
  Transaction,
  TransmissionRecord,
} from '#libs/application';
import type { DeliveryState } from '#libs/disclosure';
import {
  centsOf,
  type ClientId,
  type ClinicianId,
  type CoverageId,
  type DisclosureId,
  type DocumentId,
  type InsurerId,
  type LaneId,
  type PracticeId,
  plainDate,
  type StaffId,
  type TransmissionId,
  UTC,
} from '#libs/kernel';
import type { OpenStore } from '#libs/persistence';
import type { SignedRelease } from '#libs/release';
import { systemIds } from '#libs/settings';

/** A random id of whatever kind is asked for. Everybody and everything that has one is invented. */
export const newId = (): string => systemIds.uuid();

export const aPractice = (id: PracticeId = newId() as PracticeId): PracticeRecord => ({
  id,
  name: 'Hollow Reed Counseling',
  npi: '1999000002',
  taxId: '000000000',
  taxonomy: '103T00000X',
  address: { line: '7 Imaginary Lane', city: 'Nowhere', region: 'OR', postal: '00000' },
  phone: '5555550100',
  contactName: 'Front Desk',
  submitterId: 'REED01',
  part2Program: false,
  timeZone: UTC,
});

export const aClinician = (): ClinicianRecord => ({
  id: newId() as ClinicianId,
  firstName: 'Perpetua',
  lastName: 'Quillfeather',
  credential: 'PhD',
  npi: '1999000010',
  taxonomy: '103T00000X',
  jurisdiction: 'US-OR',
  profession: 'psychologist',
});

export const aStaff = (signIn = `desk-${newId()}`): NewStaff => ({
  id: newId() as StaffId,
  signIn,
  name: 'Basil Underbough',
  passwordHash: `hash-of-${signIn}`,
  roles: ['billing', 'privacy-officer'],
});

export const anInsurer = (): InsurerRecord => ({
  id: newId() as InsurerId,
  profile: {
    id: 'imaginary-mutual',
    version: '1',
    name: 'Imaginary Mutual',
    class: 'insurer',
    payerId: 'IMAG1',
    claimFilingCode: 'CI',
    formats: ['x12-837p'],
    permittedChannels: [],
    statementMediaType: 'application/json',
    reportMediaType: 'application/json',
    resolution: 'idempotency-key',
    companionChannel: false,
    inFlightCap: 50,
  },
  connection: { url: 'https://insurer.invalid', receiverId: 'IMAG1', production: false },
  token: 'insurer-token-canary',
});

export const aClient = (code = `C-${newId().slice(0, 8)}`): ClientRecord => ({
  id: newId() as ClientId,
  code,
  identity: {
    firstName: 'Ottilie',
    lastName: 'Vantongeren',
    birthDate: plainDate('1991-09-30'),
    sex: 'F',
    address: { line: '12 Made Up Street', city: 'Nowhere', region: 'OR', postal: '00001' },
  },
  revision: 1,
});

export const aCoverage = (client: ClientId, insurer: InsurerId): CoverageRecord => ({
  id: newId() as CoverageId,
  client,
  insurer,
  terms: { memberId: 'ZZ000111', relationship: 'self' },
  funding: 'fully-insured',
  fundingEvidence: true,
  assignmentSigned: true,
});

export const aRelease = (
  client: ClientId,
  practice: PracticeId,
): ReleaseRecord & { readonly signed: SignedRelease } => {
  const id = newId() as SignedRelease['id'];
  const signed: SignedRelease = {
    id,
    revision: 1,
    client,
    discloser: practice,
    recipient: { kind: 'class', class: 'insurer' },
    purposes: ['HPAYMT'],
    grants: ['session.date', 'fee.charge'],
    catalogueVersion: 1,
    validFrom: plainDate('2026-01-01'),
    validUntil: plainDate('2026-12-31'),
    signedAt: Date.UTC(2026, 0, 1, 12),
    signatures: [{ role: 'client', signedOn: plainDate('2026-01-01'), authorityDocumented: false, witnessed: false }],
    statements: ['revocation', 'conditioning', 'redisclosure'],
    blanket: false,
    jurisdiction: 'US-OR',
    signerFacts: { ageAtSigning: 34, parentConsentedToTreatment: 'unknown' },
  };
  return {
    id,
    client,
    status: 'signed',
    terms: {
      purposes: ['HPAYMT'],
      grants: ['session.*'],
      statements: [],
      blanket: false,
      parentConsentedToTreatment: 'unknown',
    },
    signed,
    evidence: { kind: 'drawn', digest: 'a'.repeat(64) },
    createdAt: Date.UTC(2026, 0, 1, 11),
  };
};

/** What one practice has before anything is submitted. */
export interface World {
  readonly practice: PracticeRecord;
  readonly clinician: ClinicianRecord;
  readonly staff: NewStaff;
  readonly insurer: InsurerRecord;
  readonly lane: LaneId;
  readonly client: ClientRecord;
  readonly coverage: CoverageRecord;
  /** In a transaction of this practice. */
  run<T>(work: (transaction: Transaction) => Promise<T>): Promise<T>;
}

export const aWorld = async (open: OpenStore): Promise<World> => {
  const practice = aPractice();
  await open.addPractice(practice);
  const clinician = aClinician();
  const staff = aStaff();
  const insurer = anInsurer();
  const lane = newId() as LaneId;
  const client = aClient();
  const coverage = aCoverage(client.id, insurer.id);
  const run: World['run'] = (work) => open.store.inPractice({ practice: practice.id, actor: 'worker' }, work);
  await run(async (transaction) => {
    await transaction.practice.addClinician(clinician);
    await transaction.practice.addStaff(staff);
    await transaction.practice.addInsurer(insurer, lane);
    await transaction.clients.add(client);
    await transaction.clients.addCoverage(coverage);
  });
  return { practice, clinician, staff, insurer, lane, client, coverage, run };
};

export const aDocument = (world: World, client: ClientId = world.client.id): DocumentRecord => ({
  id: newId() as DocumentId,
  client,
  content: {
    kind: 'invoice',
    invoice: {
      number: `I-${newId().slice(0, 8)}`,
      issuedOn: plainDate('2026-05-31'),
      client,
      coverage: world.coverage.id,
      clinician: world.clinician.id,
      placeOfService: '11',
      diagnoses: [{ id: 'D1', code: 'F331' }],
      lines: [
        {
          id: 'L1',
          date: plainDate('2026-05-04'),
          procedure: '90834',
          modifiers: [],
          units: 1,
          charge: centsOf(14_000),
          pointers: ['D1'],
        },
      ],
      total: centsOf(14_000),
      currency: 'USD',
      note: 'invoice-note-canary',
    },
  },
  createdBy: 'worker',
  createdAt: Date.UTC(2026, 5, 1),
});

export const aDisclosure = (
  world: World,
  document: DocumentRecord,
  change: Partial<DisclosureRecord> = {},
): DisclosureRecord => ({
  id: newId() as DisclosureId,
  document: document.id,
  client: document.client,
  insurer: world.insurer.id,
  lane: world.lane,
  purpose: 'HPAYMT',
  format: 'x12-837p',
  state: 'ready',
  options: { useMarkers: false, excludedLines: [] },
  attempts: 0,
  dueAt: Date.UTC(2026, 5, 1),
  createdAt: Date.UTC(2026, 5, 1),
  updatedAt: Date.UTC(2026, 5, 1),
  version: 1,
  ...change,
});

/** Documents with one disclosure each, stored. */
export const submitted = async (
  world: World,
  count: number,
  state: DeliveryState = 'ready',
): Promise<readonly DisclosureRecord[]> => {
  const documents = Array.from({ length: count }, () => aDocument(world));
  const disclosures = documents.map((document) => aDisclosure(world, document, { state }));
  await world.run(async (transaction) => {
    await transaction.documents.add(documents.map((document) => ({ document, services: [] })));
    await transaction.disclosures.add(disclosures);
  });
  return disclosures;
};

export const aTransmission = (
  world: World,
  disclosure: DisclosureRecord,
  number = 1,
): TransmissionRecord & Required<Pick<TransmissionRecord, 'interchange'>> => ({
  transmission: newId() as TransmissionId,
  lane: world.lane,
  addressee: 'a'.repeat(64),
  disclosure: disclosure.id,
  client: disclosure.client,
  format: 'x12-837p',
  mediaType: 'application/edi-x12',
  bytes: new TextEncoder().encode('ISA*sealed-bytes-canary~'),
  digest: 'd'.repeat(64),
  contentDigest: 'c'.repeat(64),
  idempotencyKey: newId(),
  reference: newId(),
  interchange: {
    interchangeControlNumber: String(number).padStart(9, '0'),
    groupControlNumber: String(number),
    setControlNumber: '0001',
    batchReference: `B${number}`,
    patientControlNumber: `P${number}`,
  },
  attempts: 0,
  createdAt: Date.UTC(2026, 5, 1, 1),
  lineOrigins: ['L1'],
});

export const aDecision = (world: World, disclosure: DisclosureRecord): StoredDecision => ({
  id: newId(),
  disclosure: disclosure.id,
  clientRevision: 1,
  takenAt: Date.UTC(2026, 5, 1),
  request: {
    client: disclosure.client,
    discloser: world.practice.id,
    timeZone: UTC,
    recipient: { id: world.insurer.id, class: 'insurer' },
    purpose: 'HPAYMT',
    format: 'x12-837p',
    offers: [{ locus: { field: 'session.date', occurrence: 'L1' }, reveals: [], inClosedList: false }],
    serviceDates: new Map([['L1', plainDate('2026-05-04')]]),
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
    now: Date.UTC(2026, 5, 1),
  },
  authority: { client: disclosure.client, epoch: 1, releases: [], revocations: [], relations: [], restrictions: [] },
  decision: {
    outcome: 'hold',
    rulings: [{ locus: { field: 'session.date', occurrence: 'L1' }, effect: 'withhold', reasons: [] }],
    gaps: [],
    enclosures: [],
    releases: [],
    rulesetDigest: 'ruleset',
    epoch: 1,
    validUntil: Date.UTC(2026, 5, 2),
  },
});
