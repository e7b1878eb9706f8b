import { type FieldId, type Locus, locus, type Occurrence } from '#libs/catalogue';
import type { Ruling } from './decision.js';
import type { Grounds } from './grounds.js';
import { firstPlace, NO_LINE, type Place, type Row, settle } from './layout.js';
import type { Occasion, Timing } from './occasion.js';
import type { Reason } from './reason.js';
import type { Offer } from './request.js';
import { isAsked, offerAt, offerOn, type Sheet } from './sheet.js';
import { lineCountable, verdictOf } from './verdict.js';

/** One document before the house: what papers and rules say, what it offers, which dates it is about. */
export interface Matter {
  readonly grounds: Grounds;
  readonly sheet: Sheet;
  readonly timing: Timing;
}

/** Which lines go. */
interface Going {
  /** In the order of the document. */
  readonly lines: readonly Occurrence[];
  /** The same by number of the line. */
  readonly goes: readonly boolean[];
  /** Lines that do not go although nobody took them out, with the grounds. */
  readonly dropped: ReadonlyMap<Occurrence, readonly Reason[]>;
}

export interface Ruled extends Going {
  /** One for each place of the sheet, in its order. */
  readonly rulings: readonly Ruling[];
}

/** An offer that says no more than that it is there: whatever stands behind it, the answer is the same. */
const isPlain = (offer: Offer | undefined): boolean =>
  offer === undefined ||
  (offer.reveals !== 'unclassified' && offer.reveals.length === 0 && offer.unwritable === undefined);

const nothing = (): undefined => undefined;

/** The ruling on a field as a whole for every document of an occasion that offers nothing particular there. */
const ordinary = (grounds: Grounds, row: Row, occasion: Occasion): Ruling => {
  const known = occasion.rulings[row.number];
  if (known) return known;
  const made = settle(row.locus, verdictOf(grounds, { row, dating: occasion, offer: undefined, lesser: nothing }));
  occasion.rulings[row.number] = made;
  return made;
};

/** The ruling on one offer by itself: its code tells something, it cannot be written, or a ceiling asks for its very word. */
const particular = ({ grounds }: Matter, row: Row, { offer, occasion, lesser }: Asked): Ruling =>
  settle(row.locus, verdictOf(grounds, { row, dating: occasion, offer, lesser }));

/** What a document offers under a sibling in the place of that number. */
const siblingAt = (sheet: Sheet, number: number, form: FieldId): Offer | undefined =>
  offerAt(sheet, locus(form, sheet.arrangement.loci[number]?.occurrence));

/** What a place is asked about: what the document offers there, on which occasion. */
interface Asked {
  readonly offer: Offer | undefined;
  readonly occasion: Occasion;
  /** What it offers there under a sibling. */
  readonly lesser: (form: FieldId) => Offer | undefined;
}

/** What papers and rules say at a place, as a ruling on its field as a whole. */
const verdictAt = (matter: Matter, place: Place, number: number): Ruling => {
  const { row, line } = place;
  if (row.fixed) return row.fixed;
  const { grounds, sheet, timing } = matter;
  // No grant gives a place to what the format has none for in this document.
  if (row.unasked && !isAsked(sheet, row)) return row.unasked;
  const offer = offerOn(sheet, number);
  const occasion = line === NO_LINE ? timing.whole : (timing.lines[line] ?? timing.whole);
  const isAllPlain =
    isPlain(offer) &&
    (row.siblings.length === 0 || row.siblings.every((form) => isPlain(siblingAt(sheet, number, form))));
  if (isAllPlain && grounds.bounds.shaped[row.number] !== true) return ordinary(grounds, row, occasion);
  return particular(matter, row, { offer, occasion, lesser: (form) => siblingAt(sheet, number, form) });
};

const isRestriction = ({ code }: Reason): boolean => code === 'restricted_522';

/**
 * A line may go if everything that the format requires on it may; else why not. Where a line that may not go holds the
 * whole document, each field of it says for itself what is wrong; only a line paid in full stays as a line.
 */
const whyLineStays = (matter: Matter, line: number): readonly Reason[] | undefined => {
  const { layout, arrangement } = matter.sheet;
  const { places, lines } = arrangement;
  const drops = matter.grounds.format.excludedLine === 'drop';
  for (const row of layout.requiredOnLine) {
    if (!isAsked(matter.sheet, row)) continue;
    const number = firstPlace(row, lines.length) + line;
    const place = places[number];
    const verdict = place && verdictAt(matter, place, number);
    if (verdict?.effect === 'withhold' && (drops || verdict.reasons.some(isRestriction))) return verdict.reasons;
  }
  return undefined;
};

/** Stands for the wish of the person who took a line out: no paper and no rule is behind it. */
const TAKEN_OUT: readonly Reason[] = [];

const NONE_DROPPED: ReadonlyMap<Occurrence, readonly Reason[]> = new Map();

const goingOf = (matter: Matter): Going => {
  const { sheet } = matter;
  const stays = sheet.arrangement.lines.map((_occurrence, line) =>
    sheet.kept[line] === true ? whyLineStays(matter, line) : TAKEN_OUT,
  );
  if (stays.every((reasons) => reasons === undefined))
    return { lines: sheet.arrangement.lines, goes: sheet.kept, dropped: NONE_DROPPED };
  const goes = stays.map((reasons) => reasons === undefined);
  const dropped = sheet.arrangement.lines.flatMap((occurrence, line) => {
    const reasons = stays[line];
    return reasons === undefined || reasons === TAKEN_OUT ? [] : [[occurrence, reasons] as const];
  });
  return { lines: sheet.arrangement.lines.filter((_occurrence, line) => goes[line]), goes, dropped: new Map(dropped) };
};

