import type {
  ApiKeyId,
  ClientId,
  ClinicianId,
  CoverageId,
  DisclosureId,
  DocumentId,
  InsurerId,
  LaneId,
  PlainDate,
  PracticeId,
  ReleaseId,
  ScanId,
  SigningLinkId,
  StaffId,
  TransmissionId,
  TreatmentId,
  WebhookDeliveryId,
  WebhookEndpointId,
} from '#libs/kernel';
import type { Authority, ReadingChoice, ReleaseRelation, Restriction, Revocation, SignedRelease } from '#libs/release';
import type { InsightRepository } from './insight.js';
import type { FormatId, Purpose } from '#libs/catalogue';
import type { DisclosureOrder, WorklistQueue } from '#libs/contracts';
import type { DeliveryState, ShownStatus } from '#libs/disclosure';
import type { ClientReach } from '../clients/reach.js';
import type { DataKey } from './keys.js';
import type {
  LedgerBlock,
  LedgerCheckpoint,
  LedgerEntry,
  LedgerKind,
  LedgerRow,
  LedgerVerification,
  LedgerVerifying,
} from './ledger.js';
import type { StaffAccountRepository } from './staff.js';
import type { SystemRepository } from './system.js';
import type {
  AnswerRecord,
  ApiKeyRecord,
  AttemptOutcome,
  ClientRecord,
  ClinicianRecord,
  CoverageRecord,
  DisclosureOptions,
  DisclosureRecord,
  DocumentRecord,
  InsurerRecord,
  LaneRecord,
  ListedFacts,
  NewStaff,
  PracticeRecord,
  ReadingRecord,
  ReleaseRecord,
  SavedViewRecord,
  ScanRecord,
  RouteRecord,
  SigningLinkRecord,
  StaffRecord,
  StoredDecision,
  TransmissionRecord,
  TreatmentRecord,
  WebhookDeliveryRecord,
  WebhookEndpointRecord,
  WorkNoteRecord,
  WorkRecord,
} from './records.js';

/** Who acts: a member of staff, a program with a key, or the worker. Written into the ledger. */
export interface PracticeContext {
  readonly practice: PracticeId;
  /** `staff:<uuid>`, `key:<uuid>` or `worker`. */
  readonly actor: string;
}

export interface Page<Row> {
  readonly rows: readonly Row[];
  /** Opaque; absent on the last page. */
  readonly next?: string;
}

export interface PageRequest {
  readonly after?: string;
  /** 1 to 100. */
  readonly limit: number;
}

/** Everything of one practice, inside one transaction under row-level security. What it cannot see does not exist. */
export interface Transaction {
  /** The database's clock when the transaction began, in milliseconds. */
  readonly now: number;
  /** The database's clock at this moment (`clock_timestamp()`): what a decision under locks must go by. */
  clock(): Promise<number>;
  readonly practice: PracticeRepository;
  readonly clients: ClientRepository;
  readonly imports: ImportRepository;
  readonly scans: ScanRepository;
  readonly signingLinks: SigningLinkRepository;
  readonly reminders: ReminderRepository;
  readonly treatments: TreatmentRepository;
  readonly authority: AuthorityRepository;
  readonly documents: DocumentRepository;
  readonly disclosures: DisclosureRepository;
  readonly transmissions: TransmissionRepository;
  readonly answers: AnswerRepository;
  readonly lists: DisclosureLists;
  readonly work: WorkRepository;
  readonly views: ViewRepository;
  readonly lanes: LaneRepository;
  readonly routes: RouteRepository;
  readonly idempotency: IdempotencyRepository;
  readonly ledger: LedgerRepository;
  readonly webhooks: WebhookRepository;
  readonly system: SystemRepository;
  readonly insight: InsightRepository;
  readonly staffAccounts: StaffAccountRepository;
}

export interface Store {
  /**
   * Begins, sets the practice, runs, puts in line what webhook endpoints are to be told of it, appends the recorded
   * ledger entries as one block as the last statement, commits. Rolls back when `work` throws.
   */
  inPractice<T>(context: PracticeContext, work: (transaction: Transaction) => Promise<T>): Promise<T>;
}

