import { type FieldId, fieldOf, generalisationsOf, type Locus, locus, type Occurrence } from '#libs/catalogue';
import type { Gap, Ruling } from './decision.js';
import type { Grounds } from './grounds.js';
import { type AskedRow, firstPlace } from './layout.js';
import type { Curer, Reason, ReasonCode } from './reason.js';
import type { Matter, Ruled } from './rulings.js';
import { isAsked, numberOf, offerAt, offerOn, type Sheet } from './sheet.js';
import { blockedInEnvelope, firstOf } from './verdict.js';

/** A matter of which every place has its ruling. */
export interface Judged extends Matter {
  readonly ruled: Ruled;
}

const OFFICE: readonly string[] = ['administrative', 'session', 'fees', 'procedure'];

/** Who can put a missing value there: the clinician what belongs in the chart, the office the rest. */
const writerOf = (at: Locus): Curer => (OFFICE.includes(fieldOf(at.field).category) ? 'office' : 'chart');

/** Who can lift a reason. */
const curerOf = (grounds: Grounds, reason: Reason): Curer => {
  const { code } = reason;
  if (code.startsWith('ceiling:')) {
    return grounds.bounds.ceilings.some((one) => code === `ceiling:${one.ceiling.id}` && one.choiceOpen)
      ? 'practice'
      : 'nobody';
  }
  if (code.startsWith('value_shape:')) return 'chart';
  if (code.startsWith('special_category:')) return 'client';
  switch (code) {
    case 'field_not_granted':
    case 'service_date_out_of_scope':
    case 'client_restriction':
      return 'client';
    case 'clinician_limit':
      return 'chart';
    case 'not_writable':
      return 'office';
    case 'unclassified_code':
      return 'practice';
    default:
      return 'nobody';
  }
};

/** The hardest curer stands for the gap: what nobody can lift is not the client's to cure. */
const HARDEST: readonly Curer[] = ['nobody', 'practice', 'client', 'chart', 'office'];

const causeOf = (
  grounds: Grounds,
  reasons: readonly Reason[],
): { readonly cause: ReasonCode; readonly curer: Curer } => {
  const blocking = reasons.filter(
    ({ code }) => code !== 'granted' && code !== 'line_excluded' && !code.startsWith('within_ceiling:'),
  );
  const ranked = blocking
    .map((reason) => ({ cause: reason.code, curer: curerOf(grounds, reason) }))
    .sort((left, right) => HARDEST.indexOf(left.curer) - HARDEST.indexOf(right.curer));
  // Nothing blocks it but a line that stays beside it: the office bills that one otherwise.
  if (ranked[0] === undefined && reasons.some(({ code }) => code === 'line_excluded'))
    return { cause: 'line_excluded', curer: 'office' };
  return ranked[0] ?? { cause: 'field_not_granted', curer: 'client' };
};

const gapAt = (
  at: Locus,
  row: AskedRow,
  found: { readonly cause: ReasonCode; readonly curer: Curer; readonly reasons: readonly Reason[] },
): Gap => ({
  locus: at,
  position: row.ask.position,
  code: `transport_requires:${row.field}`,
  ...found,
});

/** The field in whose form a ruling lets its locus go, and whether the document has it. */
const present = (sheet: Sheet, number: number, { locus: at, form, over }: Ruling): boolean => {
  const offered = offerOn(sheet, number) !== undefined;
  if (over !== undefined) return over.length > 0 || offered;
  if (form === undefined) return offered;
  const sibling = fieldOf(at.field).generalisations.some((one) => one.to === form && one.by === 'sibling');
  return sibling ? offerAt(sheet, { ...at, field: form }) !== undefined : offered;
};

