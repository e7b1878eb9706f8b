import {
  type CodeClasses,
  type CodeSystem,
  type FieldBag,
  FIELD_IDS,
  type FieldId,
  fieldOf,
  type Locus,
  type Reveal,
  type Value,
} from '#libs/catalogue';
import { plainOffer, type PlainOffers, plainOffersOf, REVEALS_NOTHING } from './plain-offer.js';
import type { Offer } from './request.js';

const CODED: ReadonlyMap<FieldId, CodeSystem> = new Map<FieldId, CodeSystem>([
  ['diagnosis.primary', 'diagnosis'],
  ['diagnosis.secondary', 'diagnosis'],
  ['diagnosis.medical', 'diagnosis'],
  ['procedure.code', 'procedure'],
  ['procedure.modifiers', 'modifier'],
  ['claim.placeOfService', 'placeOfService'],
]);

/** What there is to know of a field before its value is looked at. */
interface Profile {
  readonly rank: number;
  readonly plain: PlainOffers;
  readonly system: CodeSystem | undefined;
  /** Closed list of values, where the field has one. */
  readonly words: ReadonlySet<string> | undefined;
}

const PROFILES: ReadonlyMap<FieldId, Profile> = new Map(
  [...FIELD_IDS].sort().map((field, rank): [FieldId, Profile] => {
    const { values } = fieldOf(field);
    return [field, { rank, plain: plainOffersOf(field), system: CODED.get(field), words: values && new Set(values) }];
  }),
);

const profileOf = (field: FieldId): Profile => {
  const profile = PROFILES.get(field);
  if (profile === undefined) throw new TypeError('a field that the catalogue does not have');
  return profile;
};

const revealsOf = (system: CodeSystem, value: Value, codes: CodeClasses): readonly Reveal[] | 'unclassified' => {
  const list = typeof value === 'object' ? value : [String(value)];
  let found: Set<Reveal> | undefined;
  for (const code of list) {
    const reveals = codes.reveals(system, code);
    if (reveals === 'unclassified') return 'unclassified';
    if (reveals.length === 0) continue;
    found ??= new Set();
    for (const one of reveals) found.add(one);
  }
  return found === undefined ? REVEALS_NOTHING : [...found].sort();
};

interface Entry {
  readonly locus: Locus;
  readonly value: Value;
}

const offerOf = (profile: Profile, { locus: at, value }: Entry, codes: CodeClasses): Offer => {
  const { system, words } = profile;
  const plain = plainOffer(profile.plain, at.occurrence);
  if (words !== undefined && (typeof value !== 'string' || !words.has(value)))
    return Object.freeze<Offer>({ locus: plain.locus, reveals: 'unclassified', inClosedList: false });
  const reveals = system === undefined ? REVEALS_NOTHING : revealsOf(system, value, codes);
  if (words !== undefined && typeof value === 'string')
    return Object.freeze<Offer>({ locus: plain.locus, reveals, inClosedList: true, word: value });
  if (at.field === 'diagnosis.pointer' && typeof value === 'object')
    return Object.freeze<Offer>({ locus: plain.locus, reveals, inClosedList: true, refersTo: value });
  return reveals.length === 0 ? plain : Object.freeze<Offer>({ locus: plain.locus, reveals, inClosedList: true });
};

const byOccurrence = (one: Offer, other: Offer): number =>
  (one.locus.occurrence ?? '') < (other.locus.occurrence ?? '') ? -1 : 1;

/** Whether the format that is asked for can write a value of a field. */
export type CanWrite = (field: FieldId, value: Value) => boolean;

const ANYTHING: CanWrite = () => true;

/**
 * Tells of each value in a bag what `decide` may know: that it is there, what its code
 * reveals and whether the format can write it, never the value.
 * Sorted by field, then by line or diagnosis: an order that tells nothing of how the document was written.
 */
export const describe = (bag: FieldBag, codes: CodeClasses, canWrite = ANYTHING): readonly Offer[] => {
  const shelves = FIELD_IDS.map((): Offer[] | undefined => undefined);
  for (const entry of bag.entries()) {
    const profile = profileOf(entry.locus.field);
    const told = offerOf(profile, entry, codes);
    const offer = canWrite(entry.locus.field, entry.value) ? told : Object.freeze<Offer>({ ...told, unwritable: true });
    const shelf = shelves[profile.rank];
    if (shelf) shelf.push(offer);
    else shelves[profile.rank] = [offer];
  }
  const offers: Offer[] = [];
  for (const shelf of shelves) {
    if (shelf === undefined) continue;
    if (shelf.length > 1) shelf.sort(byOccurrence);
    for (const offer of shelf) offers.push(offer);
  }
  return offers;
};
