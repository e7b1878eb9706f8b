import { type FieldId, type Locus, locus, type Occurrence, type Reveal } from '#libs/catalogue';
import { freezeThrough } from './frozen.js';
import type { Offer } from './request.js';

export const REVEALS_NOTHING: readonly Reveal[] = Object.freeze([]);

const made = (at: Locus): Offer => freezeThrough<Offer>({ locus: at, reveals: REVEALS_NOTHING, inClosedList: true });

/** The plain offers of one field: of the field as a whole, and at the names that documents give their lines. */
export interface PlainOffers {
  readonly field: FieldId;
  readonly whole: Offer;
  readonly named: Map<Occurrence, Offer>;
}

export const plainOffersOf = (field: FieldId): PlainOffers => ({
  field,
  whole: made(locus(field)),
  named: new Map(),
});

/** A document calls its lines `L1`, `L2`, or whatever it likes: only names as short as these are worth keeping, and not many. */
const LONGEST_NAME = 3;
const MOST_NAMES = 100;

/**
 * An offer that says no more than that something is there. It is the same in every document that has the same field on a
 * line of the same name, and most of what a document offers is such: so it is made once, frozen, and shared by all.
 */
export const plainOffer = ({ field, whole, named }: PlainOffers, occurrence: Occurrence | undefined): Offer => {
  if (occurrence === undefined) return whole;
  const known = named.get(occurrence);
  if (known) return known;
  const offer = made(locus(field, occurrence));
  if (occurrence.length <= LONGEST_NAME && named.size < MOST_NAMES) named.set(occurrence, offer);
  return offer;
};
