import type { LedgerVerification } from '#libs/application';
import type { PracticeId } from '#libs/kernel';
import type { Row } from '../row.js';
import type { Sql } from '../sql.js';
import { entryOf } from './entry-body.js';
import { blockHash, GENESIS, leafHash, merkleRoot, sameHash } from './hashes.js';

const PAGE = 500;

type Break = NonNullable<LedgerVerification['broken']>['code'];

interface Head {
  readonly height: number;
  readonly hash: Uint8Array;
  /** Nothing lies beyond it, nor before the first block. */
  readonly encloses: boolean;
}

interface Walk {
  readonly height: number;
  readonly entries: number;
  readonly hash: Uint8Array;
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

const breakOf = (
  practice: PracticeId,
  step: { readonly block: Row; readonly entries: readonly Row[]; readonly before: Walk },
): Break | undefined => {
  const { block, entries, before } = step;
  if (block.number('height') !== before.height + 1) return 'height_gap';
  if (!entries.every(isIntact)) return 'entry_changed';
  const root = merkleRoot(entries.map((entry) => entry.bytes('leaf')));
  const inOrder = entries.every((entry, index) => entry.number('position') === index);
  if (!inOrder || entries.length !== block.number('entries') || !sameHash(root, block.bytes('root')))
    return 'root_mismatch';
  const expected = blockHash({
    practice,
    height: block.number('height'),
    previous: before.hash,
    root,
    entries: entries.length,
    at: block.instant('written_at'),
  });
  const follows = sameHash(block.bytes('previous'), before.hash) && sameHash(block.bytes('hash'), expected);
  return follows ? undefined : 'chain_broken';
};

const readPage = async (
  sql: Sql,
  practice: PracticeId,
  range: { readonly after: number; readonly upTo: number },
): Promise<{ readonly blocks: readonly Row[]; readonly entriesOf: ReadonlyMap<number, readonly Row[]> }> => {
  const blocks = await sql.rows(
    `SELECT height, previous, root, hash, entries, written_at FROM ledger_block
      WHERE practice_id = $1 AND height > $2 AND height <= $3 ORDER BY height LIMIT $4`,
    [practice, range.after, range.upTo, PAGE],
  );
  const last = blocks.at(-1)?.number('height') ?? range.after;
  const rows = await sql.rows(
    `SELECT height, position, client_id, disclosure_id, leaf, body FROM ledger_entry
      WHERE practice_id = $1 AND height > $2 AND height <= $3 ORDER BY height, position`,
    [practice, range.after, last],
  );
  const entriesOf = new Map<number, Row[]>();
  for (const row of rows) {
    const height = row.number('height');
    const entries = entriesOf.get(height);
    if (entries === undefined) entriesOf.set(height, [row]);
    else entries.push(row);
  }
  return { blocks, entriesOf };
};

/**
 * The head, and how far blocks and entries reach: read in one statement, so that blocks which are appended meanwhile
 * do not look like forged ones.
 */
const readHead = async (sql: Sql, practice: PracticeId): Promise<Head | undefined> => {
  const [head] = await sql.rows(
    `SELECT h.height, h.hash, b.lowest, b.highest, e.first, e.last FROM ledger_head h,
      (SELECT coalesce(min(height), 1) AS lowest, coalesce(max(height), 0) AS highest
        FROM ledger_block WHERE practice_id = $1) b,
      (SELECT coalesce(min(height), 1) AS first, coalesce(max(height), 0) AS last
        FROM ledger_entry WHERE practice_id = $1) e
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
  return { height, hash: head.bytes('hash'), encloses };
};

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');

/** Walks the whole chain of a practice and computes everything again. */
export const verifyLedger = async (
  sql: Sql,
  practice: PracticeId,
  progress: (blocks: number) => void = () => undefined,
): Promise<LedgerVerification> => {
  const head = await readHead(sql, practice);
  let walk: Walk = { height: 0, entries: 0, hash: GENESIS };
  const outcome = (code?: Break): LedgerVerification => ({
    blocks: walk.height,
    entries: walk.entries,
    head: hex(walk.hash),
    ...(code === undefined ? {} : { broken: { height: walk.height + 1, code } }),
  });
  if (head === undefined) return outcome('head_mismatch');
  for (;;) {
    const page = await readPage(sql, practice, { after: walk.height, upTo: head.height });
    for (const block of page.blocks) {
      const entries = page.entriesOf.get(block.number('height')) ?? [];
      const code = breakOf(practice, { block, entries, before: walk });
      if (code !== undefined) return outcome(code);
      walk = { height: walk.height + 1, entries: walk.entries + entries.length, hash: block.bytes('hash') };
    }
    progress(walk.height);
    if (page.blocks.length < PAGE) break;
  }
  const whole = head.encloses && walk.height === head.height && sameHash(walk.hash, head.hash);
  return outcome(whole ? undefined : 'head_mismatch');
};
