import { createHash } from 'node:crypto';
import type { Pull } from '#libs/application';
import type { ClientId, ClinicianId, PracticeId, TransmissionId } from '#libs/kernel';
import type {
  Accepted,
  ApiKeyView,
  CeilingView,
  ClientView,
  CoverageView,
  DisclosureDetail,
  DisclosureRow,
  DisclosureSummary,
  DocumentView,
  Explanation,
  ImportReport,
  InboxCredentialView,
  InboxItemView,
  InsurerView,
  LedgerRowView,
  Preview,
  PracticeView,
  ReadingEffectView,
  ReadingView,
  ReleaseView,
  SavedView,
  ScanView,
  ShadowReport,
  RouteView,
  SigningLinkMade,
  TreatmentView,
  WebhookDeliveryView,
  WebhookEndpointView,
  WorkNote,
} from '#libs/contracts';

/** Invented people and papers, in the shapes of the contracts. */
export const PRACTICE = '10000000-0000-4000-8000-000000000001' as PracticeId;
export const OTHER_PRACTICE = '10000000-0000-4000-8000-000000000002' as PracticeId;
export const CLIENT = '10000000-0000-4000-8000-000000000003' as ClientId;
export const CLINICIAN = '10000000-0000-4000-8000-000000000004' as ClinicianId;
export const THING = '10000000-0000-4000-8000-000000000005';
export const INSURER = '10000000-0000-4000-8000-000000000006';
const DIGEST = 'ab'.repeat(32);
const AT = '2026-03-02T10:00:00.000Z';

export const INVOICE = {
  number: 'INV-1001',
  issuedOn: '2026-03-02',
  client: CLIENT,
  coverage: THING,
  clinician: CLINICIAN,
  placeOfService: '11',
  diagnoses: [{ id: 'D1', code: 'F411' }],
  lines: [
    { id: 'L1', date: '2026-02-24', procedure: '90834', modifiers: [], units: 1, charge: 15_000, pointers: ['D1'] },
  ],
  total: 15_000,
  currency: 'USD',
};

export const REPORT = {
  client: CLIENT,
  coverage: THING,
  clinician: CLINICIAN,
  attestedOn: '2026-03-02',
  diagnoses: [{ id: 'D1', code: 'F411' }],
  functioning: 'moderate',
  sessionsRequested: 12,
  from: '2026-03-03',
  to: '2026-08-31',
};

export const RECORD_CLIENT = {
  code: 'C-17',
  identity: {
    firstName: 'Ada',
    lastName: 'Invented',
    birthDate: '1988-04-01',
    sex: 'F',
    address: { line: '1 Nowhere Lane', city: 'Trenton', region: 'NJ', postal: '08608' },
  },
};

export const RECORD_COVERAGE = {
  insurer: INSURER,
  terms: { memberId: 'M-1', relationship: 'self' },
  funding: 'unknown',
  fundingEvidence: false,
  assignmentSigned: true,
};

export const DRAFT = {
  recipient: { kind: 'party', id: INSURER, class: 'insurer' },
  purposes: ['HPAYMT'],
  grants: ['session.*', 'client.name.last'],
  statements: ['revocation'],
  blanket: false,
  parentConsentedToTreatment: 'unknown',
};

export const SIGNING = {
  signatures: [{ role: 'client', signedOn: '2026-03-02', authorityDocumented: false, witnessed: false }],
  evidence: { kind: 'scan', digest: DIGEST },
};

const shown = (value: string) => ({ masked: false as const, value });

export const ROWS: DisclosureRow[] = [
  {
    locus: { field: 'client.name.last' },
    label: 'Last name',
    effect: 'goes',
    source: shown('Invented'),
    outgoing: shown('Invented'),
    marker: false,
    reasons: [],
  },
  {
    locus: { field: 'reason.continuing' },
    label: 'Reason for continuing',
    effect: 'changed',
    source: shown('CLINICAL-NARRATIVE'),
    outgoing: shown('CLINICAL-LEVEL'),
    form: 'functioning.level',
    marker: false,
    reasons: [{ code: 'ceiling:nj', sentence: 'The law caps it.', source: 'ceiling:nj', revision: '1' }],
  },
  { locus: { field: 'history.trauma' }, label: 'Trauma', effect: 'withheld', marker: false, reasons: [] },
];

