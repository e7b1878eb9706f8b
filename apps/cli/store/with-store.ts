import type { FileKeys } from '#libs/access';
import { ok, type Result } from '#libs/kernel';
import { reachDatabase } from '#libs/persistence';
import { readSettings, type Settings } from '#libs/settings';
import { migrate } from './migrate.js';
import { openKeys } from './open-keys.js';
import { type OpenServices, openServices } from './open-services.js';

export interface Opened {
  readonly settings: Settings;
  readonly keys: FileKeys;
  readonly applied: number;
  readonly open: () => Promise<Result<OpenServices>>;
}

/** Opens the store itself for one piece of work, and closes it again. */
export const withStore = async <Outcome>(
  options: { readonly migrates: boolean },
  work: (opened: Opened) => Promise<Result<Outcome>>,
): Promise<Result<Outcome>> => {
  const settings = readSettings();
  if (!settings.ok) return settings;
  const keys = openKeys(settings.value);
  if (!keys.ok) return keys;
  const database = await reachDatabase(settings.value.database);
  if (!database.ok) return database;
  const opened: OpenServices[] = [];
  try {
    const { ownerUrl } = database.value;
    const migrated = options.migrates ? await migrate(ownerUrl, keys.value) : ok(0);
    if (!migrated.ok) return migrated;
    const open = async (): Promise<Result<OpenServices>> => {
      const services = await openServices(ownerUrl, keys.value);
      if (services.ok) opened.push(services.value);
      return services;
    };
    return await work({ settings: settings.value, keys: keys.value, applied: migrated.value, open });
  } finally {
    for (const one of opened) await one.close();
    await database.value.close();
  }
};
