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
}

/** The number of the place that a layout has for a locus; -1 where it has none. */
const laidOutAt = (row: Row, occurrence: Occurrence | undefined, lines: ReadonlyMap<Occurrence, number>): number => {
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

/** Lays a document out; undefined if it offers what the catalogue does not know, for which there is no rule. */
export const layOut = (request: DisclosureRequest, layout: Layout): Sheet | undefined => {
  const lines = [...request.serviceDates.keys()];
  const numberOfLine = new Map<Occurrence, number>();
  for (const line of lines) numberOfLine.set(line, numberOfLine.size);
  const grid = gridOf(layout, lines.length);
  const laidOut = grid.places.length;
  const places = grid.places.slice();
  const offers = grid.offers.slice();
  let ascending = true;
  let whole: Place | undefined;
  let [lastRank, lastOccurrence] = [-1, ''];
  for (const offer of request.offers) {
    const { field, occurrence } = offer.locus;
    // Offers for one field come together, so that many need no look at the catalogue.
    if (whole?.row.field !== field) whole = layout.byField.get(field);
    if (whole === undefined) return undefined;
    const { row } = whole;
    const number = laidOutAt(row, occurrence, numberOfLine);
    if (number >= 0) {
      offers[number] = offer;
      continue;
    }
    ascending &&= lastRank < row.rank || (lastRank === row.rank && lastOccurrence < (occurrence ?? ''));
    lastRank = row.rank;
    lastOccurrence = occurrence ?? '';
    places.push(
      occurrence === undefined ? whole : { row, line: numberOfLine.get(occurrence) ?? NO_LINE, whole: false },
    );
    offers.push(offer);
  }
  // What ascends, as `describe` sorts it, names no locus twice.
  if (!ascending) mergeRepeated(places, offers, laidOut);
  const { excludedLines } = request;
  const kept = lines.map((line) => excludedLines.length === 0 || !excludedLines.includes(line));
  return { request, layout, lines, numberOfLine, kept, places, laidOut, offers };
};

/** The locus of a place: as offered, or as the format asks for it. */
export const locusAt = (sheet: Sheet, { row, line }: Place, number: number): Locus =>
  sheet.offers[number]?.locus ?? (line === NO_LINE ? row.locus : locus(row.field, sheet.lines[line]));

/** The number of the place where a locus stands; -1 if the sheet has none for it. */
export const numberOf = (sheet: Sheet, at: Locus): number => {
  const { field, occurrence } = at;
  const row = sheet.layout.byField.get(field)?.row;
  const number = row === undefined ? -1 : laidOutAt(row, occurrence, sheet.numberOfLine);
  if (number >= 0) return number;
  for (let other = sheet.laidOut; other < sheet.offers.length; other += 1) {
    const offered = sheet.offers[other]?.locus;
    if (offered?.field === field && offered.occurrence === occurrence) return other;
  }
  return -1;
};

export const offerAt = (sheet: Sheet, at: Locus): Offer | undefined => sheet.offers[numberOf(sheet, at)];
