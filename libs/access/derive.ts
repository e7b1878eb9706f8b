import { hkdfSync } from 'node:crypto';
import { canonical } from '#libs/kernel';

/** A 32-byte key of its own for each use (HKDF-SHA256, RFC 5869): knowing one says nothing of another. */
export const deriveKey = (secret: Uint8Array, use: string, ...of: readonly string[]): Uint8Array =>
  new Uint8Array(hkdfSync('sha256', secret, Buffer.alloc(0), canonical(['sluice/1', use, ...of]), 32));
