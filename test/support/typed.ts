import { Readable } from 'node:stream';
import { programOver } from '../../apps/cli/program.js';

/** `sluice` with these words behind it and `input` on its standard input: what it said, showed and counted, and how it ended. */
export const typed = async (words: readonly string[], input = '') => {
  const said: string[] = [];
  const shown: string[] = [];
  const counted: string[] = [];
  const codes: number[] = [];
  const program = programOver({
    screen: {
      say: (line) => said.push(line),
      count: (what, { done, of }) => counted.push(`${what} ${done}/${of}`),
      show: (line) => shown.push(line),
      columns: undefined,
    },
    input: Readable.from([input]),
    over: new AbortController().signal,
    exit: (code) => codes.push(code),
  });
  await program.parseAsync(['node', 'sluice', ...words]);
  return { said, shown, counted, code: codes[0] };
};
