import { createCipheriv, createDecipheriv, randomFillSync } from 'node:crypto';
import { CipherError } from '#libs/application';

const VERSION = 1;
const NONCE = 12;
const TAG = 16;
const HEAD = 1 + NONCE;

/** Random bytes fetched for many nonces at once; each is given out one time and overwritten with the next fetch. */
const ahead = Buffer.alloc(NONCE * 256);
let used = ahead.length;

const takeNonce = (into: Buffer): void => {
  if (used === ahead.length) {
    randomFillSync(ahead);
    used = 0;
  }
  ahead.copy(into, 1, used, used + NONCE);
  used += NONCE;
};

/** AES-256-GCM (NIST SP 800-38D) with a random 96-bit nonce. What comes out is version (one byte, 1) ‖ nonce ‖ ciphertext ‖ tag. */
export const sealBytes = (key: Uint8Array, plain: Uint8Array, bound: string): Uint8Array => {
  const head = Buffer.alloc(HEAD);
  head[0] = VERSION;
  takeNonce(head);
  const cipher = createCipheriv('aes-256-gcm', key, head.subarray(1));
  cipher.setAAD(Buffer.from(bound, 'utf8'));
  const text = cipher.update(plain);
  // GCM is a stream: nothing is left for the end but the tag.
  cipher.final();
  return Buffer.concat([head, text, cipher.getAuthTag()]);
};

/** Throws `CipherError` when the bytes were changed, are bound to something else, or are under another key or version. */
export const openBytes = (key: Uint8Array, sealed: Uint8Array, bound: string): Uint8Array => {
  if (sealed.length < HEAD + TAG || sealed[0] !== VERSION) throw new CipherError();
  const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(1, HEAD), { authTagLength: TAG });
  decipher.setAAD(Buffer.from(bound, 'utf8'));
  decipher.setAuthTag(sealed.subarray(sealed.length - TAG));
  try {
    const plain = decipher.update(sealed.subarray(HEAD, sealed.length - TAG));
    decipher.final();
    return plain;
  } catch {
    throw new CipherError();
  }
};
