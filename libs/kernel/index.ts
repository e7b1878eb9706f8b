export { type Canonical, canonical } from './canonical.js';
export { unreachable } from './exhaustive.js';
export {
  type ApiKeyId,
  type Branded,
  type ClientId,
  type ClinicianId,
  type CoverageId,
  type DisclosureId,
  type DocumentId,
  type InboxCredentialId,
  type InboxItemId,
  type InsurerId,
  isUuid,
  type LaneId,
  type RouteId,
  parseId,
  type PracticeId,
  type ReleaseId,
  type ScanId,
  type SavedViewId,
  type SigningLinkId,
  type StaffId,
  type TransmissionId,
  type TreatmentId,
  type WebhookDeliveryId,
  type WebhookEndpointId,
  type WorkNoteId,
} from './ids.js';
export { type Issue, issue, warning } from './issue.js';
export { type Cents, centsOf, formatAmount, isCents, LARGEST_AMOUNT, sumOf } from './money.js';
export {
  addDays,
  ageOn,
  dateOfInstant,
  daysBetween,
  endOfDate,
  parsePlainDate,
  type PlainDate,
  plainDate,
  startOfDate,
} from './plain-date.js';
export type { Clock, IdSource } from './ports.js';
export { PRIVATE_SPACE } from './private-space.js';
export { failed, ok, type Result } from './result.js';
export { parseTimeZone, type TimeZone, UTC } from './time-zone.js';
