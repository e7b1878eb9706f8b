import type { ClientId, ScanId, SigningLinkId } from '#libs/kernel';
import type { SignedRelease } from '#libs/release';

export const SCAN_TYPES = ['application/pdf', 'image/png', 'image/jpeg'] as const;

/** The picture of a signed paper. It counts once somebody else than who attached it has looked at it. */
export interface ScanRecord {
  readonly id: ScanId;
  readonly release: SignedRelease['id'];
  readonly client: ClientId;
  readonly mediaType: (typeof SCAN_TYPES)[number];
  /** In bytes. */
  readonly size: number;
  /** Of the draft of which it is a picture. */
  readonly draftDigest: string;
  readonly attachedBy: string;
  readonly attachedAt: number;
  readonly checked?: { readonly outcome: 'accepted' | 'refused'; readonly by: string; readonly at: number };
}

/** What only the client and the practice know: asked before a word of the release is shown. */
export type SignerFactor = { readonly kind: 'birth-date' } | { readonly kind: 'code'; readonly code: string };

/** Leave to sign one draft, once, for whoever holds the link and knows the factor. Of the link only its digest is kept. */
export interface SigningLinkRecord {
  readonly id: SigningLinkId;
  readonly release: SignedRelease['id'];
  readonly client: ClientId;
  readonly draftDigest: string;
  readonly language: 'en' | 'es';
  readonly createdBy: string;
  readonly createdAt: number;
  readonly expiresAt: number;
  /** Stored encrypted, with the relation. */
  readonly factor: SignerFactor;
  readonly relation?: { readonly kind: 'adds_to' | 'supersedes'; readonly older: string };
  /** Wrong answers so far. */
  readonly tries: number;
  readonly session?: { readonly digest: string; readonly until: number; readonly identified: boolean };
  readonly ended?: { readonly because: SigningLinkEnd; readonly at: number };
}

export type SigningLinkEnd = 'used' | 'tries' | 'withdrawn' | 'replaced';
