import type { DisclosureId } from '#libs/kernel';
import type { LaneHealth } from '../ports/lane-policy.js';
import type { LaneRecord } from '../ports/records.js';
import type { SendingServices } from '../ports/services.js';
import type { Transaction } from '../ports/store.js';
import { HANDED_OUT } from './intent.js';

/** How long the others wait while one disclosure finds out whether the insurer is back, in milliseconds. */
const PROBE_PAUSE = 1_000;

/** What the lane admits now, and its health while it is tried with that one. */
interface Admitted {
  readonly disclosures: readonly DisclosureId[];
  readonly trying?: LaneHealth;
}

/** The disclosures of a hint that the lane admits now; the others are put off until it may be tried again. */
export const admitLane = async (
  services: SendingServices,
  transaction: Transaction,
  work: { readonly lane: LaneRecord; readonly fence: string; readonly disclosures: readonly DisclosureId[] },
): Promise<Admitted> => {
  const { lane, fence, disclosures } = work;
  const admission = services.lanes.admit(lane, transaction.now);
  if (admission.kind === 'go') return { disclosures };
  const [first, ...rest] = disclosures;
  const later = admission.kind === 'wait' ? disclosures : rest;
  const until = admission.kind === 'wait' ? admission.until : transaction.now + PROBE_PAUSE;
  const held = await transaction.disclosures.lease(later, {
    states: HANDED_OUT,
    milliseconds: services.timing.leaseMs,
    fence,
  });
  await transaction.disclosures.postpone(
    held.map((one) => ({ id: one.id, dueAt: until })),
    fence,
  );
  if (admission.kind === 'wait' || first === undefined) return { disclosures: [] };
  await transaction.lanes.save({ id: lane.id, ...admission.health });
  return { disclosures: [first], trying: admission.health };
};
