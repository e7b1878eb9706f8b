import type {
  Accepted,
  AcknowledgeInboxItem,
  DecideInboxItem,
  AmendClient,
  AmendDocument,
  Amended,
  ApiKeyView,
  AssignClinician,
  BoundedCount,
  BulkActed,
  BulkAction,
  BulkRehearsed,
  ChangeConnection,
  CeilingView,
  ChangeWebhookEndpoint,
  ChoiceMade,
  Choose,
  ChooseReading,
  CheckScan,
  ClientQuery,
  ClientView,
  ClinicianView,
  PracticeView,
  SetTimeZone,
  CoverageView,
  CreateSigningLink,
  DisclosureDetail,
  DisclosureQuery,
  DisclosureSummary,
  DocumentView,
  DraftRelease,
  EndTreatment,
  ExpiringReleaseView,
  Explanation,
  ExportQuery,
  ImportKind,
  ImportReport,
  InboxAnsweredView,
  InboxCredentialView,
  InboxItemView,
  InsurerView,
  LedgerQuery,
  LedgerRowView,
  LedgerVerificationView,
  PresetView,
  Preview,
  ReadingEffectView,
  ReadingView,
  RecordClient,
  RecordCoverage,
  RecordRestriction,
  RecordRoute,
  RejectInboxItem,
  RelateRelease,
  ReleaseHistory,
  ReleaseTextView,
  ReleaseView,
  Renewals,
  RenewReleases,
  RestrictionView,
  RevokeRelease,
  EndRelease,
  SavedView,
  SaveView,
  ScanView,
  ShadowReport,
  ShadowRun,
  RouteView,
  SigningLinkMade,
  SigningLinkView,
  SignRelease,
  StaffName,
  SubmitInvoice,
  SubmitTreatmentReport,
  TreatmentView,
  Validated,
  VerifyQuery,
  WebhookDeliveryView,
  WebhookEndpointView,
  WebhookSecret,
  WorklistCounts,
  WorklistItem,
  WorklistQueue,
  WorkNote,
  WorkState,
} from '#libs/contracts';
import type { GivenReceipt, Pull, ReceiptMediaType, SigningByLink, SigningView } from '#libs/application';
import type { ReleaseLanguage } from '#libs/documents';
import type {
  ApiKeyId,
  ClientId,
  ClinicianId,
  DisclosureId,
  DocumentId,
  InboxCredentialId,
  InboxItemId,
  InsurerId,
  PlainDate,
  PracticeId,
  ReleaseId,
  Result,
  SavedViewId,
  ScanId,
  SigningLinkId,
  StaffId,
  TreatmentId,
  WebhookDeliveryId,
  WebhookEndpointId,
} from '#libs/kernel';
import type { Answer, PageOf, Paging, RequestContext, Unmasked } from './asked.js';
import type { InsightUseCases } from './insight-use-cases.js';
import type { StaffUseCases } from './staff-use-cases.js';

export type { Answer, PageOf, Paging, RequestContext, Unmasked } from './asked.js';

/** Stored in the transaction that creates, under principal, route and key. */
export interface Idempotency {
  readonly key: string;
  /** Method and path as in the route table. */
  readonly route: string;
  /** SHA-256, hex, of the path taken and the canonical body. */
  readonly fingerprint: string;
  /** The status to store and give back with the body. */
  readonly status: number;
}

/** What was created, now or by the first request with the same key; `body` is then what was stored. */
export interface Created<Body> {
  readonly status: number;
  readonly body: Body;
  readonly replayed: boolean;
}

/** `tag` is the entity tag without quotes: it changes whenever the thing does, and says nothing of it. */
export interface Tagged<View> {
  readonly view: View;
  readonly tag: string;
}

/** A comma-separated file, read once. */
export interface SentFile {
  readonly kind: ImportKind;
  readonly file: AsyncIterable<Uint8Array>;
}

