import { copyFile, lstat, mkdir, open, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import pg from 'pg';
import { failed, issue, ok, type Result } from '#libs/kernel';
import type { EmbeddedPostgres } from './start-embedded-postgres.js';
import { readState, withoutOwner, writeState } from './state-file.js';

export interface Backup {
  readonly files: number;
  readonly bytes: number;
}

/** In a backup: the data directory, and the passwords of the server that it is of. */
export const within = (backup: string) => ({ data: join(backup, 'postgres'), state: join(backup, 'postgres.json') });

/**
 * What a copy must not have or does not need, by the manual's chapter on low-level base backups (PostgreSQL 18,
 * 25.3.4): files of the running server, and directories that are emptied when it starts.
 */
const LEFT_OUT = new Set(['postmaster.pid', 'postmaster.opts', 'backup_label', 'backup_manifest']);
const EMPTIED = new Set([
  ...['pg_wal', 'pg_replslot', 'pg_dynshmem', 'pg_notify', 'pg_serial', 'pg_snapshots', 'pg_stat_tmp', 'pg_subtrans'],
]);
const isTemporary = (name: string): boolean => name.startsWith('pgsql_tmp') || name === 'pg_internal.init';

/** A file that the server removed meanwhile is not missing: its log, which is copied too, says that it is gone. */
const isGone = (error: unknown): boolean => error instanceof Error && 'code' in error && error.code === 'ENOENT';

const copyOne = async (from: string, to: string): Promise<number> => {
  await copyFile(from, to);
  const file = await open(to, 'r+');
  try {
    await file.sync();
    return (await file.stat()).size;
  } finally {
    await file.close();
  }
};

const copyTree = async (from: string, to: string, skips: (name: string) => boolean): Promise<Backup> => {
  const counted = { files: 0, bytes: 0 };
  for (const entry of await readdir(from, { withFileTypes: true })) {
    const { name } = entry;
    const [source, target] = [join(from, name), join(to, name)];
    if (isTemporary(name)) continue;
    try {
      if (entry.isDirectory()) {
        await mkdir(target, { mode: 0o700 });
        if (skips(name)) continue;
        const inner = await copyTree(source, target, () => false);
        counted.files += inner.files;
        counted.bytes += inner.bytes;
      } else if (entry.isFile() && !skips(name)) {
        counted.bytes += await copyOne(source, target);
        counted.files += 1;
      }
    } catch (error) {
      if (!isGone(error)) throw error;
    }
  }
  return counted;
};

/** Holds the server’s log back and its pages whole while the files are read; gives the label that a start needs. */
const copyRunning = async (server: EmbeddedPostgres, to: string): Promise<Backup> => {
  const client = new pg.Client({ connectionString: server.superuserUrl });
  client.on('error', () => undefined);
  await client.connect();
  try {
    // Gone with this connection, whatever happens.
    await client.query('select pg_create_physical_replication_slot($1, true, true)', [`sluice_backup_${process.pid}`]);
    await client.query("select pg_backup_start('sluice', true)");
    const data = await copyTree(server.dataDirectory, to, (name) => LEFT_OUT.has(name) || EMPTIED.has(name));
    const stopped = await client.query<{ readonly labelfile: string }>('select labelfile from pg_backup_stop(false)');
    await writeFile(join(to, 'backup_label'), stopped.rows[0]?.labelfile ?? '', { mode: 0o600, flush: true });
    const log = await copyTree(join(server.dataDirectory, 'pg_wal'), join(to, 'pg_wal'), () => false);
    return { files: data.files + log.files, bytes: data.bytes + log.bytes };
  } finally {
    await client.end().catch(() => undefined);
  }
};

/**
 * Copies the built-in database while it runs, into a new directory that is there whole or not at all. It holds the
 * database's passwords and everything in it but the keys, which are to be kept apart.
 *
 * `backup.target-exists`; `backup.failed`: nothing is left of it. Paths are file names.
 */
export const backUpEmbedded = async (server: EmbeddedPostgres, directory: string): Promise<Result<Backup>> => {
  const to = resolve(directory);
  const unfinished = `${to}.unfinished`;
  if ((await lstat(to).catch(() => undefined)) !== undefined) return failed(issue('backup.target-exists', to));
  try {
    await rm(unfinished, { recursive: true, force: true });
    await mkdir(unfinished, { recursive: true, mode: 0o700 });
    await mkdir(within(unfinished).data, { mode: 0o700 });
    const state = await readState(server.stateFile);
    if (!state.ok || state.value === undefined) throw new Error('a running server has a state');
    const made = await copyRunning(server, within(unfinished).data);
    await writeState(within(unfinished).state, withoutOwner(state.value));
    await rename(unfinished, to);
    return ok(made);
  } catch {
    await rm(unfinished, { recursive: true, force: true }).catch(() => undefined);
    return failed(issue('backup.failed', to));
  }
};
