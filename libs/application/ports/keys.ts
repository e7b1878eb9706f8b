import type { ClientId, PracticeId } from '#libs/kernel';

/** A client's data key under the key-encryption key. Destroying every copy of it forgets the client. */
export interface WrappedKey {
  readonly kek: string;
  readonly wrapped: Uint8Array;
}

/** What a blob belongs to; bound to it as additional data, so that no blob can be moved to another row or client. */
export interface BlobPlace {
  readonly practice: PracticeId;
  readonly client: ClientId | 'practice';
  /** Access class: who may ever see it. */
  readonly class:
    'identity' | 'coverage' | 'billing' | 'clinical' | 'release' | 'decision' | 'sealed' | 'answer' | 'secret';
  readonly row: string;
}

/** One client's data key, unwrapped. AES-256-GCM; a blob is version ‖ nonce ‖ ciphertext ‖ tag. */
export interface DataKey {
  encrypt(plain: Uint8Array, place: BlobPlace): Uint8Array;
  /** Throws `CipherError` when the blob was changed or moved. */
  decrypt(blob: Uint8Array, place: BlobPlace): Uint8Array;
  /** 32 bytes that only this client has, for content digests. */
  readonly digestSalt: Uint8Array;
}

/** Keys behind a small KMS port. Synchronous: the key-encryption key is in memory, data keys are cached for a short time. */
export interface Keys {
  newDataKey(): WrappedKey;
  unwrap(key: WrappedKey): DataKey;
  /** The key-encryption key under which data keys are wrapped now. */
  readonly current: string;
  /** The same data key under the current key-encryption key; all that is encrypted with it stays as it is. */
  rewrap(key: WrappedKey): WrappedKey;
  /** The practice's own key, for secrets that belong to no client. */
  practiceKey(practice: PracticeId): DataKey;
  /** Keyed blind index, hex: equal values have equal indexes within a practice and purpose, and say nothing else. */
  blindIndex(practice: PracticeId, purpose: string, value: string): string;
  /** A keyed permutation of the nine-digit numbers 1…999999999: a counter becomes a number that says nothing. */
  controlNumber(pair: string, counter: number): number;
  /** Signs as this installation: Ed25519 (RFC 8032), 64 bytes. The caller names in the message what it is for. */
  sign(message: Uint8Array): Uint8Array;
  /** The public half of the signing key: SubjectPublicKeyInfo, DER (RFC 8410). Anybody may have it. */
  readonly signingKey: Uint8Array;
}

export class CipherError extends Error {
  override readonly name = 'CipherError';
  readonly code = 'cipher_failed';
}
