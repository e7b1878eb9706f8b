import { closureOf, FIELD_IDS, type FieldId, fieldOf, GRANT_FOR_REVEAL, type Reveal } from '#libs/catalogue';
import { type PlainDate, unreachable } from '#libs/kernel';
import { whatCeilingsSay } from './binding-ceiling.js';
import type { Trial } from './bounds.js';
import type { Verdict } from './decision.js';
import { fieldNumber, isGranted, isOfPart2 } from './field-number.js';
import { covers, type Granting, type Grounds, joinReasons } from './grounds.js';
import type { Row } from './layout.js';
import type { Reason } from './reason.js';
import type { Restriction } from './release.js';
import type { Offer } from './request.js';

/** The dates that a locus is about. What a document tells on a line needs a grant for that line's date, what it tells as a whole needs one for every date that it is about. */
export interface Dating {
  /** Of the line on which the locus stands. */
  readonly own: PlainDate | undefined;
  /** Ascending: those of all lines that the format names, also of lines that will be dropped. */
  readonly document: readonly PlainDate[];
}

/** What the house is asked about one field in one place. */
export interface Question {
  readonly row: Row;
  readonly dating: Dating;
  readonly offer: Offer | undefined;
  /** What the document offers in the same place under a sibling. */
  readonly lesser: (form: FieldId) => Offer | undefined;
}

/** The first release that grants a field for one date, or for a document without dates; else why none does. */
const grantFor = (grounds: Grounds, number: number, date: PlainDate | undefined): Granting | readonly Reason[] => {
  let whyNot = grounds.notGranted;
  for (const granting of grounds.releases) {
    if (!isGranted(granting.grants, number)) continue;
    if (!granting.consentsToPart2 && isOfPart2(number)) {
      whyNot = grounds.notConsented;
      continue;
    }
    const { release } = granting;
    const fits =
      date === undefined ? release.serviceFrom === undefined && release.serviceTo === undefined : covers(release, date);
    if (fits) return granting;
    whyNot = grounds.outOfScope;
  }
  return whyNot;
};

const NONE: readonly Reason[] = [];
const UNDATED: readonly undefined[] = [undefined];

/** A locus on a line is granted for the line's date; one of the whole document for every date that the document is about. */
const granted = (grounds: Grounds, asked: Pick<Trial, 'number' | 'ofLine'>, { own, document }: Dating): Tried => {
  const dates = asked.ofLine && own !== undefined ? [own] : document.length === 0 ? UNDATED : document;
  let reasons = NONE;
  for (const date of dates) {
    const found = grantFor(grounds, asked.number, date);
    if (!('grants' in found)) return { goes: false, reasons: found };
    if (!reasons.includes(found.reason)) reasons = joinReasons(grounds, reasons, found.alone);
  }
  return { goes: true, reasons };
};

/** Narrowings by client or clinician that meet a field on a line of this date, or on none. */
const limitsOn = ({ limits }: Grounds, field: FieldId, date: PlainDate | undefined): readonly Reason[] =>
  limits.length === 0
    ? NONE
    : limits.filter(({ restriction }) => meets(restriction, field, date)).map(({ reason }) => reason);

/** By field: all that can be read from it. */
const READ_FROM: ReadonlyMap<FieldId, ReadonlySet<FieldId>> = new Map(FIELD_IDS.map((id) => [id, closureOf([id])]));

/** Whoever keeps an age back keeps back the birth date from which it can be read. */
const tellsAny = (field: FieldId, kept: readonly FieldId[]): boolean =>
  kept.some((one) => one === field || READ_FROM.get(field)?.has(one) === true);

const meets = (restriction: Restriction, field: FieldId, date: PlainDate | undefined): boolean => {
  switch (restriction.kind) {
    case 'paid-in-full':
      return date !== undefined && restriction.serviceDates.includes(date);
    case 'clinician-limit':
    case 'client-restriction':
      return tellsAny(field, restriction.fields);
    case 'confidential-communication':
      return false;
    default:
      return unreachable(restriction);
  }
};

