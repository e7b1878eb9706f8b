import { createHash } from 'node:crypto';
import { type Canonical, canonical } from '#libs/kernel';
import type { ReleaseDraft } from '../ports/records.js';

/** Digest of bytes about a client, hex, salted under the client's key: it says nothing to whoever does not have that. */
export const saltedDigest = (salt: Uint8Array, bytes: Uint8Array | string): string =>
  createHash('sha256').update(salt).update(bytes).digest('hex');

/** Drop what is absent: a draft that was read back is the draft that was written. */
const plain = (terms: ReleaseDraft): Canonical => JSON.parse(JSON.stringify(terms)) as Canonical;

/** What a draft says, as a digest: a paper or a link that was made for it is for no other. */
export const draftDigest = (salt: Uint8Array, terms: ReleaseDraft): string =>
  saltedDigest(salt, canonical(plain(terms)));
