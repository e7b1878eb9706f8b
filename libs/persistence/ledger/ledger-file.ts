import type {
  Keys,
  LedgerBlock,
  LedgerCheckpoint,
  LedgerVerification,
  PracticeContext,
  Store,
} from '#libs/application';
import { failed, issue, ok, type PracticeId, type Result } from '#libs/kernel';
import { DatabaseError } from '../database-error.js';
import { BEFORE_ALL, follow, hexOf } from './chain.js';
import { isSigned } from './checkpoint.js';
import { type FileLine, lineOf, readLine } from './ledger-file-lines.js';

const linesOf = ({ entries, ...block }: LedgerBlock): readonly FileLine[] => [
  { kind: 'block', ...block, entries: entries.length },
  ...entries.map((body) => ({ kind: 'entry', body }) as const),
];

const checkpointLine = ({ practice: _practice, ...checkpoint }: LedgerCheckpoint): FileLine => ({
  kind: 'checkpoint',
  ...checkpoint,
});

/**
 * The ledger of a practice as lines of JSON, without line ends: whose it is and the public key, every block followed by
 * its entries, every checkpoint after the block that it signs, and the counts. It ends with a checkpoint that is made
 * for it; what is appended meanwhile is left out. Fails with `ledger_empty` where nothing was ever recorded.
 */
export async function* exportLedger(
  store: Store,
  context: PracticeContext,
  options: { readonly keys: Keys; readonly progress?: (done: number, of: number) => void },
): AsyncGenerator<string> {
  const end = await store.inPractice(context, ({ ledger }) => ledger.checkpoint());
  if (end === undefined) throw new DatabaseError('ledger_empty');
  const signingKey = Buffer.from(options.keys.signingKey).toString('base64');
  yield lineOf({ kind: 'ledger', version: 1, practice: context.practice, signingKey });
  const counts = { blocks: 0, entries: 0, checkpoints: 0 };
  while (counts.blocks < end.height) {
    // A page a transaction: what was appended never changes.
    const page = await store.inPractice(context, async ({ ledger }) => {
      const blocks = await ledger.blocks({ after: counts.blocks, upTo: end.height });
      const upTo = blocks.at(-1)?.height ?? counts.blocks;
      return { blocks, checkpoints: await ledger.checkpoints({ after: counts.blocks, upTo }) };
    });
    const signed = new Map(page.checkpoints.map((one) => [one.height, one]));
    // Somebody deletes while it is read: `verify-ledger` will say where.
    if (page.blocks.length === 0) throw new DatabaseError('ledger_incomplete');
    for (const block of page.blocks) {
      for (const line of linesOf(block)) yield lineOf(line);
      const checkpoint = signed.get(block.height);
      if (checkpoint !== undefined) yield lineOf(checkpointLine(checkpoint));
      counts.blocks = block.height;
      counts.entries += block.entries.length;
    }
    counts.checkpoints += signed.size;
    options.progress?.(counts.blocks, end.height);
  }
  yield lineOf({ kind: 'end', ...counts });
}

/** What a file proves by itself: that whoever has the key signed this chain. Whose key it is, it cannot prove. */
export interface LedgerFileVerification extends Omit<LedgerVerification, 'of' | 'place'> {
  readonly practice: PracticeId;
  /** Public half, DER, base64. */
  readonly signingKey: string;
  /** When its end was signed, in milliseconds. */
  readonly signedAt: number;
}

class Unreadable extends Error {}

/** Lines one by one, each read; counted from 1. */
class Lines {
  #number = 0;
  readonly #lines: AsyncIterator<string>;

  constructor(lines: AsyncIterable<string>) {
    this.#lines = lines[Symbol.asyncIterator]();
  }

  get place(): string {
    return `line ${this.#number}`;
  }

  async next(): Promise<FileLine | undefined> {
    const step = await this.#lines.next();
    if (step.done === true) return undefined;
    this.#number += 1;
    const line = readLine(step.value);
    if (line === undefined) throw new Unreadable();
    return line;
  }

  async entries(count: number): Promise<readonly string[]> {
    const bodies: string[] = [];
    while (bodies.length < count) {
      const line = await this.next();
      if (line?.kind !== 'entry') throw new Unreadable();
      bodies.push(line.body);
    }
    return bodies;
  }
}