/** Somebody with the session of a link; `session` is its SHA-256, hex. */
export interface SigningVisit {
  readonly practice: PracticeId;
  readonly link: SigningLinkId;
  readonly session: string;
}

/** Everything in reach, or what of it is assigned to whoever asks. */
export type WorklistScope = 'mine' | 'all';

type WithoutItems<Action> = Action extends unknown ? Omit<Action, 'items'> : never;

/** One of several actions on one disclosure each. */
export interface OneAction {
  readonly disclosure: DisclosureId;
  readonly version?: number;
  readonly action: WithoutItems<BulkAction>;
}

export type ClaimedAction = OneAction & { readonly idempotency: Idempotency };

/** How a disclosure stands after something was done to it; with `replacement`, how that one stands. */
export type Standing = Omit<
  Extract<BulkRehearsed['results'][number], { outcome: 'would' }>,
  'index' | 'id' | 'outcome'
>;

export type ActionDone = Omit<Extract<BulkActed['results'][number], { outcome: 'done' }>, 'index' | 'id' | 'outcome'>;

/** Without an invoice only what is voided, which says what the claim said. */
export interface AskedCorrection {
  readonly kind: 'replacement' | 'void' | 'resubmission';
  readonly of: DisclosureId;
  readonly invoice?: SubmitInvoice;
}

/**
 * What the HTTP gateway needs of the application. Every failure is an issue with a stable code and a path; problem-status.ts
 * says which HTTP status a code has, and any other code is 422 `refused`. The codes with a meaning of their own here:
 * `not_found`, `forbidden`, `attestation_required`, `state_conflict`, `duplicate`, `precondition_failed`, `idempotency_key_reused`,
 * `idempotency_in_progress`, `unavailable`.
 */
export interface UseCases extends InsightUseCases, StaffUseCases {
  // intake
  submitInvoice(context: RequestContext, invoice: SubmitInvoice, idempotency: Idempotency): Answer<Created<Accepted>>;
  validateInvoice(context: RequestContext, invoice: SubmitInvoice): Answer<Validated>;
  /** Each by itself, as `submitInvoice` would; in their order. */
  submitInvoices(
    context: RequestContext,
    items: readonly { readonly invoice: SubmitInvoice; readonly idempotency: Idempotency }[],
  ): Promise<readonly Result<Created<Accepted>>[]>;
  /** Each as `validateInvoice` would if those before it had been submitted; in their order. */
  validateInvoices(context: RequestContext, invoices: readonly SubmitInvoice[]): Promise<readonly Result<Validated>[]>;
  /** `amends`: the document that it would replace. */
  previewInvoice(context: RequestContext, invoice: SubmitInvoice, amends?: DocumentId): Answer<Unmasked<Preview>>;
  submitTreatmentReport(
    context: RequestContext,
    report: SubmitTreatmentReport,
    idempotency: Idempotency,
  ): Answer<Created<Accepted>>;
  validateTreatmentReport(context: RequestContext, report: SubmitTreatmentReport): Answer<Validated>;
  previewTreatmentReport(context: RequestContext, report: SubmitTreatmentReport): Answer<Unmasked<Preview>>;
  readDocument(context: RequestContext, id: DocumentId): Answer<Tagged<DocumentView> & Unmasked<DocumentView>>;
  /** The client’s own receipt, in the ledger before it is given back. */
  giveReceipt(
    context: RequestContext,
    receipt: { readonly document: DocumentId; readonly mediaType: ReceiptMediaType },
  ): Answer<GivenReceipt>;
  /** `precondition_failed` when `tag` is not the document’s any more; `state_conflict` unless every disclosure of it waits. */
  amendDocument(
    context: RequestContext,
    id: DocumentId,
    amendment: AmendDocument & { readonly tag: string },
  ): Answer<Tagged<Amended>>;