/** Every method takes and returns lists, so that fifty claims cost one round trip. Unknown ids are simply absent from what comes back. */
export interface PracticeRepository {
  get(): Promise<PracticeRecord>;
  clinicians(ids?: readonly ClinicianId[]): Promise<ReadonlyMap<ClinicianId, ClinicianRecord>>;
  insurers(ids?: readonly InsurerId[]): Promise<ReadonlyMap<InsurerId, InsurerRecord>>;
  readings(): Promise<readonly ReadingRecord[]>;
  /** Choices in force now. */
  choices(): Promise<readonly ReadingChoice[]>;
  addReading(reading: ReadingRecord): Promise<void>;
  revokeReading(id: string, at: number): Promise<boolean>;
  addClinician(clinician: ClinicianRecord): Promise<void>;
  /** Also makes the insurer's lane. */
  addInsurer(insurer: InsurerRecord, lane: LaneId): Promise<void>;
  changeConnection(id: InsurerId, to: Pick<InsurerRecord, 'connection' | 'token'>): Promise<void>;
  staff(): Promise<readonly StaffRecord[]>;
  addStaff(staff: NewStaff): Promise<void>;
  /** Those that work now, newest first. */
  apiKeys(): Promise<readonly ApiKeyRecord[]>;
  revokeApiKey(id: ApiKeyId): Promise<boolean>;
}

export interface ClientRepository {
  /** Makes the client's data key and its authority row (epoch 0). */
  add(client: ClientRecord): Promise<void>;
  addMany(clients: readonly ClientRecord[]): Promise<void>;
  addCoverage(coverage: CoverageRecord): Promise<void>;
  addCoverages(coverages: readonly CoverageRecord[]): Promise<void>;
  /** Of each, in order, whether the client has a coverage with this insurer and member id. */
  coveragesThere(
    asked: readonly { readonly client: ClientId; readonly insurer: InsurerId; readonly memberId: string }[],
  ): Promise<readonly boolean[]>;
  byIds(ids: readonly ClientId[]): Promise<ReadonlyMap<ClientId, ClientRecord>>;
  byCode(code: string): Promise<ClientRecord | undefined>;
  coverages(ids: readonly CoverageId[]): Promise<ReadonlyMap<CoverageId, CoverageRecord>>;
  coveragesOf(client: ClientId): Promise<readonly CoverageRecord[]>;
  keys(ids: readonly ClientId[]): Promise<ReadonlyMap<ClientId, DataKey>>;
  page(request: PageRequest): Promise<Page<ClientRecord>>;
  /** Whose codes are taken, also by clients who were forgotten. */
  idsByCode(codes: readonly string[]): Promise<ReadonlyMap<string, ClientId | 'forgotten'>>;
  /**
   * Bumps the client's epoch, destroys the data key, and drops the bytes in which insurers answered about the client:
   * one file answers for many, so those are not under the client's key.
   */
  forget(client: ClientId): Promise<void>;
  /** Data keys that are not wrapped under the current key-encryption key. */
  countStaleKeys(): Promise<number>;
  /** Wraps up to `limit` of them anew, each in one step. Gives how many it took; a key that was destroyed meanwhile stays so. */
  rewrapKeys(limit: number): Promise<number>;
  /**
   * From here on the database takes no data key under these key-encryption keys. `false`, and nothing changes, while
   * there is one.
   */
  retireKeys(keks: readonly string[]): Promise<boolean>;
}

/** Pictures of signed papers, under the key of the client. */
export interface ScanRepository {
  add(scan: ScanRecord, bytes: Uint8Array): Promise<void>;
  byId(id: ScanId): Promise<ScanRecord | undefined>;
  /** Newest first. */
  of(release: ReleaseId): Promise<readonly ScanRecord[]>;
  bytes(scan: ScanRecord): Promise<Uint8Array | undefined>;
  /** False when it was checked before. */
  check(id: ScanId, checked: NonNullable<ScanRecord['checked']>): Promise<boolean>;
}

/** Links by which clients sign from afar. */
export interface SigningLinkRepository {
  /** `token`: SHA-256 of the secret, hex. */
  add(link: SigningLinkRecord, token: string): Promise<void>;
  /** Locked until the end of the transaction, so that two guesses are never one. */
  hold(id: SigningLinkId): Promise<SigningLinkRecord | undefined>;
  /** Newest first. */
  of(release: ReleaseId): Promise<readonly SigningLinkRecord[]>;
  begin(id: SigningLinkId, session: { readonly digest: string; readonly until: number }): Promise<void>;
  identify(id: SigningLinkId): Promise<void>;
  countTry(id: SigningLinkId): Promise<void>;
  end(ids: readonly SigningLinkId[], ended: NonNullable<SigningLinkRecord['ended']>): Promise<void>;
}

