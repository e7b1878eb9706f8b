import { type FieldId, fieldOf, neededFor } from '#libs/catalogue';
import { type BindingCeiling, bindingCeilings, type CeilingsSay, whatCeilingsSay } from './binding-ceiling.js';
import { effectiveFormat, type EffectiveFormat } from './effective-format.js';
import { fieldNumber } from './field-number.js';
import { freezeThrough } from './frozen.js';
import { sameSetting, type Setting, settingOf } from './header.js';
import { type Layout, layoutOf } from './layout.js';
import type { Ruleset } from './request.js';

/** One form in which a field could go, and what the rules say of that form, whatever any paper grants. */
export interface Trial {
  readonly form: FieldId;
  /** Of the form, in the catalogue. */
  readonly number: number;
  readonly ofLine: boolean;
  /** It is a lesser form, not the field itself. */
  readonly lesser: boolean;
  /** A lesser form with a value of its own. */
  readonly sibling: boolean;
  readonly needed: boolean;
  /** Where no word of a closed list is at stake. */
  readonly ceilings: CeilingsSay;
  /** A ceiling has a closed list of words for it, so that an offer has a say. */
  readonly shaped: boolean;
}

/** What the rules say to everybody in one setting, whoever the client: the bounds within which papers can grant. */
export interface Bounds {
  readonly setting: Setting;
  readonly format: EffectiveFormat;
  readonly layout: Layout;
  readonly ceilings: readonly BindingCeiling[];
  /** By number of the row: the field itself, then each lesser form that the format has a place for. */
  readonly trials: readonly (readonly Trial[])[];
  /** By number of the row: one of its trials is shaped. */
  readonly shaped: readonly boolean[];
  /** That the ceilings ask, whatever goes. */
  readonly enclosures: readonly string[];
}

/** What the ceilings say of each field; fields of which they say the same share it. */
const sayings = (ceilings: readonly BindingCeiling[]): ((field: FieldId) => CeilingsSay) => {
  const said = new Map<string, CeilingsSay>();
  return (field) => {
    const says = whatCeilingsSay(ceilings, field, undefined);
    const key = [says.allowed, says.blocked]
      .map((reasons) => reasons.map(({ code, revision }) => `${code} ${revision}`).join(' '))
      .join('|');
    const known = said.get(key);
    if (known) return known;
    said.set(key, freezeThrough(says));
    return says;
  };
};

const make = (setting: Setting, ruleset: Ruleset): Bounds => {
  const format = effectiveFormat(setting.format, setting.form);
  const layout = layoutOf(format);
  const ceilings = bindingCeilings(setting, ruleset);
  const needed = neededFor(setting.purpose);
  const said = sayings(ceilings);
  const trialOf = (form: FieldId, { lesser, sibling }: Pick<Trial, 'lesser' | 'sibling'>): Trial => ({
    form,
    number: fieldNumber(form),
    ofLine: fieldOf(form).scope === 'line',
    lesser,
    sibling,
    needed: needed.has(form),
    ceilings: said(form),
    shaped: ceilings.some(({ ceiling }) => ceiling.valueShapes.some(({ field }) => field === form)),
  });
  const trials = layout.asked.map(({ field, ask, siblings }) => [
    trialOf(field, { lesser: false, sibling: false }),
    ...ask.accepts.map((form) => trialOf(form, { lesser: form !== field, sibling: siblings.includes(form) })),
  ]);
  return {
    setting,
    format,
    layout,
    ceilings,
    trials,
    shaped: trials.map((some) => some.some(({ shaped }) => shaped)),
    enclosures: Object.freeze([...new Set(ceilings.flatMap(({ ceiling }) => ceiling.enclosures))].sort()),
  };
};

/** As many settings as one practice's documents come in: formats, purposes, licences, kinds of coverage. */
const MOST_BOUNDS = 64;

const bounds = new WeakMap<Ruleset, Bounds[]>();

/** Rules are frozen when the first bounds are made of them, all but the code classes, which none of this reads. */
const boundsOf = (ruleset: Ruleset): Bounds[] => {
  const known = bounds.get(ruleset);
  if (known) return known;
  freezeThrough(ruleset.ceilings);
  freezeThrough(ruleset.choices);
  const made: Bounds[] = [];
  bounds.set(Object.freeze(ruleset), made);
  return made;
};

/** The bounds for a setting: those made before, or new ones. */
export const boundsFor = (setting: Setting, ruleset: Ruleset): Bounds => {
  const known = boundsOf(ruleset);
  for (const one of known) if (sameSetting(one.setting, setting)) return one;
  const made = make(settingOf(setting), ruleset);
  if (known.length >= MOST_BOUNDS) known.shift();
  known.push(made);
  return made;
};
