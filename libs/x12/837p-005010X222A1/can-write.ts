import { type FieldId, formatOf, type Value } from '#libs/catalogue';
import { identifierProblem, transliterate } from '../envelope/characters.js';
import { USUAL_DELIMITERS } from '../envelope/delimiters.js';
import { elementProblem } from './guide/check-element.js';
import type { ElementRule, LoopRule } from './guide/rule.js';
import { GUIDE_837P } from './guide/table.js';

/** How the claim writes a text, before it is held against the guide; undefined where it does not. */
type Writing = (text: string) => string | undefined;

/** Names and addresses are transliterated, and refused where they would become others. */
const asText: Writing = (text) => transliterate(text, USUAL_DELIMITERS)?.text;
/** Identifiers are never changed. */
const asIdentifier: Writing = (text) => (identifierProblem(text, USUAL_DELIMITERS) === undefined ? text : undefined);
const asPostalCode: Writing = (text) => asIdentifier(text.replace('-', ''));

/** What people write into a record as they like. Dates, amounts and codes of services are edited at intake. */
const WRITINGS: ReadonlyMap<FieldId, Writing> = new Map<FieldId, Writing>([
  ['client.name.last', asText],
  ['client.name.first', asText],
  ['client.address.line', asText],
  ['client.address.city', asText],
  ['client.address.region', asIdentifier],
  ['client.address.postal', asPostalCode],
  ['coverage.memberId', asIdentifier],
  ['coverage.groupNumber', asIdentifier],
  ['coverage.authorizationNumber', asIdentifier],
  ['coverage.subscriber.name', asText],
  ['coverage.other.memberId', asIdentifier],
  ['coverage.other.subscriber', asText],
  ['coverage.other.payer', asText],
  ['coverage.other.payerId', asIdentifier],
  ['coverage.other.claimNumber', asIdentifier],
  ['claim.note', asText],
]);

const loopsOf = (loop: LoopRule): readonly LoopRule[] => [loop, ...loop.loops.flatMap(loopsOf)];

const LOOPS: ReadonlyMap<string, LoopRule> = new Map(loopsOf(GUIDE_837P).map((one) => [one.id, one]));

/** The rules of the guide from an element such as `2010BA/NM103` to the end of its segment. */
const rulesFrom = (position: string): readonly ElementRule[] => {
  const [, loop = '', name = '', element = ''] = /^([^/]+)\/([A-Z]+\d?)(\d{2})$/.exec(position) ?? [];
  return (
    LOOPS.get(loop)
      ?.segments.find((one) => one.name === name)
      ?.elements.slice(Number(element) - 1) ?? []
  );
};

interface Place {
  readonly writing: Writing;
  /** Of the element, and of the next one: a holder's name has two parts, last and first. */
  readonly rules: readonly ElementRule[];
}

const PLACES: ReadonlyMap<FieldId, Place> = new Map(
  formatOf('x12-837p').fields.flatMap(({ field, position }): readonly (readonly [FieldId, Place])[] => {
    const writing = WRITINGS.get(field);
    if (writing === undefined) return [];
    return [[field, { writing, rules: rulesFrom(position).slice(0, 2) }]];
  }),
);

/**
 * Whether a claim has a way to write what a record says at a field: its letters, its separators, its length, by the very
 * rules by which it is written and checked. X12 has no escape (RFI 1815, 2026), and nothing is put in the place of a letter
 * that it does not have.
 */
export const canWrite837P = (field: FieldId, value: Value): boolean => {
  // An accident must be told with its date and, on the road, its state; a claim of ours has neither.
  if (field === 'claim.relatedCause') return value === 'EM';
  const place = PLACES.get(field);
  if (place === undefined) return true;
  const { writing, rules } = place;
  const parts = typeof value === 'object' ? value : [String(value)];
  return rules.every((rule, index) => {
    const part = parts[index] ?? '';
    if (part === '' && index > 0) return true;
    const written = writing(part);
    return written !== undefined && elementProblem(rule, written) === undefined;
  });
};
