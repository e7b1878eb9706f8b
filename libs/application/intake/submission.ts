import type { DisclosureId, DocumentId, InsurerId, Issue } from '#libs/kernel';
import type { FormatId, Purpose } from '#libs/catalogue';
import type { DeliveryState } from '#libs/disclosure';
import type { SubmittedCorrection, DocumentContent } from '../ports/records.js';
import type { PracticeContext } from '../ports/store.js';

/** The header of a creating request, and a digest of what it asks for. */
export interface IdempotencyClaim {
  readonly principal: string;
  readonly route: string;
  readonly key: string;
  /** SHA-256, hex, of the canonical body. */
  readonly fingerprint: string;
  /** HTTP status to keep with the answer, and to repeat. */
  readonly status: number;
}

export interface Submission {
  readonly context: PracticeContext;
  readonly content: DocumentContent;
  /** Absent: the format that the insurer takes for this kind of document. */
  readonly format?: FormatId;
  /** What it takes the place of, once it has gone. */
  readonly correction?: SubmittedCorrection;
  readonly idempotency?: IdempotencyClaim;
}

/** What the submitter is told. It says nothing about the client. */
export interface Accepted {
  readonly document: DocumentId;
  readonly disclosure: DisclosureId;
  readonly insurer: InsurerId;
  readonly format: FormatId;
  readonly purpose: Purpose;
  readonly status: DeliveryState;
  readonly cause?: string;
  readonly curer?: string;
  readonly nextStep: string;
  readonly warnings: readonly Issue[];
}
