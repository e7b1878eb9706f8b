import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, mkdirSync, openSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

/** One of the programs of the house, to be run beside this one. */
export interface Plan {
  readonly name: 'sandbox' | 'api' | 'worker';
  readonly script: string;
  readonly args: readonly string[];
  /** All that it gets to see of any environment. */
  readonly environment: Readonly<Record<string, string>>;
}

export interface Surroundings {
  readonly logDirectory: string;
  /** A process was started for the plan, at first or again. */
  readonly started: (plan: Plan, pid: number) => void;
  /** It ended though nobody asked it to; `again` says whether it is started once more. */
  readonly ended: (plan: Plan, again: boolean) => void;
}

const LARGEST_LOG = 5_000_000;
const PAUSE_MS = 1_000;
/** One that ends so often without ever having run for a while will not run at all. */
const MOST_ENDS = 5;
const A_WHILE_MS = 60_000;
const GRACE_MS = 25_000;

const openLog = (directory: string, name: string): number => {
  mkdirSync(directory, { recursive: true });
  const path = join(directory, `${name}.log`);
  const size = statSync(path, { throwIfNoEntry: false })?.size ?? 0;
  return openSync(path, size > LARGEST_LOG ? 'w' : 'a', 0o600);
};

/**
 * A program beside this one. It is started again when it dies, holds one end of a pipe by which it learns that we died,
 * and its output goes to a file, because it would die with our terminal.
 */
export class Child {
  private process: ChildProcess | undefined;
  private stopping = false;
  private ends = 0;
  private failed = false;

  constructor(
    readonly plan: Plan,
    private readonly around: Surroundings,
  ) {}

  /** It has ended too often to be tried again. */
  isLost(): boolean {
    return this.failed;
  }

  isRunning(): boolean {
    return this.process !== undefined && this.process.exitCode === null && this.process.signalCode === null;
  }

  start(): void {
    const { plan, around } = this;
    const log = openLog(around.logDirectory, plan.name);
    const began = performance.now();
    const child = spawn(process.execPath, [plan.script, ...plan.args], {
      env: plan.environment,
      stdio: ['pipe', log, log],
      // A Ctrl-C in the terminal reaches us alone; we end the others in their order.
      detached: true,
    });
    closeSync(log);
    this.process = child;
    child.stdin?.on('error', () => undefined);
    child.once('error', () => undefined);
    if (child.pid !== undefined) around.started(plan, child.pid);
    child.once('close', () => {
      if (this.stopping) return;
      this.ends = performance.now() - began > A_WHILE_MS ? 1 : this.ends + 1;
      this.failed = this.ends >= MOST_ENDS;
      around.ended(plan, !this.failed);
      if (this.failed) return;
      void sleep(PAUSE_MS).then(() => {
        if (!this.stopping) this.start();
      });
    });
  }

  /** Asks it to end, and ends it by force if it does not. */
  async stop(): Promise<void> {
    this.stopping = true;
    const { process: child } = this;
    if (child === undefined || !this.isRunning()) return;
    const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
    child.kill('SIGTERM');
    const timer = setTimeout(() => child.kill('SIGKILL'), GRACE_MS);
    await ended;
    clearTimeout(timer);
  }

  /** At once, for the last moment of this process. */
  kill(): void {
    this.stopping = true;
    if (this.isRunning()) this.process?.kill('SIGKILL');
  }
}
