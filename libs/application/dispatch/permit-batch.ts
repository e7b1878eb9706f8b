import { fault } from '#fault';
import type { DisclosureId } from '#libs/kernel';
import { offerAll } from '../inbox/offer.js';
import type { DisclosureRecord } from '../ports/records.js';
import type { SendingServices } from '../ports/services.js';
import type { Transaction } from '../ports/store.js';
import { admitLane } from './admit-lane.js';
import { decideAgain, isPulled, saveDecided } from './decide-again.js';
import type { Intended, Intent, Permitted } from './intent.js';
import { permitSealed } from './permit-sealed.js';
import { mustBeAsked } from './resolve-unknown.js';

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
  const [lanes, named] = await Promise.all([
    transaction.lanes.all(),
    transaction.disclosures.byIds(work.hint.disclosures),
  ]);
  const lane = lanes.find((one) => one.id === work.hint.lane);
  if (lane === undefined) return { permitted: [], unresolved: [] };
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
  const { named, admitted, numbers, fence } = work;
  const decided = await decideAgain(services, transaction, { going: admitted, named, numbers });
  const pulled = decided.sealings.filter(isPulled);
  await offerAll(services, transaction, {
    fence,
    offers: pulled.map(({ item, sealed, fresh }) => ({
      record: item.record,
      decision: item.judgement.decision,
      sealed: sealed.record,
      ...(fresh === undefined ? {} : { fresh }),
    })),
  });
  const sealings = decided.sealings.filter((one) => !isPulled(one));
  const [permitted] = await Promise.all([
    permitSealed(services, transaction, { sealings, fence, actor: 'worker' }),
    saveDecided(services, transaction, decided.items),
  ]);
  await fault('K12');
  return permitted;
};
