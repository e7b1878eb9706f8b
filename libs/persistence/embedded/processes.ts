import { readdir, readFile, readlink } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';

/** A process by number and moment of start, so that a number which was given away again is not taken for it. */
export interface ProcessMark {
  readonly pid: number;
  readonly started: string;
}

const hasProc = process.platform === 'linux';

const answersToSignals = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
};

/** The mark of a living process; a zombie counts as dead, because it holds nothing any more. */
export const markOf = async (pid: number): Promise<ProcessMark | undefined> => {
  if (!hasProc) return answersToSignals(pid) ? { pid, started: 'unknown' } : undefined;
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '');
  // The command name stands in brackets and may itself hold brackets and blanks: what counts follows the last one.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  const [state] = fields;
  const started = fields[19];
  if (state === undefined || started === undefined || state === 'Z' || state === 'X') return undefined;
  return { pid, started };
};

export const isAlive = async (mark: ProcessMark): Promise<boolean> =>
  (await markOf(mark.pid))?.started === mark.started;

const worksIn = async (pid: number, directory: string): Promise<boolean> =>
  (await readlink(`/proc/${pid}/cwd`).catch(() => '')) === directory;

/**
 * The mark of process `pid` if it serves this data directory (an absolute real path): every Postgres process works in
 * its data directory. Where the system does not say where a process works, being alive has to do.
 */
export const markOfServer = async (pid: number, dataDirectory: string): Promise<ProcessMark | undefined> => {
  const mark = await markOf(pid);
  return mark !== undefined && (!hasProc || (await worksIn(pid, dataDirectory))) ? mark : undefined;
};

/** Whether any process, a server's left-over child for instance, still works in the directory. */
export const isOccupied = async (dataDirectory: string): Promise<boolean> => {
  if (!hasProc) return false;
  for (const name of await readdir('/proc')) {
    if (/^\d+$/.test(name) && (await worksIn(Number(name), dataDirectory)) && (await markOf(Number(name)))) return true;
  }
  return false;
};

/** Polls until the condition holds. `false`: it did not within the given milliseconds. */
export const waitUntil = async (condition: () => Promise<boolean>, milliseconds: number): Promise<boolean> => {
  const deadline = performance.now() + milliseconds;
  while (!(await condition())) {
    if (performance.now() > deadline) return false;
    await sleep(20);
  }
  return true;
};
