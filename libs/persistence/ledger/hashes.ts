import { hash } from 'node:crypto';
import type { PracticeId } from '#libs/kernel';

/** Height 0: what the first block follows. */
export const GENESIS: Uint8Array = new Uint8Array(32);

/** Ends in a zero byte, so that no longer name can begin with it. */
const BLOCK_DOMAIN = Buffer.from('sluice.ledger.block.v1\0', 'utf8');

const LEAF = Uint8Array.of(0);
const NODE = Uint8Array.of(1);

/** In one call: a hash object for each of so many short texts costs three times as much. */
const sha256 = (...parts: readonly Uint8Array[]): Uint8Array => hash('sha256', Buffer.concat(parts), 'buffer');

/** RFC 6962 §2.1: a leaf can never pass for an inner node. */
export const leafHash = (body: string): Uint8Array => sha256(LEAF, Buffer.from(body, 'utf8'));

/** Merkle tree hash of RFC 6962 §2.1 over leaf hashes; of no leaves it is the hash of nothing. */
export const merkleRoot = (leaves: readonly Uint8Array[]): Uint8Array => {
  const [first, ...others] = leaves;
  if (first === undefined) return sha256();
  if (others.length === 0) return first;
  let split = 1;
  while (split * 2 < leaves.length) split *= 2;
  return sha256(NODE, merkleRoot(leaves.slice(0, split)), merkleRoot(leaves.slice(split)));
};

export interface BlockContent {
  readonly practice: PracticeId;
  readonly height: number;
  readonly previous: Uint8Array;
  readonly root: Uint8Array;
  readonly entries: number;
  /** Milliseconds since the epoch. */
  readonly at: number;
}

/** SHA-256 of domain ‖ practice (16) ‖ height (8) ‖ previous (32) ‖ root (32) ‖ entries (4) ‖ instant (8), big-endian. The database function `append_block` computes the same. */
export const blockHash = (block: BlockContent): Uint8Array => {
  const numbers = Buffer.alloc(8 + 4 + 8);
  numbers.writeBigInt64BE(BigInt(block.height), 0);
  numbers.writeInt32BE(block.entries, 8);
  numbers.writeBigInt64BE(BigInt(block.at), 12);
  const practice = Buffer.from(block.practice.replaceAll('-', ''), 'hex');
  return sha256(BLOCK_DOMAIN, practice, numbers.subarray(0, 8), block.previous, block.root, numbers.subarray(8));
};

export const sameHash = (left: Uint8Array, right: Uint8Array): boolean => Buffer.compare(left, right) === 0;
