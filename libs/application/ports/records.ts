import type { Adjudication, ClientIdentity, CoverageTerms, Invoice, TreatmentReport } from '#libs/billing';
import type { FormatId, Occurrence, Purpose } from '#libs/catalogue';
import type { words } from '#libs/contracts';
import type { AnswerKind, CorrectionKind, DeliveryState, MediaType, SealingNames } from '#libs/disclosure';
import type {
  Cents,
  ApiKeyId,
  ClientId,
  ClinicianId,
  CoverageId,
  DisclosureId,
  DocumentId,
  InsurerId,
  LaneId,
  PlainDate,
  RouteId,
  PracticeId,
  SavedViewId,
  ScanId,
  SigningLinkId,
  StaffId,
  TransmissionId,
  TreatmentId,
  WebhookDeliveryId,
  WebhookEndpointId,
  WorkNoteId,
} from '#libs/kernel';
import type {
  Authority,
  Curer,
  Decision,
  DisclosureRequest,
  Funding,
  InsurerForm,
  Licence,
  RecipientClass,
  SignedRelease,
} from '#libs/release';
import type { InsurerConnection } from './connection.js';

/** The practice itself: nothing here is about a client, and all of it is stored in clear. */
export interface PracticeRecord {
  readonly id: PracticeId;
  readonly name: string;
  readonly npi: string;
  readonly taxId: string;
  readonly taxonomy: string;
  readonly address: { readonly line: string; readonly city: string; readonly region: string; readonly postal: string };
  readonly phone: string;
  readonly contactName: string;
  readonly submitterId: string;
  readonly part2Program: boolean;
}

export interface ClinicianRecord extends Licence {
  readonly id: ClinicianId;
  readonly firstName: string;
  readonly lastName: string;
  readonly credential: string;
  readonly npi: string;
  readonly taxonomy: string;
  readonly supervisor?: ClinicianId;
}

export const CAPABILITIES = ['idempotency-key', 'duplicate-detection', 'probe', 'none'] as const;

/** How one insurer wants it: its profile out of config/insurers. */
export interface InsurerProfile {
  readonly id: string;
  readonly version: string;
  readonly name: string;
  readonly class: RecipientClass;
  readonly payerId: string;
  readonly claimFilingCode: string;
  readonly formats: readonly FormatId[];
  /** Formats that are not the standard transaction, allowed because somebody recorded why. */
  readonly permittedChannels: readonly { readonly format: FormatId; readonly basis: string }[];
  readonly statementMediaType: MediaType;
  readonly reportMediaType: MediaType;
  readonly reportForm?: InsurerForm;
  /** How an ambiguous attempt at this insurer is resolved, best first. */
  readonly resolution: (typeof CAPABILITIES)[number];
  readonly companionChannel: boolean;
  readonly filingDeadlineDays?: number;
  readonly inFlightCap: number;
  /** What may be tried at the insurer without saying anything: a path to ask, below its base; an empty file to make and remove. */
  readonly check?: { readonly path?: string; readonly write?: boolean };
}

export interface InsurerRecord<Connection extends InsurerConnection = InsurerConnection> {
  readonly id: InsurerId;
  readonly profile: InsurerProfile;
  readonly connection: Connection;
  /** The one secret of the connection: a bearer token, or what its kind says. Stored encrypted, never shown, never logged. */
  readonly token: string;
  /** The agent of the practice through whom it is reached; `connection` and `token` are then the agent's. */
  readonly agent?: Agent;
}

/** Somebody under contract with the practice who takes claims to insurers: a clearinghouse. */
export interface Agent {
  readonly route: RouteId;
  readonly name: string;
  /** What makes it the practice's agent (45 CFR 164.504(e)): without it, or past its end, it is somebody else. */
  readonly agreement: { readonly reference: string; readonly signedOn: PlainDate; readonly endsOn?: PlainDate };
  /** The insurer's payer id in the clearinghouse's list. */
  readonly payerId: string;
  /** The payer to whom the clearinghouse takes what bears that id; another one's for a carve-out. */
  readonly resolvesTo: string;
  readonly resolution: InsurerProfile['resolution'];
}