  // disclosures
  listDisclosures(
    context: RequestContext,
    query: Omit<DisclosureQuery, 'after' | 'limit'>,
    paging: Paging,
  ): Answer<PageOf<DisclosureSummary> & { readonly count?: BoundedCount }>;
  /** Lines of comma-separated values. The ledger has it before there is a first one. */
  exportDisclosures(context: RequestContext, query: ExportQuery): Answer<AsyncIterable<string>>;
  /** At most 100, newest first; nothing out of reach. */
  search(context: RequestContext, wanted: string): Answer<readonly DisclosureSummary[]>;
  readDisclosure(context: RequestContext, id: DisclosureId): Answer<DisclosureDetail>;
  explainDisclosure(context: RequestContext, id: DisclosureId): Answer<Unmasked<Explanation>>;
  /** The same, and `values-revealed` in the ledger before anything is given back. */
  revealDisclosure(context: RequestContext, id: DisclosureId): Answer<Unmasked<Explanation>>;
  /** `version`, where given, must still be the disclosure’s, else `precondition_failed`. */
  chooseForDisclosure(
    context: RequestContext,
    choice: { readonly disclosure: DisclosureId; readonly choose: Choose; readonly version?: number },
    idempotency: Idempotency,
  ): Answer<Created<ChoiceMade>>;
  /** Without `invoice`, a void says the document that was sent. Codes of a refusal: see libs/billing/correction-fixes.ts. */
  correctClaim(
    context: RequestContext,
    correction: AskedCorrection,
    idempotency: Idempotency,
  ): Answer<Created<Accepted>>;
  validateCorrection(context: RequestContext, correction: AskedCorrection): Answer<Validated>;
  cancelDisclosure(
    context: RequestContext,
    cancellation: { readonly disclosure: DisclosureId; readonly version?: number },
  ): Answer<DisclosureSummary>;

  // many disclosures at once
  /** Each by itself, as the single request would do it; in their order. */
  actOnDisclosures(context: RequestContext, actions: readonly ClaimedAction[]): Promise<readonly Result<ActionDone>[]>;
  /** What would come of each now; keeps nothing. */
  rehearseActions(context: RequestContext, actions: readonly OneAction[]): Promise<readonly Result<Standing>[]>;

  // the worklist
  countWorklist(context: RequestContext, scope: WorklistScope): Answer<WorklistCounts>;
  listWorklist(
    context: RequestContext,
    wanted: { readonly queue: WorklistQueue; readonly scope: WorklistScope; readonly snoozed: boolean },
    paging: Paging,
  ): Answer<PageOf<WorklistItem>>;
  readWork(context: RequestContext, item: string): Answer<WorkState>;
  /** `version`, where given, must still be the item’s, else `precondition_failed`. */
  assignWork(
    context: RequestContext,
    assignment: { readonly item: string; readonly staff: StaffId | null; readonly version?: number },
  ): Answer<WorkState>;
  snoozeWork(
    context: RequestContext,
    snooze: { readonly item: string; readonly until: PlainDate | null; readonly version?: number },
  ): Answer<WorkState>;
  listNotes(context: RequestContext, item: string): Answer<readonly WorkNote[]>;
  writeNote(
    context: RequestContext,
    note: { readonly item: string; readonly text: string },
    idempotency: Idempotency,
  ): Answer<Created<WorkNote>>;
  listStaff(context: RequestContext): Answer<readonly StaffName[]>;

  // saved views of whoever asks
  listViews(context: RequestContext): Answer<readonly SavedView[]>;
  createView(context: RequestContext, view: SaveView, idempotency: Idempotency): Answer<Created<SavedView>>;
  changeView(
    context: RequestContext,
    change: { readonly id: SavedViewId; readonly view: SaveView; readonly version: number },
  ): Answer<SavedView>;
  deleteView(context: RequestContext, id: SavedViewId): Answer<void>;

