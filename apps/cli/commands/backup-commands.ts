import { failed, issue, ok, type Result } from '#libs/kernel';
import { backUpEmbedded, putBackEmbedded, startEmbeddedPostgres } from '#libs/persistence';
import { readSettings } from '#libs/settings';
import type { Said } from './said.js';

/** Where the built-in server keeps its data. `backup.not-embedded`: another server is configured, which has its own means. */
const embeddedDirectory = (): Result<string> => {
  const settings = readSettings();
  if (!settings.ok) return settings;
  const { database } = settings.value;
  return database.kind === 'embedded'
    ? ok(database.dataDirectory)
    : failed(issue('backup.not-embedded', 'DATABASE_URL', 'use pg_basebackup or pg_dump'));
};

const megabytes = (bytes: number): string => `${Math.ceil(bytes / 1_048_576)} MB`;

/** Copies the built-in database, whether anybody works on it or not. */
export const backUp = async (to: string): Promise<Result<Said>> => {
  const directory = embeddedDirectory();
  if (!directory.ok) return directory;
  const server = await startEmbeddedPostgres({ dataDirectory: directory.value });
  if (!server.ok) return server;
  try {
    const made = await backUpEmbedded(server.value, to);
    if (!made.ok) return made;
    return ok({
      lines: [
        `${made.value.files} files, ${megabytes(made.value.bytes)}. It holds the database and its passwords: keep it as you keep those.`,
        'It does not hold the key file, without which nobody can read client data, nor the journal of sends. Back up the key file apart.',
      ],
      isWell: true,
    });
  } finally {
    await server.value.stop();
  }
};

/** Puts a backup in the place of the built-in database, which must not run. */
export const restoreBackup = async (from: string): Promise<Result<Said>> => {
  const directory = embeddedDirectory();
  if (!directory.ok) return directory;
  const put = await putBackEmbedded(from, directory.value);
  if (!put.ok) return put;
  const { aside } = put.value;
  return ok({
    lines: [
      ...(aside === undefined ? [] : [`What was there stands in ${aside}.`]),
      'Next: sluice reconcile-restore. Workers send nothing before it.',
    ],
    isWell: true,
  });
};
