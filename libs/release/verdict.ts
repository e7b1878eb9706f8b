import { type FieldId, fieldOf, GRANT_FOR_REVEAL, type Reveal } from '#libs/catalogue';
import type { PlainDate } from '#libs/kernel';
import type { Verdict } from './decision.js';
import { covers, type Grounds } from './grounds.js';
import { reasonOfFormat, type Row } from './layout.js';
import type { Reason, ReasonCode } from './reason.js';
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
  /** What the document offers in the same place under a lesser field. */
  readonly lesser: (form: FieldId) => Offer | undefined;
}

/** The releases that grant a field for one date, or for a document without dates. */
const grantsFor = (
  grounds: Grounds,
  field: FieldId,
  date: PlainDate | undefined,
): Reason | 'out-of-scope' | undefined => {
  let outOfScope = false;
  for (const { release, grants, reason } of grounds.releases) {
    if (!grants.has(field)) continue;
    if (
      date === undefined ? release.serviceFrom === undefined && release.serviceTo === undefined : covers(release, date)
    )
      return reason;
    outOfScope = true;
  }
  return outOfScope ? 'out-of-scope' : undefined;
};

/** A locus on a line is granted for the line's date; one of the whole document for every date that the document is about. */
const granted = (
  grounds: Grounds,
  field: FieldId,
  dating: Dating,
): { readonly reasons: readonly Reason[] } | { readonly blocked: ReasonCode } => {
  const ownDate = fieldOf(field).scope === 'line' ? dating.own : undefined;
  const dates = ownDate !== undefined ? [ownDate] : dating.document.length === 0 ? [undefined] : dating.document;
  const reasons: Reason[] = [];
  for (const date of dates) {
    const found = grantsFor(grounds, field, date);
    if (found === undefined) return { blocked: 'field_not_granted' };
    if (found === 'out-of-scope') return { blocked: 'service_date_out_of_scope' };
    if (!reasons.includes(found)) reasons.push(found);
  }
  return { reasons };
};

/** Every ceiling that applies must have a place for the field; a reading counts where the practice chose one. */
const withinCeilings = (
  grounds: Grounds,
  field: FieldId,
  offer: Offer | undefined,
): { readonly allowed: readonly Reason[]; readonly blocked: readonly Reason[] } => {
  const allowed: Reason[] = [];
  const blocked: Reason[] = [];
  const { about } = fieldOf(field);
  if (about === 'practice' || about === 'payer' || about === 'envelope') return { allowed, blocked };
  for (const { ceiling, allowed: listed, reasons, reading } of grounds.ceilings) {
    if (listed.has(field)) {
      const shape = ceiling.valueShapes.find((one) => one.field === field);
      const fits =
        shape === undefined || offer === undefined || (offer.word !== undefined && shape.values.includes(offer.word));
      if (fits) allowed.push(reasons.within);
      else blocked.push(reasons.shape);
    } else if (reading?.fields.has(field)) allowed.push(reading.reason);
    else blocked.push(reasons.outside);
  }
  return { allowed, blocked };
};

/** Narrowings by client or clinician that meet a field on a line of this date, or on none. */
const restrictionsOn = (grounds: Grounds, field: FieldId, date: PlainDate | undefined): readonly Reason[] => {
  const reasons: Reason[] = [];
  for (const one of grounds.restrictions) {
    const reason = (code: ReasonCode): Reason => ({
      code,
      source: `restriction:${one.id}`,
      revision: String(one.revision),
    });
    switch (one.kind) {
      case 'paid-in-full':
        if (date !== undefined && one.serviceDates.includes(date)) reasons.push(reason('restricted_522'));
        break;
      case 'clinician-limit':
        if (one.fields.includes(field)) reasons.push(reason('clinician_limit'));
        break;
      case 'client-restriction':
        if (one.fields.includes(field)) reasons.push(reason('client_restriction'));
        break;
      case 'confidential-communication':
        break;
    }
  }
  return reasons;
};

