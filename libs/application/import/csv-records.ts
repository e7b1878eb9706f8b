import { isUtf8 } from 'node:buffer';
import { parse } from 'csv-parse';

/** Nothing from this row on can be read. Rows are counted from 1, which is the header’s. */
export class FileStopped extends Error {
  override readonly name = 'FileStopped';

  constructor(
    readonly code: string,
    readonly row: number,
    readonly column?: string,
  ) {
    super(code);
  }
}

/** One record of a file: its cells as bytes, so that each is decoded where somebody knows what it is called. */
export interface CsvRecord {
  readonly row: number;
  readonly cells: readonly Uint8Array[];
}

/** Larger than any record that the columns allow; an open quote must not swallow a file. */
const LARGEST_RECORD = 65_536;
const LARGEST_FILE = 64 * 1_048_576;

/** For the stream beneath the parser: what was read before an error is still to be given. */
const KEPT_ON_ERROR = { autoDestroy: false };

const UTF_8_MARK = Buffer.from([0xef, 0xbb, 0xbf]);
const UTF_16_MARKS = [Buffer.from([0xff, 0xfe]), Buffer.from([0xfe, 0xff])];

/** Takes the mark off the beginning and refuses the marks of other encodings; holds on to no more than a file may have. */
const marked = async function* (bytes: AsyncIterable<Uint8Array>): AsyncGenerator<Buffer> {
  let head: Buffer | undefined = Buffer.alloc(0);
  let size = 0;
  for await (const chunk of bytes) {
    size += chunk.length;
    if (size > LARGEST_FILE) throw new FileStopped('file_too_large', 1);
    if (head === undefined) {
      yield Buffer.from(chunk);
      continue;
    }
    head = Buffer.concat([head, chunk]);
    if (head.length < UTF_8_MARK.length) continue;
    yield withoutMark(head);
    head = undefined;
  }
  if (head !== undefined && head.length > 0) yield withoutMark(head);
};

const withoutMark = (head: Buffer): Buffer => {
  if (UTF_16_MARKS.some((mark) => head.subarray(0, mark.length).equals(mark)))
    throw new FileStopped('encoding_unsupported', 1);
  return head.subarray(0, UTF_8_MARK.length).equals(UTF_8_MARK) ? head.subarray(UTF_8_MARK.length) : head;
};

const codeOf = (error: Error): string =>
  'code' in error && error.code === 'CSV_MAX_RECORD_SIZE' ? 'record_too_long' : 'quote_misplaced';

/**
 * The records of a comma-separated file (RFC 4180), the header among them, one chunk of bytes in memory at a time. Empty
 * lines are counted and passed over. Throws `FileStopped` with `encoding_unsupported`, `quote_misplaced`,
 * `record_too_long` or `file_too_large`, after everything before it has been given.
 */
export const readCsvRecords = async function* (bytes: AsyncIterable<Uint8Array>): AsyncGenerator<CsvRecord> {
  const parser = parse({
    ...KEPT_ON_ERROR,
    encoding: null,
    relax_column_count: true,
    record_delimiter: ['\r\n', '\n'],
    max_record_size: LARGEST_RECORD,
  });
  let failure: Error | undefined;
  parser.on('error', (error) => (failure ??= error));
  let row = 0;
  const given = function* (): Generator<CsvRecord> {
    for (let cells: unknown = parser.read(); Array.isArray(cells); cells = parser.read()) {
      row += 1;
      const known = cells.filter((cell): cell is Uint8Array => cell instanceof Uint8Array);
      if (known.length > 1 || (known[0]?.length ?? 0) > 0) yield { row, cells: known };
    }
  };
  const settle = (): void => {
    if (failure !== undefined) throw new FileStopped(codeOf(failure), row + 1);
  };
  for await (const chunk of marked(bytes)) {
    const taken = new Promise<void>((resolve) => {
      parser.write(chunk, () => resolve());
    });
    yield* given();
    await taken;
    yield* given();
    settle();
  }
  await new Promise<void>((resolve) => {
    parser.once('error', () => resolve());
    parser.end(() => resolve());
  });
  yield* given();
  settle();
};

/** Text of a cell; `undefined` if it is not UTF-8. */
export const textOf = (cell: Uint8Array): string | undefined =>
  isUtf8(cell) ? Buffer.from(cell.buffer, cell.byteOffset, cell.byteLength).toString('utf8') : undefined;