const explained = {
  format: 'treatment-report',
  purpose: 'COVAUTH',
  insurer: { id: INSURER, name: 'Acme Health' },
  outcome: 'hold',
  rows: ROWS,
  gaps: [],
  enclosures: [],
  counts: { goes: 1, changed: 1, withheld: 1, missing: 0, gaps: 0 },
  releases: [{ id: THING, revision: 1 }],
  rulesetDigest: DIGEST,
  nextStep: 'Wait.',
  choices: ['keep-holding'],
  warnings: [],
} satisfies Partial<Preview>;

export const PREVIEW: Preview = { ...explained, contentDigest: DIGEST };

export const EXPLANATION: Explanation = { ...explained, disclosure: THING, decidedAt: AT };

export const ACCEPTED: Accepted = {
  document: THING,
  disclosures: [
    { id: THING, insurer: INSURER, format: 'x12-837p', purpose: 'HPAYMT', state: 'ready', nextStep: 'Nothing to do.' },
  ],
  warnings: [],
};

export const SUMMARY: DisclosureSummary = {
  id: THING,
  document: THING,
  client: { id: CLIENT, code: 'C-17', name: 'Ada Invented' },
  insurer: { id: INSURER, name: 'Acme Health' },
  format: 'x12-837p',
  purpose: 'HPAYMT',
  state: 'held',
  status: 'held',
  nextStep: 'Wait.',
  createdAt: AT,
  updatedAt: AT,
  version: 3,
};

export const WORK = { id: THING, notes: 1, version: 3 };

export const WORK_NOTE: WorkNote = { id: THING, text: 'Called.', author: `staff:${THING}`, writtenAt: AT };

export const SAVED_VIEW: SavedView = {
  id: THING,
  name: 'Held',
  filter: { state: 'held' },
  columns: ['client', 'status'],
  createdAt: AT,
  updatedAt: AT,
  version: 3,
};

export const DETAIL: DisclosureDetail = {
  ...SUMMARY,
  options: { useMarkers: false, excludedLines: [] },
  attempts: 0,
  answers: [],
  timeline: [],
};

export const DOCUMENT = {
  id: THING,
  content: { kind: 'invoice', invoice: INVOICE },
  createdAt: AT,
  disclosures: [THING],
} as DocumentView;

export const REPORT_DOCUMENT = { ...DOCUMENT, content: { kind: 'treatment-report', report: REPORT } } as DocumentView;

export const CLIENT_VIEW = { ...RECORD_CLIENT, id: CLIENT, revision: 1 } as ClientView;

export const COVERAGE = { ...RECORD_COVERAGE, id: THING, client: CLIENT } as CoverageView;

export const RELEASE = {
  id: THING,
  client: CLIENT,
  revision: 1,
  status: 'draft',
  terms: DRAFT,
  granted: [{ field: 'client.name.last', clientWords: 'your last name' }],
  missing: ['valid_until'],
  warnings: ['eob_exposure'],
  signatures: [],
  createdAt: AT,
} as ReleaseView;

export const PRACTICE_VIEW: PracticeView = { id: PRACTICE, name: 'Meadow Practice', timeZone: 'UTC' };

export const READING: ReadingView = {
  id: THING,
  ceiling: 'nj-45-14b-32',
  choice: { kind: 'literal' },
  signedBy: THING,
  signedAt: AT,
};

export const READING_EFFECT: ReadingEffectView = {
  looked: 2,
  truncated: false,
  wouldGo: [{ insurer: { id: INSURER, name: 'Acme Health' }, disclosures: 1 }],
  wouldHold: [],
  staysHeld: 1,
};

export const CEILING: CeilingView = {
  id: 'nj-45-14b-32',
  version: '1',
  jurisdiction: 'NJ',
  citation: 'N.J.S.A. 45:14B-32',
  textAsOf: '2026-01-01',
  verification: 'verified',
  enabled: true,
  concernsPractice: true,
  fields: ['client.age'],
  readings: [],
};

