import { fault } from '#fault';
import type { TransmissionId } from '#libs/kernel';
import { ledgerOf } from '../judgement/describe-decision.js';
import type { InsurerRecord } from '../ports/records.js';
import type { PermittingServices } from '../ports/services.js';
import type { DisclosureChange, Transaction } from '../ports/store.js';
import type { Permitted, Sealing } from './intent.js';
import { onceEach } from './together.js';

/** Through whom it goes stands beside the papers on which it goes. */
const withHop = (told: ReturnType<typeof ledgerOf>, { agent }: InsurerRecord): ReturnType<typeof ledgerOf> =>
  agent === undefined ? told : { ...told, grounds: [...(told.grounds ?? []), `route:${agent.route}`] };

type Going = Sealing & { readonly attempt: string };

/** What was sealed now, alone or several in one transmission, each with its first attempt. */
const addFresh = async (transaction: Transaction, going: readonly Going[], fence: string): Promise<void> => {
  const fresh = going.flatMap(({ fresh: record, attempt }) => (record ? [{ record, attempt }] : []));
  await transaction.transmissions.addPermitted(
    fresh.filter(({ record }) => record.part === undefined),
    fence,
  );
  const shared = fresh.filter(({ record }) => record.part !== undefined);
  for (const { attempt } of onceEach(shared, (one) => one.attempt))
    await transaction.transmissions.addTogether(
      shared.filter((one) => one.attempt === attempt).map(({ record }) => record),
      { attempt, fence },
    );
};

export const permitSealed = async (
  services: PermittingServices,
  transaction: Transaction,
  work: { readonly sealings: readonly Sealing[]; readonly fence: string; readonly actor: string },
): Promise<readonly Permitted[]> => {
  const { sealings, fence, actor } = work;
  if (sealings.length === 0) return [];
  const moved = new Set(
    await transaction.disclosures.move(
      sealings.map(({ item }): DisclosureChange => ({
        id: item.record.id,
        from: item.record.state,
        to: 'sending',
        countAttempt: true,
      })),
      undefined,
      { fence, milliseconds: services.timing.leaseMs },
    ),
  );
  const attempts = new Map<TransmissionId, string>();
  const attemptAt = (transmission: TransmissionId): string => {
    const attempt = attempts.get(transmission) ?? services.ids.uuid();
    attempts.set(transmission, attempt);
    return attempt;
  };
  const going = sealings
    .filter(({ item }) => moved.has(item.record.id))
    .map((sealing) => ({ ...sealing, attempt: attemptAt(sealing.sealed.record.transmission) }));
  // Bytes that hold a claim that somebody else has taken meanwhile do not go, and neither does anything beside them.
  if (sealings.some(({ item, sealed }) => !moved.has(item.record.id) && attempts.has(sealed.record.transmission)))
    throw new Error('a claim of an interchange was taken by somebody else');
  await addFresh(transaction, going, fence);
  const again = onceEach(
    going.filter((one) => one.fresh === undefined),
    ({ attempt }) => attempt,
  );
  await transaction.transmissions.permit(
    again.map(({ sealed, attempt }) => ({ transmission: sealed.record.transmission, attempt, fence })),
  );
  for (const [place, { item, sealed, attempt }] of going.entries()) {
    if (going[place - 1]?.attempt === attempt) await fault('K25');
    const { record, judgement } = item;
    transaction.ledger.record({
      kind: 'permitted',
      actor,
      client: record.client,
      disclosure: record.id,
      insurer: record.insurer,
      subject: sealed.record.transmission,
      ...withHop(ledgerOf(judgement.decision), item.dossier.insurer),
      contentDigest: sealed.record.contentDigest,
    });
  }
  return going.map(({ item, sealed, attempt, mayHaveArrived }): Permitted => ({
    disclosure: item.record.id,
    client: item.record.client,
    ...(item.record.correction === undefined ? {} : { correction: item.record.correction }),
    transmission: sealed.record.transmission,
    attempt,
    attempts: item.record.attempts + 1,
    mayHaveArrived,
    sealed,
    insurer: item.dossier.insurer,
  }));
};
