import type { ClientIdentity, CoverageTerms } from '#libs/billing';
import type { ClientId, ClinicianId, CoverageId, InsurerId, PlainDate, TreatmentId } from '#libs/kernel';
import type { Funding } from '#libs/release';

export interface ClientRecord {
  readonly id: ClientId;
  /** Opaque code that staff without the name see. */
  readonly code: string;
  readonly identity: ClientIdentity;
  /** Counts what was recorded of who the client is: 1 with the client, one more with every change. */
  readonly revision: number;
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
