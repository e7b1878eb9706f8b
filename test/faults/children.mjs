import { spawn } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';

const alive = new Set();

/** Whatever ends the suite, nothing that it started outlives it. */
process.on('exit', () => {
  for (const child of alive) child.kill('SIGKILL');
});

/** Waits until a question is answered with something true; undefined when the time is over. */
export const until = async (ask, milliseconds, pause = 50) => {
  const deadline = performance.now() + milliseconds;
  for (;;) {
    const answer = await ask();
    if (answer) return answer;
    if (performance.now() > deadline) return undefined;
    await sleep(pause);
  }
};

/** A process of ours that may be killed at any moment, and everything that it said. */
export class Child {
  constructor(name, args, { cwd, environment }) {
    this.name = name;
    this.said = '';
    this.lines = [];
    let pending = '';
    const env = { PATH: process.env.PATH, HOME: process.env.HOME, TZ: process.env.TZ ?? 'UTC', ...environment };
    this.process = spawn(process.execPath, args, { cwd, env, stdio: ['pipe', 'pipe', 'pipe'] });
    alive.add(this.process);
    this.process.stdin.on('error', () => undefined);
    this.process.stdout.setEncoding('utf8').on('data', (text) => {
      this.said += text;
      const parts = (pending + text).split('\n');
      // What a dying process did not write to the end was never said.
      pending = parts.pop() ?? '';
      for (const part of parts) this.take(part);
    });
    this.process.stderr.setEncoding('utf8').on('data', (text) => (this.said += text));
    this.ended = new Promise((resolve) => {
      this.process.once('close', (code, signal) => {
        alive.delete(this.process);
        this.end = { code, signal };
        resolve(this.end);
      });
    });
  }

  take(line) {
    try {
      this.lines.push(JSON.parse(line));
    } catch {
      // Not for us.
    }
  }

  get isRunning() {
    return this.end === undefined;
  }

  /** Waits for a line with this member. */
  async line(member, milliseconds = 30_000) {
    const found = await until(
      () => this.lines.find((line) => member in line) ?? (this.isRunning ? undefined : 'ended'),
      milliseconds,
    );
    if (found === undefined || found === 'ended')
      throw new Error(`${this.name} did not say "${member}": ${this.said.slice(-2_000)}`);
    return found[member];
  }

  signal(name) {
    this.process.kill(name);
  }

  /** Asks it to end, and insists after a while. Gives how it ended. */
  async stop(milliseconds = 15_000) {
    if (!this.isRunning) return this.end;
    this.signal('SIGTERM');
    const insisting = setTimeout(() => this.signal('SIGKILL'), milliseconds);
    const end = await this.ended;
    clearTimeout(insisting);
    return end;
  }

  async kill() {
    if (this.isRunning) this.signal('SIGKILL');
    await this.ended;
  }
}
