#!/usr/bin/env node
import { issueOf, linesOf } from './failure.js';
import { programOver } from './program.js';
import { terminalScreen } from './up/screen.js';

const screen = terminalScreen();
const over = new AbortController();

/** The first signal stops everything in order, the second at once. */
const stop = (): void => {
  if (over.signal.aborted) process.exit(130);
  over.abort();
};

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, stop);

const program = programOver({
  screen,
  input: process.stdin,
  over: over.signal,
  exit: (code) => {
    process.exitCode = code;
  },
});

try {
  await program.parseAsync(process.argv);
} catch (error) {
  for (const line of linesOf([issueOf(error)])) screen.say(line);
  process.exitCode = 1;
}
// What is still open after its work is done (a connection that lingers) must not keep the terminal.
process.exit();
