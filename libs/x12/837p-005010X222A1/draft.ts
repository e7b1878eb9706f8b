import type { DisclosedField, StructuralSource } from '#libs/disclosure';
import { isCents, parsePlainDate } from '#libs/kernel';
import { writeAmount } from '../envelope/amount.js';
import { writeDate } from '../envelope/date.js';

/** An element before it has its place. Text may be transliterated; anything else goes unchanged or not at all. */
export interface Draft {
  /** `undefined`: the value is there but is not of the kind that the element takes. */
  readonly raw: string | undefined;
  readonly policy: 'text' | 'unchanged';
  readonly source: { readonly field: DisclosedField } | { readonly of: StructuralSource };
}

/** A required value that nobody may tell or nobody gave: the claim is refused at this place. */
export const MISSING = { missing: true } as const;

export type ElementDraft = Draft | typeof MISSING | undefined;

/** An element, or the components of a composite one. */
export type ElementDrafts = ElementDraft | readonly ElementDraft[];

export const constant = (raw: string): Draft => ({ raw, policy: 'unchanged', source: { of: 'constant' } });

/** Something that identifies or counts, from the envelope. Absent stays absent. */
export const given = (of: StructuralSource, raw: string | undefined): Draft | undefined =>
  raw === undefined ? undefined : { raw, policy: 'unchanged', source: { of } };

/** A name or address from the envelope. */
export const named = (of: StructuralSource, raw: string | undefined): Draft | undefined =>
  raw === undefined ? undefined : { raw, policy: 'text', source: { of } };

type Reading = (value: DisclosedField['value']) => string | undefined;

const told =
  (policy: Draft['policy'], read: Reading) =>
  (field: DisclosedField | undefined): Draft | undefined =>
    field === undefined ? undefined : { raw: read(field.value), policy, source: { field } };

const asText: Reading = (value) => (typeof value === 'string' && value !== '' ? value : undefined);

export const toldText = told('text', asText);
export const toldCode = told('unchanged', asText);
/** A code that clinicians write with a point and X12 without one. */
export const toldDiagnosis = told('unchanged', (value) => asText(value)?.replace('.', ''));
export const toldPostalCode = told('unchanged', (value) => asText(value)?.replace('-', ''));
export const toldAmount = told('unchanged', (value) =>
  typeof value === 'number' && isCents(value) ? writeAmount(value) : undefined,
);
export const toldCount = told('unchanged', (value) =>
  typeof value === 'number' && Number.isSafeInteger(value) && value > 0 ? String(value) : undefined,
);
export const toldDate = told('unchanged', (value) => {
  const date = typeof value === 'string' ? parsePlainDate(value) : undefined;
  return date === undefined ? undefined : writeDate(date);
});

/** One entry of a list; `undefined` when the list ends before it. */
export const toldEntry = (
  field: DisclosedField | undefined,
  entry: string | undefined,
  policy: Draft['policy'] = 'unchanged',
): Draft | undefined =>
  field === undefined || entry === undefined ? undefined : { raw: entry, policy, source: { field } };

export const entriesOf = (field: DisclosedField | undefined): readonly string[] => {
  if (field === undefined) return [];
  return typeof field.value === 'object' ? field.value : typeof field.value === 'string' ? [field.value] : [];
};

export const required = (draft: Draft | undefined): Draft | typeof MISSING => draft ?? MISSING;
