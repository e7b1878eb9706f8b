import { type Locus, locus, locusKey, type LocusKey, type Occurrence } from '#libs/catalogue';
import { firstPlace, gridOf, type Layout, NO_LINE, type Place, type Row } from './layout.js';
import type { DisclosureRequest, Offer } from './request.js';

/** One document, laid out by the places of its format. */
export interface Sheet {
  readonly request: DisclosureRequest;
  readonly layout: Layout;
  /** In the order of the document, also those that a person took out. */
  readonly lines: readonly Occurrence[];
  readonly numberOfLine: ReadonlyMap<Occurrence, number>;
  /** By number of the line: it is still in the document, nobody took it out. */
  readonly kept: readonly boolean[];
  /** First those of the layout, then one for each offer that the layout has no place for. */
  readonly places: readonly Place[];
  /** How many of them are those of the layout. */
  readonly laidOut: number;
  /** By number of the place: what the document offers there. */
  readonly offers: readonly (Offer | undefined)[];
  /** Numbers of the places behind those of the layout. */
  readonly others: () => ReadonlyMap<LocusKey, number>;
}

/** The number of the place that a layout has for a locus; -1 where it has none. */
const laidOutAt = (row: Row, at: Locus, lines: ReadonlyMap<Occurrence, number>): number => {
  if (row.ask === undefined) return -1;
  const { occurrence } = at;
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

const isBefore = (one: Locus, other: Locus): boolean =>
  one.field === other.field ? (one.occurrence ?? '') < (other.occurrence ?? '') : one.field < other.field;

/** Of two offers for one locus the later counts, in the place of the earlier. */
const mergeRepeated = (places: Place[], offers: (Offer | undefined)[], from: number): void => {
  const seen = new Map<LocusKey, number>();
  let kept = from;
  for (let number = from; number < offers.length; number += 1) {
    const [place, offer] = [places[number], offers[number]];
    if (place === undefined || offer === undefined) continue;
    const key = locusKey(offer.locus);
    const earlier = seen.get(key);
    offers[earlier ?? kept] = offer;
    if (earlier !== undefined) continue;
    seen.set(key, kept);
    places[kept] = place;
    kept += 1;
  }
  places.length = kept;
  offers.length = kept;
};

/** The place of a field in the document as a whole. */
const wholeOf = (layout: Layout, at: Locus): Place => {
  const place = layout.byField.get(at.field);
  if (place === undefined) throw new TypeError('a field that the catalogue does not have');
  return place;
};

export const layOut = (request: DisclosureRequest, layout: Layout): Sheet => {
  const lines = [...request.serviceDates.keys()];
  const numberOfLine = new Map<Occurrence, number>();
  for (const line of lines) numberOfLine.set(line, numberOfLine.size);
  const grid = gridOf(layout, lines.length);
  const laidOut = grid.places.length;
  const places = grid.places.slice();
  const offers = grid.offers.slice();
  let last: Locus | undefined;
  let ascending = true;
  for (const offer of request.offers) {
    const at = offer.locus;
    const whole = wholeOf(layout, at);
    const number = laidOutAt(whole.row, at, numberOfLine);
    if (number >= 0) {
      offers[number] = offer;
      continue;
    }
    ascending &&= last === undefined || isBefore(last, at);
    last = at;
    const { occurrence } = at;
    places.push(
      occurrence === undefined
        ? whole
        : { row: whole.row, line: numberOfLine.get(occurrence) ?? NO_LINE, whole: false },
    );
    offers.push(offer);
  }
  // What ascends, as `describe` sorts it, names no locus twice.
  if (!ascending) mergeRepeated(places, offers, laidOut);
  const kept = lines.map((line) => !request.excludedLines.includes(line));
  return { request, layout, lines, numberOfLine, kept, places, laidOut, offers, others: indexed(offers, laidOut) };
};

/** Few rulings ask for it, so it is made for the first that does. */
const indexed = (offers: readonly (Offer | undefined)[], from: number): (() => ReadonlyMap<LocusKey, number>) => {
  let index: Map<LocusKey, number> | undefined;
  return () => {
    if (index) return index;
    index = new Map();
    for (const [number, offer] of offers.entries())
      if (offer && number >= from) index.set(locusKey(offer.locus), number);
    return index;
  };
};

/** The locus of a place: as offered, or as the format asks for it. */
export const locusAt = (sheet: Sheet, { row, line }: Place, number: number): Locus =>
  sheet.offers[number]?.locus ?? (line === NO_LINE ? row.locus : locus(row.field, sheet.lines[line]));

/** The number of the place where a locus stands; -1 if the sheet has none for it. */
export const numberOf = (sheet: Sheet, at: Locus): number => {
  const number = laidOutAt(wholeOf(sheet.layout, at).row, at, sheet.numberOfLine);
  return number >= 0 ? number : (sheet.others().get(locusKey(at)) ?? -1);
};

export const offerAt = (sheet: Sheet, at: Locus): Offer | undefined => sheet.offers[numberOf(sheet, at)];
