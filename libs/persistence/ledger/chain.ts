import type { LedgerBlock, LedgerBreak } from '#libs/application';
import type { PracticeId } from '#libs/kernel';
import { blockHash, GENESIS, leafHash, merkleRoot, sameHash } from './hashes.js';

/** How far a chain was followed. */
export interface Walk {
  readonly height: number;
  readonly entries: number;
  readonly hash: Uint8Array;
}

export const BEFORE_ALL: Walk = { height: 0, entries: 0, hash: GENESIS };

export const hexOf = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');

const bytesOf = (hex: string): Uint8Array => Buffer.from(hex, 'hex');

/** One block further, everything computed again; or what does not hold of it. */
export const follow = (practice: PracticeId, before: Walk, block: LedgerBlock): Walk | LedgerBreak => {
  const { height, entries, at } = block;
  if (height !== before.height + 1) return 'height_gap';
  const root = merkleRoot(entries.map(leafHash));
  if (!sameHash(root, bytesOf(block.root))) return 'root_mismatch';
  const hash = blockHash({ practice, height, previous: before.hash, root, entries: entries.length, at });
  const follows = sameHash(before.hash, bytesOf(block.previous)) && sameHash(hash, bytesOf(block.hash));
  return follows ? { height, entries: before.entries + entries.length, hash } : 'chain_broken';
};
