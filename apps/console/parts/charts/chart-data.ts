/** Numbers by name, in one or more series; the same for a drawing and for the table beside it. */
export interface ChartData {
  /** What the names are. */
  readonly head: string;
  readonly series: readonly string[];
  readonly rows: readonly { readonly name: string; readonly values: readonly number[] }[];
}

/** As the drawing library takes it: one object a row, a member a series. */
export const drawn = ({ series, rows }: ChartData): Record<string, string | number>[] =>
  rows.map(({ name, values }) => {
    const row: Record<string, string | number> = { name };
    for (const at of series.keys()) row[`s${at}`] = values[at] ?? 0;
    return row;
  });
