import { readdirSync, readFileSync } from 'node:fs';

/** Clock ticks a second, which Linux fixes for programs (`getconf CLK_TCK`). */
const TICKS_PER_SECOND = 100;

interface Stat {
  readonly parent: number;
  readonly ticks: number;
}

/** Field numbers as in proc(5): 4 parent, 14 to 17 user and system time of it and of children that it has waited for. */
const statOf = (pid: string): Stat | undefined => {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'latin1');
    // The name may hold blanks and brackets; what follows its last bracket does not.
    const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
    const at = (field: number): number => Number(fields[field - 3]);
    return { parent: at(4), ticks: at(14) + at(15) + at(16) + at(17) };
  } catch {
    return undefined;
  }
};

/** Seconds of processor time that a process and all below it have had; undefined where there is no procfs. */
export const processorSecondsOf = (root: number): number | undefined => {
  const all = new Map<number, Stat>();
  try {
    for (const name of readdirSync('/proc')) {
      const stat = /^\d+$/.test(name) ? statOf(name) : undefined;
      if (stat !== undefined) all.set(Number(name), stat);
    }
  } catch {
    return undefined;
  }
  const isBelow = (pid: number): boolean => {
    for (let at: number | undefined = pid; at !== undefined && at > 1; at = all.get(at)?.parent)
      if (at === root) return true;
    return false;
  };
  let ticks = 0;
  for (const [pid, stat] of all) if (isBelow(pid)) ticks += stat.ticks;
  return ticks / TICKS_PER_SECOND;
};