/** What the absence of a value, or of its sibling, or the withholding of it leaves open at one place. */
const gapOn = ({ grounds, sheet, ruled }: Judged, row: AskedRow, number: number): Gap | undefined => {
  const ruling = ruled.rulings[number];
  if (ruling === undefined) return undefined;
  const offered = offerOn(sheet, number) !== undefined;
  if (ruling.effect === 'send' && offered) return undefined;
  const { locus: at, reasons, form } = ruling;
  if (ruling.effect === 'withhold') {
    const required = row.required && ruling.marker !== true;
    // Leaving it out would change price, liability or meaning.
    const changesMeaning = row.ask.changesMeaning && offered;
    return required || changesMeaning ? gapAt(at, row, { ...causeOf(grounds, reasons), reasons }) : undefined;
  }
  if (present(sheet, number, ruling)) return undefined;
  if (row.required) {
    const sibling = offered && form !== undefined && generalisationsOf(at.field).includes(form);
    return gapAt(at, row, { cause: sibling ? 'sibling_missing' : 'missing', curer: writerOf(at), reasons });
  }
  // An empty sibling is a gap even where the field itself was only wanted: the clinician wrote words and no level.
  return ruling.effect === 'generalise' && offered
    ? gapAt(at, row, { cause: 'sibling_missing', curer: 'chart', reasons })
    : undefined;
};

const fieldGaps = (judged: Judged): readonly Gap[] => {
  const { grounds, sheet, ruled } = judged;
  const linesAsked = grounds.format.excludedLine === 'hold' ? sheet.kept : ruled.goes;
  const gaps: Gap[] = [];
  const check = (row: AskedRow, number: number): void => {
    const gap = gapOn(judged, row, number);
    if (gap) gaps.push(gap);
  };
  for (const row of sheet.layout.mayGap) {
    if (!isAsked(sheet, row)) continue;
    const first = firstPlace(row, sheet.arrangement.lines.length);
    switch (row.scope) {
      case 'document':
        check(row, first);
        break;
      case 'line':
        for (let line = 0; line < linesAsked.length; line += 1) if (linesAsked[line] === true) check(row, first + line);
        break;
      case 'diagnosis': {
        const own = sheet.arrangement.diagnoses.filter((number) => sheet.arrangement.places[number]?.row === row);
        for (const number of own) check(row, number);
        if (own.length === 0 && row.required)
          gaps.push(gapAt(row.locus, row, { cause: 'missing', curer: writerOf(row.locus), reasons: [] }));
      }
    }
  }
  return gaps;
};

/** At least one of each group must go, or the paper is about nobody. */
const groupGaps = ({ grounds, sheet, ruled }: Judged): readonly Gap[] =>
  grounds.format.oneOf.flatMap((group): readonly Gap[] => {
    const numbers = group.map((field) => numberOf(sheet, { field }));
    const rulings = numbers.flatMap((number) => ruled.rulings[number] ?? []);
    const goes = numbers.some((number) => {
      const ruling = ruled.rulings[number];
      return ruling !== undefined && ruling.effect !== 'withhold' && present(sheet, number, ruling);
    });
    const first = group[0];
    if (goes || first === undefined) return [];
    const reasons = rulings.filter((ruling) => ruling.effect === 'withhold').flatMap((ruling) => ruling.reasons);
    const found =
      reasons.length > 0 ? causeOf(grounds, reasons) : { cause: 'missing' as const, curer: 'office' as const };
    return [{ locus: locus(first), code: `transport_requires:${first}`, ...found, reasons }];
  });

/** A line that points only to diagnoses that stay has lost its ground. */
const pointerGaps = ({ grounds, sheet, ruled }: Judged): readonly Gap[] => {
  const row = sheet.layout.pointer;
  if (row === undefined) return [];
  const { lines, diagnoses } = sheet.arrangement;
  const sent: (Occurrence | undefined)[] = [];
  for (const number of diagnoses) {
    const ruling = ruled.rulings[number];
    if (ruling?.effect !== 'send') continue;
    const { field, occurrence } = ruling.locus;
    if (field === 'diagnosis.primary' || field === 'diagnosis.secondary') sent.push(occurrence);
  }
  const first = firstPlace(row, lines.length);
  const gaps: Gap[] = [];
  for (let line = 0; line < lines.length; line += 1) {
    const ruling = ruled.rulings[first + line];
    const refersTo = offerOn(sheet, first + line)?.refersTo;
    if (ruled.goes[line] !== true || ruling?.effect !== 'send' || refersTo === undefined) continue;
    if (refersTo.some((diagnosis) => sent.includes(diagnosis))) continue;
    const reasons = ruled.rulings
      .filter(
        ({ locus: { occurrence }, effect }) =>
          effect === 'withhold' && occurrence !== undefined && refersTo.includes(occurrence),
      )
      .flatMap((one) => one.reasons);
    gaps.push(gapAt(ruling.locus, row, { ...causeOf(grounds, reasons), reasons }));
  }
  return gaps;
};

