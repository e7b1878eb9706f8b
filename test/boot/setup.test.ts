import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync } from 'node:fs';
import { copyFile, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

/** A project in miniature: the real script, and stand-ins for npm, the compiler and vitest that write down their calls. */
let project: string;

const write = async (path: string, content: string): Promise<void> => {
  await mkdir(dirname(join(project, path)), { recursive: true });
  await writeFile(join(project, path), content);
};

const lockFile = (version: string) =>
  JSON.stringify({
    packages: {
      '': { name: 'miniature' },
      'node_modules/tool': { version, integrity: 'sha512-1' },
      'node_modules/other-machine': { version: '1.0.0', optional: true },
    },
  });

const npm = `#!${process.execPath}
const fs = require('node:fs');
fs.appendFileSync('calls', 'npm ' + process.argv.slice(2).join(' ') + '\\n');
if (fs.existsSync('npm-fails')) { console.log('no such package'); process.exit(7); }
const lock = JSON.parse(fs.readFileSync('package-lock.json', 'utf8'));
delete lock.packages[''];
delete lock.packages['node_modules/other-machine'];
fs.cpSync('stand-ins', 'node_modules', { recursive: true });
setTimeout(() => fs.writeFileSync('node_modules/.package-lock.json', JSON.stringify(lock)), 200);
`;

const compiler = `
const fs = require('node:fs');
fs.appendFileSync('calls', 'tsc\\n');
if (fs.existsSync('apps/wrong.ts')) process.exit(2);
const out = process.argv[process.argv.indexOf('--outDir') + 1];
fs.mkdirSync(out + '/apps/cli', { recursive: true });
fs.copyFileSync('cli.js', out + '/apps/cli/main.js');
`;

const vitest = `
import fs from 'node:fs';
fs.appendFileSync('calls', 'vitest ' + process.argv.slice(2).filter((text) => !text.startsWith('--outputFile')).join(' ') + '\\n');
const out = process.argv.find((text) => text.startsWith('--outputFile.json=')).split('=')[1];
if (fs.existsSync('report.json')) fs.copyFileSync('report.json', out);
process.exit(fs.existsSync('vitest-fails') ? 3 : 0);
`;

const cli = `
console.log('up ' + process.argv.slice(2).join(' '));
process.on('SIGTERM', () => { console.log('stopped'); process.exit(4); });
if (process.argv.includes('--once')) process.exit(5);
setInterval(() => undefined, 1000);
`;

const setup = (args: string[], environment: Record<string, string> = {}) => {
  const child = spawn(process.execPath, [join(project, 'config/setup.mjs'), ...args], {
    cwd: '/',
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { PATH: `${join(project, 'bin')}:${process.env['PATH'] ?? ''}`, ...environment },
  });
  let out = '';
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text: string) => (out += text));
  const ended = once(child, 'close').then(([code]) => ({ code: code as number | null, out }));
  return { child, ended, said: () => out };
};

const calls = async (): Promise<string[]> =>
  (await readFile(join(project, 'calls'), 'utf8').catch(() => '')).split('\n').filter((line) => line !== '');

const outcome = (status: string, title = 'works', suite = 'suite') => ({ status, title, ancestorTitles: [suite] });

const report = (...files: { status: string; assertionResults: unknown[] }[]) =>
  write(
    'report.json',
    JSON.stringify({ testResults: files.map((file) => ({ name: join(project, 'a.test.ts'), ...file })) }),
  );

beforeEach(async () => {
  project = await mkdtemp(join(tmpdir(), 'sluice-setup-'));
  await mkdir(join(project, 'config'));
  await copyFile(resolve(import.meta.dirname, '../../config/setup.mjs'), join(project, 'config/setup.mjs'));
  await write('package.json', JSON.stringify({ type: 'commonjs', engines: { node: '>=20.19.0' } }));
  await write('package-lock.json', lockFile('1.0.0'));
  await write('tsconfig.json', '{}');
  await write('libs/kernel/index.ts', 'export {};');
  await write('stand-ins/typescript7/bin/tsc', compiler);
  await write('stand-ins/vitest/vitest.mjs', vitest);
  await write('cli.js', cli);
  await write('bin/npm', npm);
  chmodSync(join(project, 'bin/npm'), 0o755);
});

afterEach(() => rm(project, { recursive: true }));

const npmCall = 'npm ci --no-audit --no-fund --include=dev --include=optional';

