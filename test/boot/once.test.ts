import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

/** The built output, started as a person starts it: everything in its own processes, on free ports, with its own database. */
const root = join(import.meta.dirname, '..', '..');
const state = mkdtempSync(join(tmpdir(), 'sluice-boot-'));

const env = (): NodeJS.ProcessEnv => {
  const { DATABASE_URL: _database, REDIS_URL: _redis, ...rest } = process.env;
  return { ...rest, SLUICE_STATE_DIRECTORY: state };
};

interface Ended {
  readonly code: number | null;
  readonly output: string;
}

const start = (
  ...args: readonly string[]
): { readonly child: ChildProcess; readonly ended: Promise<Ended>; readonly said: (text: string) => Promise<void> } => {
  const child = spawn(process.execPath, [join(root, 'dist/apps/cli/main.js'), 'up', ...args], {
    cwd: root,
    env: env(),
  });
  let output = '';
  const listeners = new Set<() => void>();
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk: Buffer) => {
      output += chunk.toString();
      for (const listener of listeners) listener();
    });
  }
  const ended = new Promise<Ended>((resolve) => child.once('close', (code) => resolve({ code, output })));
  const said = (text: string): Promise<void> =>
    new Promise((resolve, reject) => {
      const look = (): void => {
        if (output.includes(text)) resolve();
      };
      listeners.add(look);
      look();
      void ended.then(() => reject(new Error(`ended before it said “${text}”:\n${output}`)));
    });
  return { child, ended, said };
};

/** Processes whose command line names the built output and whose environment names our state directory. */
const ours = (): readonly number[] =>
  readdirSync('/proc').flatMap((entry) => {
    if (!/^\d+$/.test(entry)) return [];
    try {
      const environment = readFileSync(`/proc/${entry}/environ`, 'utf8');
      const command = readFileSync(`/proc/${entry}/cmdline`, 'utf8');
      return environment.includes(state) && command.includes('dist/apps/') ? [Number(entry)] : [];
    } catch {
      return [];
    }
  });

beforeAll(() => {
  expect(ours()).toEqual([]);
});

afterAll(() => {
  rmSync(state, { recursive: true, force: true });
});

describe('the built output', () => {
  it('a first start comes to the expected end of every document, and leaves no process behind', async () => {
    const { code, output } = await start('--once').ended;
    expect(output).toMatch(/All \d+ as expected/);
    expect(output).toContain('the chain holds');
    expect(code).toBe(0);
    expect(ours()).toEqual([]);
  });

  it('a second start keeps its data and submits nothing again', async () => {
    const { code, output } = await start('--once').ended;
    expect(output).not.toContain('Submitting invoices');
    expect(code).toBe(0);
  });

  it('a start after kill -9 finds its database and ends what was left', async () => {
    const first = start();
    await first.said('http://');
    first.child.kill('SIGKILL');
    await first.ended;
    const second = start('--once');
    const { code, output } = await second.ended;
    expect(output).toContain('the chain holds');
    expect(code).toBe(0);
    expect(ours()).toEqual([]);
  });
});