/** A signed release that will soon be over, and which reminders of it were due when. */
export interface ExpiringRelease {
  readonly release: ReleaseId;
  readonly client: ClientId;
  readonly validUntil: PlainDate;
  readonly reminders: readonly { readonly days: number; readonly dueAt: number }[];
}

/** Releases on their last days. What was revoked or replaced is over already and is not among them. */
export interface ReminderRepository {
  /** Soonest first. */
  expiring(between: { readonly from: PlainDate; readonly to: PlainDate }): Promise<readonly ExpiringRelease[]>;
  /** Gives those that were not there. */
  add(
    reminders: readonly { readonly release: ReleaseId; readonly client: ClientId; readonly days: number }[],
    at: number,
  ): Promise<readonly { readonly release: ReleaseId; readonly client: ClientId; readonly days: number }[]>;
}

/** What a file brought, by what tells one from another there. */
export interface ImportRepository {
  /** Until the end of the transaction nobody else imports into this practice. */
  lock(): Promise<void>;
  /** References under which a release was imported already, also one that has been signed since. */
  releasesThere(references: readonly string[]): Promise<ReadonlySet<string>>;
  addRelease(reference: string, release: ReleaseRecord): Promise<void>;
}

/** Who treats whom. A row is ended once and stays. */
export interface TreatmentRepository {
  /** `unique_violation` when the clinician treats the client already, without an end. */
  add(treatment: TreatmentRecord): Promise<void>;
  byId(id: TreatmentId): Promise<TreatmentRecord | undefined>;
  /** False when it was ended before. */
  end(ended: Required<Pick<TreatmentRecord, 'id' | 'until' | 'endedBy' | 'endedAt'>>): Promise<boolean>;
  /** Newest first, ended ones too. */
  of(client: ClientId): Promise<readonly TreatmentRecord[]>;
  /** Those of the clients whom the clinician treats on that day. */
  treatedBy(clinician: ClinicianId, clients: readonly ClientId[], on: PlainDate): Promise<ReadonlySet<ClientId>>;
}

/** Releases, revocations, relations, restrictions. Every write bumps the client's epoch in the same transaction. */
export interface AuthorityRepository {
  /** Takes `client_authority` rows `FOR SHARE`, ids sorted, and gives their epochs. What is read in a later statement cannot be older. */
  lockShared(clients: readonly ClientId[]): Promise<ReadonlyMap<ClientId, number>>;
  read(clients: readonly ClientId[]): Promise<ReadonlyMap<ClientId, Authority>>;
  putDraft(release: ReleaseRecord): Promise<void>;
  /** Nobody else revises or signs the draft before the transaction is over. */
  holdDraft(id: string): Promise<void>;
  sign(release: ReleaseRecord & { readonly signed: SignedRelease }): Promise<void>;
  releases(client: ClientId): Promise<readonly ReleaseRecord[]>;
  release(id: string): Promise<ReleaseRecord | undefined>;
  revoke(revocation: Revocation & { readonly client: ClientId }): Promise<void>;
  relate(relation: ReleaseRelation & { readonly client: ClientId }): Promise<void>;
  restrict(client: ClientId, restriction: Restriction): Promise<void>;
}

export interface DocumentRepository {
  /**
   * `services` are blind indexes of the services that an invoice bills to one insurer. Gives the ids of documents whose
   * service another document already has; those are not inserted.
   */
  add(
    documents: readonly {
      readonly document: DocumentRecord;
      readonly services: readonly string[];
      /** Documents of the claim that this one corrects: their services are its own. */
      readonly shares?: readonly DocumentId[];
    }[],
  ): Promise<readonly DocumentId[]>;
  /** Which of these services a document already has, and which document. Reads only. */
  taken(services: readonly string[]): Promise<ReadonlyMap<string, DocumentId>>;
  byIds(ids: readonly DocumentId[]): Promise<ReadonlyMap<DocumentId, DocumentRecord>>;
  /** Replaces the content of a document whose disclosures are all held: a cure of the chart or the office. */
  amend(document: DocumentRecord, services: readonly string[], shares?: readonly DocumentId[]): Promise<boolean>;
}

