import { failed, issue, ok, type Result } from '#libs/kernel';
import { readSettings, type Settings } from '#libs/settings';
import { prepareDemo } from '../demo/prepare-demo.js';
import { migrate, openDatabase } from '../store/open-database.js';
import { openKeys } from '../store/open-keys.js';
import { type OpenServices, openServices } from '../store/open-services.js';
import type { Screen } from '../up/screen.js';
import type { Said } from './gateway-commands.js';

interface Opened {
  readonly settings: Settings;
  readonly applied: number;
  readonly open: () => Promise<Result<OpenServices>>;
}

/** Opens the store itself for one piece of work, and closes it again. */
const withStore = async (
  options: { readonly migrates: boolean },
  work: (opened: Opened) => Promise<Result<Said>>,
): Promise<Result<Said>> => {
  const settings = readSettings();
  if (!settings.ok) return settings;
  const keys = openKeys(settings.value);
  if (!keys.ok) return keys;
  const database = await openDatabase(settings.value);
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
    return await work({ settings: settings.value, applied: migrated.value, open });
  } finally {
    for (const one of opened) await one.close();
    await database.value.close();
  }
};

/** Brings the tables up to date. */
export const migrateStore = (): Promise<Result<Said>> =>
  withStore({ migrates: true }, ({ applied }) =>
    Promise.resolve(
      ok({ lines: [applied === 0 ? 'Up to date already.' : `${applied} migrations applied.`], isWell: true }),
    ),
  );

/** Makes the fictitious practice. `seed.not-in-production`: nobody's real practice wants invented clients. */
export const seedStore = (): Promise<Result<Said>> =>
  withStore({ migrates: true }, async ({ settings, open }) => {
    if (settings.environment === 'production') return failed(issue('seed.not-in-production', 'SLUICE_ENVIRONMENT'));
    const services = await open();
    if (!services.ok) return services;
    const prepared = await prepareDemo(settings, services.value);
    if (!prepared.ok) return prepared;
    const { name } = prepared.value.demo.practice;
    return ok({
      lines: [prepared.value.seeded ? `Made the fictitious practice “${name}”.` : `“${name}” is here already.`],
      isWell: true,
    });
  });

/** Walks the ledger of every practice and computes everything again. Not well: one does not hold. */
export const verifyLedgers = (screen: Screen): Promise<Result<Said>> =>
  withStore({ migrates: false }, async ({ open }) => {
    const services = await open();
    if (!services.ok) return services;
    const { directory, services: use } = services.value;
    const lines: string[] = [];
    let isWell = true;
    for (const practice of await directory.practices()) {
      const verified = await use.store.inPractice({ practice, actor: 'setup' }, (transaction) =>
        transaction.ledger.verify((blocks) => screen.say(`${practice}: ${blocks} blocks …`)),
      );
      const { blocks, entries, head, broken } = verified;
      const outcome = broken === undefined ? 'the chain holds' : `broken at block ${broken.height}: ${broken.code}`;
      lines.push(`${practice}: ${blocks} blocks, ${entries} entries, head ${head.slice(0, 16)} · ${outcome}`);
      isWell &&= broken === undefined;
    }
    return ok({ lines: lines.length === 0 ? ['There is no practice here.'] : lines, isWell });
  });
