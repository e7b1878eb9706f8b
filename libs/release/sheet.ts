import type { Locus } from '#libs/catalogue';
import { type Arrangement, arrangementOf, laidOutAt } from './arrangement.js';
import type { Layout, Row } from './layout.js';
import type { DisclosureRequest, Offer } from './request.js';

/** One document, laid out by the places of its format. */
export interface Sheet {
  readonly request: DisclosureRequest;
  readonly layout: Layout;
  readonly arrangement: Arrangement;
  /** By number of the line: it is still in the document, nobody took it out. */
  readonly kept: readonly boolean[];
}

/** Lays a document out; undefined if it offers what the catalogue does not know, for which there is no rule. */
export const layOut = (request: DisclosureRequest, layout: Layout): Sheet | undefined => {
  const arrangement = arrangementOf(request, layout);
  if (arrangement === undefined) return undefined;
  const { excludedLines } = request;
  const kept = arrangement.lines.map((line) => !excludedLines.includes(line));
  return { request, layout, arrangement, kept };
};

/** Whether what the format asks under a circumstance it asks of this document. */
export const isAsked = ({ request }: Pick<Sheet, 'request'>, { ask }: Row): boolean =>
  ask?.when === undefined || request.circumstances.includes(ask.when);

/** What the document offers at a place, by its number. */
export const offerOn = ({ request, arrangement }: Sheet, number: number): Offer | undefined => {
  const index = arrangement.offerOf[number] ?? -1;
  return index < 0 ? undefined : request.offers[index];
};

/** The number of the place where a locus stands; -1 if the sheet has none for it. */
export const numberOf = ({ layout, arrangement }: Sheet, at: Locus): number => {
  const { places, loci, laidOut, numberOfLine } = arrangement;
  const row = layout.byField.get(at.field)?.row;
  const number = row === undefined ? -1 : laidOutAt(row, at, numberOfLine);
  if (number >= 0) return number;
  for (let other = laidOut; other < places.length; other += 1) {
    const there = loci[other];
    if (there?.field === at.field && there.occurrence === at.occurrence) return other;
  }
  return -1;
};

export const offerAt = (sheet: Sheet, at: Locus): Offer | undefined => offerOn(sheet, numberOf(sheet, at));