export interface DisclosureChange {
  readonly id: DisclosureId;
  readonly from: DeliveryState;
  readonly to: DeliveryState;
  readonly cause?: string;
  readonly curer?: string;
  /** When the relay should hand it out (again); absent takes it out of the outbox. */
  readonly dueAt?: number;
  readonly countAttempt?: boolean;
}

/** Who works on a disclosure, and for how many milliseconds nobody else may. */
export interface Lease {
  readonly fence: string;
  readonly milliseconds: number;
}

export interface DisclosureFilter {
  readonly states?: readonly DeliveryState[];
  readonly client?: ClientId;
  readonly insurer?: InsurerId;
  readonly curer?: string;
  readonly document?: DocumentId;
}

/** What a list narrows to. Days are inclusive, and of UTC; amounts are in cents. */
export interface ListFilter extends DisclosureFilter {
  /** What people see. */
  readonly statuses?: readonly ShownStatus[];
  readonly formats?: readonly FormatId[];
  readonly purposes?: readonly Purpose[];
  /** How the client's code begins. */
  readonly clientCode?: string;
  readonly serviceFrom?: PlainDate;
  readonly serviceTo?: PlainDate;
  readonly createdFrom?: PlainDate;
  readonly createdTo?: PlainDate;
  readonly totalFrom?: number;
  readonly totalTo?: number;
  /** Taken in at this moment (milliseconds) or before. */
  readonly until?: number;
}

export interface WantedList {
  readonly filter: ListFilter;
  /** The newest first where it is empty. */
  readonly order: readonly DisclosureOrder[];
  /** Whose clients. What is out of reach is neither listed nor counted. */
  readonly reach: ClientReach;
}

/** The queues in which disclosures wait. */
export type DisclosureQueue = Exclude<WorklistQueue, 'release-expiring'>;

export interface WantedQueue {
  readonly reach: ClientReach;
  /** Only what is assigned to this member of staff. */
  readonly assignee?: StaffId;
  /** What is put off, instead of what is not. */
  readonly snoozed: boolean;
}

/** Lists over columns in clear, of clients whose key is there. */
export interface DisclosureLists {
  page(wanted: WantedList, request: PageRequest): Promise<Page<DisclosureRecord>>;
  /** How many there are; no more are counted than `most`. */
  count(wanted: Omit<WantedList, 'order'>, most?: number): Promise<number>;
  /** Oldest first; by the last day where the queue has one. */
  queue(queue: DisclosureQueue, wanted: WantedQueue, request: PageRequest): Promise<Page<DisclosureRecord>>;
  countQueues(
    wanted: Omit<WantedQueue, 'snoozed'>,
  ): Promise<ReadonlyMap<DisclosureQueue, { readonly open: number; readonly snoozed: number }>>;
}

/** A change of one item; `version`, where given, must be the item's. */
export interface WorkChange {
  readonly item: Pick<WorkRecord, 'id' | 'kind' | 'client'>;
  readonly version?: number;
}

export interface WorkRepository {
  /** What an id stands for: a disclosure or a signed release of a client whose key is there. */
  subject(id: string): Promise<Pick<WorkRecord, 'id' | 'kind' | 'client'> | undefined>;
  /** Items of which nothing was ever said are absent. */
  byIds(ids: readonly string[]): Promise<ReadonlyMap<string, WorkRecord>>;
  /** False when the version is another by now. */
  assign(change: WorkChange, to: StaffId | undefined): Promise<boolean>;
  snooze(change: WorkChange, until: PlainDate | undefined): Promise<boolean>;
  /** Also counts it. False when there are `most` already. */
  addNote(note: WorkNoteRecord, about: Pick<WorkRecord, 'kind'> & { readonly most: number }): Promise<boolean>;
  /** Newest first. */
  notes(item: string): Promise<readonly WorkNoteRecord[]>;
}

/** Views of one member of staff; nobody else's are seen. */
export interface ViewRepository {
  /** In the order in which they were made. */
  of(staff: StaffId): Promise<readonly SavedViewRecord[]>;
  /** Holds off others who add for the same member of staff until the end of the transaction. */
  lock(staff: StaffId): Promise<void>;
  add(view: SavedViewRecord): Promise<void>;
  /** False when there is none of this version any more. */
  change(view: SavedViewRecord, from: number): Promise<boolean>;
  remove(view: Pick<SavedViewRecord, 'id' | 'staff'>): Promise<boolean>;
}

