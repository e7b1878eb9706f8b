import { beat } from '#libs/application';
import type { OpenWorker } from './open-worker.js';
import type { Quarantine } from './quarantine.js';

/** Tells every practice that this worker lives, what waits in the queues, and why it sends nothing, if it does not. */
export const sendHeartbeats = async (
  worker: Pick<OpenWorker, 'directory' | 'engine' | 'services'>,
  self: { readonly id: string; readonly startedAt: number; readonly quarantine?: Quarantine },
): Promise<void> => {
  const { id, startedAt, quarantine } = self;
  const queues = await worker.engine.depths();
  for (const practice of await worker.directory.practices())
    await beat(worker.services, practice, {
      ...{ worker: id, startedAt, queues },
      ...(quarantine === undefined ? {} : { quarantine }),
    });
};