describe('setup', () => {
  it('installs and builds once, and again only when something changed', async () => {
    const first = await setup(['build']).ended;
    expect(first).toEqual({ code: 0, out: expect.stringMatching(/^Installing.*\nBuilding.*\n$/) });
    expect(await calls()).toEqual([npmCall, 'tsc']);
    expect(await setup(['build']).ended).toEqual({ code: 0, out: '' });

    await write('libs/kernel/index.test.ts', '// tests are not built');
    expect((await setup(['build']).ended).code).toBe(0);
    expect(await calls()).toHaveLength(2);

    await write('libs/kernel/index.ts', 'export const changed = 1;');
    expect((await setup(['build']).ended).code).toBe(0);
    expect(await calls()).toEqual([npmCall, 'tsc', 'tsc']);

    await write('package-lock.json', lockFile('1.0.1'));
    expect((await setup(['build']).ended).code).toBe(0);
    expect(await calls()).toEqual([npmCall, 'tsc', 'tsc', npmCall, 'tsc']);
  });

  it('installs again after an installation that was cut off', async () => {
    await mkdir(join(project, 'node_modules'));
    expect((await setup(['build']).ended).code).toBe(0);
    expect(await calls()).toEqual([npmCall, 'tsc']);
  });

  it('says what npm said when it fails, and goes no further', async () => {
    await write('npm-fails', '');
    const { code, out } = await setup(['start']).ended;
    expect(code).toBe(1);
    expect(out).toContain('npm ci failed (exit code 7):\nno such package');
    expect(await calls()).toEqual([npmCall]);
  });

  it('leaves the last build in place when the next one fails', async () => {
    await setup(['build']).ended;
    await write('apps/wrong.ts', '');
    const { code, out } = await setup(['build']).ended;
    expect(code).toBe(1);
    expect(out).toContain('The build failed.');
    expect(await readdir(join(project, 'dist'))).toContain('apps');
    await rm(join(project, 'apps/wrong.ts'));
    expect(await setup(['build']).ended).toEqual({ code: 0, out: '' });
  });

  it('works once for two that start together, and passes over a lock whose holder died', async () => {
    const dead = spawn('true');
    await once(dead, 'exit');
    await write('.sluice/setup.lock', String(dead.pid ?? 0));
    const both = await Promise.all([setup(['build']).ended, setup(['build']).ended]);
    expect(both.map(({ code }) => code)).toEqual([0, 0]);
    expect(await calls()).toEqual([npmCall, 'tsc']);
    expect(await readdir(join(project, '.sluice'))).toEqual([]);
  });

  it('refuses an older Node and an unknown command in a plain sentence', async () => {
    const unknown = await setup(['deploy']).ended;
    expect(unknown).toEqual({ code: 1, out: 'Usage: node config/setup.mjs start | test | build [arguments]\n' });
    await write('package.json', JSON.stringify({ engines: { node: '>=99.1.0' } }));
    const old = await setup(['build']).ended;
    expect(old).toEqual({
      code: 1,
      out: `Sluice needs Node 99.1.0 or newer; this is Node ${process.versions.node}.\n`,
    });
    expect(await calls()).toEqual([]);
  });
});

describe('setup start', () => {
  it('passes arguments on and ends with the program’s exit code', async () => {
    const { code, out } = await setup(['start', '--once', '--quiet']).ended;
    expect(out).toContain('up up --once --quiet\n');
    expect(code).toBe(5);
  });

  it('passes a signal on and waits for the program to end', async () => {
    const running = setup(['start']);
    await expect.poll(running.said, { timeout: 20_000 }).toContain('up up');
    running.child.kill('SIGTERM');
    const { code, out } = await running.ended;
    expect(out).toContain('stopped\n');
    expect(code).toBe(4);
  });
});

describe('setup test', () => {
  const lastLine = (out: string): string | undefined => out.trim().split('\n').at(-1);

  it('runs every project and ends with one line of counts', async () => {
    await report({ status: 'passed', assertionResults: [outcome('passed'), outcome('passed')] });
    const { code, out } = await setup(['test', 'libs/x12']).ended;
    expect(code).toBe(0);
    expect(lastLine(out)).toBe('2 passed, 0 failed, 0 skipped');
    expect((await calls()).at(-1)).toBe(
      'vitest run -c config/tools/vitest.config.ts --project unit --project types --project properties' +
        ' --project integration --project e2e --project browser --reporter=default --reporter=json libs/x12',
    );
  });

  it('names what was skipped, and lets nothing be skipped in CI', async () => {
    await report({
      status: 'passed',
      assertionResults: [outcome('passed'), outcome('skipped', 'a', 'the queue on Redis')],
    });
    const here = await setup(['test']).ended;
    expect(here.code).toBe(0);
    expect(here.out).toContain('skipped: a.test.ts: the queue on Redis\n');
    expect(lastLine(here.out)).toBe('1 passed, 0 failed, 1 skipped');
    const inCi = await setup(['test'], { CI: 'true' }).ended;
    expect(inCi.code).toBe(1);
    expect(lastLine(inCi.out)).toBe('1 passed, 0 failed, 1 skipped');
  });

  it('fails with a failed test, a file that could not be read, no test at all, no report, or a failing vitest', async () => {
    await report({ status: 'failed', assertionResults: [outcome('passed'), outcome('failed')] });
    const failing = await setup(['test']).ended;
    expect([failing.code, lastLine(failing.out)]).toEqual([1, '1 passed, 1 failed, 0 skipped']);

    await report(
      { status: 'passed', assertionResults: [outcome('passed')] },
      { status: 'failed', assertionResults: [] },
    );
    const broken = await setup(['test']).ended;
    expect([broken.code, lastLine(broken.out)]).toEqual([1, '1 passed, 1 failed, 0 skipped']);

    await report({ status: 'passed', assertionResults: [outcome('skipped')] });
    const idle = await setup(['test']).ended;
    expect([idle.code, lastLine(idle.out)]).toEqual([1, '0 passed, 0 failed, 1 skipped']);

    await rm(join(project, 'report.json'));
    const silent = await setup(['test']).ended;
    expect([silent.code, lastLine(silent.out)]).toEqual([1, 'The tests did not come to an end: there is no report.']);

    await report({ status: 'passed', assertionResults: [outcome('passed')] });
    await write('vitest-fails', '');
    const unhandled = await setup(['test']).ended;
    expect([unhandled.code, lastLine(unhandled.out)]).toEqual([3, '1 passed, 0 failed, 0 skipped']);
  });
});
