import { createHash } from 'node:crypto';
import { type Canonical, canonical } from '#libs/kernel';
import type { DocumentContent } from '../ports/records.js';

/** Changes whenever the content does. Salted under the client's key, so that it says nothing to whoever sees it in a header. */
export const documentTag = (content: DocumentContent, salt: Uint8Array): string => {
  const plain = JSON.parse(JSON.stringify(content)) as Canonical;
  return createHash('sha256')
    .update('sluice/document-tag/1\0')
    .update(salt)
    .update(canonical(plain))
    .digest('hex')
    .slice(0, 32);
};
