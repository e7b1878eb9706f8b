import { describe, expect, it } from 'vitest';
import { COLUMNS, RowReader } from './columns.js';
import { type CsvRecord, FileStopped, readCsvRecords } from './csv-records.js';

const HEADER = COLUMNS.clients.map(({ name }) => name).join(',');
const ROW = 'C-1,Ada,Invented,1988-04-01,F,1 Nowhere Lane,Trenton,NJ,08608,,';

/** The bytes in pieces of a size that cuts cells, characters and marks. */
const inPieces = async function* (bytes: Uint8Array, size = 7): AsyncGenerator<Uint8Array> {
  for (let from = 0; from < bytes.length; from += size) {
    await Promise.resolve();
    yield bytes.subarray(from, from + size);
  }
};

const utf8 = (text: string): Uint8Array => Buffer.from(text, 'utf8');

interface Outcome {
  readonly row: number;
  readonly told: unknown;
}

/** What the reader says of each row, and where it stopped. */
const readAll = async (bytes: Uint8Array, kind: keyof typeof COLUMNS = 'clients', size?: number) => {
  const rows: Outcome[] = [];
  let reader: RowReader<typeof kind> | undefined;
  try {
    for await (const { row, cells } of readCsvRecords(inPieces(bytes, size)) as AsyncIterable<CsvRecord>) {
      if (reader === undefined) reader = new RowReader(kind, cells);
      else {
        const read = reader.read(row, cells);
        rows.push({ row, told: read.ok ? 'ok' : read.faults });
      }
    }
  } catch (error) {
    if (!(error instanceof FileStopped)) throw error;
    const { code, row, column } = error;
    return { rows, stopped: { code, row, ...(column === undefined ? {} : { column }) } };
  }
  return { rows, stopped: undefined };
};

const changed = (column: string, cell: string): string => {
  const cells = ROW.split(',');
  cells[COLUMNS.clients.findIndex(({ name }) => name === column)] = cell;
  return cells.join(',');
};

describe('a file', () => {
  it.each([1, 2, 3, 7, 64, 65_536])(
    'is read in pieces of %i bytes, with a mark or without, whatever ends its lines',
    async (size) => {
      const text = `${HEADER}\r\n${ROW}\n\n${changed('last_name', '"O\'Brück, ""Bo"""')}\r\n`;
      const expected = {
        rows: [
          { row: 2, told: 'ok' },
          { row: 4, told: 'ok' },
        ],
        stopped: undefined,
      };
      expect(await readAll(utf8(text), 'clients', size)).toEqual(expected);
      expect(await readAll(utf8(`\uFEFF${text}`), 'clients', size)).toEqual(expected);
    },
  );

  it('keeps what stands in quotes as it stands', async () => {
    const cells: string[] = [];
    for await (const record of readCsvRecords(inPieces(utf8('a,"b ""c"", d\ne"\n'))))
      cells.push(...record.cells.map((cell) => Buffer.from(cell).toString()));
    expect(cells).toEqual(['a', 'b "c", d\ne']);
  });

  it.each<[string, Uint8Array, object]>([
    ['UTF-16 LE', Buffer.from(`\uFEFF${HEADER}\n${ROW}\n`, 'utf16le'), { code: 'encoding_unsupported', row: 1 }],
    ['UTF-16 BE', Buffer.from(`\uFEFF${HEADER}\n`, 'utf16le').swap16(), { code: 'encoding_unsupported', row: 1 }],
    [
      'Latin-1 in its third row',
      Buffer.from(`${HEADER}\n${ROW}\n${changed('last_name', 'Br\u00fcck')}\n${ROW}\n`, 'latin1'),
      { code: 'encoding_unsupported', row: 3, column: 'last_name' },
    ],
    ['an open quote', utf8(`${HEADER}\n${ROW}\n"C-2,Ada`), { code: 'quote_misplaced', row: 3 }],
    ['a quote in a cell', utf8(`${HEADER}\n${ROW}\n"C"-2,Ada\n`), { code: 'quote_misplaced', row: 3 }],
    [
      'a record without an end',
      utf8(`${HEADER}\n${ROW}\n"${'x'.repeat(200_000)}`),
      { code: 'record_too_long', row: 3 },
    ],
    ['a column that nobody knows', utf8(`${HEADER},CANARY\n`), { code: 'column_unknown', row: 1, column: '#12' }],
    ['a column twice', utf8(`${HEADER},code\n`), { code: 'column_twice', row: 1, column: 'code' }],
    ['a column too few', utf8(HEADER.replace(',email', '')), { code: 'column_missing', row: 1, column: 'email' }],
  ])('is stopped at %s, after what was before it', async (_what, bytes, stopped) => {
    const read = await readAll(bytes, 'clients', 64);
    expect(read.stopped).toEqual(stopped);
    const before = Math.max(0, (stopped as { row: number }).row - 2);
    expect(read.rows).toHaveLength(before);
    expect(JSON.stringify(read)).not.toContain('CANARY');
  });

  it('that is larger than a file may be is stopped, and not held', async () => {
    const endless = async function* (): AsyncGenerator<Uint8Array> {
      await Promise.resolve();
      yield utf8(`${HEADER}\n`);
      const piece = utf8(`${changed('city', 'x'.repeat(10_000))}\n`.repeat(100));
      for (let count = 0; count < 200; count += 1) yield piece;
    };
    let rows = 0;
    const reading = (async () => {
      for await (const _record of readCsvRecords(endless())) rows += 1;
    })();
    await expect(reading).rejects.toMatchObject({ code: 'file_too_large' });
    expect(rows).toBeGreaterThan(6_000);
  });
});