/** Participation is between the practice and the insurer, whoever carries the claim. */
type WithoutParticipation<Connection> = Connection extends unknown ? Omit<Connection, 'participation'> : never;

/** How the practice reaches an insurer, from one moment on; the newest holds. Each has a lane of its own. */
export interface RouteRecord {
  readonly id: RouteId;
  readonly insurer: InsurerId;
  readonly lane: LaneId;
  readonly recordedBy: string;
  readonly recordedAt: number;
  /** Absent for a direct one. */
  readonly through?: {
    readonly agent: Omit<Agent, 'route'>;
    readonly connection: WithoutParticipation<InsurerRecord['connection']>;
    readonly token: string;
  };
}

export interface ClientRecord {
  readonly id: ClientId;
  /** Opaque code that staff without the name see. */
  readonly code: string;
  readonly identity: ClientIdentity;
}

/** That a clinician treats a client: whose chart they see, and whose reports they attest to. */
export interface TreatmentRecord {
  readonly id: TreatmentId;
  readonly client: ClientId;
  readonly clinician: ClinicianId;
  readonly from: PlainDate;
  /** The first day on which it is over; open without it. */
  readonly until?: PlainDate;
  readonly recordedBy: string;
  readonly recordedAt: number;
  readonly endedBy?: string;
  readonly endedAt?: number;
}

export interface CoverageRecord {
  readonly id: CoverageId;
  readonly client: ClientId;
  readonly insurer: InsurerId;
  readonly terms: CoverageTerms;
  readonly funding: Funding;
  readonly fundingEvidence: boolean;
  /** The client signed over the insurer's payment to the practice (CLM08). */
  readonly assignmentSigned: boolean;
}

export type DocumentContent =
  | { readonly kind: 'invoice'; readonly invoice: Invoice }
  | { readonly kind: 'treatment-report'; readonly report: TreatmentReport };

export interface DocumentRecord {
  readonly id: DocumentId;
  readonly client: ClientId;
  readonly content: DocumentContent;
  readonly createdBy: string;
  readonly createdAt: number;
}

/** What lists sort and filter by besides ids and states. In clear, and gone with the client's key. */
export interface ListedFacts {
  readonly firstServiceOn?: PlainDate;
  readonly lastServiceOn?: PlainDate;
  readonly total?: Cents;
  /** Last day on which the insurer takes it. */
  readonly filingDeadline?: PlainDate;
}

/** What a person chose for a held disclosure. */
export interface DisclosureOptions {
  readonly useMarkers: boolean;
  readonly excludedLines: readonly Occurrence[];
}

export interface DisclosureRecord {
  readonly id: DisclosureId;
  readonly document: DocumentId;
  readonly client: ClientId;
  readonly insurer: InsurerId;
  readonly lane: LaneId;
  readonly purpose: Purpose;
  readonly format: FormatId;
  readonly state: DeliveryState;
  /** Cause and curer of the first gap, where it is held or blocked. Value-independent. */
  readonly cause?: string;
  readonly curer?: Curer;
  readonly options: DisclosureOptions;
  readonly attempts: number;
  readonly dueAt: number;
  readonly createdAt: number;
  readonly updatedAt: number;
  /** Raised by every change, for ETags. */
  readonly version: number;
  /** What it corrects, and how. At most one that is not cancelled corrects the same disclosure. */
  readonly correction?: Correction;
  /** Of an invoice. */
  readonly listed?: ListedFacts;
}

export interface Correction {
  readonly kind: CorrectionKind;
  readonly of: DisclosureId;
}

/** A decision as it was taken, with its value-free inputs: enough to take it again years later. */
export interface StoredDecision {
  readonly id: string;
  readonly disclosure: DisclosureId;
  readonly takenAt: number;
  readonly request: DisclosureRequest;
  readonly authority: Authority;
  readonly decision: Decision;
}

export interface TransmissionRecord extends SealingNames {
  readonly transmission: TransmissionId;
  readonly lane: LaneId;
  readonly disclosure: DisclosureId;
  readonly client: ClientId;
  readonly format: FormatId;
  readonly mediaType: MediaType;
  readonly bytes: Uint8Array;
  readonly digest: string;
  readonly contentDigest: string;
  readonly attempts: number;
  readonly createdAt: number;
  /** For each line sent, the line of the document. */
  readonly lineOrigins: readonly Occurrence[];
}

