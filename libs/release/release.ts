import type { FieldId, Purpose } from '#libs/catalogue';
import type { ClientId, PlainDate, PracticeId, ReleaseId } from '#libs/kernel';

export const RECIPIENT_CLASSES = ['insurer', 'physician', 'naturopath', 'lawyer', 'agency', 'client'] as const;

export type RecipientClass = (typeof RECIPIENT_CLASSES)[number];

/** A named party, or a class of recipients (45 CFR 164.508(c)(1)(iii)). */
export type Recipient =
  | { readonly kind: 'party'; readonly id: string; readonly class: RecipientClass }
  | { readonly kind: 'class'; readonly class: RecipientClass };

export type SignerRole = 'client' | 'parent' | 'guardian' | 'representative';

export interface Signature {
  readonly role: SignerRole;
  readonly signedOn: PlainDate;
  /** For anybody but the client: authority described and on file (164.508(c)(1)(vi)). */
  readonly authorityDocumented: boolean;
  readonly witnessed: boolean;
}

/** Statements that a valid release makes (164.508(c)(2); 42 CFR 2.31 for part 2). */
export type Statement = 'revocation' | 'conditioning' | 'redisclosure' | 'part2' | 'inspection';

/** The terms of a signed release, without a single value about the client. Immutable: a change is a new revision. */
export interface SignedRelease {
  readonly id: ReleaseId;
  readonly revision: number;
  readonly client: ClientId;
  readonly discloser: PracticeId;
  readonly recipient: Recipient;
  readonly purposes: readonly Purpose[];
  /** Catalogue ids, expanded at signing under `catalogueVersion`. */
  readonly grants: readonly FieldId[];
  readonly catalogueVersion: number;
  /** Sessions that it covers; absent means from the first, or to the last. */
  readonly serviceFrom?: PlainDate;
  readonly serviceTo?: PlainDate;
  /** First day on which it may be used, in the discloser’s time zone. */
  readonly validFrom: PlainDate;
  /** Last day on which it may be used. */
  readonly validUntil?: PlainDate;
  /** An event that ends it, with the instant at which it happened, if it has. */
  readonly expiryEvent?: { readonly code: string; readonly occurredAt?: number };
  /** Instant of the last signature, in milliseconds. */
  readonly signedAt: number;
  readonly signatures: readonly Signature[];
  readonly statements: readonly Statement[];
  /** The client asked to release “any and all information”. */
  readonly blanket: boolean;
  readonly jurisdiction: string;
  /** What the signer rules of a jurisdiction look at. */
  readonly signerFacts: { readonly ageAtSigning: number; readonly parentConsentedToTreatment: boolean | 'unknown' };
  /** When it was found to rest on something false (164.508(b)(2)(v)). */
  readonly knownFalseAt?: number;
}

/** Revocation takes effect when the practice receives it, not when somebody types it in. */
export interface Revocation {
  readonly release: ReleaseId;
  readonly receivedAt: number;
  readonly recordedAt: number;
  readonly channel: 'in-person' | 'letter' | 'fax' | 'portal' | 'other';
}

/** What a person recorded about two releases: the newer one replaces the older, or only adds to it. */
export interface ReleaseRelation {
  readonly kind: 'adds_to' | 'supersedes';
  readonly newer: ReleaseId;
  readonly older: ReleaseId;
  readonly recordedAt: number;
}

interface RestrictionBase {
  readonly id: string;
  readonly revision: number;
  /** Absent: against every recipient. */
  readonly recipient?: string;
}

/** A narrowing by the client or the clinician. It never widens anything. */
export type Restriction =
  /** Paid in full by the client, who asked that the plan be told nothing of these services (164.522(a)(1)(vi)). */
  | (RestrictionBase & { readonly kind: 'paid-in-full'; readonly serviceDates: readonly PlainDate[] })
  /** The clinician sends less than the release allows (DC 7-1202.06). */
  | (RestrictionBase & { readonly kind: 'clinician-limit'; readonly fields: readonly FieldId[] })
  | (RestrictionBase & { readonly kind: 'client-restriction'; readonly fields: readonly FieldId[] })
  /** Nothing may reach the policy holder (164.522(b)). */
  | (RestrictionBase & { readonly kind: 'confidential-communication' });

/** All that says what may be told about one client, as read under one epoch. */
export interface Authority {
  readonly client: ClientId;
  readonly epoch: number;
  readonly releases: readonly SignedRelease[];
  readonly revocations: readonly Revocation[];
  readonly relations: readonly ReleaseRelation[];
  readonly restrictions: readonly Restriction[];
}
