import { fault } from '#fault';
import type { DisclosureId, TransmissionId } from '#libs/kernel';
import { storedDecision } from '../judgement/store-decision.js';
import type { DisclosureRecord } from '../ports/records.js';
import type { SendingServices } from '../ports/services.js';
import type { Transaction } from '../ports/store.js';
import { insurersByLane } from '../routes/reached-insurers.js';
import { admitLane } from './admit-lane.js';
import {
  HANDED_OUT,
  type Intended,
  type Intent,
  type Item,
  type Permitted,
  type Refusal,
  type Sealing,
} from './intent.js';
import { judgeTaken } from './judge-taken.js';
import { permitSealed } from './permit-sealed.js';
import { refuseItems } from './refuse-items.js';
import { asksItself } from './resolve-unknown.js';
import { sealItems } from './seal-items.js';
import { sortItem } from './sort-items.js';
import { keepTogether, withCompanions } from './together.js';

/**
 * The INTENT transaction. Takes the clients' authority `FOR SHARE`, reads it in the next statement, decides again, and
 * only then seals (or opens what is sealed) and permits. Its commit is the cut-off: a revocation recorded before it stops
 * the sending, one recorded after it finds an attempt on its way. Ledger before effect: the entry is in the same commit.
 */
export const permitBatch = async (
  services: SendingServices,
  transaction: Transaction,
  work: Intent,
): Promise<Intended> => {
  const lane = (await transaction.lanes.all()).find((one) => one.id === work.hint.lane);
  if (lane === undefined) return { permitted: [], unresolved: [] };
  const named = await transaction.disclosures.byIds(work.hint.disclosures);
  // Those that have to be asked about first send nothing, so that none of them may be what a broken lane is tried with.
  const unresolved = lane.breaker === 'stopped' ? [] : await mustBeAsked(transaction, [...named.values()]);
  const admitted = await admitLane(services, transaction, {
    lane,
    fence: work.fence,
    disclosures: work.hint.disclosures.filter((id) => !unresolved.includes(id)),
  });
  const permitted = await permitAdmitted(services, transaction, { ...work, named, admitted: admitted.disclosures });
  // Tried with what then did not go, the lane has proved nothing: the next one may try it at once.
  if (admitted.trying !== undefined && permitted.length === 0)
    await transaction.lanes.save({ id: lane.id, ...admitted.trying, openUntil: transaction.now });
  return { permitted, unresolved };
};

interface AdmittedIntent extends Intent {
  readonly named: ReadonlyMap<DisclosureId, DisclosureRecord>;
  readonly admitted: readonly DisclosureId[];
}

const permitAdmitted = async (
  services: SendingServices,
  transaction: Transaction,
  work: AdmittedIntent,
): Promise<readonly Permitted[]> => {
  const { going, companions } = await withCompanions(transaction, work.admitted);
  const named = going.length === work.admitted.length ? work.named : await transaction.disclosures.byIds(going);
  // Locks in one order everywhere: authority, disclosure, head of the ledger.
  const clients = [...new Set(going.flatMap((id) => named.get(id)?.client ?? []))].sort();
  await transaction.authority.lockShared(clients);
  const taken = await transaction.disclosures.hold(going, HANDED_OUT);
  if (taken.length === 0) return [];
  await fault('K9');
  const authorities = await transaction.authority.read(clients);
  const items = await judgeTaken(services, transaction, { taken, authorities });
  await fault('K10');
  const sealings: Sealing[] = [];
  const refusals: Refusal[] = [];
  const open: Item[] = [];
  const stored = await transaction.transmissions.ofDisclosures(taken.map((one) => one.id));
  const stale: TransmissionId[] = [];
  for (const item of items) sortItem(item, { stored, sealings, refusals, open, stale });
  for (const { record } of keepTogether(companions, { sealings, open, stale })) {
    refusals.push({ record, to: 'parked', cause: 'outcome_unknown', curer: 'practice' });
  }
  for (const record of taken) {
    if (!items.some((item) => item.record.id === record.id)) {
      refusals.push({ record, to: 'parked', cause: 'decision_failed', curer: 'practice' });
    }
  }
  await transaction.transmissions.unseal([...new Set(stale)]);
  sealItems(services, work, { open, sealings, refusals });
  await fault('K11');
  await refuseItems(transaction, refusals, items);
  const permitted = await permitSealed(services, transaction, { sealings, fence: work.fence });
  await transaction.disclosures.saveDecisions(
    items.map(({ record, judgement, authority, now }) =>
      storedDecision(judgement, authority, { id: services.ids.uuid(), disclosure: record.id, takenAt: now }),
    ),
  );
  await fault('K12');
  return permitted;
};

/** Those that may have gone, to insurers that have to be asked: nothing of theirs goes before their answer. */
const mustBeAsked = async (
  transaction: Transaction,
  records: readonly DisclosureRecord[],
): Promise<readonly DisclosureId[]> => {
  const unknown = records.filter((one) => one.state === 'unknown');
  if (unknown.length === 0) return [];
  const insurers = await insurersByLane(transaction, unknown);
  return unknown.filter((one) => asksItself(insurers.get(one.lane))).map((one) => one.id);
};
