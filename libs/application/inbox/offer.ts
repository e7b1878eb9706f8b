import type { SealingRecord } from '#libs/disclosure';
import type { InboxItemId } from '#libs/kernel';
import type { Decision } from '#libs/release';
import { supersedeCorrected } from '../corrections/supersede-corrected.js';
import { ledgerOf } from '../judgement/describe-decision.js';
import type { DisclosureRecord, TransmissionRecord } from '../ports/records.js';
import type { PermittingServices } from '../ports/services.js';
import type { DisclosureChange, Transaction } from '../ports/store.js';

/** Sealed bytes that may go to an insurer that fetches, by the decision of this transaction. */
interface Offer {
  readonly record: DisclosureRecord;
  readonly decision: Decision;
  readonly sealed: SealingRecord;
  /** Absent for bytes that were sealed before. */
  readonly fresh?: TransmissionRecord;
}

interface Offers {
  readonly offers: readonly Offer[];
  /** Under which those that stay in their state are put off. */
  readonly fence: string;
}

/** How long a decision on what waits is relied on before it is taken again, in milliseconds. Fetching never relies on it. */
const LOOKED_AT_AGAIN = 3_600_000;

/** A release without a last day is decided on again all the same; a time stamp has an end. */
const FAR = Date.UTC(9999, 0);

/**
 * Puts into their inboxes what may be fetched. Nothing leaves by it: the fetch has an INTENT of its own. One transaction
 * decides, seals, moves, offers and writes the ledger, so that a crash leaves all of it or nothing, and a transmission has
 * one item however often it comes by.
 */
export const offerAll = async (services: PermittingServices, transaction: Transaction, work: Offers): Promise<void> => {
  if (work.offers.length === 0) return;
  const unfetched = work.offers.filter(({ record }) => record.state !== 'unknown');
  await transaction.transmissions.add(unfetched.flatMap(({ fresh }) => fresh ?? []));
  const due = (offer: Offer): number => Math.min(offer.decision.validUntil, transaction.now + LOOKED_AT_AGAIN);
  const entering = unfetched.filter(({ record }) => record.state === 'ready');
  await transaction.disclosures.move(
    entering.map((offer): DisclosureChange => ({
      id: offer.record.id,
      from: 'ready',
      to: 'sealed',
      cause: 'in_inbox',
      dueAt: due(offer),
    })),
    undefined,
  );
  const staying = unfetched.filter(({ record }) => record.state === 'sealed');
  await putOff(services, transaction, { fence: work.fence, later: staying.map((one) => [one, due(one)] as const) });
  for (const { record, decision, sealed, fresh } of unfetched)
    if (fresh !== undefined || record.state === 'ready')
      transaction.ledger.record({
        kind: 'sealed',
        actor: 'worker',
        client: record.client,
        disclosure: record.id,
        insurer: record.insurer,
        subject: sealed.transmission,
        ...ledgerOf(decision),
        codes: ['in_inbox'],
        contentDigest: sealed.contentDigest,
      });
  const waiting = await lookAfterFetched(services, transaction, {
    fence: work.fence,
    offers: work.offers.filter(({ record }) => record.state === 'unknown'),
  });
  await transaction.inbox.offer(
    [...unfetched, ...waiting].map(({ record, decision, sealed }) => ({
      id: services.ids.uuid() as InboxItemId,
      insurer: record.insurer,
      lane: record.lane,
      transmission: sealed.transmission,
      disclosure: record.id,
      client: record.client,
      arrivedAt: transaction.now,
      epoch: decision.epoch,
      validUntil: Math.min(decision.validUntil, FAR),
    })),
  );
};

/** They keep their state; only when they are looked at again changes. */
const putOff = async (
  services: PermittingServices,
  transaction: Transaction,
  work: { readonly fence: string; readonly later: readonly (readonly [offer: Offer, dueAt: number])[] },
): Promise<void> => {
  if (work.later.length === 0) return;
  const ids = work.later.map(([{ record }]) => record.id);
  await transaction.disclosures.lease(ids, {
    states: ['sealed', 'unknown'],
    milliseconds: services.timing.leaseMs,
    fence: work.fence,
  });
  await transaction.disclosures.postpone(
    work.later.map(([{ record }, dueAt]) => ({ id: record.id, dueAt })),
    work.fence,
  );
};

/**
 * What was fetched waits for the insurer's word, and can be fetched again meanwhile: gives those. One that spoke before
 * the attempt was over has it; of one that never spoke a person asks.
 */
const lookAfterFetched = async (
  services: PermittingServices,
  transaction: Transaction,
  { offers, fence }: Offers,
): Promise<readonly Offer[]> => {
  if (offers.length === 0) return [];
  const items = await transaction.inbox.ofTransmissions(offers.map(({ sealed }) => sealed.transmission));
  const isAnswered = ({ sealed }: Offer): boolean => items.get(sealed.transmission)?.answer !== undefined;
  const isOver = ({ record }: Offer): boolean => transaction.now - record.updatedAt >= services.timing.answerTimeoutMs;
  const answered = offers.filter(isAnswered);
  const silent = offers.filter((one) => !isAnswered(one) && isOver(one));
  const waiting = offers.filter((one) => !isAnswered(one) && !isOver(one));
  await transaction.disclosures.move(
    [
      ...answered.map(({ record }): DisclosureChange => ({ id: record.id, from: 'unknown', to: 'received' })),
      ...silent.map(({ record }): DisclosureChange => ({
        id: record.id,
        from: 'unknown',
        to: 'parked',
        cause: 'outcome_unknown',
        curer: 'practice',
      })),
    ],
    undefined,
  );
  await supersedeCorrected(
    transaction,
    answered.map(({ record }) => record),
  );
  for (const one of [...answered, ...silent])
    transaction.ledger.record({
      kind: isAnswered(one) ? 'sent' : 'parked',
      actor: 'worker',
      client: one.record.client,
      disclosure: one.record.id,
      insurer: one.record.insurer,
      subject: one.sealed.transmission,
      codes: [isAnswered(one) ? 'acknowledged' : 'awaiting_acknowledgement'],
    });
  const later = waiting.map((one) => [one, one.record.updatedAt + services.timing.answerTimeoutMs] as const);
  await putOff(services, transaction, { fence, later });
  return waiting;
};
