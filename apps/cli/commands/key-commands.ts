import { text } from 'node:stream/consumers';
import { addKeyToFile, removeKeysFromFile, verifyPassword } from '#libs/access';
import { countStaleKeys, forgetClient, type PracticeContext, retireKeys, rewrapKeys } from '#libs/application';
import { failed, issue, ok, type PracticeId, type Result } from '#libs/kernel';
import { systemClock } from '#libs/settings';
import type { OpenServices } from '../store/open-services.js';
import { type Opened, withStore } from '../store/with-store.js';
import type { Screen } from '../up/screen.js';
import type { Said } from './said.js';

export interface ShredOptions {
  readonly user?: string;
  readonly passwordStdin?: boolean;
  readonly irrevocably?: boolean;
}

/** Signs a privacy officer in, at the store itself. `cli.credential-missing`, `unauthorized`, `forbidden`. */
const asOfficer = async (
  { directory }: OpenServices,
  { user, passwordStdin }: ShredOptions,
  input: NodeJS.ReadableStream,
): Promise<Result<PracticeContext>> => {
  if (user === undefined || passwordStdin !== true)
    return failed(issue('cli.credential-missing', '--user with --password-stdin'));
  const password = (await text(input)).replace(/\r?\n$/, '');
  const found = await directory.findStaff(user);
  if (!(await verifyPassword(found?.passwordHash, password)) || found === undefined)
    return failed(issue('unauthorized', '--user'));
  if (!found.roles.includes('privacy-officer')) return failed(issue('forbidden', '--user', 'a privacy officer'));
  return ok({ practice: found.practice, actor: `staff:${found.staff}` });
};

/**
 * Destroys the data key of a client, for ever. `cli.not-confirmed` without its confirmation; codes of `forgetClient`.
 */
export const shredClient = (
  code: string,
  options: ShredOptions,
  input: NodeJS.ReadableStream,
): Promise<Result<Said>> => {
  if (options.irrevocably !== true)
    return Promise.resolve(failed(issue('cli.not-confirmed', '--irrevocably', 'nothing can bring the client back')));
  return withStore({ migrates: false }, async ({ open }) => {
    const services = await open();
    if (!services.ok) return services;
    const officer = await asOfficer(services.value, options, input);
    if (!officer.ok) return officer;
    const forgotten = await forgetClient(services.value.services, officer.value, code);
    if (!forgotten.ok) return forgotten;
    const { client, cancelled } = forgotten.value;
    return ok({
      lines: [
        `${client} is forgotten: the key is destroyed, ${cancelled} disclosures that had not been sent are cancelled.`,
        'Backups that were made before still hold the key until they are destroyed as well.',
      ],
      isWell: true,
    });
  });
};

const staleIn = async ({ services }: OpenServices, practices: readonly PracticeId[]): Promise<number> => {
  let stale = 0;
  for (const practice of practices) stale += await countStaleKeys(services, practice);
  return stale;
};

const rewrapAll = async (open: OpenServices, screen: Screen): Promise<number> => {
  const practices = await open.directory.practices();
  const of = await staleIn(open, practices);
  let before = 0;
  for (const practice of practices)
    before += await rewrapKeys(open.services, practice, (done) =>
      screen.count('Data keys wrapped anew', { done: before + done, of: Math.max(of, before + done) }),
    );
  return before;
};

/** First forbidden in every practice, then taken out of the file: there is no moment at which a data key could still come under it. */
const retireAll = async ({ keys, settings }: Opened, open: OpenServices): Promise<Result<Said>> => {
  const old = keys.known.filter((kek) => kek !== keys.current);
  if (old.length === 0) return ok({ lines: ['There is no old key.'], isWell: true });
  const done = new Set<PracticeId>();
  for (;;) {
    const next = (await open.directory.practices()).find((practice) => !done.has(practice));
    if (next === undefined) break;
    if (!(await retireKeys(open.services, next, old))) return failed(issue('keys.still-used', next));
    done.add(next);
  }
  const removed = removeKeysFromFile(settings.keys.path, old, systemClock);
  if (!removed.ok) return removed;
  return ok({ lines: [`Retired ${old.join(', ')}.`], isWell: true });
};

/**
 * Adds a key-encryption key and wraps every client's data key in it, or goes on with a rotation that was broken off.
 * With `retire` it adds none, and the old ones are given up when nothing is wrapped in them. The passwords of the
 * database roles stay as they are.
 */
export const rotateKeys = (options: { readonly retire?: boolean }, screen: Screen): Promise<Result<Said>> =>
  withStore({ migrates: false }, async (opened) => {
    const services = await opened.open();
    if (!services.ok) return services;
    const { keys, settings } = opened;
    const unfinished = await staleIn(services.value, await services.value.directory.practices());
    if (unfinished > 0) screen.say('A rotation was not finished; it goes on.');
    else if (options.retire !== true) {
      const added = addKeyToFile(settings.keys.path, systemClock);
      if (!added.ok) return added;
      keys.refresh();
    }
    const count = await rewrapAll(services.value, screen);
    if (options.retire === true) return retireAll(opened, services.value);
    const old = keys.known.length - 1;
    return ok({
      lines: [
        `${count} data keys are wrapped in ${keys.current} now.`,
        `Copy the key file to every machine of this installation, then retire ${old === 1 ? 'the old key' : `the ${old} old keys`}: sluice rotate-keys --retire`,
      ],
      isWell: true,
    });
  });
