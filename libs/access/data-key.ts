import type { BlobPlace, DataKey } from '#libs/application';
import { openBytes, sealBytes } from './aead.js';
import { deriveKey } from './derive.js';
import { pad, unpad } from './padding.js';

/** The place is bound to the bytes as additional data: a blob moved to another row, class, client or practice does not open. */
export const boundTo = ({ practice, client, class: of, row }: BlobPlace): string =>
  `{"class":${textOf(of)},"client":${textOf(client)},"domain":"sluice/blob/1","practice":${textOf(practice)},"row":${textOf(row)}}`;

/** As `canonical` writes it, whose members are always these and need not be sorted for every blob. */
const textOf = (text: string): string => JSON.stringify(text.normalize('NFC'));

/** A data key in memory. Blobs and digests have keys of their own under it. */
export const dataKeyOf = (secret: Uint8Array): DataKey => {
  const blobs = deriveKey(secret, 'blob');
  return {
    digestSalt: deriveKey(secret, 'content-digest'),
    encrypt: (plain, place) => sealBytes(blobs, pad(plain), boundTo(place)),
    decrypt: (blob, place) => unpad(openBytes(blobs, blob, boundTo(place))),
  };
};
