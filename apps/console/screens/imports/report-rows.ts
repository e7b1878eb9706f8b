import type { ImportReport } from '#libs/contracts';

type Outcome = ImportReport['ranges'][number]['outcome'];

/** One row of the file, or several alike that follow each other. */
export interface ReportRow {
  readonly id: string;
  readonly from: number;
  readonly to: number;
  readonly outcome: Outcome;
  readonly faults: readonly { readonly code: string; readonly column?: string | undefined }[];
}

/** Refused rows by themselves with what is wrong with them; the others as the gateway told them, range by range. */
export const reportRows = (report: ImportReport): readonly ReportRow[] => {
  const faults = new Map<number, ReportRow['faults'][number][]>();
  for (const { row, code, column } of report.refusals) {
    const known = faults.get(row);
    const fault = { code, ...(column === undefined ? {} : { column }) };
    if (known === undefined) faults.set(row, [fault]);
    else known.push(fault);
  }
  return report.ranges.flatMap(({ from, to, outcome }): readonly ReportRow[] => {
    if (outcome !== 'refused') return [{ id: String(from), from, to, outcome, faults: [] }];
    return Array.from({ length: to - from + 1 }, (_, index) => {
      const row = from + index;
      return { id: String(row), from: row, to: row, outcome, faults: faults.get(row) ?? [] };
    });
  });
};

/** The report as a file: a line for each fault, or for each range without any. No cell of the imported file is in it. */
export const reportLines = (report: ImportReport): readonly (readonly (string | number)[])[] => [
  ['from_row', 'to_row', 'outcome', 'code', 'column'],
  ...reportRows(report).flatMap(({ from, to, outcome, faults }) =>
    faults.length === 0
      ? [[from, to, outcome, '', '']]
      : faults.map(({ code, column }) => [from, to, outcome, code, column ?? '']),
  ),
  ...(report.stopped === undefined
    ? []
    : [[report.stopped.row, '', 'stopped', report.stopped.code, report.stopped.column ?? '']]),
];
