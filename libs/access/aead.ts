import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { CipherError } from '#libs/application';

const VERSION = 1;
const NONCE = 12;
const TAG = 16;
const HEAD = 1 + NONCE;

/** AES-256-GCM (NIST SP 800-38D) with a random 96-bit nonce. What comes out is version (one byte, 1) ‖ nonce ‖ ciphertext ‖ tag. */
export const sealBytes = (key: Uint8Array, plain: Uint8Array, bound: string): Uint8Array => {
  const nonce = randomBytes(NONCE);
  const cipher = createCipheriv('aes-256-gcm', key, nonce);
  cipher.setAAD(Buffer.from(bound, 'utf8'));
  return Buffer.concat([Buffer.of(VERSION), nonce, cipher.update(plain), cipher.final(), cipher.getAuthTag()]);
};

/** Throws `CipherError` when the bytes were changed, are bound to something else, or are under another key or version. */
export const openBytes = (key: Uint8Array, sealed: Uint8Array, bound: string): Uint8Array => {
  if (sealed.length < HEAD + TAG || sealed[0] !== VERSION) throw new CipherError();
  const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(1, HEAD), { authTagLength: TAG });
  decipher.setAAD(Buffer.from(bound, 'utf8'));
  decipher.setAuthTag(sealed.subarray(sealed.length - TAG));
  try {
    return Buffer.concat([decipher.update(sealed.subarray(HEAD, sealed.length - TAG)), decipher.final()]);
  } catch {
    throw new CipherError();
  }
};
