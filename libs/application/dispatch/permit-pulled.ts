import { fault } from '#fault';
import type { DisclosureId, TransmissionId } from '#libs/kernel';
import type { PermittingServices } from '../ports/services.js';
import type { Transaction } from '../ports/store.js';
import { decideAgain, isPulled, saveDecided } from './decide-again.js';
import type { Permitted } from './intent.js';
import { permitSealed } from './permit-sealed.js';

/**
 * INTENT for what an insurer fetches: the same locks, the same decision, and these sealed bytes or none. What the decision
 * of this moment would tell otherwise, or not at all, is withdrawn.
 */
export const permitPulled = async (
  services: PermittingServices,
  transaction: Transaction,
  pull: {
    readonly disclosure: DisclosureId;
    readonly transmission: TransmissionId;
    readonly fence: string;
    readonly actor: string;
  },
): Promise<Permitted | undefined> => {
  const { disclosure, transmission, fence, actor } = pull;
  const named = await transaction.disclosures.byIds([disclosure]);
  const decided = await decideAgain(services, transaction, { going: [disclosure], named });
  const sealings = decided.sealings.filter((one) => isPulled(one) && one.sealed.record.transmission === transmission);
  const [permitted] = await permitSealed(services, transaction, { sealings, fence, actor });
  await saveDecided(services, transaction, decided.items);
  await fault('K12');
  return permitted;
};
