import { type DerivationName, type FieldId, fieldOf, type Value } from '#libs/catalogue';
import { ageOn, parsePlainDate, type PlainDate, unreachable } from '#libs/kernel';

/** What a derivation may look at besides the value: only what is sent. */
interface DerivationContext {
  /** The last date of service that is sent, or the date that the document is about. */
  readonly lastService: PlainDate | undefined;
}

const dateIn = (value: Value): PlainDate | undefined => (typeof value === 'string' ? parsePlainDate(value) : undefined);

const apply = (name: DerivationName, value: Value, context: DerivationContext): Value | undefined => {
  switch (name) {
    case 'ageAtLastService': {
      const birth = dateIn(value);
      return birth === undefined || context.lastService === undefined ? undefined : ageOn(birth, context.lastService);
    }
    case 'yearOfDate': {
      const date = dateIn(value);
      return date === undefined ? undefined : Number(date.slice(0, 4));
    }
    case 'fiveYearBand': {
      if (typeof value !== 'number') return undefined;
      const from = Math.floor(value / 5) * 5;
      return value > 89 ? '90+' : `${from}-${from + 4}`;
    }
    case 'firstThreeCharacters':
      return typeof value === 'string' ? value.slice(0, 3) : undefined;
    default:
      return unreachable(name);
  }
};

/** The path of derivations from a field to a lesser form of it; undefined when only a sibling leads there. */
const pathTo = (from: FieldId, to: FieldId): readonly DerivationName[] | undefined => {
  for (const step of fieldOf(from).generalisations) {
    if (step.by === 'sibling') continue;
    if (step.to === to) return [step.by];
    const further = pathTo(step.to as FieldId, to);
    if (further) return [step.by, ...further];
  }
  return undefined;
};

/** A value in a lesser form. Undefined when the form is reached only by a sibling that a clinician fills in, or the value has the wrong shape. */
export const derive = (
  step: { readonly from: FieldId; readonly to: FieldId },
  value: Value,
  context: DerivationContext,
): Value | undefined => {
  const path = pathTo(step.from, step.to);
  if (path === undefined) return undefined;
  let at: Value | undefined = value;
  for (const name of path) at = at === undefined ? undefined : apply(name, at, context);
  return at;
};