  // clients
  listClients(
    context: RequestContext,
    filter: Omit<ClientQuery, 'after' | 'limit'>,
    paging: Paging,
  ): Answer<PageOf<ClientView>>;
  recordClient(context: RequestContext, client: RecordClient, idempotency: Idempotency): Answer<Created<ClientView>>;
  readClient(context: RequestContext, id: ClientId): Answer<ClientView>;
  /** `version`: the revision that was read; another one is `precondition_failed`. */
  amendClient(
    context: RequestContext,
    id: ClientId,
    amendment: AmendClient & { readonly version: number },
  ): Answer<ClientView>;
  listCoverages(context: RequestContext, client: ClientId): Answer<readonly CoverageView[]>;
  recordCoverage(
    context: RequestContext,
    coverage: RecordCoverage & { readonly client: ClientId },
    idempotency: Idempotency,
  ): Answer<Created<CoverageView>>;

  // who treats whom
  listTreatments(context: RequestContext, client: ClientId): Answer<readonly TreatmentView[]>;
  assignClinician(
    context: RequestContext,
    request: { readonly client: ClientId; readonly assignment: AssignClinician },
    idempotency: Idempotency,
  ): Answer<Created<TreatmentView>>;
  endTreatment(context: RequestContext, id: TreatmentId, ending: EndTreatment): Answer<TreatmentView>;

  // releases and restrictions
  listReleases(context: RequestContext, client: ClientId): Answer<readonly ReleaseView[]>;
  draftRelease(
    context: RequestContext,
    draft: { readonly client: ClientId; readonly terms: DraftRelease },
    idempotency: Idempotency,
  ): Answer<Created<ReleaseView>>;
  readRelease(context: RequestContext, id: ReleaseId): Answer<Tagged<ReleaseView>>;
  /** `tag`: of the draft that was read; with another one it is refused with `precondition_failed`. */
  reviseRelease(
    context: RequestContext,
    id: ReleaseId,
    revision: { readonly terms: DraftRelease; readonly tag?: string },
  ): Answer<Tagged<ReleaseView>>;
  readReleaseHistory(context: RequestContext, id: ReleaseId): Answer<ReleaseHistory>;
  signRelease(
    context: RequestContext,
    id: ReleaseId,
    signing: SignRelease & { readonly tag?: string },
  ): Answer<ReleaseView>;
  /** `id` is the newer one. */
  relateRelease(
    context: RequestContext,
    id: ReleaseId,
    relation: RelateRelease & { readonly kind: 'supersedes' | 'adds_to' },
  ): Answer<ReleaseView>;
  revokeRelease(context: RequestContext, id: ReleaseId, revocation: RevokeRelease): Answer<ReleaseView>;
  endRelease(context: RequestContext, id: ReleaseId, end: EndRelease): Answer<ReleaseView>;
  listRestrictions(context: RequestContext, client: ClientId): Answer<readonly RestrictionView[]>;
  recordRestriction(
    context: RequestContext,
    restriction: { readonly client: ClientId; readonly restriction: RecordRestriction },
    idempotency: Idempotency,
  ): Answer<Created<RestrictionView>>;

  // scans of signed papers
  attachScan(
    context: RequestContext,
    scan: { readonly release: ReleaseId; readonly mediaType: string; readonly bytes: Uint8Array },
    idempotency: Idempotency,
  ): Answer<Created<ScanView>>;
  listScans(context: RequestContext, release: ReleaseId): Answer<readonly ScanView[]>;
  readScan(
    context: RequestContext,
    id: ScanId,
  ): Answer<{ readonly mediaType: ScanView['mediaType']; readonly bytes: Uint8Array }>;
  checkScan(context: RequestContext, id: ScanId, verdict: CheckScan): Answer<ReleaseView>;