export const ATTEMPT_OUTCOMES = ['permitted', 'accepted', 'not-sent', 'refused', 'ambiguous', 'expired'] as const;

export type AttemptOutcome = (typeof ATTEMPT_OUTCOMES)[number];

export interface AnswerRecord {
  readonly id: string;
  readonly disclosure: DisclosureId;
  readonly transmission: TransmissionId;
  readonly kind: AnswerKind;
  readonly receivedAt: number;
  /** Digest of what came in, where it came in. */
  readonly incoming?: string;
  /** Who says it, where that is not the insurer itself. */
  readonly layer?: 'clearinghouse';
  /** Amounts, numbers and codes of the answer; stored encrypted. */
  readonly detail: AnswerDetail;
}

export interface AnswerDetail {
  readonly payerClaimNumber?: string;
  readonly charge?: number;
  readonly paid?: number;
  readonly clientShare?: number;
  readonly authorizationNumber?: string;
  readonly sessionsApproved?: number;
  readonly codes?: readonly string[];
  readonly traceNumber?: string;
  /** By the lines of the document that was sent; there where a next payer can be told of it. */
  readonly adjudication?: Adjudication;
}

export interface LaneRecord {
  readonly id: LaneId;
  readonly insurer: InsurerId;
  readonly route: 'direct' | 'clearinghouse';
  /** `stopped`: the insurer is not the one that was registered, and nothing is sent until a person has cleared it. */
  readonly breaker: 'closed' | 'open' | 'half-open' | 'stopped';
  readonly openUntil: number;
  readonly failures: number;
  readonly slow: boolean;
  readonly answersCursor: string;
}

export type Role = 'billing' | 'clinician' | 'privacy-officer' | 'administrator' | 'auditor' | 'operator';

export interface StaffRecord {
  readonly id: StaffId;
  readonly signIn: string;
  readonly name: string;
  readonly roles: readonly Role[];
  readonly clinician?: ClinicianId;
}

/** The hash serves the sign-in alone (`Directory.findStaff`); nobody else may read it. */
export interface NewStaff extends StaffRecord {
  readonly passwordHash: string;
  /** Somebody else made it. */
  readonly mustChangePassword?: boolean;
}

/** A key of a program, without anything that could open the door. */
export interface ApiKeyRecord {
  readonly id: ApiKeyId;
  readonly label: string;
  readonly roles: readonly Role[];
  readonly createdAt: number;
  readonly expiresAt: number;
}

export interface ReadingRecord {
  readonly id: string;
  readonly ceiling: string;
  readonly choice: 'literal' | { readonly reading: string; readonly version: string };
  readonly signedBy: StaffId;
  readonly signedAt: number;
  readonly revokedAt?: number;
}

/** A release as paper: a draft until it is signed, and what the client reads. Terms and words are stored encrypted. */
export interface ReleaseRecord {
  readonly id: SignedRelease['id'];
  readonly client: ClientId;
  readonly status: 'draft' | 'signed';
  /** For a draft the terms are what has been filled in so far. */
  readonly terms: ReleaseDraft;
  readonly signed?: SignedRelease;
  readonly evidence?: {
    readonly kind: 'typed' | 'drawn' | 'scan' | 'fax';
    readonly digest: string;
    /** Of a signature from afar: what was typed, and which text had been read. */
    readonly typed?: {
      readonly name: string;
      readonly at: number;
      readonly language: 'en' | 'es';
      readonly textDigest: string;
      readonly link: SigningLinkId;
    };
  };
  readonly createdAt: number;
}

export const SCAN_TYPES = ['application/pdf', 'image/png', 'image/jpeg'] as const;

/** The picture of a signed paper. It counts once somebody else than who attached it has looked at it. */
export interface ScanRecord {
  readonly id: ScanId;
  readonly release: SignedRelease['id'];
  readonly client: ClientId;
  readonly mediaType: (typeof SCAN_TYPES)[number];
  /** In bytes. */
  readonly size: number;
  /** Of the draft of which it is a picture. */
  readonly draftDigest: string;
  readonly attachedBy: string;
  readonly attachedAt: number;
  readonly checked?: { readonly outcome: 'accepted' | 'refused'; readonly by: string; readonly at: number };
}

