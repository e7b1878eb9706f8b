import type { BlobPlace, DataKey } from '#libs/application';
import { canonical } from '#libs/kernel';
import { openBytes, sealBytes } from './aead.js';
import { deriveKey } from './derive.js';
import { pad, unpad } from './padding.js';

/** The place is bound to the bytes as additional data: a blob moved to another row, class, client or practice does not open. */
const boundTo = (place: BlobPlace): string =>
  canonical({
    domain: 'sluice/blob/1',
    practice: place.practice,
    client: place.client,
    class: place.class,
    row: place.row,
  });

/** A data key in memory. Blobs and digests have keys of their own under it. */
export const dataKeyOf = (secret: Uint8Array): DataKey => {
  const blobs = deriveKey(secret, 'blob');
  return {
    digestSalt: deriveKey(secret, 'content-digest'),
    encrypt: (plain, place) => sealBytes(blobs, pad(plain), boundTo(place)),
    decrypt: (blob, place) => unpad(openBytes(blobs, blob, boundTo(place))),
  };
};
