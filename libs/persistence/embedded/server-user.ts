import { constants } from 'node:fs';
import { chmod, mkdir, readFile, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { failed, issue, ok, type Result } from '#libs/kernel';

/** As whom the server runs. Postgres refuses to run as root, so root drops to somebody else. */
export interface ServerUser {
  readonly uid: number;
  readonly gid: number;
  /** True if that is not the user of this process. */
  readonly dropped: boolean;
}

/** Only users with an entry in the password file: initdb looks its user up and refuses one without a name. */
const harmlessUsers = ['postgres', 'nobody'];

/** The user for the server; an existing data directory stays with whoever owns it. */
export const serverUser = async (dataDirectory: string): Promise<Result<ServerUser>> => {
  const uid = process.getuid?.();
  const gid = process.getgid?.();
  if (uid === undefined || gid === undefined) return failed(issue('embedded.platform-unsupported', 'platform'));
  if (uid !== 0) return ok({ uid, gid, dropped: false });

  const existing = await stat(dataDirectory).catch(() => undefined);
  if (existing !== undefined && existing.uid !== 0) return ok({ uid: existing.uid, gid: existing.gid, dropped: true });

  const entries = (await readFile('/etc/passwd', 'utf8').catch(() => '')).split('\n').map((line) => line.split(':'));
  for (const name of harmlessUsers) {
    const entry = entries.find((fields) => fields[0] === name);
    const found = { uid: Number(entry?.[2]), gid: Number(entry?.[3]), dropped: true };
    if (Number.isInteger(found.uid) && found.uid > 0 && Number.isInteger(found.gid)) return ok(found);
  }
  return failed(issue('embedded.user-missing', 'user', harmlessUsers.join(' or ')));
};

/** What to add to the options of a spawn so that the child is that user. */
export const spawnAs = (user: ServerUser): { uid?: number; gid?: number } =>
  user.dropped ? { uid: user.uid, gid: user.gid } : {};

/** Whether the user can pass through the path and everything above it. Root's own groups are dropped with root. */
export const canReach = async (user: ServerUser, path: string): Promise<boolean> => {
  if (!user.dropped) return true;
  for (let place = path; ; place = dirname(place)) {
    const entry = await stat(place).catch(() => undefined);
    if (entry === undefined) return false;
    const bit =
      entry.uid === user.uid ? constants.S_IXUSR : entry.gid === user.gid ? constants.S_IXGRP : constants.S_IXOTH;
    if ((entry.mode & bit) === 0) return false;
    if (dirname(place) === place) return true;
  }
};

/**
 * Makes a directory and what is missing above it, each open to pass through: a recursive mkdir with a narrow mode
 * would close the parents to the server's user too.
 */
export const makePassable = async (directory: string): Promise<void> => {
  const first = await mkdir(directory, { recursive: true });
  if (first === undefined) return;
  for (let place = directory; place.length >= first.length; place = dirname(place)) await chmod(place, 0o755);
};

/** Where root keeps a data directory that cannot stand inside a project which only root can enter. */
export const outsideDirectory = (instance: string): string => join('/var/lib/sluice', instance);
