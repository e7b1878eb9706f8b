import { describe, expect, it } from 'vitest';
import { warningsOf } from './warnings.js';

const warning = (code: string, path: string, fix?: string) =>
  ({ code, path, severity: 'warning', ...(fix === undefined ? {} : { fix }) }) as const;

describe('what is to be looked at', () => {
  it('is said once for all lines that it is about', () => {
    expect(
      warningsOf([
        warning('filing_deadline_near', '/lines/0/date', 'Send it now.'),
        warning('filing_deadline_near', '/lines/2/date', 'Send it now.'),
        warning('number_long', '/number', 'Shorten it.'),
      ]),
    ).toEqual([
      { text: 'Send it now.', lines: [1, 3] },
      { text: 'Shorten it.', lines: [] },
    ]);
  });

  it('is its code where nothing tells what to do', () => {
    expect(warningsOf([warning('odd', '')])).toEqual([{ text: 'odd', lines: [] }]);
  });
});
