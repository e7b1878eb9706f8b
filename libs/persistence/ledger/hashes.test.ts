import { describe, expect, it } from 'vitest';
import type { PracticeId } from '#libs/kernel';
import { blockHash, GENESIS, leafHash, merkleRoot } from './hashes.js';

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');

/** Inputs of the published test vectors for RFC 6962 trees, as text that keeps their bytes. */
const INPUTS = ['', '\u0000', '\u0010', ' !', '01', '@ABC', 'PQRSTUVW', '`abcdefghijklmno'];

const ROOTS = [
  '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d',
  'fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125',
  'aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77',
  'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
  '4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4',
  '76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef',
  'ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c',
  '5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328',
];

describe('merkleRoot', () => {
  it('is the tree hash of RFC 6962', () => {
    expect(hex(merkleRoot([]))).toBe('e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855');
    const leaves = INPUTS.map(leafHash);
    expect(ROOTS.map((_root, index) => hex(merkleRoot(leaves.slice(0, index + 1))))).toEqual(ROOTS);
  });

  it('tells leaves from nodes', () => {
    const [one, two] = [leafHash('a'), leafHash('b')];
    const node = merkleRoot([one, two]);
    expect(hex(leafHash(Buffer.concat([one, two]).toString('latin1')))).not.toBe(hex(node));
  });
});

describe('blockHash', () => {
  const block = {
    practice: '00000000-0000-4000-8000-00000000a001' as PracticeId,
    height: 1,
    previous: GENESIS,
    root: merkleRoot([leafHash('a')]),
    entries: 1,
    at: 1_764_000_000_000,
  };

  it('never changes', () => {
    expect(hex(blockHash(block))).toMatchInlineSnapshot(
      `"9c294a3c064831fb50a35b71465efb1bc9704d36bbb99a020f726f8b8c1e6f25"`,
    );
  });

  it('depends on every part', () => {
    const others = [
      { practice: '00000000-0000-4000-8000-00000000a002' as PracticeId },
      { height: 2 },
      { previous: leafHash('x') },
      { root: leafHash('x') },
      { entries: 2 },
      { at: block.at + 1 },
    ].map((change) => hex(blockHash({ ...block, ...change })));
    expect(new Set([hex(blockHash(block)), ...others]).size).toBe(7);
  });
});
