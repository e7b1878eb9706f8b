import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { lastAddress, Roll } from './roll.js';

let place: string;
let begun: ChildProcess[] = [];

beforeEach(() => {
  place = mkdtempSync(join(tmpdir(), 'sluice-roll-'));
});

afterEach(() => {
  for (const one of begun) one.kill('SIGKILL');
  begun = [];
  rmSync(place, { recursive: true, force: true });
});

/** A process that runs a script of this name, until it is told to end. */
const running = async (
  name: string,
): Promise<{ readonly pid: number; readonly script: string; readonly process: ChildProcess }> => {
  const script = join(place, `${name}.mjs`);
  writeFileSync(script, 'setInterval(() => undefined, 1000); console.log("on");');
  const child = spawn(process.execPath, [script], { stdio: ['ignore', 'pipe', 'ignore'] });
  begun.push(child);
  await once(child.stdout, 'data');
  return { pid: child.pid ?? 0, script, process: child };
};

const isAlive = (child: ChildProcess): boolean => child.exitCode === null && child.signalCode === null;

const enrol = (content: object): void => writeFileSync(join(place, 'running.json'), JSON.stringify(content));

const dead = { name: 'cli', pid: 2 ** 22 - 7, script: 'nowhere/main.js' };

describe('who runs over a state directory', () => {
  it('is one at a time', async () => {
    const other = await running('other');
    enrol({ parent: { name: 'cli', pid: other.pid, script: other.script }, children: [] });
    expect(await Roll.take(place, process.pid)).toMatchObject({ ok: false, issues: [{ code: 'up.already-running' }] });
    expect(isAlive(other.process)).toBe(true);
  });

  it('is known again however the program was called', async () => {
    const other = await running('other');
    const taken = await Roll.take(place, other.pid);
    expect(taken.ok).toBe(true);
    expect(await Roll.take(place, process.pid)).toMatchObject({
      ok: false,
      issues: [{ path: `process ${other.pid}` }],
    });
  });

  it('ends what a killed start left running', async () => {
    const orphan = await running('api');
    const ended = once(orphan.process, 'exit');
    enrol({ parent: dead, children: [{ name: 'api', pid: orphan.pid, script: orphan.script }] });
    expect((await Roll.take(place, process.pid)).ok).toBe(true);
    expect((await ended)[1]).toBe('SIGTERM');
  });

  it('leaves a process alone that only has the number of one of ours', async () => {
    const stranger = await running('stranger');
    enrol({
      parent: { ...dead, pid: stranger.pid },
      children: [{ name: 'api', pid: stranger.pid, script: join(place, 'api.mjs') }],
    });
    expect((await Roll.take(place, process.pid)).ok).toBe(true);
    expect(isAlive(stranger.process)).toBe(true);
  });

  it('is written down for its owner alone, with the address of the gateway', async () => {
    expect(lastAddress(place)).toBeUndefined();
    const roll = await Roll.take(place, process.pid);
    if (!roll.ok) throw new Error('the directory is free');
    roll.value.enter({ name: 'api', pid: 4711, script: '/nowhere/api.js' });
    roll.value.answersAt('http://127.0.0.1:4001');
    expect(lastAddress(place)).toBe('http://127.0.0.1:4001');
    expect(statSync(join(place, 'running.json')).mode & 0o777).toBe(0o600);
  });

  it('starts afresh from a file that is no good', async () => {
    writeFileSync(join(place, 'running.json'), '{"parent":');
    expect((await Roll.take(place, process.pid)).ok).toBe(true);
  });
});
