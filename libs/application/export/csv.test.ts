import { describe, expect, it } from 'vitest';
import { csvRecord } from './csv.js';

describe('a record', () => {
  it('is of RFC 4180', () => {
    expect(csvRecord(['a', 'b,c', 'd"e', 'f\r\ng', ''])).toBe('a,"b,c","d""e","f\r\ng",\r\n');
  });

  it.each(['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', '\r=1'])('makes text of %j', (value) => {
    expect(csvRecord([value])).toBe(`"'${value}"\r\n`);
  });

  it('leaves what only has such a sign inside', () => {
    expect(csvRecord(['C-1', '2026-01-01', 'a=b'])).toBe('C-1,2026-01-01,a=b\r\n');
  });
});
