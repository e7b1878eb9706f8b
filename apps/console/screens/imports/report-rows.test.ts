import { describe, expect, it } from 'vitest';
import type { ImportReport } from '#libs/contracts';
import { reportLines, reportRows } from './report-rows.js';

const report: ImportReport = {
  ...{ kind: 'clients', dryRun: true, rows: 100_003, made: 100_000, there: 1, refused: 2 },
  ranges: [
    { from: 2, to: 100_001, outcome: 'made' },
    { from: 100_002, to: 100_003, outcome: 'refused' },
    { from: 100_004, to: 100_004, outcome: 'there' },
  ],
  refusals: [
    { row: 100_002, code: 'formula_refused', column: 'last_name' },
    { row: 100_002, code: 'required', column: 'city' },
    { row: 100_003, code: 'cell_count' },
  ],
};

describe('what became of the rows of a file', () => {
  it('tells refused rows one by one, each with all that is wrong, and the others together', () => {
    expect(reportRows(report)).toEqual([
      { id: '2', from: 2, to: 100_001, outcome: 'made', faults: [] },
      {
        ...{ id: '100002', from: 100_002, to: 100_002, outcome: 'refused' },
        faults: [
          { code: 'formula_refused', column: 'last_name' },
          { code: 'required', column: 'city' },
        ],
      },
      { id: '100003', from: 100_003, to: 100_003, outcome: 'refused', faults: [{ code: 'cell_count' }] },
      { id: '100004', from: 100_004, to: 100_004, outcome: 'there', faults: [] },
    ]);
  });

  it('is a file with a line for each fault and where reading stopped', () => {
    const stopped = { row: 100_005, code: 'encoding_unsupported', column: 'city' };
    expect(reportLines({ ...report, stopped }).slice(1)).toEqual([
      [2, 100_001, 'made', '', ''],
      [100_002, 100_002, 'refused', 'formula_refused', 'last_name'],
      [100_002, 100_002, 'refused', 'required', 'city'],
      [100_003, 100_003, 'refused', 'cell_count', ''],
      [100_004, 100_004, 'there', '', ''],
      [100_005, '', 'stopped', 'encoding_unsupported', 'city'],
    ]);
  });
});
