import { describe, expect, it } from 'vitest';
import { reportLines } from './import-command.js';

const REPORT = {
  kind: 'clients',
  dryRun: false,
  rows: 4,
  made: 2,
  there: 1,
  refused: 1,
  ranges: [
    { from: 2, to: 3, outcome: 'made' },
    { from: 4, to: 4, outcome: 'refused' },
    { from: 5, to: 5, outcome: 'there' },
  ],
  refusals: [{ row: 4, code: 'formula_refused', column: 'last_name' }],
} as const;

const told = (more: object) =>
  reportLines(JSON.parse(JSON.stringify({ ...REPORT, ...more })) as Parameters<typeof reportLines>[0]);

describe('the report of an import', () => {
  it('says of each row what became of it', () => {
    expect(told({})).toEqual([
      'rows 2 to 3: made',
      'row 5: there already',
      'row 4: refused  formula_refused  last_name',
      '2 made, 1 there already, 1 refused',
    ]);
  });

  it('says of a rehearsal what would, and where it was stopped', () => {
    expect(told({ dryRun: true, ranges: [], stopped: { row: 6, code: 'quote_misplaced' } })).toEqual([
      'row 4: would be refused  formula_refused  last_name',
      'stopped at row 6: quote_misplaced',
      '2 would be made, 1 there already, 1 would be refused',
    ]);
  });
});
