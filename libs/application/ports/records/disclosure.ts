import type { FormatId, Occurrence, Purpose } from '#libs/catalogue';
import type { ClaimFrequency, CorrectionKind, DeliveryState } from '#libs/disclosure';
import type { Cents, ClientId, DisclosureId, DocumentId, InsurerId, LaneId, PlainDate } from '#libs/kernel';
import type { Authority, Curer, Decision, DisclosureRequest } from '#libs/release';

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

export const NOTHING_CHOSEN: DisclosureOptions = { useMarkers: false, excludedLines: [] };

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

export interface SubmittedCorrection {
  readonly kind: CorrectionKind;
  readonly of: DisclosureId;
}

export interface Correction extends SubmittedCorrection {
  /** What it says to the insurer. A void that was refused and is sent again is a void, though its kind is `resubmission`. */
  readonly frequency: ClaimFrequency;
}

/** Whether it takes back what it corrects, the first time or again. */
export const isVoid = ({ correction }: Pick<DisclosureRecord, 'correction'>): boolean => correction?.frequency === '8';

/** A decision as it was taken, with its value-free inputs: enough to take it again years later. */
export interface StoredDecision {
  readonly id: string;
  readonly disclosure: DisclosureId;
  readonly takenAt: number;
  readonly request: DisclosureRequest;
  readonly authority: Authority;
  readonly decision: Decision;
  /** Of the client whom it was about. */
  readonly clientRevision: number;
}
