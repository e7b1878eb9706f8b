import { chmod, mkdir, mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { canReach, makePassable, serverUser, type ServerUser } from './server-user.js';

const stranger: ServerUser = { uid: 65_500, gid: 65_500, dropped: true };

let place: string;
beforeEach(async () => {
  place = await mkdtemp(join(tmpdir(), 'sluice-user-'));
});
afterEach(() => rm(place, { recursive: true }));

describe('the server’s user', () => {
  it('is nobody with special powers', async () => {
    const user = await serverUser(join(place, 'postgres'));
    expect(user.ok && user.value.uid).toBeGreaterThan(0);
    expect(user.ok && user.value.dropped).toBe(process.getuid?.() === 0);
  });

  it('reaches a path only if every directory above it lets it through', async () => {
    await mkdir(join(place, 'inner'));
    await chmod(join(place, 'inner'), 0o755);
    expect(await canReach(stranger, join(place, 'inner'))).toBe(false);
    await chmod(place, 0o711);
    expect(await canReach(stranger, join(place, 'inner'))).toBe(true);
    expect(await canReach(stranger, join(place, 'missing'))).toBe(false);
  });

  it('goes by its own rights where it is owner or in the group', async () => {
    const { uid, gid } = await stat(place);
    await chmod(place, 0o011);
    expect(await canReach({ ...stranger, uid }, place)).toBe(false);
    await chmod(place, 0o701);
    expect(await canReach({ ...stranger, gid }, place)).toBe(false);
    await chmod(place, 0o710);
    expect(await canReach({ ...stranger, gid }, place)).toBe(true);
  });

  it('is let through every directory that is made for it, whatever the mask, and no other', async () => {
    const mask = process.umask(0o077);
    try {
      await makePassable(join(place, 'a', 'b'));
    } finally {
      process.umask(mask);
    }
    const modes = await Promise.all(['', 'a', 'a/b'].map(async (name) => (await stat(join(place, name))).mode & 0o777));
    expect(modes).toEqual([0o700, 0o755, 0o755]);
  });
});
