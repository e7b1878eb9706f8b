import { describe, expect, it } from 'vitest';
import { csvOf } from './save-file.js';

describe('a comma-separated file', () => {
  it('quotes what has commas, quotes or line breaks', () => {
    expect(
      csvOf([
        ['row', 'code'],
        [2, 'a,b'],
        [3, 'say "no"'],
      ]),
    ).toBe('row,code\r\n2,"a,b"\r\n3,"say ""no"""\r\n');
  });

  it.each(['=1+1', '+1', '-1', '@x', '\t=1'])('gives a spreadsheet no formula: %j', (cell) => {
    expect(
      csvOf([[cell]])
        .replace(/^"/, '')
        .startsWith("'"),
    ).toBe(true);
  });

  it('leaves numbers as they are, also negative ones', () => {
    expect(csvOf([[-5, 0]])).toBe('-5,0\r\n');
  });
});
