import { describe, expect, it } from 'vitest';
import { parsePostmasterFile } from './postmaster-file.js';

describe('the file of a running server', () => {
  it('gives number, port and status, which is padded with blanks', () => {
    const text = '4711\n/var/lib/sluice/x\n1795000000\n5433\n\n127.0.0.1\n  1234  5678\nready   \n';
    expect(parsePostmasterFile(text)).toEqual({ pid: 4711, port: 5433, status: 'ready' });
  });

  it('may be short while the server starts', () => {
    expect(parsePostmasterFile('4711\n/data\n1795000000\n')).toEqual({ pid: 4711, port: 0, status: '' });
  });

  it.each(['', '\n', 'none\n/data', '-4711\n/data', '0\n'])('is not believed without a process number: %j', (text) => {
    expect(parsePostmasterFile(text)).toBeUndefined();
  });
});