  // signing from afar
  createSigningLink(context: RequestContext, release: ReleaseId, link: CreateSigningLink): Answer<SigningLinkMade>;
  listSigningLinks(context: RequestContext, release: ReleaseId): Answer<readonly SigningLinkView[]>;
  withdrawSigningLink(
    context: RequestContext,
    at: { readonly release: ReleaseId; readonly link: SigningLinkId },
  ): Answer<void>;
  listExpiringReleases(context: RequestContext, within: 30 | 14 | 3): Answer<readonly ExpiringReleaseView[]>;
  /** Each by itself: what cannot be renewed is said, and the others are. */
  renewReleases(context: RequestContext, renewing: RenewReleases): Answer<Renewals>;
  readReleaseText(
    context: RequestContext,
    release: ReleaseId,
    language: ReleaseTextView['language'],
  ): Answer<ReleaseTextView>;
  readReleaseCopy(context: RequestContext, release: ReleaseId): Answer<Uint8Array>;
  /** PNG; `not_found` where none was kept. */
  readSignature(context: RequestContext, release: ReleaseId): Answer<Uint8Array>;
  /** What whoever holds a link may do. Whatever is wrong with it is `link_unusable`. */
  readonly signing: {
    begin(visit: SigningVisit): Answer<void>;
    identify(visit: SigningVisit, answer: string): Answer<boolean>;
    read(visit: SigningVisit, language?: ReleaseLanguage): Answer<SigningView>;
    sign(visit: SigningVisit, signing: SigningByLink): Answer<void>;
    copy(visit: SigningVisit): Answer<Uint8Array>;
  };

  // import
  /** What would come of each row of a file; keeps nothing. */
  rehearseImport(context: RequestContext, sent: SentFile): Answer<ImportReport>;
  importFile(
    context: RequestContext,
    sent: SentFile,
    claim: Omit<Idempotency, 'fingerprint'>,
  ): Answer<{ readonly report: ImportReport; readonly replayed: boolean }>;

  /** Decides invoices as if they were submitted now; keeps nothing but that somebody asked. */
  runShadow(context: RequestContext, run: ShadowRun): Answer<ShadowReport>;

  // the practice
  listReadings(context: RequestContext): Answer<readonly ReadingView[]>;
  chooseReading(
    context: RequestContext,
    reading: ChooseReading,
    idempotency: Idempotency,
  ): Answer<Created<ReadingView>>;
  /** What the choice would do to what waits; keeps nothing. */
  weighReading(context: RequestContext, reading: ChooseReading): Answer<ReadingEffectView>;
  revokeReading(context: RequestContext, id: string): Answer<ReadingView>;
  weighRevocation(context: RequestContext, id: string): Answer<ReadingEffectView>;
  listCeilings(context: RequestContext): Answer<readonly CeilingView[]>;
  readLedger(
    context: RequestContext,
    filter: Omit<LedgerQuery, 'after' | 'limit'>,
    paging: Paging,
  ): Answer<PageOf<LedgerRowView>>;
  /** The whole chain, or a range of it; `cursor_invalid` for a `next` that nobody here gave out, or more than an hour ago. */
  verifyLedger(context: RequestContext, range: VerifyQuery): Answer<LedgerVerificationView>;
  listInsurers(context: RequestContext): Answer<readonly InsurerView[]>;
  changeConnection(context: RequestContext, id: InsurerId, change: ChangeConnection): Answer<InsurerView>;
  /** Nothing was sent since the insurer was found not to be the one registered; from now on it is. */
  clearLane(context: RequestContext, id: InsurerId): Answer<InsurerView>;
  listRoutes(context: RequestContext, insurer: InsurerId): Answer<readonly RouteView[]>;
  recordRoute(
    context: RequestContext,
    request: { readonly insurer: InsurerId; readonly route: RecordRoute },
    idempotency: Idempotency,
  ): Answer<Created<RouteView>>;
  readPractice(context: RequestContext): Answer<PracticeView>;
  setTimeZone(context: RequestContext, to: SetTimeZone): Answer<PracticeView>;
  listClinicians(context: RequestContext): Answer<readonly ClinicianView[]>;
  listPresets(context: RequestContext): Answer<readonly PresetView[]>;
  listApiKeys(context: RequestContext): Answer<readonly ApiKeyView[]>;
  /** From then on nobody is let in with it. */
  revokeApiKey(context: RequestContext, id: ApiKeyId): Answer<void>;

