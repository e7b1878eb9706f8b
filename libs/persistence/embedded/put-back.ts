import { chmod, chown, cp, lstat, readdir, readFile, realpath, rename, rm } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { failed, issue, ok, type Result } from '#libs/kernel';
import { within } from './backup.js';
import { stateOfDirectory } from './initialise.js';
import { isOccupied } from './processes.js';
import { canReach, makePassable, outsideDirectory, type ServerUser, serverUser } from './server-user.js';
import { withStartLock } from './start-lock.js';
import { besides, readState, type ServerState, withoutOwner, writeState } from './state-file.js';

const give = async (directory: string, user: ServerUser): Promise<void> => {
  await chmod(directory, 0o700);
  if (!user.dropped) return;
  await chown(directory, user.uid, user.gid);
  for (const entry of await readdir(directory, { withFileTypes: true })) {
    const path = join(directory, entry.name);
    if (entry.isDirectory()) await give(path, user);
    else await chown(path, user.uid, user.gid);
  }
};

/** The first name beside the directory that nobody has. */
const asideOf = async (directory: string): Promise<string> => {
  for (let number = 1; ; number += 1) {
    const aside = `${directory}.before-restore-${number}`;
    if ((await lstat(aside).catch(() => undefined)) === undefined) return aside;
  }
};

/**
 * Puts a backup where the built-in server looks for its data. What is there is moved aside, never deleted. The next
 * start replays the log that the backup has; workers then wait in quarantine, as after any restore.
 *
 * `backup.unusable`: it is no whole backup of this version; `backup.server-runs`: stop it first; `backup.failed`.
 */
export const putBackEmbedded = async (
  backup: string,
  dataDirectory: string,
): Promise<Result<{ readonly aside?: string }>> => {
  const from = within(resolve(backup));
  const saved = await readState(from.state);
  const label = await readFile(join(from.data, 'backup_label'), 'utf8').catch(() => '');
  if (!saved.ok || saved.value === undefined || label === '' || (await stateOfDirectory(from.data)) !== 'initialised')
    return failed(issue('backup.unusable', resolve(backup)));
  const { value: passwords } = saved;
  try {
    const requested = resolve(dataDirectory);
    await makePassable(dirname(requested));
    const place = join(await realpath(dirname(requested)), basename(requested));
    return await withStartLock(besides(place).lock, () => putInPlace(from.data, { place, passwords }));
  } catch {
    return failed(issue('backup.failed', resolve(backup)));
  }
};

const putInPlace = async (
  data: string,
  { place, passwords }: { readonly place: string; readonly passwords: ServerState },
): Promise<Result<{ readonly aside?: string }>> => {
  const state = await readState(besides(place).state);
  if (!state.ok) return state;
  const current = state.value;
  const user = await serverUser(current?.dataDirectory ?? place);
  if (!user.ok) return user;
  const reachable = await canReach(user.value, dirname(place));
  const target = current?.dataDirectory ?? (reachable ? place : outsideDirectory(passwords.instance));
  if (await isOccupied(target)) return failed(issue('backup.server-runs', target));
  await makePassable(dirname(target));
  const next = `${target}.restored`;
  await rm(next, { recursive: true, force: true });
  await cp(data, next, { recursive: true });
  await give(next, user.value);
  const exists = (await lstat(target).catch(() => undefined)) !== undefined;
  const aside = exists ? await asideOf(target) : undefined;
  if (aside !== undefined) {
    await rename(target, aside);
    if (current !== undefined) await writeState(besides(aside).state, withoutOwner(current));
  }
  await rename(next, target);
  await writeState(besides(place).state, { ...passwords, dataDirectory: target, port: current?.port ?? 0 });
  return ok(aside === undefined ? {} : { aside });
};
