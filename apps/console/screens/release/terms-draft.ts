import type { PresetView, ReleaseView } from '#libs/contracts';
import type { Asked } from '../../ask/ask.js';

export type Terms = Asked<'PUT /v1/releases/{id}'>['body'];

/** A draft as it is edited: every field by itself, those that a preset brings among them. */
export interface TermsDraft {
  readonly terms: Terms;
  readonly fields: ReadonlySet<string>;
}

export const draftOf = ({ terms, granted }: ReleaseView): TermsDraft => ({
  terms,
  fields: new Set(granted.map(({ field }) => field)),
});

/** Another preset: its fields instead of those of the one before; what was added by hand stays. */
export const withPreset = (
  draft: TermsDraft,
  before: PresetView | undefined,
  after: PresetView | undefined,
): TermsDraft => {
  const own = [...draft.fields].filter((field) => !(before?.fields ?? []).some((one) => one.field === field));
  const { preset: _before, ...terms } = draft.terms;
  return {
    terms: after === undefined ? terms : { ...terms, preset: after.id },
    fields: new Set([...(after?.fields ?? []).map(({ field }) => field as string), ...own]),
  };
};

/**
 * What is saved. A preset stays as long as all of it is granted; with a field less it is none any more, and the purposes
 * that it brought stand by themselves.
 */
export const termsOf = ({ terms, fields }: TermsDraft, preset: PresetView | undefined): Terms => {
  const { preset: _named, ...own } = terms;
  const whole = preset?.fields.every(({ field }) => fields.has(field)) ?? false;
  if (preset === undefined || !whole)
    return {
      ...own,
      purposes: own.purposes.length > 0 ? own.purposes : [...(preset?.purposes ?? [])],
      grants: [...fields].sort(),
    };
  const brought = new Set<string>(preset.fields.map(({ field }) => field));
  return { ...own, preset: preset.id, grants: [...fields].filter((field) => !brought.has(field)).sort() };
};
