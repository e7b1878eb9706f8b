export { type Action, ACTIONS, type ApiKeyRole, type Role, ROLES, STAFF_ROLES, type StaffRole } from './actions.js';
export type { AccountingQuery, AccountingRow } from './accounting.js';
export { bulkItem, type BulkSubmitted, type BulkValidated } from './bulk.js';
export type { BulkActed, BulkAction, BulkRehearsed } from './bulk-actions.js';
export type { Choose } from './choices.js';
export type { AmendClient, ClientQuery, ClientView, CoverageView, RecordClient, RecordCoverage } from './clients.js';
export { type Comparison, type ComparisonRow, CHANGES } from './comparison.js';
export { CHECK_STEPS, type ConnectionCheck, type TestClaim } from './connection-check.js';
export { type Asking, ASKING_CAUSES, type AskingQuery, type Dashboard, type DashboardQuery } from './dashboard.js';
export type {
  BoundedCount,
  ChoiceMade,
  DisclosureDetail,
  DisclosureQuery,
  DisclosureSummary,
  ExportQuery,
} from './disclosures.js';
export type { AmendDocument, Amended, DocumentView } from './documents.js';
export type { DisclosureRow, Explanation, Preview } from './explanations.js';
export { IMPORT_KINDS, IMPORTED, type ImportedBodies, type ImportKind, type ImportReport } from './imports.js';
export {
  type AcknowledgeInboxItem,
  type DecideInboxItem,
  type InboxAnsweredView,
  type InboxCredentialView,
  type InboxItemView,
  LARGEST_INBOX_ANSWER,
  type RejectInboxItem,
} from './inbox.js';
export type { Accepted, Validated } from './intake.js';
export type { ChangeConnection } from './insurer-connection.js';
export type { RecordRoute, RouteView } from './insurer-routes.js';
export type { SubmitInvoice } from './invoices.js';
export type { LedgerQuery, LedgerRowView, LedgerVerificationView, VerifyQuery } from './ledger.js';
export type { DisclosureOrder } from './listing.js';
export { openApiDocument } from './openapi.js';
export type { ClinicianView, InsurerView, PracticeView, SetTimeZone } from './practice.js';
export {
  isProblemCode,
  type IssueView,
  type Problem,
  problem,
  type ProblemCode,
  PROBLEMS,
  problemType,
} from './problems.js';
export { ISSUES, sentenceOf } from './issues.js';
export { problemPage, problemsDocument } from './problems-document.js';
export type { CeilingView, ChooseReading, ReadingEffectView, ReadingView } from './readings.js';
export type {
  DraftRelease,
  PresetView,
  RelateRelease,
  ReleaseHistory,
  ReleaseView,
  EndRelease,
  RevokeRelease,
  SignRelease,
} from './releases.js';
export type { ReleaseTextView } from './release-text.js';
export type { RecordRestriction, RestrictionView } from './restrictions.js';
export type { MediaType, RouteDefinition } from './route.js';
export {
  type DryRunOutput,
  ROUTE_NAMES,
  type RouteInput,
  type RouteName,
  routeOf,
  type RouteOutput,
  ROUTES,
} from './routes.js';
export { DEFAULT_PAGE } from './scalars.js';
export { type CheckScan, LARGEST_SCAN, type ScanView } from './scans.js';
export type { ApiKeyView, SessionView, SignIn } from './session.js';
export { MOST_SHADOWED, type ShadowReport, type ShadowRun } from './shadow.js';
export type { ExpiringReleaseView, Renewals, RenewReleases } from './renewals.js';
export { MOST_SIMULATED, type ReleaseSimulation, type SimulationQuery } from './simulation.js';
export type { ChangePassword, ChangeStaffRoles, CreateStaffAccount, StaffAccountView } from './staff-accounts.js';
export { SYSTEM_CHECKS, type SystemHealth, type SystemQueues } from './system.js';
export type { CreateSigningLink, SigningLinkMade, SigningLinkView } from './signing-links.js';
export type { AssignClinician, EndTreatment, TreatmentView } from './treatments.js';
export type { SubmitTreatmentReport } from './treatment-reports.js';
export { WEBHOOK_MESSAGES, type WebhookMessage } from './webhook-messages.js';
export type { ChangeWebhookEndpoint, WebhookDeliveryView, WebhookEndpointView, WebhookSecret } from './webhooks.js';
export { type SavedView, type SaveView, saveView } from './views.js';
export type {
  StaffName,
  WorklistCounts,
  WorklistItem,
  WorklistQuery,
  WorklistQueue,
  WorkNote,
  WorkState,
} from './worklist.js';
export * as words from './words.js';
