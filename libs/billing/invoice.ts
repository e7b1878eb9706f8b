import type { Occurrence } from '#libs/catalogue';
import type { Cents, ClientId, ClinicianId, CoverageId, PlainDate } from '#libs/kernel';
import type { PriorPayer } from './prior-payer.js';

/** One diagnosis of a document. The first of a list is the primary one. */
export interface Diagnosis {
  /** `D1`, `D2`, …: stable within its document. */
  readonly id: Occurrence;
  /** ICD-10-CM without the dot. */
  readonly code: string;
}

export const SESSION_CHARACTERS = ['individual', 'group', 'couple', 'family'] as const;

export type SessionCharacter = (typeof SESSION_CHARACTERS)[number];

/** One service on one day. */
export interface ServiceLine {
  /** `L1`, `L2`, …: stable within its document. */
  readonly id: Occurrence;
  readonly date: PlainDate;
  /** CPT or HCPCS code. */
  readonly procedure: string;
  readonly modifiers: readonly string[];
  readonly units: number;
  /** For all units together. */
  readonly charge: Cents;
  /** The diagnoses that the service was for. */
  readonly pointers: readonly Occurrence[];
  readonly character?: SessionCharacter;
}

export const CURRENCIES = ['USD', 'CAD'] as const;

export type Currency = (typeof CURRENCIES)[number];

/** What a practice bills for one client under one coverage. */
export interface Invoice {
  readonly number: string;
  readonly issuedOn: PlainDate;
  readonly client: ClientId;
  readonly coverage: CoverageId;
  readonly clinician: ClinicianId;
  /** Two digits of the CMS place-of-service list. */
  readonly placeOfService: string;
  readonly diagnoses: readonly Diagnosis[];
  readonly lines: readonly ServiceLine[];
  readonly total: Cents;
  readonly paidByClient?: Cents;
  /** `AA` auto accident, `EM` employment, `OA` other accident. */
  readonly relatedCause?: string;
  readonly authorizationNumber?: string;
  readonly note?: string;
  /** Another insurer of the client had these services first; this invoice is for the one that comes after it. */
  readonly priorPayer?: PriorPayer;
  readonly currency: Currency;
}
