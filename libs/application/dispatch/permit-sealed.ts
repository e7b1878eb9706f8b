import { ledgerOf } from '../judgement/describe-decision.js';
import type { InsurerRecord } from '../ports/records.js';
import type { SendingServices } from '../ports/services.js';
import type { DisclosureChange, Transaction } from '../ports/store.js';
import type { Permitted, Sealing } from './intent.js';

/** Through whom it goes stands beside the papers on which it goes. */
const withHop = (told: ReturnType<typeof ledgerOf>, { agent }: InsurerRecord): ReturnType<typeof ledgerOf> =>
  agent === undefined ? told : { ...told, grounds: [...(told.grounds ?? []), `route:${agent.route}`] };

export const permitSealed = async (
  services: SendingServices,
  transaction: Transaction,
  work: { readonly sealings: readonly Sealing[]; readonly fence: string },
): Promise<readonly Permitted[]> => {
  const { sealings, fence } = work;
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
  const going = sealings
    .filter(({ item }) => moved.has(item.record.id))
    .map((sealing) => ({ ...sealing, attempt: services.ids.uuid() }));
  const fresh = going.flatMap(({ fresh: record, attempt }) => (record ? [{ record, attempt }] : []));
  const again = going.filter((one) => one.fresh === undefined);
  await transaction.transmissions.addPermitted(fresh, fence);
  await transaction.transmissions.permit(
    again.map(({ sealed, attempt }) => ({ transmission: sealed.record.transmission, attempt, fence })),
  );
  for (const { item, sealed } of going) {
    const { record, judgement } = item;
    transaction.ledger.record({
      kind: 'permitted',
      actor: 'worker',
      client: record.client,
      disclosure: record.id,
      insurer: record.insurer,
      subject: sealed.record.transmission,
      ...withHop(ledgerOf(judgement.decision), item.dossier.insurer),
      contentDigest: sealed.record.contentDigest,
    });
  }
  return going.map(({ item, sealed, attempt }): Permitted => ({
    disclosure: item.record.id,
    client: item.record.client,
    ...(item.record.correction === undefined ? {} : { correction: item.record.correction }),
    transmission: sealed.record.transmission,
    attempt,
    attempts: item.record.attempts + 1,
    sealed,
    insurer: item.dossier.insurer,
  }));
};
