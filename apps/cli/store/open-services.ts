import type { FileKeys } from '#libs/access';
import type { InsurerProfile, Log, Metrics, Services } from '#libs/application';
import { ok, type Result } from '#libs/kernel';
import { openStore, type OpenStore, runtimeUrls } from '#libs/persistence';
import { loadRules, projectRoot, systemClock, systemIds } from '#libs/settings';
import { passwordsFrom } from './migrate.js';

export interface OpenServices {
  readonly services: Services;
  readonly directory: OpenStore['directory'];
  readonly addPractice: OpenStore['addPractice'];
  /** The insurers of `config/insurers`. */
  readonly insurers: readonly InsurerProfile[];
  close(): Promise<void>;
}

/** The command line answers for itself, to whoever typed the command; the ledger has the rest. */
const silentLog: Log = { event: () => undefined, failure: () => undefined };
const noMetrics: Metrics = { count: () => undefined, observe: () => undefined };

/** What use cases stand on, over the store itself, as the role of the running program. */
export const openServices = async (ownerUrl: string, keys: FileKeys): Promise<Result<OpenServices>> => {
  const rules = await loadRules(projectRoot());
  if (!rules.ok) return rules;
  const { appUrl } = runtimeUrls(ownerUrl, passwordsFrom(keys));
  const opened = await openStore({ appUrl, keys, poolSize: 2 });
  if (!opened.ok) return opened;
  const { store, directory, addPractice, close } = opened.value;
  return ok({
    services: {
      store,
      keys,
      book: rules.value.book,
      ids: systemIds,
      clock: systemClock,
      log: silentLog,
      metrics: noMetrics,
    },
    directory,
    addPractice,
    insurers: rules.value.insurers,
    close,
  });
};