/** For an aggregate: the lines that it may be computed from. */
const aggregateLines = (
  { grounds, sheet }: Matter,
  { field, aggregateOf: of }: Row,
  going: Going,
): readonly Occurrence[] | undefined => {
  if (of === undefined) return undefined;
  if (grounds.format.byField.has(of)) return going.lines;
  const { serviceDates } = sheet.request;
  return sheet.arrangement.lines.filter(
    (line, number) => sheet.kept[number] && lineCountable(grounds, { field, of }, serviceDates.get(line)),
  );
};

/** A diagnosis that only lines which stay were for tells of them. */
const onlyOfStayingLines = ({ sheet }: Matter, diagnosis: Occurrence, going: Going): boolean => {
  const pointing = sheet.arrangement.lines.filter((line) =>
    offerAt(sheet, { field: 'diagnosis.pointer', occurrence: line })?.refersTo?.includes(diagnosis),
  );
  return pointing.length > 0 && !pointing.some((line) => going.lines.includes(line));
};

/** What goes by itself but would tell of a line that stays: a payment for all lines, the diagnosis of one of them. */
const tellsOfStayingLines = (matter: Matter, { place: { row }, at }: Found, going: Going): boolean => {
  if (matter.sheet.arrangement.lines.length === going.lines.length) return false;
  if (row.ofAllLines) return true;
  return row.scope === 'diagnosis' && at.occurrence !== undefined && onlyOfStayingLines(matter, at.occurrence, going);
};

/** A line that stays, or that this document does not have, keeps all that is on it. */
const isOnStayingLine = ({ place: { row, line }, at }: Found, going: Going): boolean =>
  row.scope === 'line' && at.occurrence !== undefined && going.goes[line] !== true;

const becauseOfLine = ({ at, verdict }: Found, going: Going): readonly Reason[] => {
  const own = verdict.effect === 'withhold' ? verdict.reasons : [];
  return own.length > 0 || at.occurrence === undefined ? own : (going.dropped.get(at.occurrence) ?? []);
};

/** A place, and the verdict on what is there. */
interface Found {
  readonly place: Place;
  readonly at: Locus;
  readonly verdict: Ruling;
}

/** A verdict as it is, for one place. */
const ruledAt = (at: Locus, { effect, form, reasons }: Ruling): Ruling =>
  form === undefined ? { locus: at, effect, reasons } : { locus: at, effect, reasons, form };

const staying = (at: Locus, reasons: readonly Reason[]): Ruling => ({
  locus: at,
  effect: 'withhold',
  reasons: Object.freeze(reasons),
});

/** What becomes of a verdict once it is known which lines go, and whether what must stay is marked. */
const rulingOn = (matter: Matter, found: Found, going: Going): Ruling => {
  const { at, verdict } = found;
  const { row } = found.place;
  const { lineExcluded } = matter.grounds.layout;
  if (isOnStayingLine(found, going)) return staying(at, [lineExcluded, ...becauseOfLine(found, going)]);
  if (verdict.effect === 'withhold')
    return row.required && marks(matter) && isAsked(matter.sheet, row) && !isUnwritable(verdict)
      ? { ...ruledAt(at, verdict), marker: true }
      : ruledAt(at, verdict);
  if (tellsOfStayingLines(matter, found, going)) return staying(at, [lineExcluded]);
  const over = aggregateLines(matter, row, going);
  if (over === undefined) return ruledAt(at, verdict);
  const { effect, form, reasons } = verdict;
  return form === undefined ? { locus: at, effect, reasons, over } : { locus: at, effect, reasons, form, over };
};

/** Nobody withholds it: a marker would say that the client does. */
const isUnwritable = ({ reasons }: Ruling): boolean => reasons.some(({ code }) => code === 'not_writable');

/** A person chose markers, and the form has a place for them. */
const marks = ({ sheet: { request } }: Matter): boolean => request.useMarkers && request.form?.markers === true;

/** What else in a document could have a say in a verdict. */
interface Company {
  readonly allGo: boolean;
  readonly marks: boolean;
}

/** Nothing else in the document has a say: a verdict is neither about its lines nor made to be marked. */
const standsAlone = ({ row, line, whole }: Place, { effect }: Ruling, company: Company): boolean => {
  if (!whole && (!company.allGo || (row.scope === 'line' && line === NO_LINE))) return false;
  if (effect === 'withhold') return !(row.required && company.marks);
  return row.aggregateOf === undefined && (company.allGo || !row.ofAllLines);
};

export const ruleAll = (matter: Matter): Ruled => {
  const { sheet } = matter;
  const going = goingOf(matter);
  const company = { allGo: going.lines.length === sheet.arrangement.lines.length, marks: marks(matter) };
  const rulings = sheet.arrangement.places.map((place, number): Ruling => {
    const verdict = verdictAt(matter, place, number);
    const alone = standsAlone(place, verdict, company);
    // A ruling on a field as a whole is there already, and many documents share it.
    if (alone && place.whole) return verdict;
    const at = sheet.arrangement.loci[number] ?? place.row.locus;
    return alone ? ruledAt(at, verdict) : rulingOn(matter, { place, at, verdict }, going);
  });
  return { rulings, lines: going.lines, goes: going.goes, dropped: going.dropped };
};
