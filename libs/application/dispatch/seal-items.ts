import type { FormatId } from '#libs/catalogue';
import { type Disclosed, type Rendered, type Sealed, seal, sealTogether, type SealingNames } from '#libs/disclosure';
import type { TransmissionId } from '#libs/kernel';
import { join837P } from '#libs/x12';
import type { TransmissionRecord } from '../ports/records.js';
import type { PermittingServices } from '../ports/services.js';
import { addresseeOf } from './addressee.js';
import type { Item, Refusal, Sealing } from './intent.js';
import { type Numbers, numbersOf, sealingNames } from './numbers.js';
import type { Made } from './render-disclosed.js';
import { renderItem } from './render-item.js';
import type { Heaps } from './sort-items.js';
import { byInterchange, within } from './together.js';
import { withoutFailing } from './without-failing.js';

export const sealItems = (
  services: PermittingServices,
  reserve: number[],
  heaps: Pick<Heaps, 'open' | 'sealings' | 'refusals'>,
): void => {
  for (const group of byInterchange(heaps.open)) {
    const transmission = services.ids.uuid() as TransmissionId;
    const idempotencyKey = services.ids.uuid();
    const reference = services.ids.uuid();
    const numbered = group.map((item) => ({ item, own: numbersFor(services, item, reserve) }));
    const first = numbered[0]?.own;
    const rendered = numbered.flatMap(({ item, own }, place) => {
      const numbers = own && first && group.length > 1 ? within(own, first, place) : own;
      const made = renderItem(services, item, { reference, numbers, refusals: heaps.refusals });
      const names = sealingNames(transmission, { idempotencyKey, reference, numbers });
      return made === undefined ? [] : [{ item, made, names }];
    });
    heaps.sealings.push(...sealRendered(services, rendered, heaps.refusals));
  }
};

interface RenderedItem {
  readonly item: Item;
  readonly made: Made;
  readonly names: SealingNames;
}

/** One by itself, several as one interchange. */
const sealRendered = (
  services: PermittingServices,
  rendered: readonly RenderedItem[],
  refusals: Refusal[],
): readonly Sealing[] => {
  const [only, ...more] = rendered;
  if (only === undefined) return [];
  if (more.length === 0) {
    const { item, made, names } = only;
    const sealed = seal(made.rendered, names);
    return [{ item, sealed, fresh: recordOf(item, sealed, made.disclosed), mayHaveArrived: false }];
  }
  const claims = rendered.flatMap(({ made }) => (isClaim(made.rendered) ? [made.rendered] : []));
  const joined = withoutFailing(services, only.item.record, () => join837P(claims));
  if (joined?.ok !== true) {
    for (const { item } of rendered)
      refusals.push({ record: item.record, to: 'parked', cause: 'rendering_failed', curer: 'practice' });
    return [];
  }
  const sealed = sealTogether(
    joined.value,
    rendered.map(({ names }) => names),
  );
  return rendered.flatMap(({ item, made }, index) => {
    const own = sealed[index];
    if (own === undefined) return [];
    return [
      {
        item,
        sealed: own.sealed,
        fresh: { ...recordOf(item, own.sealed, made.disclosed), part: own.part },
        mayHaveArrived: false,
      },
    ];
  });
};

const isClaim = (rendered: Rendered<FormatId>): rendered is Rendered<'x12-837p'> => rendered.format === 'x12-837p';

const recordOf = (item: Item, sealed: Sealed, disclosed: Disclosed<FormatId>): TransmissionRecord => ({
  ...sealed.record,
  lane: item.record.lane,
  addressee: addresseeOf(item.dossier.insurer),
  disclosure: item.record.id,
  client: item.record.client,
  attempts: 0,
  createdAt: item.now,
  lineOrigins: disclosed.lineOrigins,
});

const numbersFor = (services: PermittingServices, item: Item, reserve: number[]): Numbers | undefined => {
  const { record, dossier } = item;
  if (record.format !== 'x12-837p') return undefined;
  const number = reserve.pop();
  if (number === undefined) throw new Error('more interchanges than were asked for');
  const { practice, insurer } = dossier;
  return numbersOf(services.keys, { practice, insurer, number });
};
