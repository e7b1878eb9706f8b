import type { FormatId } from '#libs/catalogue';
import { type Disclosed, type Sealed, seal } from '#libs/disclosure';
import type { TransmissionId } from '#libs/kernel';
import type { TransmissionRecord } from '../ports/records.js';
import type { SendingServices } from '../ports/services.js';
import type { Intent, Item } from './intent.js';
import { type Numbers, numbersOf, sealingNames } from './numbers.js';
import { renderDisclosed } from './render-disclosed.js';
import type { Heaps } from './sort-items.js';
import { withoutFailing } from './without-failing.js';

export const sealItems = (
  services: SendingServices,
  work: Intent,
  heaps: Pick<Heaps, 'open' | 'sealings' | 'refusals'>,
): void => {
  for (const item of heaps.open) {
    const numbers = numbersFor(services, item, work.numbers);
    const transmission = services.ids.uuid() as TransmissionId;
    const reference = services.ids.uuid();
    const { resubmission } = item;
    const made = withoutFailing(services, item.record, () =>
      resubmission.ok
        ? renderDisclosed({
            dossier: item.dossier,
            judgement: item.judgement,
            salt: item.key.digestSalt,
            reference,
            numbers,
            resubmission: resubmission.value,
            notices: services.book.notices,
            releases: item.authority.releases.filter((one) => item.judgement.decision.releases.includes(one.id)),
            now: item.now,
          })
        : resubmission,
    );
    if (made?.ok !== true) {
      const cause = made?.issues[0]?.code;
      const { record } = item;
      if (cause === undefined)
        heaps.refusals.push({ record, to: 'parked', cause: 'rendering_failed', curer: 'practice' });
      else heaps.refusals.push({ record, to: 'held', cause, curer: 'office' });
      continue;
    }
    const sealed = seal(
      made.value.rendered,
      sealingNames(transmission, {
        idempotencyKey: services.ids.uuid(),
        reference,
        numbers,
      }),
    );
    heaps.sealings.push({ item, sealed, fresh: recordOf(item, sealed, made.value.disclosed) });
  }
};

const recordOf = (item: Item, sealed: Sealed, disclosed: Disclosed<FormatId>): TransmissionRecord => ({
  ...sealed.record,
  lane: item.record.lane,
  disclosure: item.record.id,
  client: item.record.client,
  attempts: 0,
  createdAt: item.now,
  lineOrigins: disclosed.lineOrigins,
});

const numbersFor = (services: SendingServices, item: Item, reserve: number[]): Numbers | undefined => {
  const { record, dossier } = item;
  if (record.format !== 'x12-837p') return undefined;
  const number = reserve.pop();
  if (number === undefined) throw new Error('more interchanges than were asked for');
  const pair = `${dossier.practice.submitterId}>${dossier.insurer.connection.receiverId}`;
  return numbersOf(services.keys, { pair, practice: dossier.practice.id, number });
};
