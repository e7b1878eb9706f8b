import { closeSync, constants, fstatSync, fsyncSync, ftruncateSync, openSync, readSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import { type LedgerEntry, type LedgerRow, ledgerRowSchema } from './ledger-row.js';

const CHUNK = 1 << 20;
const NEWLINE = 0x0a;

/** A line that is not a row stands before other rows: the file is not ours, or somebody changed it. */
export class LedgerDamaged extends Error {
  constructor(readonly line: number) {
    super(`line ${line} of the ledger is not a row`);
  }
}

/** A row without its body, and where the body can be read again. */
export interface Indexed extends LedgerEntry {
  readonly offset: number;
  readonly size: number;
}

const parseRow = (line: Buffer): LedgerRow | undefined => {
  try {
    const parsed = ledgerRowSchema.safeParse(JSON.parse(line.toString('utf8')));
    return parsed.success ? parsed.data : undefined;
  } catch {
    return undefined;
  }
};

const index = (row: LedgerRow, offset: number, size: number): Indexed => {
  const entry: Partial<LedgerRow> & LedgerEntry = { ...row };
  delete entry.bodyBase64;
  return { ...entry, offset, size };
};

const syncFolder = (file: string): void => {
  const folder = openSync(dirname(file), 'r');
  try {
    fsyncSync(folder);
  } finally {
    closeSync(folder);
  }
};

/**
 * Everything that reached the insurers, one JSON line each, on disk before the sender hears or loses anything. It
 * survives kill -9: a torn last line, whose sender was never answered, is cut off when the file is opened again.
 */
export class Ledger {
  private readonly known: Indexed[] = [];
  private end = 0;

  private constructor(
    readonly file: string,
    private readonly descriptor: number,
  ) {}

  static open(file: string): Ledger {
    const ledger = new Ledger(file, openSync(file, constants.O_RDWR | constants.O_CREAT, 0o600));
    try {
      ledger.load();
    } catch (damage) {
      ledger.close();
      throw damage;
    }
    syncFolder(file);
    return ledger;
  }

  get entries(): readonly Indexed[] {
    return this.known;
  }

  /** Bytes of whole rows. */
  get size(): number {
    return this.end;
  }

  get nextSequence(): number {
    return (this.known.at(-1)?.seq ?? 0) + 1;
  }

  /** Returns when the row is on disk. If it cannot be written the file is as before, and the exception says so. */
  append(row: LedgerRow): Indexed {
    const line = Buffer.from(`${JSON.stringify(row)}\n`, 'utf8');
    try {
      let written = 0;
      while (written < line.length) {
        written += writeSync(this.descriptor, line, written, line.length - written, this.end + written);
      }
      fsyncSync(this.descriptor);
    } catch (failure) {
      ftruncateSync(this.descriptor, this.end);
      throw failure;
    }
    const entry = index(row, this.end, line.length - 1);
    this.end += line.length;
    this.known.push(entry);
    return entry;
  }

  row(entry: Indexed): LedgerRow {
    const line = Buffer.alloc(entry.size);
    this.readFully(line, entry.offset);
    const row = parseRow(line);
    if (row === undefined) throw new LedgerDamaged(entry.seq);
    return row;
  }

  body(entry: Indexed): Buffer {
    return Buffer.from(this.row(entry).bodyBase64, 'base64');
  }

  close(): void {
    closeSync(this.descriptor);
  }

  private readFully(target: Buffer, from: number): void {
    let filled = 0;
    while (filled < target.length) {
      const count = readSync(this.descriptor, target, filled, target.length - filled, from + filled);
      if (count === 0) break;
      filled += count;
    }
  }

  private load(): void {
    const size = fstatSync(this.descriptor).size;
    let pending: Buffer = Buffer.alloc(0);
    let position = 0;
    let torn: number | undefined;
    while (position < size) {
      const chunk = Buffer.alloc(Math.min(CHUNK, size - position));
      this.readFully(chunk, position);
      position += chunk.length;
      pending = Buffer.concat([pending, chunk]);
      let from = 0;
      for (let at = pending.indexOf(NEWLINE); at !== -1; at = pending.indexOf(NEWLINE, from)) {
        if (torn !== undefined) throw new LedgerDamaged(torn);
        const row = parseRow(pending.subarray(from, at));
        if (row === undefined) torn = this.known.length + 1;
        else {
          this.known.push(index(row, this.end, at - from));
          this.end += at - from + 1;
        }
        from = at + 1;
      }
      pending = pending.subarray(from);
    }
    if (torn !== undefined && pending.length > 0) throw new LedgerDamaged(torn);
    ftruncateSync(this.descriptor, this.end);
  }
}
