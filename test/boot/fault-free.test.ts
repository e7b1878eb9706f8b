import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, it } from 'vitest';

const root = fileURLToPath(new URL('../..', import.meta.url));
const dist = join(root, 'dist');

beforeAll(() => {
  const built = spawnSync(process.execPath, [join(root, 'config', 'setup.mjs'), 'build'], { encoding: 'utf8' });
  if (built.status !== 0)
    throw new Error(`the build failed: ${built.stdout.slice(-2_000)}${built.stderr.slice(-2_000)}`);
}, 180_000);

/** What starts other processes must be able to end them. */
const ENDS_ITS_CHILDREN = /^(apps\/cli\/up|libs\/persistence\/embedded)\//;

const programs = (): readonly string[] =>
  readdirSync(dist, { recursive: true, encoding: 'utf8' }).filter((name) => /\.(js|mjs|cjs)$/.test(name));

/** What a plain Node, as in production, makes of an expression. */
const evaluated = (source: string, ...options: readonly string[]): string => {
  const run = spawnSync(process.execPath, [...options, '--input-type=module', '--eval', source], {
    cwd: root,
    encoding: 'utf8',
  });
  expect(run.stderr).toBe('');
  return run.stdout.trim();
};

describe('the built program', () => {
  it('has an empty function in the place of the fault points', () => {
    const text = readFileSync(join(dist, 'libs', 'kernel', 'fault-point.js'), 'utf8');
    const statements = text.replaceAll(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, '').trim();
    expect(statements).toMatch(/^export const fault = \(_point\) => Promise\.resolve\(\);$/);
  });

  it('names no switch, no signal and no file of the fault suite', () => {
    const files = programs();
    expect(files.length).toBeGreaterThan(100);
    const naming = (pattern: RegExp): readonly string[] =>
      files.filter((name) => pattern.test(readFileSync(join(dist, name), 'utf8')));
    expect(naming(/SLUICE_FAULT|SIGSTOP|test\/faults|kill\(process\.pid/)).toEqual([]);
    expect(naming(/SIGKILL/).filter((name) => !ENDS_ITS_CHILDREN.test(name))).toEqual([]);
  });

  it('resolves the fault points to that function, whatever the environment says', () => {
    const resolved = evaluated(`process.stdout.write(import.meta.resolve('#fault'))`);
    expect(fileURLToPath(resolved)).toBe(join(dist, 'libs', 'kernel', 'fault-point.js'));
    const survived = evaluated(
      `process.env.SLUICE_FAULT = 'K1:1'; const { fault } = await import('#fault'); await fault('K1'); process.stdout.write('alive')`,
    );
    expect(survived).toBe('alive');
  });

  it('would resolve them to the active module under the condition of the fault suite alone', () => {
    const resolved = evaluated(`process.stdout.write(import.meta.resolve('#fault'))`, '--conditions=faults');
    expect(fileURLToPath(resolved)).toBe(join(root, 'test', 'faults', 'fault-point.mjs'));
  });
});
