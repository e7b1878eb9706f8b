import { createPublicKey, verify } from 'node:crypto';
import type { LedgerCheckpoint } from '#libs/application';
import type { PracticeId } from '#libs/kernel';

/** Ends in a zero byte, so that no longer name can begin with it; nothing else that the installation signs begins so. */
const DOMAIN = Buffer.from('sluice.ledger.checkpoint.v1\0', 'utf8');

/** What is signed: domain ‖ practice (16) ‖ height (8) ‖ hash of the block (32) ‖ instant in milliseconds (8), big-endian. */
export const checkpointMessage = (checkpoint: Omit<LedgerCheckpoint, 'signature'>): Uint8Array => {
  const numbers = Buffer.alloc(16);
  numbers.writeBigInt64BE(BigInt(checkpoint.height), 0);
  numbers.writeBigInt64BE(BigInt(checkpoint.at), 8);
  return Buffer.concat([
    DOMAIN,
    Buffer.from(checkpoint.practice.replaceAll('-', ''), 'hex'),
    numbers.subarray(0, 8),
    Buffer.from(checkpoint.hash, 'hex'),
    numbers.subarray(8),
  ]);
};

/** What must hold of a checkpoint before it proves anything of this practice. `signingKey`: public half, DER. */
export const isSigned = (
  checkpoint: LedgerCheckpoint,
  by: { readonly practice: PracticeId; readonly signingKey: Uint8Array },
): boolean => {
  if (checkpoint.practice !== by.practice) return false;
  try {
    const key = createPublicKey({ key: Buffer.from(by.signingKey), format: 'der', type: 'spki' });
    const signature = Buffer.from(checkpoint.signature, 'base64');
    return key.asymmetricKeyType === 'ed25519' && verify(null, checkpointMessage(checkpoint), key, signature);
  } catch {
    return false;
  }
};
