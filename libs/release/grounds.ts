import { closureOf, type FieldId, fieldOf, neededFor, type Purpose } from '#libs/catalogue';
import type { PlainDate } from '#libs/kernel';
import { applies, type Ceiling, type Reading } from './ceiling.js';
import { effectiveFormat, type EffectiveFormat } from './effective-format.js';
import type { Header } from './header.js';
import { type Layout, layoutOf } from './layout.js';
import type { Reason, ReasonCode } from './reason.js';
import type { Restriction, SignedRelease } from './release.js';
import type { Ruleset } from './request.js';

/** A ceiling that applies, with the reading that the practice chose for it, if there is one for this format and purpose. */
export interface BindingCeiling {
  readonly ceiling: Ceiling;
  readonly allowed: ReadonlySet<FieldId>;
  /** What it says of a field that it has a place for, of one that it has none for, and of a word outside its closed list. */
  readonly reasons: { readonly within: Reason; readonly outside: Reason; readonly shape: Reason };
  readonly reading?: { readonly fields: ReadonlySet<FieldId>; readonly reason: Reason };
  /** A reading would help and nobody has chosen yet. */
  readonly choiceOpen: boolean;
}

/** All that papers and rules say to one header, whatever the document: what every ruling rests on, gathered once. */
export interface Grounds {
  readonly header: Header;
  readonly format: EffectiveFormat;
  readonly layout: Layout;
  readonly needed: ReadonlySet<FieldId>;
  readonly releases: readonly {
    readonly release: SignedRelease;
    readonly grants: ReadonlySet<FieldId>;
    readonly reason: Reason;
  }[];
  readonly ceilings: readonly BindingCeiling[];
  readonly restrictions: readonly Restriction[];
  /** By number of the row: a ceiling has a closed list of words for the field, or for a lesser form of it. */
  readonly shaped: readonly boolean[];
}

const closures = new WeakMap<readonly FieldId[], ReadonlySet<FieldId>>();

const closure = (ids: readonly FieldId[]): ReadonlySet<FieldId> => {
  const known = closures.get(ids);
  if (known) return known;
  const made = closureOf(ids);
  closures.set(ids, made);
  return made;
};

export const bindingCeilings = (header: Header, ruleset: Ruleset): readonly BindingCeiling[] =>
  ruleset.ceilings
    .filter((ceiling) =>
      applies(ceiling, {
        clinicians: header.clinicians,
        recipientClass: header.recipient.class,
        purpose: header.purpose,
        funding: header.funding,
        fundingEvidence: header.fundingEvidence,
      }),
    )
    .map((ceiling) => bind(ceiling, header, ruleset));

const bind = (ceiling: Ceiling, header: Header, ruleset: Ruleset): BindingCeiling => {
  const allowed = closure(ceiling.fields);
  const reason = (code: ReasonCode): Reason =>
    Object.freeze({ code, source: `ceiling:${ceiling.id}`, revision: ceiling.version });
  const reasons = {
    within: reason(`within_ceiling:${ceiling.id}`),
    outside: reason(`ceiling:${ceiling.id}`),
    shape: reason(`value_shape:${ceiling.id}`),
  };
  const offered = ceiling.readings.filter((reading) => readingFits(reading, header.format, header.purpose));
  const chosen = ruleset.choices.filter((choice) => choice.ceiling === ceiling.id);
  const choice = chosen.length === 1 ? chosen[0] : undefined;
  if (choice === undefined) return { ceiling, allowed, reasons, choiceOpen: offered.length > 0 };
  if (choice.choice === 'literal') return { ceiling, allowed, reasons, choiceOpen: false };
  const { reading: id, version } = choice.choice;
  const reading = offered.find((one) => one.id === id && one.version === version);
  if (reading === undefined) return { ceiling, allowed, reasons, choiceOpen: false };
  return { ceiling, allowed, reasons, reading: chosenReading(reading, choice.revision), choiceOpen: false };
};

/** A reading is about required elements of a transaction; it never reaches free text, whatever its data say. */
const chosenReading = (reading: Reading, revision: string): NonNullable<BindingCeiling['reading']> => ({
  fields: new Set(
    reading.fields
      .map(({ field }) => field)
      .filter((field) => fieldOf(field).kind !== 'text' || fieldOf(field).category === 'administrative'),
  ),
  reason: Object.freeze<Reason>({
    code: `reading:${reading.id}`,
    source: `reading:${reading.id}@${reading.version}`,
    revision,
  }),
});

/** A reading exists for claims only, never for treatment reports. */
const readingFits = (reading: Reading, format: string, purpose: Purpose): boolean =>
  reading.format === format &&
  reading.purpose === purpose &&
  reading.format === 'x12-837p' &&
  reading.purpose === 'HPAYMT';

export const groundsOf = (
  header: Header,
  family: readonly SignedRelease[],
  rules: { readonly ceilings: readonly BindingCeiling[]; readonly restrictions: readonly Restriction[] },
): Grounds => {
  const format = effectiveFormat(header.format, header.form);
  const layout = layoutOf(format);
  const shaped = new Set(rules.ceilings.flatMap(({ ceiling }) => ceiling.valueShapes.map(({ field }) => field)));
  return {
    header,
    format,
    layout,
    needed: neededFor(header.purpose),
    releases: family.map((release) => ({
      release,
      grants: closure(release.grants),
      reason: Object.freeze<Reason>({
        code: 'granted',
        source: `release:${release.id}`,
        revision: String(release.revision),
      }),
    })),
    ceilings: rules.ceilings,
    restrictions: rules.restrictions.filter(
      (one) => one.recipient === undefined || one.recipient === header.recipient.id,
    ),
    shaped: layout.asked.map(({ ask }) => [ask.field, ...ask.accepts].some((form) => shaped.has(form))),
  };
};

/** The sessions that a release covers. */
export const covers = (release: SignedRelease, date: PlainDate): boolean =>
  (release.serviceFrom === undefined || date >= release.serviceFrom) &&
  (release.serviceTo === undefined || date <= release.serviceTo);
