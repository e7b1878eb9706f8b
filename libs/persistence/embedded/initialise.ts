import { chmod, chown, mkdir, readFile, rename, rm, rmdir, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { failed, issue, ok, type Result } from '#libs/kernel';
import type { Binaries } from './binaries.js';
import { runProgram } from './run-program.js';
import type { ServerUser } from './server-user.js';

/** The major version of the binaries; another one's data directory needs an upgrade, which is a person's decision. */
const MAJOR = '18';

export const SUPERUSER = 'postgres';

interface Initialisation {
  readonly binaries: Binaries;
  readonly user: ServerUser;
  readonly superuserPassword: string;
  readonly durable: boolean;
}

const give = async (path: string, user: ServerUser): Promise<void> => {
  if (user.dropped) await chown(path, user.uid, user.gid);
};

/** `empty`: nothing there yet. `foreign`: something is, and it is not a database of this version. */
export const stateOfDirectory = async (dataDirectory: string): Promise<'empty' | 'initialised' | 'foreign'> => {
  const version = await readFile(join(dataDirectory, 'PG_VERSION'), 'utf8').catch(() => undefined);
  if (version !== undefined) return version.trim() === MAJOR ? 'initialised' : 'foreign';
  if ((await stat(dataDirectory).catch(() => undefined)) === undefined) return 'empty';
  // An empty directory may have been made for us; anything else is somebody's.
  return (await rmdir(dataDirectory).then(
    () => true,
    () => false,
  ))
    ? 'empty'
    : 'foreign';
};

/**
 * Makes a new database cluster: UTF-8, the C.UTF-8 collation that does not change with the system's libraries, page
 * checksums, passwords (SCRAM) for every connection. It is made aside and moved into place when whole, so that a crash
 * leaves no half of one. `embedded.initialise-failed`.
 */
export const initialise = async (dataDirectory: string, how: Initialisation): Promise<Result<void>> => {
  const unfinished = `${dataDirectory}.new`;
  const passwordFile = `${dataDirectory}.password`;
  try {
    await rm(unfinished, { recursive: true, force: true });
    await mkdir(unfinished);
    await chmod(unfinished, 0o700);
    await give(unfinished, how.user);
    await rm(passwordFile, { force: true });
    await writeFile(passwordFile, `${how.superuserPassword}\n`, { mode: 0o600, flag: 'wx' });
    await give(passwordFile, how.user);
    const args = [
      ['--pgdata', unfinished],
      ['--username', SUPERUSER],
      ['--pwfile', passwordFile],
      ['--auth', 'scram-sha-256'],
      ['--encoding', 'UTF8'],
      ['--locale', 'C', '--locale-provider', 'builtin', '--builtin-locale', 'C.UTF-8'],
      ['--data-checksums', '--no-instructions'],
      how.durable ? [] : ['--no-sync'],
    ].flat();
    if (!(await runProgram(how.binaries.initdb, { args, user: how.user }))) throw new Error('initdb failed');
    await rename(unfinished, dataDirectory);
    return ok(undefined);
  } catch {
    await rm(unfinished, { recursive: true, force: true }).catch(() => undefined);
    return failed(issue('embedded.initialise-failed', dataDirectory));
  } finally {
    await rm(passwordFile, { force: true }).catch(() => undefined);
  }
};