export interface DisclosureRepository {
  /** Inserts, and puts those that are `ready` into the outbox. */
  add(disclosures: readonly DisclosureRecord[]): Promise<void>;
  byIds(ids: readonly DisclosureId[]): Promise<ReadonlyMap<DisclosureId, DisclosureRecord>>;
  /** The same, each kept from any change by others for the rest of this transaction. */
  lock(ids: readonly DisclosureId[]): Promise<ReadonlyMap<DisclosureId, DisclosureRecord>>;
  /** The first claim with everything that ever corrected it or a correction of it, oldest first; itself alone where there is nothing. */
  chain(id: DisclosureId): Promise<readonly DisclosureRecord[]>;
  /**
   * Takes a lease on those of `ids` that are in one of `states` and not leased by anybody (`FOR UPDATE SKIP LOCKED`), and
   * takes them out of the outbox. The fence is new with every lease.
   */
  lease(
    ids: readonly DisclosureId[],
    lease: Lease & { readonly states: readonly DeliveryState[] },
  ): Promise<readonly DisclosureRecord[]>;
  /**
   * Keeps those of `ids` that are in one of `states` and not leased by anybody for the rest of this transaction
   * (`FOR UPDATE SKIP LOCKED`). Each of them must then be moved: that takes it out of the outbox.
   */
  hold(ids: readonly DisclosureId[], states: readonly DeliveryState[]): Promise<readonly DisclosureRecord[]>;
  /**
   * Moves along the transition table; a row whose state is not `from`, or whose lease has another fence, stays and is
   * absent from what comes back. A fence of `undefined` requires that nobody holds a lease. Ends the lease unless the
   * new state is `sending`; a row that goes there is from now on leased as `lease` says.
   */
  move(
    changes: readonly DisclosureChange[],
    fence: string | undefined,
    lease?: Lease,
  ): Promise<readonly DisclosureId[]>;
  /** Leaves the state, sets when it is due next and ends the lease, for those that still have this fence. */
  postpone(later: readonly { readonly id: DisclosureId; readonly dueAt: number }[], fence: string): Promise<void>;
  /** Puts into the outbox, due now and not handed out, whatever the queue was told before. States stay as they are. */
  redrive(ids: readonly DisclosureId[]): Promise<void>;
  /**
   * Puts those of an insurer that are held, blocked or ready, and that nobody has a lease on, on another lane. Gives them
   * as they were.
   */
  reroute(insurer: InsurerId, lane: LaneId): Promise<readonly DisclosureId[]>;
  /** Those of an insurer that are sealed and under no lease: nothing of them has gone. */
  sealedFor(insurer: InsurerId): Promise<readonly DisclosureRecord[]>;
  choose(id: DisclosureId, options: DisclosureOptions): Promise<boolean>;
  /** What lists say of every disclosure of a document that was amended. */
  relist(document: DocumentId, facts: ListedFacts): Promise<void>;
  saveDecisions(decisions: readonly StoredDecision[]): Promise<void>;
  decisions(id: DisclosureId): Promise<readonly StoredDecision[]>;
  page(filter: DisclosureFilter, request: PageRequest): Promise<Page<DisclosureRecord>>;
  /** How many are in each state; states that nothing is in are absent. */
  countByState(): Promise<ReadonlyMap<DeliveryState, number>>;
  /**
   * Those of which a transmission bears this control number, reference or idempotency key, to which an insurer gave this
   * number, or which are of this client; newest first, at most `limit`.
   */
  find(wanted: {
    readonly number: string;
    readonly client?: ClientId;
    readonly limit: number;
  }): Promise<readonly DisclosureRecord[]>;
  /** Held ones of these clients (or of the whole practice), whose hold a write may have cured. */
  heldOf(clients: readonly ClientId[] | 'all'): Promise<readonly DisclosureId[]>;
  /** What the sweeper must drive on, whatever the queue thinks: ready or sealed and overdue in the outbox, sending or unknown with an expired lease. */
  stranded(request: { readonly olderThan: number; readonly limit: number }): Promise<readonly DisclosureRecord[]>;
}

