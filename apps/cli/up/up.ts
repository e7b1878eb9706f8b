import { mkdirSync } from 'node:fs';
import { type Issue, ok, type Result } from '#libs/kernel';
import { reachDatabase } from '#libs/persistence';
import type { Settings } from '#libs/settings';
import { prepareDemo, type PreparedDemo } from '../demo/prepare-demo.js';
import { presentDemo } from '../demo/present.js';
import { migrate } from '../store/migrate.js';
import { openKeys } from '../store/open-keys.js';
import { type OpenServices, openServices } from '../store/open-services.js';
import { startHouse } from './house.js';
import { Roll } from './roll.js';
import type { Screen } from './screen.js';

export interface UpOptions {
  /** Stop when the demonstration has been shown. */
  readonly once: boolean;
  /** Play and show it; else it waits for another start. */
  readonly demonstrates: boolean;
}

interface Start {
  readonly settings: Settings;
  readonly options: UpOptions;
  readonly screen: Screen;
  /** Ends everything, in order. */
  readonly over: AbortSignal;
  /** Undone in the opposite order. */
  readonly undo: (() => Promise<void>)[];
}

/** 0, or 1 when something did not come out as expected. */
type ExitCode = 0 | 1;

const DATABASE_STEPS = {
  initialising: 'Making the built-in database (once) …',
  starting: 'Starting the built-in database …',
  recovering: 'The database was not stopped in order; it recovers …',
  adopting: 'The built-in database is still running; it goes on being used.',
  restarting: 'The database died; it is started again …',
  gone: 'The database could not be started again.',
} as const;

const prepareStore = async ({
  settings,
  screen,
  undo,
}: Start): Promise<Result<{ readonly ownerUrl: string; readonly open: OpenServices }>> => {
  const keys = openKeys(settings);
  if (!keys.ok) return keys;
  const database = await reachDatabase(settings.database, (step) => screen.say(DATABASE_STEPS[step]));
  if (!database.ok) return database;
  undo.push(() => database.value.close());
  const { ownerUrl } = database.value;
  const migrated = await migrate(ownerUrl, keys.value);
  if (!migrated.ok) return migrated;
  if (migrated.value > 0) screen.say(`Database brought up to date (${migrated.value} migrations).`);
  const open = await openServices(ownerUrl, keys.value);
  if (!open.ok) return open;
  undo.push(() => open.value.close());
  return ok({ ownerUrl, open: open.value });
};

const untilOver = (over: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    if (over.aborted) resolve();
    else over.addEventListener('abort', () => resolve(), { once: true });
  });

/** Where it answers, and how to get in; the passwords are as invented as those to whom they belong. */
const announce = (screen: Screen, at: { readonly address: string; readonly demo: PreparedDemo | undefined }): void => {
  screen.show(`Sluice answers at ${at.address} (documentation: ${at.address}/docs).`);
  if (at.demo === undefined) return;
  screen.show('Sign in as (all invented):');
  for (const { signIn, password, name, roles } of at.demo.demo.staff) {
    screen.show(`  ${signIn.padEnd(10)} ${password.padEnd(18)} ${name} (${roles.join(', ')})`);
  }
};

const show = async (
  start: Start,
  at: { readonly address: string; readonly demo: PreparedDemo | undefined },
): Promise<Result<ExitCode>> => {
  const { screen, over } = start;
  const { once, demonstrates } = start.options;
  const { demo, address } = at;
  const shown = demo !== undefined && demonstrates ? await presentDemo(demo, { address, screen, over }) : ok(true);
  if (!shown.ok) return shown;
  if (!once) announce(screen, at);
  return ok(shown.value ? 0 : 1);
};

const run = async (start: Start): Promise<Result<ExitCode>> => {
  const { settings, options, screen, over, undo } = start;
  mkdirSync(settings.stateDirectory, { recursive: true });
  const roll = await Roll.take(settings.stateDirectory, process.pid);
  if (!roll.ok) return roll;
  const store = await prepareStore(start);
  if (!store.ok) return store;
  const isDemo = settings.environment !== 'production' && settings.sandbox.enabled;
  const demo = isDemo ? await prepareDemo(settings, store.value.open) : undefined;
  if (demo?.ok === false) return demo;
  if (demo?.value.seeded === true) screen.say(`Made the fictitious practice “${demo.value.demo.practice.name}”.`);
  const house = await startHouse({ settings, ...store.value, roll: roll.value, screen, over, undo, demo: demo?.value });
  if (!house.ok) return house;
  const shown = await show(start, { address: house.value.address, demo: demo?.value });
  if (!shown.ok || options.once || over.aborted) return shown;
  screen.say('Ctrl-C stops everything; the data stay.');
  await untilOver(over);
  return shown;
};

/**
 * Brings everything up: key file, database, tables, the fictitious practice, insurers, gateway and worker; shows what the
 * demonstration leads to; serves until it is told to stop. What was begun is undone in the opposite order, whatever
 * happens.
 */
export const up = async (
  settings: Settings,
  options: UpOptions & { readonly screen: Screen; readonly over: AbortSignal },
): Promise<{ readonly code: ExitCode; readonly issues: readonly Issue[] }> => {
  const { screen, over, once, demonstrates } = options;
  const undo: (() => Promise<void>)[] = [];
  try {
    const result = await run({ settings, options: { once, demonstrates }, screen, over, undo });
    if (result.ok) return { code: result.value, issues: [] };
    // What fails while everything is being stopped is not what anybody wants to hear of.
    return over.aborted ? { code: 0, issues: [] } : { code: 1, issues: result.issues };
  } finally {
    if (undo.length > 0) screen.say('Stopping …');
    for (const undoOne of undo.reverse()) await undoOne().catch(() => undefined);
  }
};
