import { reopen } from '#libs/disclosure';
import type { DisclosureId, TransmissionId } from '#libs/kernel';
import { disclose } from '../judgement/judge.js';
import { placementOf } from '../judgement/standing.js';
import type { TransmissionRecord } from '../ports/records.js';
import { addresseeOf } from './addressee.js';
import type { Item, Refusal, Sealing } from './intent.js';
import { recognisedFor } from './recognition.js';

export interface Heaps {
  readonly stored: ReadonlyMap<DisclosureId, TransmissionRecord>;
  /** Those of which some attempt is no proof that nothing was taken in, with the moment of the first such attempt. */
  readonly arrived: ReadonlyMap<DisclosureId, number>;
  readonly sealings: Sealing[];
  readonly refusals: Refusal[];
  readonly open: Item[];
  /** Transmissions that are unsealed before anything is sealed anew. */
  readonly stale: TransmissionId[];
}

export const sortItem = (item: Item, heaps: Heaps): void => {
  const { record, judgement } = item;
  const held = placementOf(judgement.decision);
  const mayHaveArrived = heaps.arrived.has(record.id) || record.state === 'unknown';
  if (held.state !== 'ready') {
    // What may already have gone is not held but explained to a person: presumed disclosed, never sent again.
    heaps.refusals.push(
      mayHaveArrived
        ? { record, to: 'parked', cause: 'outcome_unknown', curer: 'practice' }
        : { record, to: held.state, cause: held.cause ?? 'no_release', curer: held.curer },
    );
    return;
  }
  const stored = heaps.stored.get(record.id);
  if (!item.resubmission.ok) {
    const cause = mayHaveArrived ? 'outcome_unknown' : item.resubmission.issues[0]?.code;
    heaps.refusals.push({ record, to: 'parked', cause: cause ?? 'correction_astray', curer: 'practice' });
    return;
  }
  if (stored === undefined) {
    // Bytes that cannot be read any more are not sealed once more while the first may be there.
    if (mayHaveArrived) heaps.refusals.push({ record, to: 'parked', cause: 'outcome_unknown', curer: 'practice' });
    else heaps.open.push(item);
    return;
  }
  if (stored.lane !== record.lane) {
    // Addressed to somebody on another route, and never taken back: a person must look.
    const cause = mayHaveArrived ? 'outcome_unknown' : 'route_changed';
    heaps.refusals.push({ record, to: 'parked', cause, curer: 'practice' });
    return;
  }
  const isForThem = stored.addressee === addresseeOf(item.dossier.insurer);
  const disclosed = disclose(judgement, record.format, item.key.digestSalt);
  const opened = disclosed.ok ? reopen(stored, disclosed.value) : disclosed;
  const since = heaps.arrived.get(record.id) ?? stored.createdAt;
  if (mayHaveArrived && item.now - since >= recognisedFor(item.dossier.insurer)) {
    // The insurer may have forgotten the first by now, and would take this for another claim.
    heaps.refusals.push({ record, to: 'parked', cause: 'outcome_unknown', curer: 'practice' });
  } else if (isForThem && opened.ok) {
    heaps.sealings.push({ item, sealed: opened.value, mayHaveArrived });
  } else if (!mayHaveArrived) {
    // Never taken in, and something else is to be told now, or somebody else: sealed anew under new numbers.
    heaps.stale.push(stored.transmission);
    heaps.open.push(item);
  } else {
    heaps.refusals.push({ record, to: 'parked', cause: 'outcome_unknown', curer: 'practice' });
  }
};