/** A code that says more than its field needs the grant for what it says, wherever it stands. */
const revealsGranted = (
  grounds: Grounds,
  reveals: readonly Reveal[] | 'unclassified',
  at: { readonly field: FieldId; readonly dating: Dating },
): Tried => {
  if (reveals === 'unclassified')
    return {
      goes: false,
      reasons: [Object.freeze<Reason>({ code: 'unclassified_code', source: 'codes', revision: at.field })],
    };
  const reasons: Reason[] = [];
  const blocked: Reason[] = [];
  for (const reveal of reveals) {
    const field = GRANT_FOR_REVEAL[reveal];
    const asked = { number: fieldNumber(field), ofLine: fieldOf(field).scope === 'line' };
    const own = granted(grounds, asked, at.dating);
    if (own.goes) reasons.push(...own.reasons);
    else blocked.push(Object.freeze<Reason>({ code: `special_category:${reveal}`, source: 'codes', revision: field }));
  }
  return blocked.length > 0 ? { goes: false, reasons: blocked } : { goes: true, reasons };
};

/** What the envelope of a document gives away without a grant for it. */
export const blockedInEnvelope = (
  grounds: Grounds,
  reveals: readonly Reveal[] | 'unclassified',
  dating: Dating,
): readonly Reason[] => {
  if (reveals.length === 0) return NONE;
  const tried = revealsGranted(grounds, reveals, { field: 'provider.taxonomy', dating });
  return tried.goes ? NONE : tried.reasons;
};

/**
 * The rule of the house for one locus: asked for, granted, within every ceiling, needed, not restricted, no special
 * category without its own grant, nothing that no ordinary release can grant. Tries the field itself first, then each
 * lesser form that the format has a place for.
 */
export const verdictOf = (grounds: Grounds, question: Question): Verdict => {
  const { row, dating } = question;
  if (row.fixed) return row.fixed;
  const limited = limitsOn(grounds, row.field, dating.own);
  if (limited.length > 0) return { effect: 'withhold', reasons: limited };

  let blockers = NONE;
  for (const trial of grounds.bounds.trials[row.number] ?? []) {
    const { goes, reasons } = tryForm(grounds, question, trial);
    if (!goes) blockers = blockers.length === 0 ? reasons : [...blockers, ...reasons];
    else if (!trial.lesser) return { effect: 'send', reasons };
    else return { effect: 'generalise', form: trial.form, reasons: [...firstOf(blockers), ...reasons] };
  }
  return { effect: 'withhold', reasons: firstOf(blockers) };
};

/** Each reason once, in the order found. */
export const firstOf = (reasons: readonly Reason[]): readonly Reason[] =>
  reasons.length < 2
    ? reasons
    : reasons.filter(
        (one, index) => reasons.findIndex((other) => other.code === one.code && other.source === one.source) === index,
      );

/** Whether one form may go, with the grounds on which it may or may not. */
interface Tried {
  readonly goes: boolean;
  readonly reasons: readonly Reason[];
}

const NOTHING_TOLD: Tried = { goes: true, reasons: NONE };

const tryForm = (grounds: Grounds, { dating, offer, lesser }: Question, trial: Trial): Tried => {
  const { form } = trial;
  const limited = trial.lesser ? limitsOn(grounds, form, dating.own) : NONE;
  if (limited.length > 0) return { goes: false, reasons: limited };
  if (!trial.needed) return { goes: false, reasons: grounds.layout.notNeeded };
  const permission = granted(grounds, trial, dating);
  if (!permission.goes) return permission;
  // What would go: the value of the field, that of a sibling, or one made of the field, of which nothing is told.
  const here = trial.sibling ? lesser(form) : trial.lesser ? undefined : offer;
  const { allowed, blocked } =
    trial.shaped && here !== undefined ? whatCeilingsSay(grounds.bounds.ceilings, form, here) : trial.ceilings;
  if (blocked.length > 0) return { goes: false, reasons: blocked };
  const reasons = joinReasons(grounds, permission.reasons, allowed);
  if (here === undefined) return { goes: true, reasons };
  const told =
    here.reveals.length === 0 ? NOTHING_TOLD : revealsGranted(grounds, here.reveals, { field: form, dating });
  if (!told.goes) return told;
  // What may go and cannot be written stays: a gap where the format needs it, and nothing is held for it elsewhere.
  if (here.unwritable) return { goes: false, reasons: grounds.layout.notWritable };
  return { goes: true, reasons: told.reasons.length === 0 ? reasons : [...reasons, ...told.reasons] };
};

/** Whether a line may be counted or summed at all: not restricted, and granted for its date. */
export const lineCountable = (
  grounds: Grounds,
  aggregate: { readonly field: FieldId; readonly of: FieldId },
  date: PlainDate | undefined,
): boolean =>
  date !== undefined &&
  limitsOn(grounds, aggregate.of, date).length === 0 &&
  grounds.releases.some(
    ({ release, grants }) => isGranted(grants, fieldNumber(aggregate.field)) && covers(release, date),
  );
