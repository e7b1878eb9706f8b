import { randomBytes } from 'node:crypto';
import { link, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { failed, issue, type Result } from '#libs/kernel';
import { isAlive, markOf, type ProcessMark } from './processes.js';

const PATIENCE = 120_000;

const holderIn = (text: string): ProcessMark | undefined => {
  const [pid, started] = text.trim().split(' ');
  return pid !== undefined && started !== undefined ? { pid: Number(pid), started } : undefined;
};

const holderOf = async (file: string): Promise<ProcessMark | undefined> =>
  holderIn(await readFile(file, 'utf8').catch(() => ''));

/** A link appears together with its content, so nobody ever reads a lock without its holder. */
const take = async (own: string, file: string): Promise<boolean> => {
  try {
    await link(own, file);
    return true;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false;
    throw error;
  }
};

/** Takes away the lock of a holder that died. If another came first, that one's lock is put back. */
const breakLock = async (file: string, dead: ProcessMark): Promise<void> => {
  const aside = `${file}.${randomBytes(4).toString('hex')}`;
  try {
    await rename(file, aside);
    const taken = await holderOf(aside);
    if (taken?.pid !== dead.pid || taken.started !== dead.started) await link(aside, file);
  } catch {
    // Somebody else was faster; the next round sees what is there now.
  } finally {
    await rm(aside, { force: true });
  }
};

/**
 * Runs the task while no other process on this machine does so for the same file; a holder that died is passed over.
 * `embedded.start-locked`: a living process held it for two minutes.
 */
export const withStartLock = async <T>(file: string, task: () => Promise<Result<T>>): Promise<Result<T>> => {
  const own = `${file}.${randomBytes(4).toString('hex')}`;
  const mark = await markOf(process.pid);
  await writeFile(own, `${process.pid} ${mark?.started ?? 'unknown'}\n`, { mode: 0o600 });
  try {
    const deadline = performance.now() + PATIENCE;
    while (!(await take(own, file))) {
      const holder = await holderOf(file);
      if (holder !== undefined && !(await isAlive(holder))) await breakLock(file, holder);
      else if (performance.now() > deadline) return failed(issue('embedded.start-locked', file));
      else await sleep(50);
    }
    try {
      return await task();
    } finally {
      await rm(file, { force: true });
    }
  } finally {
    await rm(own, { force: true });
  }
};
