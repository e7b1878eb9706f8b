const GAP = '  ';

/** Rows under their headings, each column as wide as its widest cell. The last one is as long as it is. */
export const inColumns = (headings: readonly string[], rows: readonly (readonly string[])[]): readonly string[] => {
  const all = [headings, ...rows];
  const widths = headings.map((_heading, at) => Math.max(...all.map((row) => (row[at] ?? '').length)));
  return all.map((row) =>
    row
      .map((cell, at) => (at === row.length - 1 ? cell : cell.padEnd(widths[at] ?? 0)))
      .join(GAP)
      .trimEnd(),
  );
};

/** A table, or one sentence where there is nothing to show. */
export const inColumnsOr = (
  nothing: string,
  headings: readonly string[],
  rows: readonly (readonly string[])[],
): readonly string[] => (rows.length === 0 ? [nothing] : inColumns(headings, rows));
