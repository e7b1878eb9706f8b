import type { LedgerBreak, LedgerCheckpoint, LedgerVerification, LedgerVerifying } from '#libs/application';
import type { PracticeId } from '#libs/kernel';
import type { Row } from '../row.js';
import type { Sql } from '../sql.js';
import { BEFORE_ALL, follow, hexOf, type Walk } from './chain.js';
import { isSigned } from './checkpoint.js';
import { entryOf } from './entry-body.js';
import { leafHash, sameHash } from './hashes.js';
import { blockOf, PAGE, readBlocks, readStoredCheckpoints, type StoredBlock } from './stored-blocks.js';

/** The ledger of one practice, and the key with which the installation signs where it ends. */
export interface LedgerOf {
  readonly sql: Sql;
  readonly practice: PracticeId;
  /** Public half, DER. */
  readonly signingKey: Uint8Array;
}

interface Head {
  readonly height: number;
  readonly hash: Uint8Array;
  /** Nothing lies beyond it, nor before the first block. */
  readonly encloses: boolean;
  readonly lastSigned: number;
}

/** The members of an entry that stand beside its body, so that it can be found, say the same as the body. */
const columnsAgree = (row: Row): boolean => {
  const entry = entryOf(row.text('body'));
  return row.optionalText('client_id') === entry.client && row.optionalText('disclosure_id') === entry.disclosure;
};

const isIntact = (row: Row): boolean => {
  try {
    return sameHash(leafHash(row.text('body')), row.bytes('leaf')) && columnsAgree(row);
  } catch {
    return false;
  }
};

/** One stored block further: also what stands beside the texts that are hashed must agree with them. */
const followStored = (practice: PracticeId, before: Walk, stored: StoredBlock): Walk | LedgerBreak => {
  const { block, entries } = stored;
  if (block.number('height') !== before.height + 1) return 'height_gap';
  if (!entries.every(isIntact)) return 'entry_changed';
  const inOrder = entries.every((entry, index) => entry.number('position') === index);
  if (!inOrder || entries.length !== block.number('entries')) return 'root_mismatch';
  return follow(practice, before, blockOf(stored));
};

/**
 * The head, and how far blocks, entries and checkpoints reach: read in one statement, so that blocks which are appended
 * meanwhile do not look like forged ones.
 */
const readHead = async ({ sql, practice }: LedgerOf): Promise<Head | undefined> => {
  const [head] = await sql.rows(
    `SELECT h.height, h.hash, b.lowest, b.highest, e.first, e.last, c.signed FROM ledger_head h,
      (SELECT coalesce(min(height), 1) AS lowest, coalesce(max(height), 0) AS highest
        FROM ledger_block WHERE practice_id = $1) b,
      (SELECT coalesce(min(height), 1) AS first, coalesce(max(height), 0) AS last
        FROM ledger_entry WHERE practice_id = $1) e,
      (SELECT coalesce(max(height), 0) AS signed FROM ledger_checkpoint WHERE practice_id = $1) c
      WHERE h.practice_id = $1`,
    [practice],
  );
  if (head === undefined) return undefined;
  const height = head.number('height');
  const encloses =
    head.number('lowest') >= 1 &&
    head.number('first') >= 1 &&
    head.number('highest') === height &&
    head.number('last') <= height;
  return { height, hash: head.bytes('hash'), encloses, lastSigned: head.number('signed') };
};

const byHeight = (checkpoints: readonly LedgerCheckpoint[]): ReadonlyMap<number, readonly LedgerCheckpoint[]> => {
  const found = new Map<number, LedgerCheckpoint[]>();
  for (const one of checkpoints) found.set(one.height, [...(found.get(one.height) ?? []), one]);
  return found;
};

/** What the checkpoints say of the place that the walk has come to. */
const breakAt = (
  ledger: LedgerOf,
  { height, hash }: Walk,
  checkpoints: readonly LedgerCheckpoint[],
): { readonly height: number; readonly code: LedgerBreak } | undefined => {
  if (!checkpoints.every((one) => isSigned(one, ledger))) return { height, code: 'checkpoint_forged' };
  return checkpoints.every((one) => one.hash === hexOf(hash)) ? undefined : { height, code: 'checkpoint_contradicted' };
};

/** Walks the chain of a practice, whole or a range of it, computes everything again, and holds it against what was signed of it. */
export const verifyLedger = async (ledger: LedgerOf, how: LedgerVerifying = {}): Promise<LedgerVerification> => {
  const { sql, practice } = ledger;
  const given = byHeight(how.against ?? []);
  const { from, most = Infinity } = how;
  let walk: Walk =
    from === undefined
      ? BEFORE_ALL
      : { height: from.height, entries: from.entries, hash: Buffer.from(from.hash, 'hex') };
  const stop = walk.height + most;
  let checkpoints = from?.checkpoints ?? 0;
  let of = 0;
  const outcome = (broken?: LedgerVerification['broken']): LedgerVerification => ({
    blocks: walk.height,
    entries: walk.entries,
    checkpoints,
    head: hexOf(walk.hash),
    of,
    ...(broken === undefined ? {} : { broken }),
  });
  const brokenNext = (code: LedgerBreak): LedgerVerification => outcome({ height: walk.height + 1, code });
  const head = await readHead(ledger);
  if (head === undefined) return brokenNext('head_mismatch');
  of = head.height;
  for (;;) {
    const page = await readBlocks(sql, practice, { after: walk.height, upTo: Math.min(head.height, stop) });
    const last = page.at(-1)?.block.number('height') ?? walk.height;
    const signed = byHeight(await readStoredCheckpoints(sql, practice, { after: walk.height, upTo: last }));
    for (const stored of page) {
      const next = followStored(practice, walk, stored);
      if (typeof next === 'string') return brokenNext(next);
      walk = next;
      const here = [...(signed.get(walk.height) ?? []), ...(given.get(walk.height) ?? [])];
      const broken = breakAt(ledger, walk, here);
      if (broken !== undefined) return outcome(broken);
      checkpoints += here.length;
    }
    how.progress?.(walk.height, head.height);
    if (page.length < PAGE) break;
  }
  if (walk.height === stop && walk.height < head.height) {
    const { height, entries } = walk;
    return { ...outcome(), place: { height, entries, checkpoints, hash: hexOf(walk.hash) } };
  }
  const whole = head.encloses && walk.height === head.height && sameHash(walk.hash, head.hash);
  if (!whole) return brokenNext('head_mismatch');
  const beyond = (how.against ?? []).filter((one) => one.height > walk.height || one.height < 1);
  if (!beyond.every((one) => isSigned(one, ledger))) return brokenNext('checkpoint_forged');
  const isCut = beyond.length > 0 || head.lastSigned > walk.height;
  return isCut ? brokenNext('checkpoint_contradicted') : outcome();
};