/** Whether the document offers a field anywhere. */
const isOffered = ({ arrangement: { offered } }: Sheet, field: FieldId): boolean =>
  offered.some((at) => at.field === field);

const whole = (code: ReasonCode, curer: Curer, reasons: readonly Reason[] = []): Gap => ({
  code,
  cause: code,
  curer,
  reasons,
});

/** Conditions of the whole document that somebody can cure. */
const wholeGaps = (judged: Judged, enclosures: readonly string[]): readonly Gap[] => {
  const { grounds, sheet, timing, ruled } = judged;
  const { format } = grounds;
  const { request } = sheet;
  const gaps: Gap[] = [];
  if (format.excludedLine === 'drop' && ruled.lines.length === 0 && sheet.kept.includes(true)) {
    const reasons = [...ruled.dropped.values()].flat();
    gaps.push({ code: 'line_excluded', ...causeOf(grounds, reasons), reasons });
  }
  if (enclosures.length > 0 && !format.carriesEnclosures && !request.route.companionChannel)
    gaps.push(whole('enclosure_channel', 'practice'));
  if (
    !request.subscriberIsClient &&
    grounds.limits.some(({ restriction }) => restriction.kind === 'confidential-communication')
  )
    gaps.push(whole('eob_exposure', 'office'));
  // A claim that another payer should have seen first would go as if there were no other.
  const asFirst = format.id === 'x12-837p' && !request.circumstances.includes('after-another-payer');
  if (asFirst && isOffered(sheet, 'coverage.other.payer')) gaps.push(whole('cob_unsupported', 'office'));
  const envelope = blockedInEnvelope(grounds, request.envelopeReveals, timing.whole);
  const first = envelope[0];
  if (first) gaps.push(whole(first.code, first.code === 'unclassified_code' ? 'practice' : 'client', envelope));
  return gaps;
};

/** What stays only because a line does is no gap of its own while that line has one. */
const withoutConsequences = (gaps: readonly Gap[]): readonly Gap[] => {
  const own = gaps.filter((gap) => gap.cause !== 'line_excluded');
  return own.length > 0 ? own : gaps;
};

/** Not to be told apart by a person but for the line or diagnosis. */
const isSameGap = (one: Gap, other: Gap): boolean =>
  one.locus !== undefined &&
  one.locus.occurrence !== undefined &&
  one.locus.field === other.locus?.field &&
  other.locus.occurrence !== undefined &&
  one.position === other.position &&
  one.code === other.code &&
  one.cause === other.cause &&
  one.curer === other.curer;

/** One gap for all that are the same, in the place of the first, with the grounds of each. */
const mergeGaps = (first: Gap, others: readonly Gap[]): Gap => {
  const all = [first, ...others];
  const occurrences = [...new Set(all.flatMap(({ locus: at }) => at?.occurrence ?? []))];
  const merged = { ...first, reasons: firstOf(all.flatMap(({ reasons }) => reasons)) };
  return occurrences.length > 1 ? { ...merged, occurrences } : merged;
};

/** What several lines or diagnoses lack for one cause is one gap: whoever cures it cures it once. */
const onceForAll = (gaps: readonly Gap[]): readonly Gap[] => {
  const open = [...gaps];
  const merged: Gap[] = [];
  for (let first = open.shift(); first !== undefined; first = open.shift()) {
    const gap = first;
    const same = open.filter((other) => isSameGap(gap, other));
    merged.push(same.length === 0 ? gap : mergeGaps(gap, same));
    for (const other of same) open.splice(open.indexOf(other), 1);
  }
  return merged;
};

export const gapsOf = (judged: Judged, enclosures: readonly string[]): readonly Gap[] => {
  const gaps = [wholeGaps(judged, enclosures), fieldGaps(judged), groupGaps(judged), pointerGaps(judged)];
  return gaps.every((some) => some.length === 0) ? [] : onceForAll(withoutConsequences(gaps.flat()));
};
