import type { AccountingUseCases } from './use-cases/accounting.js';
import type { ActorUseCases } from './use-cases/actor.js';
import type { BulkActionUseCases } from './use-cases/bulk-actions.js';
import type { ClientUseCases } from './use-cases/clients.js';
import type { ComparisonUseCases } from './use-cases/comparison.js';
import type { CorrectionUseCases } from './use-cases/corrections.js';
import type { DisclosureUseCases } from './use-cases/disclosures.js';
import type { DocumentUseCases } from './use-cases/documents.js';
import type { ImportUseCases } from './use-cases/imports.js';
import type { InboxUseCases } from './use-cases/inbox.js';
import type { InsightUseCases } from './use-cases/insight.js';
import type { InsurerUseCases } from './use-cases/insurers.js';
import type { IntakeUseCases } from './use-cases/intake.js';
import type { PracticeUseCases } from './use-cases/practice.js';
import type { ReleaseUseCases } from './use-cases/releases.js';
import type { RenewalUseCases } from './use-cases/renewals.js';
import type { RouteUseCases } from './use-cases/routes.js';
import type { ScanUseCases } from './use-cases/scans.js';
import type { ShadowUseCases } from './use-cases/shadow.js';
import type { SigningUseCases } from './use-cases/signing.js';
import type { SimulationUseCases } from './use-cases/simulation.js';
import type { StaffUseCases } from './use-cases/staff.js';
import type { SystemUseCases } from './use-cases/system.js';
import type { TreatmentUseCases } from './use-cases/treatments.js';
import type { ViewUseCases } from './use-cases/views.js';
import type { WebhookUseCases } from './use-cases/webhooks.js';
import type { WorklistUseCases } from './use-cases/worklist.js';

/**
 * What the HTTP gateway needs of the application. Every failure is an issue with a stable code and a path; problem-status.ts
 * says which HTTP status a code has, and any other code is 422 `refused`. The codes with a meaning of their own here:
 * `not_found`, `forbidden`, `attestation_required`, `state_conflict`, `duplicate`, `precondition_failed`, `idempotency_key_reused`,
 * `idempotency_in_progress`, `unavailable`.
 */
export interface UseCases
  extends
    IntakeUseCases,
    DocumentUseCases,
    DisclosureUseCases,
    CorrectionUseCases,
    BulkActionUseCases,
    WorklistUseCases,
    ViewUseCases,
    ClientUseCases,
    TreatmentUseCases,
    ReleaseUseCases,
    ScanUseCases,
    SigningUseCases,
    RenewalUseCases,
    ImportUseCases,
    ShadowUseCases,
    PracticeUseCases,
    InsurerUseCases,
    RouteUseCases,
    WebhookUseCases,
    InboxUseCases,
    ActorUseCases,
    SimulationUseCases,
    InsightUseCases,
    ComparisonUseCases,
    AccountingUseCases,
    SystemUseCases,
    StaffUseCases {}