export const LEDGER_ROW: LedgerRowView = { height: 1, index: 0, at: AT, kind: 'accepted', actor: `staff:${THING}` };

export const ROUTE: RouteView = {
  id: THING,
  insurer: INSURER,
  kind: 'direct',
  recordedAt: AT,
  recordedBy: `staff:${THING}`,
};

export const INSURER_VIEW: InsurerView = {
  id: INSURER,
  name: 'Acme Health',
  class: 'insurer',
  payerId: 'ACME1',
  profile: { id: 'acme', version: '1' },
  formats: ['x12-837p'],
  permittedChannels: [],
  production: false,
  participation: 'A',
  connection: { kind: 'https' },
  lane: { breaker: 'closed', slow: false },
  routes: [],
};

export const CONNECTION = {
  kind: 'sftp',
  url: 'sftp://files.insurer.example:2222',
  receiverId: 'ACME1',
  production: false,
  hostKey: `SHA256:${'a'.repeat(43)}`,
  user: 'practice',
  authentication: 'password',
  inbound: '/in',
  outbound: { directory: '/out', archive: '/out/taken' },
  secret: 'CANARY-of-the-connection',
};

export const API_KEY: ApiKeyView = {
  id: THING,
  label: 'Practice system',
  roles: ['billing'],
  createdAt: AT,
  expiresAt: '2027-03-02T10:00:00.000Z',
};

export const TREATMENT: TreatmentView = {
  id: THING,
  client: CLIENT,
  clinician: CLINICIAN,
  from: '2026-03-02',
  recordedBy: `staff:${THING}`,
  recordedAt: AT,
};

export const IMPORTED: ImportReport = {
  kind: 'clients',
  dryRun: false,
  rows: 2,
  made: 1,
  there: 0,
  refused: 1,
  ranges: [
    { from: 2, to: 2, outcome: 'made' },
    { from: 3, to: 3, outcome: 'refused' },
  ],
  refusals: [{ row: 3, code: 'required', column: 'city' }],
};

export const SCAN: ScanView = {
  id: THING,
  release: THING,
  mediaType: 'application/pdf',
  size: 8,
  status: 'to-check',
  attachedBy: 'staff:20000000-0000-4000-8000-000000000001',
  attachedAt: AT,
};

export const SHADOW: ShadowReport = {
  counts: { goes: 1, changed: 0, withheld: 1, held: 0, blocked: 0, refused: 0 },
  byInsurer: [],
  byCurer: { client: 0, chart: 0, office: 0, practice: 0, nobody: 0 },
  gaps: [],
  documents: [],
};

export const SIGNING_LINK: SigningLinkMade = {
  id: THING,
  release: THING,
  language: 'en',
  factor: 'birth-date',
  createdAt: AT,
  expiresAt: AT,
  path: '/v1/sign/invented',
};

export const WEBHOOK_ENDPOINT: WebhookEndpointView = {
  id: THING,
  url: 'https://hooks.example/sluice',
  events: ['disclosure.moved'],
  enabled: true,
  gone: false,
  createdAt: AT,
};

export const WEBHOOK_DELIVERY: WebhookDeliveryView = {
  id: THING,
  endpoint: THING,
  event: 'disclosure.moved',
  state: 'pending',
  attempts: 0,
  createdAt: AT,
  nextAttemptAt: AT,
};

const SEALED_BYTES = Buffer.from('ISA*00*INVENTED~');

export const SEALED: Parameters<Pull['give']>[0] = {
  transmission: THING as TransmissionId,
  idempotencyKey: THING,
  reference: THING,
  format: 'x12-837p',
  mediaType: 'application/edi-x12',
  bytes: SEALED_BYTES,
  digest: createHash('sha256').update(SEALED_BYTES).digest('hex'),
  contentDigest: DIGEST,
};

export const INBOX_ITEM: InboxItemView = {
  id: THING,
  format: 'x12-837p',
  mediaType: 'application/edi-x12',
  size: SEALED_BYTES.length,
  digest: SEALED.digest,
  arrivedAt: AT,
  attempt: 0,
};

export const INBOX_CREDENTIAL: InboxCredentialView = {
  id: THING,
  label: 'Claims system',
  createdAt: AT,
  expiresAt: AT,
};
