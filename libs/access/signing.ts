import { createPrivateKey, createPublicKey, type KeyObject, sign } from 'node:crypto';

/** PKCS #8 of an Ed25519 private key (RFC 8410 §7), all but the 32 bytes of its seed. */
const HEAD = Buffer.from('302e020100300506032b657004220420', 'hex');

const privateKey = (seed: Uint8Array): KeyObject =>
  createPrivateKey({ key: Buffer.concat([HEAD, seed]), format: 'der', type: 'pkcs8' });

/** Ed25519 (RFC 8032): 64 bytes, the same for the same message. */
export const signatureOf = (seed: Uint8Array, message: Uint8Array): Uint8Array => sign(null, message, privateKey(seed));

/** The public half: SubjectPublicKeyInfo, DER (RFC 8410 §4). */
export const signingKeyOf = (seed: Uint8Array): Uint8Array =>
  createPublicKey(privateKey(seed)).export({ format: 'der', type: 'spki' });
