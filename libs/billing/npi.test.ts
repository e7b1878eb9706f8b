import { describe, expect, it } from 'vitest';
import { isNpi } from './npi.js';

describe('isNpi', () => {
  it('accepts a right check digit', () => {
    expect(isNpi('1999000007')).toBe(true);
    // The worked example of the check digit rule itself.
    expect(isNpi('1234567893')).toBe(true);
  });

  it('accepts exactly one check digit', () => {
    const right = Array.from({ length: 10 }, (_none, digit) => `199900000${digit}`).filter(isNpi);
    expect(right).toHaveLength(1);
  });

  it.each(['', '199900000', '19990000099', '3999000003', '1999 00007', '１９９９０００００７', 'abcdefghij'])(
    'refuses %j',
    (text) => {
      expect(isNpi(text)).toBe(false);
    },
  );

  it('notices two neighbours exchanged', () => {
    expect(isNpi('1234567893')).toBe(true);
    expect(isNpi('1243567893')).toBe(false);
  });
});
