import { type ChildProcess, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';

export interface Running {
  readonly child: ChildProcess;
  readonly port: number;
  /** Stands still while another side is measured, so that its timers and polls are not in the way. */
  pause(): void;
  resume(): void;
  stop(): Promise<void>;
}

/** Starts a program that says `{"listening":port}` on its first line, and ends when its stdin closes. */
export const run = async (args: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<Running> => {
  const child = spawn(process.execPath, [...args], {
    env: { ...process.env, ...env },
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const lines = createInterface({ input: child.stdout });
  const port = await new Promise<number>((resolve, reject) => {
    lines.on('line', (line) => {
      const said: unknown = line.startsWith('{') ? JSON.parse(line) : {};
      if (typeof said === 'object' && said !== null && 'listening' in said && typeof said.listening === 'number')
        resolve(said.listening);
      else if (line !== '') process.stderr.write(`${line}\n`);
    });
    child.once('exit', (code) => reject(new Error(`${args.join(' ')} ended with ${code ?? 'a signal'}`)));
  });
  return {
    child,
    port,
    pause: () => void child.kill('SIGSTOP'),
    resume: () => void child.kill('SIGCONT'),
    stop: () =>
      new Promise((resolve) => {
        if (child.exitCode !== null) {
          resolve();
          return;
        }
        child.once('exit', () => resolve());
        child.kill('SIGTERM');
        child.stdin.end();
      }),
  };
};
