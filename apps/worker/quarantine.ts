import { hasForgotten } from '#libs/application';
import type { OpenWorker } from './open-worker.js';

/** `restored`: the database has forgotten what the journal says was sent. `journal-missing`: it has sent, and there is no journal. */
export type Quarantine = 'restored' | 'journal-missing';

const hasSent = async ({ services, directory }: OpenWorker): Promise<boolean> => {
  for (const practice of await directory.practices()) {
    const sent = await services.store.inPractice({ practice, actor: 'worker' }, ({ transmissions }) =>
      transmissions.hasAttempts(),
    );
    if (sent) return true;
  }
  return false;
};

/** Whether this worker must send nothing, because it may send again what was sent before the database was restored. */
export const quarantineOf = async (worker: OpenWorker): Promise<Quarantine | undefined> => {
  const { journal, services } = worker;
  if (await journal.isNew()) {
    if (await hasSent(worker)) return 'journal-missing';
    await journal.begin();
    return undefined;
  }
  return (await hasForgotten(services, journal)) ? 'restored' : undefined;
};
