import type { FileKeys } from '#libs/access';
import { ok, type Result } from '#libs/kernel';
import { migrateDatabase, rolePasswords, type RolePasswords } from '#libs/persistence';

export const passwordsFrom = (keys: FileKeys): RolePasswords => rolePasswords((role) => keys.databasePassword(role));

/** Brings the tables up to date. The queue's own schema is brought up to date by whoever opens the queue. */
export const migrate = async (ownerUrl: string, keys: FileKeys): Promise<Result<number>> => {
  const migrated = await migrateDatabase(ownerUrl, { passwords: passwordsFrom(keys) });
  return migrated.ok ? ok(migrated.value.applied.length) : migrated;
};
