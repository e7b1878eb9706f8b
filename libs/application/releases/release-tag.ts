import type { ReleaseRecord } from '../ports/records.js';
import { draftDigest } from './draft-digest.js';

/** Changes whenever what a release says does, and when it is signed. Salted under the client's key. */
export const releaseTag = ({ status, terms }: ReleaseRecord, salt: Uint8Array): string =>
  `${status}-${draftDigest(salt, terms).slice(0, 32)}`;
