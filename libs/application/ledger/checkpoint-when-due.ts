import type { PracticeId } from '#libs/kernel';
import type { Services } from '../ports/services.js';

/**
 * Signs where a practice's ledger ends, if the last time is long enough ago and anything was added since. Any number of
 * workers may ask at the same time.
 */
export const checkpointWhenDue = async (
  { store, log }: Pick<Services, 'store' | 'log'>,
  practice: PracticeId,
  everyMs: number,
): Promise<void> => {
  const made = await store.inPractice({ practice, actor: 'worker' }, async ({ ledger, now }) => {
    const last = await ledger.lastCheckpoint();
    if (last !== undefined && now - last.at < everyMs) return undefined;
    const current = await ledger.checkpoint();
    return current?.height === last?.height ? undefined : current;
  });
  if (made !== undefined) log.event('ledger.checkpointed', { practice, block: made.height });
};