export interface TransmissionRepository {
  /** Numbers that nobody of this practice has had before, taken in one block: the first of `count`. */
  takeNumbers(series: string, count: number): Promise<number>;
  add(transmissions: readonly TransmissionRecord[]): Promise<void>;
  /** Adds what was sealed just now together with its first attempt; fails as `permit` does. */
  addPermitted(
    transmissions: readonly { readonly record: TransmissionRecord; readonly attempt: string }[],
    fence: string,
  ): Promise<void>;
  /** The live (not unsealed) transmission of each disclosure. */
  ofDisclosures(ids: readonly DisclosureId[]): Promise<ReadonlyMap<DisclosureId, TransmissionRecord>>;
  byIds(ids: readonly TransmissionId[]): Promise<ReadonlyMap<TransmissionId, TransmissionRecord>>;
  /** Only before a first attempt: the bytes are dropped and the numbers never used again. */
  unseal(ids: readonly TransmissionId[]): Promise<void>;
  permit(
    attempts: readonly { readonly transmission: TransmissionId; readonly attempt: string; readonly fence: string }[],
  ): Promise<void>;
  /** Which of these attempts are known, those that were noted as forgotten included. */
  attemptsAmong(attempts: readonly string[]): Promise<ReadonlySet<string>>;
  /** Whether anything was ever permitted. */
  hasAttempts(): Promise<boolean>;
  /** Remembers attempts that only the journal knew of. */
  noteForgotten(attempts: readonly string[]): Promise<void>;
  finish(
    attempts: readonly { readonly attempt: string; readonly outcome: AttemptOutcome; readonly status?: number }[],
  ): Promise<void>;
  /** By control number, reference or idempotency key: what an answer is about. Kinds: `interchange`, `group`, `patient-control`, `batch`, `reference`. */
  match(
    lanes: readonly LaneId[],
    key: { readonly kind: 'interchange' | 'group' | 'patient-control' | 'batch' | 'reference'; readonly value: string },
  ): Promise<TransmissionRecord | undefined>;
}

export interface AnswerRepository {
  /** Remembers what came in by its digest; false when the very same bytes were already taken in on this lane. */
  admit(
    lane: LaneId,
    incoming: { readonly digest: string; readonly bytes: Uint8Array; readonly mediaType: string },
  ): Promise<boolean>;
  add(answers: readonly AnswerRecord[]): Promise<void>;
  of(disclosures: readonly DisclosureId[]): Promise<ReadonlyMap<DisclosureId, readonly AnswerRecord[]>>;
  /** What matched nothing, waiting for a person. */
  quarantine(lane: LaneId, incoming: { readonly digest: string; readonly code: string }): Promise<void>;
}

export interface LaneRepository {
  all(): Promise<readonly LaneRecord[]>;
  /** Their direct ones. */
  ofInsurers(ids: readonly InsurerId[]): Promise<ReadonlyMap<InsurerId, LaneRecord>>;
  /** Nothing of it for a lane that is stopped, unless it is to stay so. */
  save(lane: Pick<LaneRecord, 'id' | 'breaker' | 'openUntil' | 'failures' | 'slow'>): Promise<void>;
  /** As if nothing had ever failed. False for a lane that is not stopped. */
  clear(lane: LaneId): Promise<boolean>;
  saveCursor(lane: LaneId, cursor: string): Promise<void>;
  /** When anything last came back on each; absent where nothing ever did. */
  lastAnswers(): Promise<ReadonlyMap<LaneId, number>>;
}

export interface RouteRepository {
  /** Also makes the route's lane, unless it is the insurer's direct one. */
  add(route: RouteRecord): Promise<void>;
  /** Newest first. */
  of(insurer: InsurerId): Promise<readonly RouteRecord[]>;
  /** The newest of each insurer; absent where none was ever recorded, which is direct. */
  current(insurers: readonly InsurerId[]): Promise<ReadonlyMap<InsurerId, RouteRecord>>;
  ofLanes(lanes: readonly LaneId[]): Promise<ReadonlyMap<LaneId, RouteRecord>>;
  /** Everything through a clearinghouse, oldest first. */
  throughAgents(): Promise<readonly RouteRecord[]>;
}

export interface IdempotencyRecord {
  readonly principal: string;
  readonly route: string;
  readonly key: string;
  readonly fingerprint: string;
  readonly status: number;
  readonly body: string;
}

export interface IdempotencyRepository {
  find(keys: readonly Pick<IdempotencyRecord, 'principal' | 'route' | 'key'>[]): Promise<readonly IdempotencyRecord[]>;
  /** Fails with the database's unique violation when a concurrent transaction was first. */
  add(records: readonly IdempotencyRecord[]): Promise<void>;
}

