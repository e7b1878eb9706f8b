import { describe, expect, it } from 'vitest';
import { canPrint } from './can-print.js';

describe('what a paper can be printed with', () => {
  it.each([
    ['client.name.last', 'Łukasiewicz', true],
    ['client.name.last', '小林', false],
    ['coverage.memberId', 'HM20017', true],
    // A letter like it would be another number.
    ['coverage.memberId', 'HMŁ17', false],
    ['coverage.memberId', '１２３', false],
    ['progress.summary', 'Two\nlines', true],
    ['plan.goals', ['rest', 'صلاة'], false],
    ['fee.paid', 1_400, true],
    ['sud.present', true, true],
  ] as const)('%s %s: %s', (field, value, can) => {
    expect(canPrint(field, value)).toBe(can);
  });
});