describe('a row', () => {
  it.each<[string, string, object[]]>([
    ['a cell too few', ROW.replace(/,$/, ''), [{ code: 'cell_count' }]],
    ['a cell too many', `${ROW},`, [{ code: 'cell_count' }]],
    ['a NUL', changed('first_name', 'A\u0000da'), [{ code: 'wrong_format', column: 'first_name' }]],
    ['a cell that is too long', changed('city', 'x'.repeat(31)), [{ code: 'too_big', column: 'city' }]],
    ['nothing where something must be', changed('city', ''), [{ code: 'required', column: 'city' }]],
    ['a day that there is not', changed('birth_date', '2001-02-30'), [{ code: 'wrong_format', column: 'birth_date' }]],
    ['a word of no list', changed('sex', 'X'), [{ code: 'not_allowed', column: 'sex' }]],
    ...['=1+1', '+1', '-1', '@SUM(A1)', '"\t=1"', ' =1', '"\r=1"', '\uFF1D1'].map(
      (formula): [string, string, object[]] => [
        `the formula ${JSON.stringify(formula)}`,
        changed('last_name', formula),
        [{ code: 'formula_refused', column: 'last_name' }],
      ],
    ),
    [
      'a formula where a phone number goes',
      changed('phone', '+15550100'),
      [{ code: 'formula_refused', column: 'phone' }],
    ],
  ])('with %s is refused by code and column', async (_what, row, faults) => {
    expect(await readAll(utf8(`${HEADER}\n${row}\n${ROW}\n`))).toEqual({
      rows: [
        { row: 2, told: faults },
        { row: 3, told: 'ok' },
      ],
      stopped: undefined,
    });
  });

  it('of a release says several words in one cell, and no where nobody knows', async () => {
    const header = COLUMNS.releases.map(({ name }) => name).join(',');
    const row = 'R-1,C-1,harbor-mutual,,,HPAYMT PATRQT,session.date fee.charge,,,,2099-12-31,,revocation,no,,';
    expect(await readAll(utf8(`${header}\n${row}\n${row.replace('HPAYMT', 'EVERYTHING')}\n`), 'releases')).toEqual({
      rows: [
        { row: 2, told: 'ok' },
        { row: 3, told: [{ code: 'not_allowed', column: 'purposes' }] },
      ],
      stopped: undefined,
    });
  });
});