  // webhooks
  listWebhookEndpoints(context: RequestContext): Answer<readonly WebhookEndpointView[]>;
  /** `egress_denied` or `name_not_resolved` for an address to which nothing may be sent. */
  createWebhookEndpoint(
    context: RequestContext,
    endpoint: Omit<ChangeWebhookEndpoint, 'enabled'> & { readonly secret: string },
  ): Answer<WebhookSecret>;
  changeWebhookEndpoint(
    context: RequestContext,
    id: WebhookEndpointId,
    change: ChangeWebhookEndpoint,
  ): Answer<WebhookEndpointView>;
  deleteWebhookEndpoint(context: RequestContext, id: WebhookEndpointId): Answer<void>;
  rotateWebhookSecret(
    context: RequestContext,
    rotation: { readonly endpoint: WebhookEndpointId; readonly secret: string },
  ): Answer<WebhookSecret>;
  testWebhookEndpoint(
    context: RequestContext,
    id: WebhookEndpointId,
    idempotency: Idempotency,
  ): Answer<Created<WebhookDeliveryView>>;
  listWebhookDeliveries(
    context: RequestContext,
    filter: { readonly endpoint?: WebhookEndpointId; readonly state?: WebhookDeliveryView['state'] },
    paging: Paging,
  ): Answer<PageOf<WebhookDeliveryView>>;
  redeliverWebhook(context: RequestContext, id: WebhookDeliveryId): Answer<WebhookDeliveryView>;

  // the inbox of an insurer that fetches: `context.insurer` says whose; nobody else's exists
  listInbox(context: RequestContext, paging: Paging): Answer<PageOf<InboxItemView>>;
  /** Gives the bytes to `to` once INTENT has permitted it. `item_gone` for what may not go any more. */
  fetchInboxItem(context: RequestContext, id: InboxItemId, to: Pull): Answer<void>;
  acknowledgeInboxItem(
    context: RequestContext,
    id: InboxItemId,
    acknowledgement: AcknowledgeInboxItem,
  ): Answer<InboxAnsweredView>;
  rejectInboxItem(context: RequestContext, id: InboxItemId, rejection: RejectInboxItem): Answer<InboxAnsweredView>;
  decideInboxItem(context: RequestContext, id: InboxItemId, decision: DecideInboxItem): Answer<InboxAnsweredView>;
  postInboxAnswer(context: RequestContext, bytes: Uint8Array): Answer<{ readonly digest: string }>;
  listInboxCredentials(context: RequestContext, insurer: InsurerId): Answer<readonly InboxCredentialView[]>;
  /** `not_found` where there is no such insurer; `state_conflict` unless it is one that fetches. */
  mayHaveInboxCredentials(context: RequestContext, insurer: InsurerId): Answer<void>;
  /** From then on nobody is let in with it, nor with a token that it was exchanged for. */
  revokeInboxCredential(
    context: RequestContext,
    of: { readonly insurer: InsurerId; readonly credential: InboxCredentialId },
  ): Answer<void>;

  // who is there
  /** Names for the session, and which clinician the actor is; read for every session, so that a change counts at once. */
  describeActor(actor: { readonly practice: PracticeId; readonly actor: string }): Promise<ActorDescription>;
  /** Into the ledger: `signed-in`, or `settings-changed` with the code and the subject. Without it nothing is granted. */
  recordAccess(context: RequestContext, event: AccessEvent): Answer<void>;
}

export interface ActorDescription {
  readonly practiceName: string;
  readonly name?: string;
  readonly clinician?: ClinicianId;
}

export type AccessEvent =
  /** `subject`: the credentials of an insurer. */
  | { readonly kind: 'signed-in'; readonly subject?: string }
  | {
      readonly kind: 'settings-changed';
      readonly code: 'api_key_created' | 'inbox_credential_created';
      readonly subject: string;
    };
