import { existsSync } from 'node:fs';
import { createKeyFile, type FileKeys, openFileKeys } from '#libs/access';
import type { Result } from '#libs/kernel';
import { type Settings, systemClock } from '#libs/settings';

/** Opens the key file. A demonstration makes one if there is none; anybody else must have put it there. */
export const openKeys = ({ keys, environment }: Pick<Settings, 'keys' | 'environment'>): Result<FileKeys> => {
  if (environment !== 'production' && !existsSync(keys.path)) {
    const created = createKeyFile(keys.path);
    if (!created.ok) return created;
  }
  return openFileKeys(keys.path, systemClock);
};
