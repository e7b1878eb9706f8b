import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { failed, issue, ok, type Result } from '#libs/kernel';

/** One invoice of a file, under its own key or one made of its content. */
export interface BatchRow {
  readonly key: string;
  readonly invoice: unknown;
}

/** As many of a file as one request may carry. `from`: place of the first one in the file. */
export interface Batch {
  readonly from: number;
  readonly rows: readonly BatchRow[];
}

const MOST_ROWS = 500;
/** Of the megabyte that the gateway reads; the rest is for what stands round the rows. */
const MOST_BYTES = 900_000;

const digestOf = (value: unknown): string => createHash('sha256').update(JSON.stringify(value)).digest('hex');

/** An invoice as the API takes it, or one beside its key. */
const rowOf = (value: unknown): BatchRow => {
  if (typeof value === 'object' && value !== null && 'invoice' in value && 'key' in value) {
    const { key, invoice } = value;
    if (typeof key === 'string') return { key, invoice };
  }
  return { key: digestOf(value), invoice: value };
};

const parsed = (json: string): Result<unknown> => {
  try {
    return ok(JSON.parse(json));
  } catch {
    return failed(issue('cli.not-json', ''));
  }
};

const valuesIn = (text: string, file: string): Result<readonly unknown[]> => {
  if (!file.endsWith('.jsonl')) {
    const whole = parsed(text);
    if (!whole.ok) return failed(issue('cli.not-json', file));
    const { value } = whole;
    const items = typeof value === 'object' && value !== null && 'items' in value ? value.items : value;
    return Array.isArray(items) ? ok(items) : failed(issue('cli.not-a-batch', file, 'a list of invoices'));
  }
  const values: unknown[] = [];
  for (const [index, line] of text.split('\n').entries()) {
    if (line.trim() === '') continue;
    const one = parsed(line);
    if (!one.ok) return failed(issue('cli.not-json', `${file}:${index + 1}`));
    values.push(one.value);
  }
  return ok(values);
};

const inBatches = (rows: readonly BatchRow[]): readonly Batch[] => {
  const batches: { from: number; rows: BatchRow[] }[] = [];
  let bytes = 0;
  for (const [index, row] of rows.entries()) {
    const size = Buffer.byteLength(JSON.stringify(row)) + 1;
    const last = batches.at(-1);
    if (last === undefined || last.rows.length === MOST_ROWS || bytes + size > MOST_BYTES) {
      batches.push({ from: index, rows: [row] });
      bytes = size;
    } else {
      last.rows.push(row);
      bytes += size;
    }
  }
  return batches;
};

export interface BatchFile {
  /** The same for the same content. */
  readonly digest: string;
  readonly batches: readonly Batch[];
}

/**
 * Reads a list of invoices: JSON (`.json`: a list, or the body of the bulk route) or JSON lines (`.jsonl`). A file that
 * breaks off is refused whole. `cli.file-unreadable`, `cli.not-json`, `cli.not-a-batch`.
 */
export const readBatchFile = async (file: string): Promise<Result<BatchFile>> => {
  const text = await readFile(file, 'utf8').catch(() => undefined);
  if (text === undefined) return failed(issue('cli.file-unreadable', file));
  const values = valuesIn(text, file);
  if (!values.ok) return values;
  if (values.value.length === 0) return failed(issue('cli.not-a-batch', file, 'at least one invoice'));
  const rows = values.value.map(rowOf);
  return ok({ digest: digestOf(rows), batches: inBatches(rows) });
};
