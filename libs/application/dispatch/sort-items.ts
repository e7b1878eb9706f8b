import { reopen } from '#libs/disclosure';
import type { DisclosureId, TransmissionId } from '#libs/kernel';
import { disclose } from '../judgement/judge.js';
import { placementOf } from '../judgement/standing.js';
import type { TransmissionRecord } from '../ports/records.js';
import type { Item, Refusal, Sealing } from './intent.js';

export interface Heaps {
  readonly stored: ReadonlyMap<DisclosureId, TransmissionRecord>;
  readonly sealings: Sealing[];
  readonly refusals: Refusal[];
  readonly open: Item[];
  /** Transmissions that are unsealed before anything is sealed anew. */
  readonly stale: TransmissionId[];
}

export const sortItem = (item: Item, heaps: Heaps): void => {
  const { record, judgement } = item;
  const held = placementOf(judgement.decision);
  if (held.state !== 'ready') {
    // What may already have gone is not held but explained to a person: presumed disclosed, never sent again.
    const to = record.state === 'unknown' ? 'parked' : held.state;
    heaps.refusals.push({
      record,
      to,
      cause: to === 'parked' ? 'outcome_unknown' : (held.cause ?? 'no_release'),
      curer: held.curer,
    });
    return;
  }
  const stored = heaps.stored.get(record.id);
  if (!item.resubmission.ok) {
    const cause = record.state === 'unknown' ? 'outcome_unknown' : item.resubmission.issues[0]?.code;
    heaps.refusals.push({ record, to: 'parked', cause: cause ?? 'correction_astray', curer: 'practice' });
    return;
  }
  if (stored === undefined) {
    heaps.open.push(item);
    return;
  }
  if (stored.lane !== record.lane) {
    // Addressed to somebody on another route, and never taken back: a person must look.
    heaps.refusals.push({ record, to: 'parked', cause: 'route_changed', curer: 'practice' });
    return;
  }
  const disclosed = disclose(judgement, record.format, item.key.digestSalt);
  const opened = disclosed.ok ? reopen(stored, disclosed.value) : disclosed;
  if (opened.ok) {
    heaps.sealings.push({ item, sealed: opened.value });
  } else if (stored.attempts === 0) {
    // Sealed, never attempted, and something else is to be told now: sealed anew under new numbers.
    heaps.stale.push(stored.transmission);
    heaps.open.push(item);
  } else {
    heaps.refusals.push({ record, to: 'parked', cause: opened.issues[0]?.code ?? 'stale_content', curer: 'practice' });
  }
};
