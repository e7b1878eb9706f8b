import { type Circumstance, FieldBag, type FieldId, locus, type Occurrence, type Value } from '#libs/catalogue';
import type { PlainDate } from '#libs/kernel';

/** What a document offers, and the facts about it that a decision may know: no value among them but dates of service. */
export interface Offered {
  readonly bag: FieldBag;
  /** Date of service of each line. */
  readonly serviceDates: ReadonlyMap<Occurrence, PlainDate>;
  /** What the document is about where it has no lines. */
  readonly aboutDates: readonly PlainDate[];
  readonly circumstances: readonly Circumstance[];
}

export type Filled = Partial<Record<FieldId, Value | undefined>>;

const isBlank = (value: Value): boolean =>
  typeof value === 'string' ? value.trim() === '' : Array.isArray(value) && value.length === 0;

/** Puts into the bag what has a value: what is unset or blank is not offered at all. */
export const fill = (bag: FieldBag, values: Filled, occurrence?: Occurrence): void => {
  for (const [field, value] of Object.entries(values) as [FieldId, Value | undefined][]) {
    if (value !== undefined && !isBlank(value)) bag.set(locus(field, occurrence), value);
  }
};
