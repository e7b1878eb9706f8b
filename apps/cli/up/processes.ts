import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';

/** How a process was started, as the system tells it; empty when there is no such process. */
export const commandLineOf = async (pid: number): Promise<string> => {
  if (process.platform === 'linux') {
    const found = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '');
    return found.replaceAll('\0', ' ');
  }
  const listed = await promisify(execFile)('ps', ['-o', 'command=', '-p', String(pid)]).catch(() => ({ stdout: '' }));
  return listed.stdout;
};

/** Whether a process runs this program of ours: a number alone may have been given to anybody since. */
export const runs = async (pid: number, script: string): Promise<boolean> =>
  (await commandLineOf(pid)).includes(script);

const signal = (pid: number, name: NodeJS.Signals): void => {
  try {
    process.kill(pid, name);
  } catch {
    // It has ended by itself.
  }
};

const GRACE_MS = 10_000;

/** Ends a process if it runs this program of ours: by request, and after ten seconds by force. */
export const endIfOurs = async (pid: number, script: string): Promise<boolean> => {
  if (!(await runs(pid, script))) return false;
  signal(pid, 'SIGTERM');
  const deadline = performance.now() + GRACE_MS;
  while (performance.now() < deadline) {
    await sleep(50);
    if (!(await runs(pid, script))) return true;
  }
  signal(pid, 'SIGKILL');
  return true;
};
