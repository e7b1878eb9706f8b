import { CipherError } from '#libs/application';

const LENGTH = 4;
const STEP = 256;

/** Length (four bytes, big-endian) ‖ bytes ‖ zeros up to a multiple of 256: the size of a blob does not tell whether a short field is filled in. */
export const pad = (plain: Uint8Array): Uint8Array => {
  const padded = Buffer.alloc(Math.ceil((LENGTH + plain.length) / STEP) * STEP);
  padded.writeUInt32BE(plain.length, 0);
  padded.set(plain, LENGTH);
  return padded;
};

export const unpad = (padded: Uint8Array): Uint8Array => {
  if (padded.length < LENGTH) throw new CipherError();
  const length = new DataView(padded.buffer, padded.byteOffset, padded.byteLength).getUint32(0);
  if (length > padded.length - LENGTH) throw new CipherError();
  return padded.subarray(LENGTH, LENGTH + length);
};