/** Days in UTC, both belong to it. */
export interface LedgerFilter {
  readonly client?: ClientId;
  readonly disclosure?: DisclosureId;
  readonly kinds?: readonly LedgerKind[];
  readonly from?: PlainDate;
  readonly to?: PlainDate;
}

export interface LedgerRepository {
  /** Recorded now, written as one block as the last statement of the transaction. */
  record(entry: LedgerEntry): void;
  page(filter: LedgerFilter, request: PageRequest): Promise<Page<LedgerRow>>;
  verify(how?: LedgerVerifying): Promise<LedgerVerification>;
  /** Signs where the ledger ends now, unless that is signed already. Gives the newest checkpoint; none for an empty ledger. */
  checkpoint(): Promise<LedgerCheckpoint | undefined>;
  lastCheckpoint(): Promise<LedgerCheckpoint | undefined>;
  /** Blocks of the range in order, as many as fit a page; none when there are no more. */
  blocks(range: { readonly after: number; readonly upTo: number }): Promise<readonly LedgerBlock[]>;
  checkpoints(range: { readonly after: number; readonly upTo: number }): Promise<readonly LedgerCheckpoint[]>;
}

/** An attempt that this worker alone makes, until its lease ends. */
export interface WebhookTask {
  readonly id: WebhookDeliveryId;
  readonly endpoint: WebhookEndpointId;
  readonly url: string;
  /** The newest first. */
  readonly secrets: readonly string[];
  readonly body: string;
  /** From 1. Whoever reports another number has lost the lease. */
  readonly attempt: number;
  /** When there is no further attempt. */
  readonly giveUpAt: number;
}

/** Endpoints of the practice's own systems, and messages to them. Messages are put in line by the store itself. */
export interface WebhookRepository {
  /** Oldest first, without those that were removed. */
  endpoints(): Promise<readonly WebhookEndpointRecord[]>;
  endpoint(id: WebhookEndpointId): Promise<WebhookEndpointRecord | undefined>;
  add(endpoint: WebhookEndpointRecord, secret: string): Promise<void>;
  /** False when it is not there. One that is enabled is not `gone` any more. */
  change(endpoint: Pick<WebhookEndpointRecord, 'id' | 'url' | 'events' | 'enabled'>): Promise<boolean>;
  /** It answered that it is gone: nothing more is put in line for it. False when it was not enabled. */
  markGone(id: WebhookEndpointId): Promise<boolean>;
  /** The secret so far signs along until then. */
  rotate(id: WebhookEndpointId, secret: string, previousUntil: number): Promise<boolean>;
  /** Destroys its secrets and gives up what waits for it. */
  remove(id: WebhookEndpointId): Promise<boolean>;
  /** Puts a message in line for one endpoint, whatever it asked to be told. */
  test(delivery: WebhookDeliveryId, endpoint: WebhookEndpointId): Promise<void>;
  /** Puts in line at the end of the transaction, for each endpoint that asked for such events and was not told before, ever. */
  announceExpiring(releases: readonly string[]): void;
  delivery(id: WebhookDeliveryId): Promise<WebhookDeliveryRecord | undefined>;
  page(
    filter: { readonly endpoint?: WebhookEndpointId; readonly state?: WebhookDeliveryRecord['state'] },
    request: PageRequest,
  ): Promise<Page<WebhookDeliveryRecord>>;
  /** Puts one that is over in line again, under the same id. False for one that is not over, or whose endpoint is not enabled. */
  redeliver(id: WebhookDeliveryId): Promise<boolean>;
  /** Takes what is due at enabled endpoints, `perEndpoint` each, for `leaseMs`; from then on another worker may take it. */
  claim(request: { readonly perEndpoint: number; readonly leaseMs: number }): Promise<readonly WebhookTask[]>;
  /** What became of an attempt. False when the lease was lost meanwhile: whoever has it now reports. */
  settle(
    task: Pick<WebhookTask, 'id' | 'attempt'>,
    outcome: {
      readonly state: WebhookDeliveryRecord['state'];
      readonly dueAt?: number;
      readonly status?: number;
      readonly code?: string;
    },
  ): Promise<boolean>;
  /** Gives up what waits for endpoints that are not enabled, once its time is over, and forgets what was over at that moment. */
  tidy(overBefore: number): Promise<void>;
}
