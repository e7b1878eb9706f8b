import type { PracticeId } from '#libs/kernel';
import type { Services } from '../ports/services.js';

/** Data keys that are wrapped anew in one transaction. */
const BATCH = 200;

const asSetup = (practice: PracticeId) => ({ practice, actor: 'setup' });

/** Data keys of a practice that wait for the current key-encryption key. */
export const countStaleKeys = ({ store }: Pick<Services, 'store'>, practice: PracticeId): Promise<number> =>
  store.inPractice(asSetup(practice), ({ clients }) => clients.countStaleKeys());

/**
 * Wraps every data key of a practice in the current key-encryption key, batch by batch. It may be killed between any two
 * of them and begun again: at every moment each key is wrapped in one that the key file holds.
 */
export const rewrapKeys = async (
  { store }: Pick<Services, 'store'>,
  practice: PracticeId,
  progress: (done: number) => void,
): Promise<number> => {
  let done = 0;
  for (;;) {
    const taken = await store.inPractice(asSetup(practice), ({ clients }) => clients.rewrapKeys(BATCH));
    if (taken === 0) return done;
    done += taken;
    progress(done);
  }
};

/** Forbids key-encryption keys in a practice. False while a data key is wrapped in one of them. */
export const retireKeys = (
  { store }: Pick<Services, 'store'>,
  practice: PracticeId,
  keks: readonly string[],
): Promise<boolean> =>
  store.inPractice(asSetup(practice), async ({ clients, ledger }) => {
    const isRetired = await clients.retireKeys(keks);
    if (isRetired) ledger.record({ kind: 'keys-retired', actor: 'setup', codes: keks });
    return isRetired;
  });
