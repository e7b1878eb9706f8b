import { createHmac, hash } from 'node:crypto';

/** Control numbers have nine digits and are never zero (X12 I12, DE 28). */
const LARGEST = 999_999_999;
const HALF_BITS = 15;
const HALF_MASK = (1 << HALF_BITS) - 1;
const ROUNDS = 10;

interface Tweak {
  readonly key: Uint8Array;
  readonly pair: string;
}

/** Key of the pair (32 bytes), round, half (2): of fixed length, so that a plain hash of it is a keyed one. */
const roundOf = (block: Buffer, round: number, half: number): number => {
  block.writeUInt8(round, 32);
  block.writeUInt16BE(half, 33);
  return hash('sha256', block, 'buffer').readUInt16BE(0) & HALF_MASK;
};

/** A balanced Feistel network over thirty bits, a bijection whatever the round function is. */
const permute = (block: Buffer, value: number): number => {
  let left = value >>> HALF_BITS;
  let right = value & HALF_MASK;
  for (let round = 0; round < ROUNDS; round += 1) [left, right] = [right, left ^ roundOf(block, round, right)];
  return left * 2 ** HALF_BITS + right;
};

/**
 * The counter's place in a keyed permutation of 1…999999999, another one for each sender and receiver pair. Thirty bits
 * are a little more than nine digits: what falls outside is permuted again (cycle walking), which stays a bijection.
 */
export const controlNumberOf = (tweak: Tweak, counter: number): number => {
  if (!Number.isSafeInteger(counter) || counter < 1 || counter > LARGEST)
    throw new RangeError('the counter has run out of control numbers');
  const block = Buffer.alloc(35);
  createHmac('sha256', tweak.key).update(tweak.pair).digest().copy(block);
  let value = counter - 1;
  do value = permute(block, value);
  while (value >= LARGEST);
  return value + 1;
};
