import { createHmac } from 'node:crypto';

/** Control numbers have nine digits and are never zero (X12 I12, DE 28). */
const LARGEST = 999_999_999;
const HALF_BITS = 15;
const HALF_MASK = (1 << HALF_BITS) - 1;
const ROUNDS = 10;

interface Tweak {
  readonly key: Uint8Array;
  readonly pair: string;
}

const roundOf = ({ key, pair }: Tweak, round: number, half: number): number =>
  createHmac('sha256', key).update(`${round}:${half}:${pair}`).digest().readUInt16BE(0) & HALF_MASK;

/** A balanced Feistel network over thirty bits, a bijection whatever the round function is. */
const permute = (tweak: Tweak, value: number): number => {
  let left = value >>> HALF_BITS;
  let right = value & HALF_MASK;
  for (let round = 0; round < ROUNDS; round += 1) [left, right] = [right, left ^ roundOf(tweak, round, right)];
  return left * 2 ** HALF_BITS + right;
};

/**
 * The counter's place in a keyed permutation of 1…999999999, another one for each sender and receiver pair. Thirty bits
 * are a little more than nine digits: what falls outside is permuted again (cycle walking), which stays a bijection.
 */
export const controlNumberOf = (tweak: Tweak, counter: number): number => {
  if (!Number.isSafeInteger(counter) || counter < 1 || counter > LARGEST)
    throw new RangeError('the counter has run out of control numbers');
  let value = counter - 1;
  do value = permute(tweak, value);
  while (value >= LARGEST);
  return value + 1;
};
