export { type Action, ACTIONS, type Role, ROLES } from './actions.js';
export type { Choose } from './choices.js';
export type { ClientQuery, ClientView, CoverageView, RecordClient, RecordCoverage } from './clients.js';
export type { ChoiceMade, DisclosureDetail, DisclosureQuery, DisclosureSummary } from './disclosures.js';
export type { AmendDocument, Amended, DocumentView } from './documents.js';
export type { DisclosureRow, Explanation, Preview } from './explanations.js';
export type { Accepted, Validated } from './intake.js';
export type { SubmitInvoice } from './invoices.js';
export type { LedgerQuery, LedgerRowView, LedgerVerificationView } from './ledger.js';
export { openApiDocument } from './openapi.js';
export type { ClinicianView, InsurerView } from './practice.js';
export {
  isProblemCode,
  type IssueView,
  type Problem,
  problem,
  type ProblemCode,
  PROBLEMS,
  problemType,
} from './problems.js';
export { problemPage, problemsDocument } from './problems-document.js';
export type { CeilingView, ChooseReading, ReadingView } from './readings.js';
export type {
  DraftRelease,
  PresetView,
  RelateRelease,
  ReleaseHistory,
  ReleaseView,
  RevokeRelease,
  SignRelease,
} from './releases.js';
export type { RecordRestriction, RestrictionView } from './restrictions.js';
export type { RouteDefinition } from './route.js';
export { ROUTE_NAMES, type RouteInput, type RouteName, routeOf, type RouteOutput, ROUTES } from './routes.js';
export { DEFAULT_PAGE } from './scalars.js';
export type { ApiKeyView, SessionView, SignIn } from './session.js';
export type { AssignClinician, EndTreatment, TreatmentView } from './treatments.js';
export type { SubmitTreatmentReport } from './treatment-reports.js';
export { WEBHOOK_MESSAGES, type WebhookMessage } from './webhook-messages.js';
export type { ChangeWebhookEndpoint, WebhookDeliveryView, WebhookEndpointView, WebhookSecret } from './webhooks.js';
export * as words from './words.js';
