import { closureOf, type FieldId, fieldOf, type Purpose } from '#libs/catalogue';
import type { Ceiling, Reading } from './ceiling.js';
import type { Setting } from './header.js';
import type { Reason, ReasonCode } from './reason.js';
import type { Offer, Ruleset } from './request.js';

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

/** What all of them say of one field: grounds to let it go, or grounds to keep it. */
export interface CeilingsSay {
  readonly allowed: readonly Reason[];
  readonly blocked: readonly Reason[];
}

/** A ceiling applies if any clinician's licence falls under it, unless the coverage is exempt on evidence. Unknown means that it applies. */
const applies = (ceiling: Ceiling, setting: Setting): boolean => {
  if (!ceiling.enabled) return false;
  const { professions, recipientClasses, purposes, exemptFunding } = ceiling.appliesTo;
  if (!recipientClasses.includes(setting.recipient.class) || !purposes.includes(setting.purpose)) return false;
  const exempt = setting.funding !== 'unknown' && setting.fundingEvidence && exemptFunding.includes(setting.funding);
  if (exempt) return false;
  return setting.clinicians.some(
    ({ jurisdiction, profession }) =>
      (jurisdiction === ceiling.jurisdiction || jurisdiction === 'unknown') &&
      (professions.length === 0 || professions.includes(profession) || profession === 'unknown'),
  );
};

export const bindingCeilings = (setting: Setting, ruleset: Ruleset): readonly BindingCeiling[] =>
  ruleset.ceilings.filter((ceiling) => applies(ceiling, setting)).map((ceiling) => bind(ceiling, setting, ruleset));

const bind = (ceiling: Ceiling, setting: Setting, ruleset: Ruleset): BindingCeiling => {
  const allowed = closureOf(ceiling.fields);
  const reason = (code: ReasonCode): Reason =>
    Object.freeze({ code, source: `ceiling:${ceiling.id}`, revision: ceiling.version });
  const reasons = {
    within: reason(`within_ceiling:${ceiling.id}`),
    outside: reason(`ceiling:${ceiling.id}`),
    shape: reason(`value_shape:${ceiling.id}`),
  };
  const offered = ceiling.readings.filter((reading) => readingFits(reading, setting.format, setting.purpose));
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

/** Every ceiling that applies must have a place for the field; a reading counts where the practice chose one. */
export const whatCeilingsSay = (
  ceilings: readonly BindingCeiling[],
  field: FieldId,
  offer: Offer | undefined,
): CeilingsSay => {
  const allowed: Reason[] = [];
  const blocked: Reason[] = [];
  const { about } = fieldOf(field);
  if (about === 'practice' || about === 'payer' || about === 'envelope') return { allowed, blocked };
  for (const { ceiling, allowed: listed, reasons, reading } of ceilings) {
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
