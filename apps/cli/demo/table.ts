import type { Row } from './outcome.js';

type Column = 'what' | 'insurer' | 'format' | 'outcome' | 'why';

const HEADINGS: Readonly<Record<Column, string>> = {
  what: 'What',
  insurer: 'Insurer',
  format: 'Format',
  outcome: 'Outcome',
  why: 'Why',
};

const COLUMNS: readonly Column[] = ['what', 'insurer', 'format', 'outcome', 'why'];

const EXPECTED = 'As expected';
const GAP = '  ';

/** A column that is narrower than this is no use; the line is then longer than the screen. */
const NARROWEST = 24;

/** Breaks at blanks; a word that is longer than the line stands alone. */
const wrap = (text: string, width: number): readonly string[] => {
  const lines: string[] = [];
  for (const word of text.split(' ')) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + 1 + word.length <= width) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines;
};

/** The last column takes what the others leave of the screen; without a width nothing is broken. */
const widthsOf = (rows: readonly Row[], screen: number | undefined): ReadonlyMap<Column, number> => {
  const widths = new Map(
    COLUMNS.map((column) => [column, Math.max(HEADINGS[column].length, ...rows.map((row) => row[column].length))]),
  );
  if (screen === undefined) return widths;
  const others = COLUMNS.filter((column) => column !== 'why' && column !== 'what');
  const taken =
    others.reduce((sum, column) => sum + (widths.get(column) ?? 0), 0) + EXPECTED.length + GAP.length * COLUMNS.length;
  const left = Math.max(2 * NARROWEST, screen - taken);
  const what = Math.min(widths.get('what') ?? 0, Math.max(NARROWEST, Math.floor(left / 2)));
  return new Map([
    ...widths,
    ['what', what],
    ['why', Math.min(widths.get('why') ?? 0, Math.max(NARROWEST, left - what))],
  ]);
};

/** One table of where everything stands, in lines. `screen`: columns of the terminal, if it is one. */
export const tableOf = (rows: readonly Row[], screen?: number): readonly string[] => {
  const widths = widthsOf(rows, screen);
  const width = (column: Column): number => widths.get(column) ?? 0;
  const layOut = (cells: Readonly<Record<Column, string>>, last: string): readonly string[] => {
    const broken = COLUMNS.map((column) => wrap(cells[column], width(column)));
    const height = Math.max(...broken.map((lines) => lines.length));
    return Array.from({ length: height }, (_one, index) =>
      [...COLUMNS.map((column, at) => (broken[at]?.[index] ?? '').padEnd(width(column))), index === 0 ? last : '']
        .join(GAP)
        .trimEnd(),
    );
  };
  const rule = [...COLUMNS.map((column) => '─'.repeat(width(column))), '─'.repeat(EXPECTED.length)].join(GAP);
  return [...layOut(HEADINGS, EXPECTED), rule, ...rows.flatMap((row) => layOut(row, row.asExpected ? '✓' : '✗'))];
};
