import { chmod, lstat, mkdir, mkdtemp, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { copyOutside, findBinaries } from './binaries.js';

let place: string;
let native: string;
let kept: string;

beforeEach(async () => {
  place = await mkdtemp(join(tmpdir(), 'sluice-binaries-'));
  native = join(place, 'native');
  kept = join(place, 'kept');
  await mkdir(join(native, 'bin'), { recursive: true, mode: 0o700 });
  await writeFile(join(native, 'bin', 'postgres'), 'program', { mode: 0o700 });
  await writeFile(join(native, 'bin', 'notes'), 'text', { mode: 0o600 });
  await symlink('postgres', join(native, 'bin', 'postmaster'));
});
afterEach(() => rm(place, { recursive: true }));

const modeOf = async (path: string): Promise<number> => (await stat(path)).mode & 0o777;

describe('the server’s programs', () => {
  it('are found for this machine, and can be run', async () => {
    const found = await findBinaries({ uid: process.getuid?.() ?? 0, gid: process.getgid?.() ?? 0, dropped: false });
    if (!found.ok) throw new Error(found.issues[0]?.code);
    for (const program of Object.values(found.value)) expect((await stat(program)).mode & 0o100).toBe(0o100);
  });

  it('are copied once, for everybody to run and nobody to change', async () => {
    expect(await copyOutside(native, kept)).toBe(kept);
    expect(await modeOf(kept)).toBe(0o755);
    expect(await modeOf(join(kept, 'bin'))).toBe(0o755);
    expect(await modeOf(join(kept, 'bin', 'postgres'))).toBe(0o755);
    expect(await modeOf(join(kept, 'bin', 'notes'))).toBe(0o644);
    expect((await lstat(join(kept, 'bin', 'postmaster'))).isSymbolicLink()).toBe(true);
    await writeFile(join(kept, 'mark'), '');
    expect(await copyOutside(native, kept)).toBe(kept);
    expect(await readFile(join(kept, 'mark'), 'utf8')).toBe('');
  });

  it('are not taken from a place that somebody else may have prepared', async () => {
    await mkdir(join(kept, 'bin'), { recursive: true });
    await writeFile(join(kept, 'bin', 'postgres'), 'something else');
    await chmod(kept, 0o777);
    const used = await copyOutside(native, kept);
    expect(used).not.toBe(kept);
    expect(await readFile(join(used, 'bin', 'postgres'), 'utf8')).toBe('program');
  });
});