/** What only the client and the practice know: asked before a word of the release is shown. */
export type SignerFactor = { readonly kind: 'birth-date' } | { readonly kind: 'code'; readonly code: string };

/** Leave to sign one draft, once, for whoever holds the link and knows the factor. Of the link only its digest is kept. */
export interface SigningLinkRecord {
  readonly id: SigningLinkId;
  readonly release: SignedRelease['id'];
  readonly client: ClientId;
  readonly draftDigest: string;
  readonly language: 'en' | 'es';
  readonly createdBy: string;
  readonly createdAt: number;
  readonly expiresAt: number;
  /** Stored encrypted, with the relation. */
  readonly factor: SignerFactor;
  readonly relation?: { readonly kind: 'adds_to' | 'supersedes'; readonly older: string };
  /** Wrong answers so far. */
  readonly tries: number;
  readonly session?: { readonly digest: string; readonly until: number; readonly identified: boolean };
  readonly ended?: { readonly because: SigningLinkEnd; readonly at: number };
}

export type SigningLinkEnd = 'used' | 'tries' | 'withdrawn' | 'replaced';

/** What a draft says before it is signed. Patterns such as `session.*` and presets are expanded at signing. */
export interface ReleaseDraft {
  readonly recipient?: SignedRelease['recipient'];
  readonly purposes: readonly Purpose[];
  readonly grants: readonly string[];
  readonly preset?: string;
  readonly serviceFrom?: PlainDate;
  readonly serviceTo?: PlainDate;
  readonly validFrom?: PlainDate;
  readonly validUntil?: PlainDate;
  readonly expiryEvent?: string;
  readonly statements: SignedRelease['statements'];
  readonly blanket: boolean;
  readonly jurisdiction?: string;
  readonly parentConsentedToTreatment: boolean | 'unknown';
}

/** An endpoint of the practice's own. Its secrets are stored encrypted and never listed. */
export interface WebhookEndpointRecord {
  readonly id: WebhookEndpointId;
  readonly url: string;
  readonly events: readonly WebhookEvent[];
  readonly enabled: boolean;
  /** It answered 410. */
  readonly gone: boolean;
  readonly createdAt: number;
  /** Until then the secret before signs along. */
  readonly previousSecretUntil?: number;
}

export type WebhookEvent = (typeof words.WEBHOOK_EVENTS)[number];

/** One message to one endpoint. Of what the endpoint answered, only the status. */
export interface WebhookDeliveryRecord {
  readonly id: WebhookDeliveryId;
  readonly endpoint: WebhookEndpointId;
  readonly event: WebhookEvent | 'endpoint.test';
  readonly state: (typeof words.WEBHOOK_DELIVERY_STATES)[number];
  /** Since it was last put in line. */
  readonly attempts: number;
  readonly createdAt: number;
  /** While it is pending. */
  readonly dueAt?: number;
  readonly lastAttemptAt?: number;
  readonly lastStatus?: number;
  readonly lastCode?: string;
}

/** Something that may wait for a person: who has taken it, until when it is put off. It begins at version 0. */
export interface WorkRecord {
  /** Of the disclosure or the release that it is about. */
  readonly id: string;
  readonly kind: 'disclosure' | 'release';
  readonly client: ClientId;
  readonly assignee?: StaffId;
  readonly snoozedUntil?: PlainDate;
  readonly notes: number;
  readonly version: number;
}

/** What somebody wrote about an item; stored under the client's key and never changed. */
export interface WorkNoteRecord {
  readonly id: WorkNoteId;
  readonly item: string;
  readonly client: ClientId;
  readonly author: string;
  readonly writtenAt: number;
  readonly text: string;
}

/** How one member of staff looks at the list of disclosures. The name is stored encrypted. */
export interface SavedViewRecord {
  readonly id: SavedViewId;
  readonly staff: StaffId;
  readonly name: string;
  /** Members of the list's query, as the query says them. */
  readonly filter: Readonly<Record<string, string>>;
  readonly columns: readonly string[];
  readonly sort?: string;
  readonly createdAt: number;
  readonly updatedAt: number;
  readonly version: number;
}
