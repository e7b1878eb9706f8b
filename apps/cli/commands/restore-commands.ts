import { parkEverything, reconcileRestore } from '#libs/application';
import { openSendJournal } from '#libs/delivery';
import { failed, issue, ok, type Result } from '#libs/kernel';
import { systemClock, systemIds } from '#libs/settings';
import { withStore } from '../store/with-store.js';
import type { Said } from './said.js';

const KEEP_FOREVER = 36_500;

const stillLeased = (count: number): readonly string[] =>
  count === 0
    ? []
    : [`${count} were being sent when the backup was made: run this again in a minute. Nothing is sent before.`];

/**
 * Goes through the journal of sends after the database came back from a backup. Workers must not run meanwhile, and do
 * not send before. `restore.journal-missing`: there is none, and `--without-journal` was not said.
 */
export const reconcileRestored = (options: { readonly withoutJournal?: boolean }): Promise<Result<Said>> =>
  withStore({ migrates: false }, async ({ settings, open }) => {
    const opened = await open();
    if (!opened.ok) return opened;
    const { services, directory } = opened.value;
    const { journalDirectory } = settings.worker;
    const journal = openSendJournal({
      directory: journalDirectory,
      keepDays: KEEP_FOREVER,
      clock: systemClock,
      ids: systemIds,
    });
    try {
      if (await journal.isNew()) {
        if (options.withoutJournal !== true)
          return failed(issue('restore.journal-missing', 'SLUICE_WORKER_JOURNAL_DIRECTORY', 'or --without-journal'));
        let parked = 0;
        let leased = 0;
        for (const practice of await directory.practices()) {
          const done = await parkEverything(services, practice);
          parked += done.parked.length;
          leased += done.leased.length;
        }
        if (leased === 0) await journal.begin();
        return ok({
          lines: [
            `${parked} disclosures are parked: ask the insurers what they have, and choose for each.`,
            ...stillLeased(leased),
          ],
          isWell: leased === 0,
        });
      }
      const { parked, unknown, leased } = await reconcileRestore(services, journal);
      return ok({
        lines: [
          `${parked.length} disclosures went after the backup was made, or may have: parked. Ask the insurers, and choose for each.`,
          `${unknown.length} more went that this database does not have: they were accepted after the backup. Submit their documents again only after asking.`,
          ...unknown.map((id) => `  ${id}`),
          ...stillLeased(leased.length),
        ],
        isWell: leased.length === 0,
      });
    } finally {
      await journal.close();
    }
  });
