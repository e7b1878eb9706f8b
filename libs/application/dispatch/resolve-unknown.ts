import { type DisclosureId, unreachable } from '#libs/kernel';
import { supersedeCorrected } from '../corrections/supersede-corrected.js';
import type { DispatchHint } from '../ports/queue.js';
import type { DisclosureRecord, InsurerRecord, TransmissionRecord } from '../ports/records.js';
import type { SendingServices } from '../ports/services.js';
import type { DisclosureChange, PracticeContext, Transaction } from '../ports/store.js';
import { insurersByLane } from '../routes/reached-insurers.js';
import { addresseeOf } from './addressee.js';

interface Unresolved {
  readonly record: DisclosureRecord;
  readonly transmission: TransmissionRecord;
  readonly insurer: InsurerRecord;
  /** The database's clock: that of a worker says nothing about when the attempt was. */
  readonly now: number;
}

/**
 * Finds out what became of attempts that may have arrived, by what the insurer supports. An insurer that recognises a
 * repeated key or interchange number gets the same bytes again (through INTENT, like any attempt); one that can be asked
 * is asked, for as long as an answer may take; for any other the answer is awaited, and then a person decides. Nothing is sealed anew meanwhile. Gives how
 * many were looked after.
 */
export const resolveUnknown = async (services: SendingServices, hint: DispatchHint): Promise<number> => {
  const context: PracticeContext = { practice: hint.practice, actor: 'worker' };
  const fence = services.ids.uuid();
  const unresolved = await services.store.inPractice(context, async (transaction): Promise<readonly Unresolved[]> => {
    const known = await transaction.disclosures.byIds(hint.disclosures);
    const waiting = [...known.values()].filter((one) => one.state === 'unknown');
    if (waiting.length === 0) return [];
    const insurers = await insurersByLane(transaction, waiting);
    const ours = waiting.filter((one) => asksItself(insurers.get(one.lane)));
    const leased = await transaction.disclosures.lease(
      ours.map((one) => one.id),
      { states: ['unknown'], milliseconds: services.timing.leaseMs, fence },
    );
    const transmissions = await transaction.transmissions.ofDisclosures(leased.map((one) => one.id));
    return leased.flatMap((record) => {
      const transmission = transmissions.get(record.id);
      const insurer = insurers.get(record.lane);
      return transmission && insurer ? [{ record, transmission, insurer, now: transaction.now }] : [];
    });
  });
  if (unresolved.length === 0) return 0;
  const changes = await Promise.all(unresolved.map((one) => settle(services, one)));
  await services.store.inPractice(context, async (transaction) => {
    const dated = changes.map((change): DisclosureChange =>
      change.wait === undefined ? change.change : { ...change.change, dueAt: transaction.now + change.wait },
    );
    const moved = new Set(
      await transaction.disclosures.move(
        dated.filter((one) => one.from !== one.to),
        fence,
      ),
    );
    const staying = dated.filter((one) => one.from === one.to);
    if (staying.length > 0)
      await transaction.disclosures.postpone(
        staying.map((one) => ({ id: one.id, dueAt: one.dueAt ?? transaction.now })),
        fence,
      );
    const gone = new Set(dated.filter(({ id, to }) => to === 'sent' && moved.has(id)).map(({ id }) => id));
    await supersedeCorrected(
      transaction,
      unresolved.map(({ record }) => record).filter(({ id }) => gone.has(id)),
    );
    for (const { record, transmission } of unresolved) {
      const change = dated.find((one) => one.id === record.id);
      if (!change || !moved.has(record.id)) continue;
      transaction.ledger.record({
        kind: change.to === 'sent' ? 'sent' : change.to === 'parked' ? 'parked' : 'not-sent',
        actor: 'worker',
        client: record.client,
        disclosure: record.id,
        insurer: record.insurer,
        subject: transmission.transmission,
        codes: ['outcome_unknown'],
      });
    }
  });
  return unresolved.length;
};

/** Insurers that recognise a repetition are simply sent the same bytes again, by the ordinary way; one that fetches does so itself. */
export const asksItself = (insurer: InsurerRecord | undefined): boolean =>
  insurer?.connection.kind !== 'inbox' &&
  (insurer?.profile.resolution === 'probe' || insurer?.profile.resolution === 'none');

/** Those that may have gone, to insurers that have to be asked: nothing of theirs goes before their answer. */
export const mustBeAsked = async (
  transaction: Transaction,
  records: readonly DisclosureRecord[],
): Promise<readonly DisclosureId[]> => {
  const unknown = records.filter((one) => one.state === 'unknown');
  if (unknown.length === 0) return [];
  const insurers = await insurersByLane(transaction, unknown);
  return unknown.filter((one) => asksItself(insurers.get(one.lane))).map((one) => one.id);
};

interface Settlement {
  readonly change: DisclosureChange;
  /** Milliseconds until it is looked at again. */
  readonly wait?: number;
}

/** Waiting as long as it has been waited already doubles the pause each time, and needs no count of probes. */
const nextProbe = (since: number, { retryBaseMs, retryCapMs }: SendingServices['timing']): number =>
  Math.min(Math.max(since, retryBaseMs), retryCapMs);

const settle = async (services: SendingServices, unresolved: Unresolved): Promise<Settlement> => {
  const { record, transmission, insurer, now } = unresolved;
  const { timing } = services;
  const base = { id: record.id, from: 'unknown' } as const;
  const parked: Settlement = { change: { ...base, to: 'parked', cause: 'outcome_unknown', curer: 'practice' } };
  const since = now - record.updatedAt;
  const isLate = since >= timing.answerTimeoutMs;
  if (insurer.profile.resolution === 'none')
    return isLate ? parked : { change: { ...base, to: 'unknown' }, wait: timing.answerTimeoutMs };
  // Where it is reached now it was never sent to: that nothing is there would prove nothing.
  if (transmission.addressee !== addresseeOf(insurer)) return parked;
  const probed = await services.transport.probe(transmission.idempotencyKey, insurer, record.attempts);
  switch (probed.kind) {
    case 'known':
      return probed.digest === transmission.digest ? { change: { ...base, to: 'sent' } } : parked;
    case 'present':
      return probed.size === transmission.bytes.length ? { change: { ...base, to: 'sent' } } : parked;
    case 'unseen':
      // Sent again too early, a slow insurer would have it twice.
      return since >= timing.absenceMs
        ? { change: { ...base, to: 'sealed' }, wait: 0 }
        : { change: { ...base, to: 'unknown' }, wait: timing.absenceMs - since };
    case 'absent':
      return { change: { ...base, to: 'sealed' }, wait: 0 };
    case 'unsupported':
    case 'unknown':
      return parked;
    case 'failed':
      return isLate ? parked : { change: { ...base, to: 'unknown' }, wait: nextProbe(since, timing) };
    default:
      return unreachable(probed);
  }
};
