import type { FileKeys } from '#libs/access';
import { ok, type Result } from '#libs/kernel';
import { type EmbeddedStep, migrateDatabase, type RolePasswords, startEmbeddedPostgres } from '#libs/persistence';
import type { Settings } from '#libs/settings';

export interface OpenDatabase {
  /** The role that owns the tables. Holds a password: never to be shown. */
  readonly ownerUrl: string;
  /** Stops the built-in server if nobody else needs it. */
  close(): Promise<void>;
}

/** The configured database, or the built-in one, started if it does not run. Codes as of `startEmbeddedPostgres`. */
export const openDatabase = async (
  { database }: Pick<Settings, 'database'>,
  log?: (step: EmbeddedStep) => void,
): Promise<Result<OpenDatabase>> => {
  if (database.kind === 'url') return ok({ ownerUrl: database.url, close: () => Promise.resolve() });
  const server = await startEmbeddedPostgres({ dataDirectory: database.dataDirectory, ...(log ? { log } : {}) });
  if (!server.ok) return server;
  return ok({ ownerUrl: server.value.ownerUrl, close: () => server.value.stop() });
};

export const rolePasswords = (keys: FileKeys): RolePasswords => ({
  app: keys.databasePassword('app'),
  relay: keys.databasePassword('relay'),
  queue: keys.databasePassword('queue'),
});

/** Brings the tables up to date. The queue's own schema is brought up to date by whoever opens the queue. */
export const migrate = async (ownerUrl: string, keys: FileKeys): Promise<Result<number>> => {
  const migrated = await migrateDatabase(ownerUrl, { passwords: rolePasswords(keys) });
  return migrated.ok ? ok(migrated.value.applied.length) : migrated;
};
