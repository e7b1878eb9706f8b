import { describe, expect, it } from 'vitest';
import type { ShadowReport } from '#libs/contracts';
import { shadowLines, togetherOf } from './shadow-command.js';

const INSURER = '10000000-0000-4000-8000-000000000006';

const report = (held: number, insurer = INSURER): ShadowReport => {
  const counts = { goes: 2, changed: 1, withheld: 2, held, blocked: 0, refused: 0 };
  return {
    counts,
    byInsurer: [{ insurer, name: 'Harbor Mutual', counts }],
    byCurer: { client: held, chart: 0, office: 0, practice: 0, nobody: 0 },
    gaps: [
      {
        cause: 'not_granted',
        curer: 'client',
        sentence: 'It was not granted.',
        field: 'diagnosis.primary',
        documents: held,
      },
    ],
    documents: [],
  };
};

describe('what a shadow run says', () => {
  it('is told of all parts together', () => {
    const together = togetherOf([report(1), report(2), report(3, '10000000-0000-4000-8000-000000000007')]);
    expect(together.counts).toMatchObject({ goes: 6, held: 6 });
    expect(together.byInsurer.map(({ counts }) => counts.held)).toEqual([3, 3]);
    expect(together.gaps.map(({ documents }) => documents)).toEqual([6]);
    expect(shadowLines(together)).toEqual([
      '6 would go (3 with something changed, 6 with something withheld), 6 held, 0 blocked, 0 refused',
      '  Harbor Mutual: 4 would go (2 with something changed, 4 with something withheld), 3 held, 0 blocked, 0 refused',
      '  Harbor Mutual: 2 would go (1 with something changed, 2 with something withheld), 3 held, 0 blocked, 0 refused',
      '  waits for client: 6',
      '  6 ×  diagnosis.primary  not_granted  It was not granted.',
      'Nothing was stored and nothing was sent.',
    ]);
  });
});
