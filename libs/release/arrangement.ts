import { type Locus, locus, locusKey, type LocusKey, type Occurrence } from '#libs/catalogue';
import { firstPlace, type Layout, NO_LINE, type Place, placesOf, type Row } from './layout.js';
import type { DisclosureRequest } from './request.js';

/**
 * Where everything stands in a document that has these lines and offers these loci, in this order. Forms are filled in
 * alike, so that most documents are arranged like one before. It knows what stands where, and nothing of what any
 * paper, rule or code says of it.
 */
export interface Arrangement {
  /** In the order of the document, also those that a person took out. */
  readonly lines: readonly Occurrence[];
  readonly numberOfLine: ReadonlyMap<Occurrence, number>;
  /** In the order of the offers. */
  readonly offered: readonly Locus[];
  /** First those of the layout, then one for each locus offered that the layout has no place for. */
  readonly places: readonly Place[];
  /** How many of them are those of the layout. */
  readonly laidOut: number;
  /** By number of the place: the locus there, and which offer is made for it; -1 for none. */
  readonly loci: readonly Locus[];
  readonly offerOf: readonly number[];
  /** Numbers of the places, behind those of the layout, that are about a diagnosis. */
  readonly diagnoses: readonly number[];
}

/** The number of the place that a layout has for a locus; -1 where it has none. */
export const laidOutAt = (
  row: Row,
  { occurrence }: Pick<Locus, 'occurrence'>,
  lines: ReadonlyMap<Occurrence, number>,
): number => {
  if (row.ask === undefined) return -1;
  switch (row.scope) {
    case 'document':
      return occurrence === undefined ? firstPlace(row, lines.size) : -1;
    case 'line': {
      const line = occurrence === undefined ? undefined : lines.get(occurrence);
      return line === undefined ? -1 : firstPlace(row, lines.size) + line;
    }
    case 'diagnosis':
      return -1;
  }
};

/** A copy, unless nobody can change it: what is kept must not change with somebody's document. */
const own = (at: Locus): Locus => (Object.isFrozen(at) ? at : Object.freeze(locus(at.field, at.occurrence)));

const arrange = (request: DisclosureRequest, layout: Layout): Arrangement | undefined => {
  const lines = [...request.serviceDates.keys()];
  const numberOfLine = new Map(lines.map((line, number) => [line, number]));
  const places = [...placesOf(layout, lines.length)];
  const laidOut = places.length;
  const loci = places.map(({ row, line }) => (line === NO_LINE ? row.locus : own(locus(row.field, lines[line]))));
  const offerOf = places.map(() => -1);
  const offered = request.offers.map((offer) => own(offer.locus));
  const others = new Map<LocusKey, number>();
  for (const [index, at] of offered.entries()) {
    const whole = layout.byField.get(at.field);
    if (whole === undefined) return undefined;
    const { row } = whole;
    let number = laidOutAt(row, at, numberOfLine);
    if (number < 0) {
      const key = locusKey(at);
      number = others.get(key) ?? places.length;
      others.set(key, number);
      const { occurrence } = at;
      places[number] =
        occurrence === undefined ? whole : { row, line: numberOfLine.get(occurrence) ?? NO_LINE, whole: false };
    }
    loci[number] = at;
    // Of two offers for one locus the later counts, in the place of the earlier.
    offerOf[number] = index;
  }
  const diagnoses = [...others.values()].filter((number) => places[number]?.row.scope === 'diagnosis');
  return { lines, numberOfLine, offered, places, laidOut, loci, offerOf, diagnoses };
};

const sameLocus = (one: Locus, other: Locus | undefined): boolean =>
  one === other || (one.field === other?.field && one.occurrence === other.occurrence);

const isArranged = (known: Arrangement, { serviceDates, offers }: DisclosureRequest): boolean => {
  if (known.offered.length !== offers.length || known.lines.length !== serviceDates.size) return false;
  let number = 0;
  for (const line of serviceDates.keys()) {
    if (line !== known.lines[number]) return false;
    number += 1;
  }
  // Backwards: documents begin alike, and differ in what else a chart offers.
  for (let index = offers.length - 1; index >= 0; index -= 1) {
    const offer = offers[index];
    if (offer === undefined || !sameLocus(offer.locus, known.offered[index])) return false;
  }
  return true;
};

/** As many as one practice's documents of one format come in, and none for a document far beyond any format. */
const MOST_KEPT = 64;
const MOST_OFFERS_KEPT = 1_000;

const arrangements = new WeakMap<Layout, Arrangement[]>();

const arrangementsOf = (layout: Layout): Arrangement[] => {
  const known = arrangements.get(layout);
  if (known) return known;
  const none: Arrangement[] = [];
  arrangements.set(layout, none);
  return none;
};

/** The arrangement of a document; undefined if it offers what the catalogue does not know, for which there is no rule. */
export const arrangementOf = (request: DisclosureRequest, layout: Layout): Arrangement | undefined => {
  const known = arrangementsOf(layout);
  for (const one of known) if (isArranged(one, request)) return one;
  const made = arrange(request, layout);
  if (made === undefined || made.offered.length > MOST_OFFERS_KEPT) return made;
  if (known.length >= MOST_KEPT) known.shift();
  known.push(made);
  return made;
};