const verifyLines = async (lines: Lines, how: FileVerifying): Promise<Result<LedgerFileVerification>> => {
  const first = await lines.next();
  if (first?.kind !== 'ledger') return failed(issue('ledger-file.not-a-ledger', lines.place));
  const { practice, signingKey } = first;
  if (how.signingKey !== undefined && how.signingKey !== signingKey)
    return failed(issue('ledger-file.other-key', lines.place));
  const signer = { practice, signingKey: Buffer.from(signingKey, 'base64') };
  let walk = BEFORE_ALL;
  let checkpoints = 0;
  let last = { height: 0, at: 0 };
  const outcome = (broken?: LedgerVerification['broken']): Result<LedgerFileVerification> =>
    ok({
      practice,
      signingKey,
      signedAt: last.at,
      blocks: walk.height,
      entries: walk.entries,
      checkpoints,
      head: hexOf(walk.hash),
      ...(broken === undefined ? {} : { broken }),
    });
  for (;;) {
    const line = await lines.next();
    switch (line?.kind) {
      case 'block': {
        const next = follow(practice, walk, { ...line, entries: await lines.entries(line.entries) });
        if (typeof next === 'string') return outcome({ height: walk.height + 1, code: next });
        walk = next;
        if (walk.height % PROGRESS_EVERY === 0) how.progress?.(walk.height);
        break;
      }
      case 'checkpoint': {
        const { height, at, hash } = line;
        if (!isSigned({ ...line, practice }, signer)) return outcome({ height, code: 'checkpoint_forged' });
        if (height !== walk.height || hash !== hexOf(walk.hash))
          return outcome({ height, code: 'checkpoint_contradicted' });
        last = { height, at };
        checkpoints += 1;
        break;
      }
      case 'end': {
        const agrees = line.blocks === walk.height && line.entries === walk.entries && line.checkpoints === checkpoints;
        if (!agrees) return failed(issue('ledger-file.incomplete', lines.place));
        if (last.height !== walk.height || checkpoints === 0) return failed(issue('ledger-file.unsigned', lines.place));
        if ((await lines.next()) !== undefined) throw new Unreadable();
        how.progress?.(walk.height);
        return outcome();
      }
      case undefined:
        return failed(issue('ledger-file.incomplete', lines.place));
      case 'ledger':
      case 'entry':
        throw new Unreadable();
    }
  }
};

const PROGRESS_EVERY = 5_000;

interface FileVerifying {
  /** The key that it must be signed with, as base64; without it any key will do. */
  readonly signingKey?: string;
  readonly progress?: (blocks: number) => void;
}

const orUnreadable = async <T>(lines: Lines, read: () => Promise<Result<T>>): Promise<Result<T>> => {
  try {
    return await read();
  } catch (error) {
    if (error instanceof Unreadable) return failed(issue('ledger-file.unreadable', lines.place));
    throw error;
  }
};

/**
 * Verifies what `exportLedger` wrote, with nothing but the file. `ledger-file.not-a-ledger`, `ledger-file.unreadable`
 * (with the line), `ledger-file.incomplete`, `ledger-file.unsigned` (blocks after the last checkpoint),
 * `ledger-file.other-key`; a chain that does not hold is no failure but `broken`.
 */
export const verifyLedgerFile = (
  lines: AsyncIterable<string>,
  how: FileVerifying = {},
): Promise<Result<LedgerFileVerification>> => {
  const read = new Lines(lines);
  return orUnreadable(read, () => verifyLines(read, how));
};

/** The checkpoints of an exported ledger, to hold the ledger itself against. Codes as of `verifyLedgerFile`. */
export const readCheckpoints = (lines: AsyncIterable<string>): Promise<Result<readonly LedgerCheckpoint[]>> => {
  const read = new Lines(lines);
  return orUnreadable(read, async () => {
    const first = await read.next();
    if (first?.kind !== 'ledger') return failed(issue('ledger-file.not-a-ledger', read.place));
    const found: LedgerCheckpoint[] = [];
    for (let line = await read.next(); line !== undefined; line = await read.next()) {
      if (line.kind === 'checkpoint') {
        const { kind: _kind, ...checkpoint } = line;
        found.push({ practice: first.practice, ...checkpoint });
      }
    }
    return found.length === 0 ? failed(issue('ledger-file.unsigned', read.place)) : ok(found);
  });
};
