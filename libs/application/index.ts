export { accountForClientIn, type AccountedDisclosure } from './accounting/account-for-client.js';
export { type AnswerLane, answerLanes, collectAnswers, collectLane } from './answers/collect-answers.js';
export { amendClientIn } from './clients/amend-client.js';
export { addClient, addClientIn, type NewClient } from './clients/clients.js';
export { addCoverage, addCoverageIn, type NewCoverage } from './clients/coverages.js';
export { forgetClient } from './clients/forget-client.js';
export { inReach, isInReach, treatingIn } from './clients/reach.js';
export type { ClientReach } from './ports/client-reach.js';
export { assignClinician, assignClinicianIn, type Assignment, endTreatmentIn } from './clients/treatments.js';
export { compareDisclosureIn, type ComparedRow, type ComparedSide } from './comparison/compare-disclosures.js';
export { correctionIn } from './corrections/submitted-corrections.js';
export { dispatchHint, type DispatchReport } from './dispatch/dispatch-hint.js';
export { giveBack } from './dispatch/give-back.js';
export { sendTestClaim, type SentTestClaim } from './dispatch/send-test-claim.js';
export { NumberReserve } from './dispatch/numbers.js';
export { type Permit } from './dispatch/permit.js';
export { reconsiderAll, sweep, type Swept } from './dispatch/sweep.js';
export type { DecisionBasis } from './explain/decision-basis.js';
export type { DisclosureView, ExplainedReason, ToPractice, ViewGap, ViewRow } from './explain/disclosure-view.js';
export { documentTag } from './explain/document-tag.js';
export {
  type DisclosureExplanation,
  type DisclosureSummary,
  explainDisclosure,
  explainDisclosureIn,
  listDisclosures,
} from './explain/explain-disclosure.js';
export { ledgerEvents } from './explain/ledger-events.js';
export { type DisclosureOverview, overviewsOf } from './explain/overview.js';
export { preview, previewIn, type Preview } from './explain/preview.js';
export { type SentBytes, sentBytesIn } from './explain/sent-bytes.js';
export { beginExportIn, exportLines } from './export/export-disclosures.js';
export { amendDocumentIn } from './holds/amend-document.js';
export { type Choice, type ChoiceMade, makeChoice, makeChoiceIn } from './holds/choices.js';
export { allOrNothing, once, type OnceWork, type Receipt } from './idempotency/once.js';
export { importFile } from './import/import-file.js';
export { importOnce, type OpenClaim } from './import/import-once.js';
export { answerItemIn, type ItemAnswer } from './inbox/answer-item.js';
export { decideReportIn } from './inbox/decide-report.js';
export { fetchItem, isPulling, type Visit } from './inbox/fetch-item.js';
export { receiveAnswer } from './inbox/receive-answer.js';
export { askingIn } from './insight/asking.js';
export { dashboardIn, type DashboardView } from './insight/dashboard.js';
export { Intakes } from './intake/coalesce.js';
export type { Intake } from './intake/kept-answers.js';
export type { Accepted, IdempotencyClaim, Submission } from './intake/submission.js';
export { type ValidSubmission, validateSubmissionsIn } from './intake/validate-submission.js';
export { countStaleKeys, retireKeys, rewrapKeys } from './keys/rewrap-keys.js';
export { type VerifiedRange, verifyRangeIn } from './ledger/verify-range.js';
export { checkpointWhenDue } from './ledger/checkpoint-when-due.js';
export type {
  InboxConnection,
  InsurerConnection,
  MutualTlsConnection,
  OAuthConnection,
  SftpConnection,
  WebConnection,
  WebService,
} from './ports/connection.js';
export type { CheckedStep, CheckStep, ConnectionChecker } from './ports/connection-check.js';
export type { Credential, Directory, NewCredential } from './ports/directory.js';
export type { InsightDay, InsightRepository, InsightScope, InsightTotals } from './ports/insight.js';
export { type BlobPlace, CipherError, type DataKey, type Keys, type WrappedKey } from './ports/keys.js';
export {
  type LedgerBlock,
  type LedgerBreak,
  type LedgerCheckpoint,
  type LedgerEntry,
  type LedgerKind,
  type LedgerPlace,
  type LedgerRow,
  type LedgerVerification,
  type LedgerVerifying,
} from './ports/ledger.js';
export type { LaneHealth, LanePolicy } from './ports/lane-policy.js';
export type { DispatchHint, HintQueue, Outbox, OutboxRow } from './ports/queue.js';
export * from './ports/records.js';
export type { JournalEntry, SendJournal } from './ports/send-journal.js';
export type { PermittingServices, PullServices, SendingServices, Services } from './ports/services.js';
export type * from './ports/store.js';
export type { StaffAccount, StaffAccountRepository } from './ports/staff.js';
export type { FailedAttempt, Heartbeat, QueueCount, SystemRepository } from './ports/system.js';
export type { Log, Metrics } from './ports/telemetry.js';
export type {
  IncomingAnswer,
  ProbeOutcome,
  Pull,
  PullTransport,
  SendFailure,
  SendOutcome,
  Transport,
} from './ports/transport.js';
export type { WebhookAddressCheck, WebhookAttempt, WebhookOutcome, WebhookSender } from './ports/webhook-sender.js';
export { revokeApiKeyIn } from './practice/api-keys.js';
export { checkConnection, type CheckedConnection } from './practice/check-connection.js';
export { changeConnectionIn, clearLaneIn } from './practice/insurer-connection.js';
export { effectOfReadingIn, effectOfRevocationIn, type ReadingEffect } from './practice/reading-effect.js';
export { chooseReading, chooseReadingIn, revokeReadingIn } from './practice/readings.js';
export { setTimeZoneIn } from './practice/time-zone.js';
export { giveReceiptIn, type GivenReceipt, type ReceiptMediaType } from './receipts/give-receipt.js';
export { attachScanIn, type NewScan } from './releases/attach-scan.js';
export {
  type NewRestriction,
  relateReleases,
  relateReleasesIn,
  restrict,
  restrictIn,
  revokeRelease,
  revokeReleaseIn,
} from './releases/change-authority.js';
export { checkScanIn, type ScanVerdict } from './releases/check-scan.js';
export { endReleaseIn, type ReleaseEnd } from './releases/end-release.js';
export { draftRelease, draftReleaseIn, reviseDraftIn } from './releases/draft-release.js';
export {
  countCurers,
  countInsurers,
  countVerdicts,
  gatherGaps,
  type ShadowGap,
  type ShadowVerdict,
  shadowRunIn,
} from './shadow/shadow-run.js';
export {
  type SimulatedDocument,
  type SimulatedStanding,
  simulateReleaseIn,
  type Simulation,
} from './simulation/simulate-release.js';
export { expiringReleasesIn, remindWhenDue } from './releases/reminders.js';
export { renewReleaseIn } from './releases/renew-release.js';
export { createSigningLinkIn, type NewSigningLink } from './signing-links/create-signing-link.js';
export { endLinksIn } from './signing-links/end-signing-links.js';
export {
  readSigningIn,
  releaseCopyIn,
  releaseTextIn,
  signByLinkIn,
  type SigningByLink,
  type SigningView,
  signedCopyIn,
} from './signing-links/sign-by-link.js';
export { beginVisitIn, identifySignerIn, linkActor } from './signing-links/visit.js';
export { releaseStanding, type ReleaseStanding, releaseStandings } from './releases/release-standing.js';
export { releaseTag } from './releases/release-tag.js';
export { type SignedAndResumed, type Signing, signRelease, signReleaseIn } from './releases/sign-release.js';
export { recordRouteIn } from './routes/record-route.js';
export { type Notice, type Preset, type RuleBook } from './rules/rule-book.js';
export {
  hasForgotten,
  parkEverything,
  type Quarantine,
  quarantineOf,
  reconcileRestore,
  type Reconciled,
} from './restore/quarantine.js';
export {
  addAccountIn,
  changeOwnPasswordIn,
  changeRolesIn,
  disableAccountIn,
  enableAccountIn,
  resetPasswordIn,
} from './staff/staff-accounts.js';
export { type HealthCheck, healthIn } from './system/health.js';
export { beat } from './system/heartbeat.js';
export { changeViewIn, createViewIn, deleteViewIn, viewIn, viewsOf } from './views/saved-views.js';
export { announceExpiring } from './webhooks/announce-expiring.js';
export { deliverWebhooks, type WebhookServices } from './webhooks/deliver-webhooks.js';
export {
  changeEndpointIn,
  redeliverIn,
  registerEndpointIn,
  removeEndpointIn,
  rotateSecretIn,
  testEndpointIn,
} from './webhooks/endpoints.js';
export { type Happened, messagesOf } from './webhooks/messages.js';
export { countExpiringIn, type ExpiringWork, expiringWorkIn } from './worklist/expiring-work.js';
export { assignWorkIn, notesIn, readWorkIn, snoozeWorkIn, type WorkRequest, writeNoteIn } from './worklist/work.js';