/** A code that says more than its field needs the grant for what it says, wherever it stands. */
const revealsGranted = (
  grounds: Grounds,
  reveals: readonly Reveal[] | 'unclassified',
  at: { readonly field: FieldId; readonly dating: Dating },
): { readonly reasons: readonly Reason[]; readonly blocked: readonly Reason[] } => {
  if (reveals === 'unclassified')
    return { reasons: [], blocked: [{ code: 'unclassified_code', source: 'codes', revision: at.field }] };
  const reasons: Reason[] = [];
  const blocked: Reason[] = [];
  for (const reveal of reveals) {
    const own = granted(grounds, GRANT_FOR_REVEAL[reveal], at.dating);
    const part2 =
      reveal !== 'substanceUse' ||
      !grounds.header.part2Program ||
      grounds.releases.some(({ release }) => release.statements.includes('part2'));
    if ('reasons' in own && part2) reasons.push(...own.reasons);
    else blocked.push({ code: `special_category:${reveal}`, source: 'codes', revision: GRANT_FOR_REVEAL[reveal] });
  }
  return { reasons, blocked };
};

/** What the envelope of a document gives away without a grant for it. */
export const blockedInEnvelope = (
  grounds: Grounds,
  reveals: readonly Reveal[] | 'unclassified',
  dating: Dating,
): readonly Reason[] => revealsGranted(grounds, reveals, { field: 'provider.taxonomy', dating }).blocked;

/**
 * The rule of the house for one locus: asked for, granted, within every ceiling, needed, not restricted, no special
 * category without its own grant, nothing that no ordinary release can grant. Tries the field itself first, then each
 * lesser form that the format has a place for.
 */
export const verdictOf = (grounds: Grounds, question: Question): Verdict => {
  const { row, dating } = question;
  const { field } = row;
  if (row.fixed) return row.fixed;
  const restricted = restrictionsOn(grounds, field, dating.own);
  if (restricted.length > 0) return { effect: 'withhold', reasons: restricted };

  const blockers: Reason[] = [];
  for (const form of [field, ...(row.ask?.accepts ?? [])]) {
    const tried = tryForm(grounds, question, form);
    if ('blocked' in tried) blockers.push(...tried.blocked);
    else if (form === field) return { effect: 'send', reasons: tried.reasons };
    else return { effect: 'generalise', form, reasons: [...firstOf(blockers), ...tried.reasons] };
  }
  return { effect: 'withhold', reasons: firstOf(blockers) };
};

/** Each blocker once, in the order found. */
const firstOf = (reasons: readonly Reason[]): readonly Reason[] =>
  reasons.filter(
    (one, index) => reasons.findIndex((other) => other.code === one.code && other.source === one.source) === index,
  );

const tryForm = (
  grounds: Grounds,
  question: Question,
  form: FieldId,
): { readonly reasons: readonly Reason[] } | { readonly blocked: readonly Reason[] } => {
  const { row, dating, offer } = question;
  const lesser = form !== row.field;
  const restricted = lesser ? restrictionsOn(grounds, form, dating.own) : [];
  if (restricted.length > 0) return { blocked: restricted };
  if (!grounds.needed.has(form)) return { blocked: [reasonOfFormat(grounds.format, 'not_needed')] };
  const permission = granted(grounds, form, dating);
  if ('blocked' in permission)
    return {
      blocked: [{ code: permission.blocked, source: releasesOf(grounds), revision: releaseRevisions(grounds) }],
    };
  const ceilings = withinCeilings(grounds, form, lesser ? question.lesser(form) : offer);
  if (ceilings.blocked.length > 0) return { blocked: ceilings.blocked };
  const reveals =
    lesser || offer === undefined ? undefined : revealsGranted(grounds, offer.reveals, { field: form, dating });
  if (reveals && reveals.blocked.length > 0) return { blocked: reveals.blocked };
  return { reasons: [...permission.reasons, ...ceilings.allowed, ...(reveals?.reasons ?? [])] };
};

const releasesOf = (grounds: Grounds): string =>
  grounds.releases.map(({ release }) => `release:${release.id}`).join(' ');

const releaseRevisions = (grounds: Grounds): string =>
  grounds.releases.map(({ release }) => String(release.revision)).join(' ');

/** Whether a line may be counted or summed at all: not restricted, and granted for its date. */
export const lineCountable = (
  grounds: Grounds,
  aggregate: { readonly field: FieldId; readonly of: FieldId },
  date: PlainDate | undefined,
): boolean =>
  date !== undefined &&
  restrictionsOn(grounds, aggregate.of, date).length === 0 &&
  grounds.releases.some(({ release, grants }) => grants.has(aggregate.field) && covers(release, date));
