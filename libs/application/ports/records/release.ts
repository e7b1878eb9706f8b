import type { Purpose } from '#libs/catalogue';
import type { ClientId, PlainDate, SigningLinkId } from '#libs/kernel';
import type { SignedRelease } from '#libs/release';

/** A release as paper: a draft until it is signed, and what the client reads. Terms and words are stored encrypted. */
export interface ReleaseRecord {
  readonly id: SignedRelease['id'];
  readonly client: ClientId;
  readonly status: 'draft' | 'signed';
  /** For a draft the terms are what has been filled in so far. */
  readonly terms: ReleaseDraft;
  readonly signed?: SignedRelease;
  readonly evidence?: {
    readonly kind: 'typed' | 'drawn' | 'scan' | 'fax';
    readonly digest: string;
    /** The picture of a drawn signature is stored beside it. */
    readonly kept?: boolean;
    /** Of a signature from afar: what was typed, and which text had been read. */
    readonly typed?: {
      readonly name: string;
      readonly at: number;
      readonly language: 'en' | 'es';
      readonly textDigest: string;
      readonly link: SigningLinkId;
    };
  };
  readonly createdAt: number;
}

/** What a draft says before it is signed. Patterns such as `session.*` and presets are expanded at signing. */
export interface ReleaseDraft {
  readonly recipient?: SignedRelease['recipient'];
  readonly purposes: readonly Purpose[];
  readonly grants: readonly string[];
  readonly preset?: string;
  readonly serviceFrom?: PlainDate;
  readonly serviceTo?: PlainDate;
  readonly validFrom?: PlainDate;
  readonly validUntil?: PlainDate;
  readonly expiryEvent?: string;
  readonly statements: SignedRelease['statements'];
  readonly blanket: boolean;
  readonly jurisdiction?: string;
  readonly parentConsentedToTreatment: boolean | 'unknown';
}
