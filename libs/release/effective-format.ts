import { type FieldId, type FormatDefinition, type FormatField, type FormatId, formatOf } from '#libs/catalogue';
import { freezeThrough } from './frozen.js';
import type { InsurerForm } from './request.js';

export interface EffectiveFormat extends FormatDefinition {
  readonly byField: ReadonlyMap<FieldId, FormatField>;
  readonly revision: string;
}

const cache = new WeakMap<InsurerForm, Map<FormatId, EffectiveFormat>>();
const plain = new Map<FormatId, EffectiveFormat>();

const build = (definition: FormatDefinition, form: InsurerForm | undefined): EffectiveFormat => {
  const asked = new Map(form?.fields.map(({ field, usage }) => [field, usage]));
  const fields = definition.fields.flatMap((field): FormatField[] => {
    if (form === undefined) return [field];
    const usage = asked.get(field.field);
    // What the format itself requires stays required, whatever a profile says.
    if (field.usage === 'required') return [field];
    return usage === undefined ? (field.changesMeaning ? [field] : []) : [{ ...field, usage }];
  });
  return {
    ...definition,
    fields,
    byField: new Map(fields.map((field) => [field.field, field])),
    revision: form === undefined ? definition.version : `${definition.version}+${form.id}@${form.version}`,
  };
};

/** What is asked for: the format, narrowed by the insurer's form. A form can ask for less, never for more; it comes out frozen, as what is made of it is kept. */
export const effectiveFormat = (id: FormatId, form: InsurerForm | undefined): EffectiveFormat => {
  const known = form === undefined ? plain.get(id) : cache.get(form)?.get(id);
  if (known) return known;
  const made = build(formatOf(id), form);
  if (form === undefined) plain.set(id, made);
  else cache.set(freezeThrough(form), (cache.get(form) ?? new Map<FormatId, EffectiveFormat>()).set(id, made));
  return made;
};
