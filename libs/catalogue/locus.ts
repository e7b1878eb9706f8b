import type { FieldId } from './catalogue.js';

/** A service line (`L1`) or a diagnosis (`D1`), stable within its document. */
export type Occurrence = string;

/** One field, at one line or diagnosis where it has one. Ceilings, scopes and restrictions bind a locus, not a field. */
export interface Locus {
  readonly field: FieldId;
  readonly occurrence?: Occurrence;
}

export type LocusKey = string;

export const locusKey = (locus: Locus): LocusKey =>
  locus.occurrence === undefined ? locus.field : `${locus.field}@${locus.occurrence}`;

export const locus = (field: FieldId, occurrence?: Occurrence): Locus =>
  occurrence === undefined ? { field } : { field, occurrence };

/** What a document can hold at a locus. Dates are `YYYY-MM-DD`, money whole cents, a name `[last, first]`. */
export type Value = string | number | boolean | readonly string[];

/** What a document offers, however it is shaped. Nothing in here may leave before it has been decided on. */
export class FieldBag {
  readonly #values = new Map<LocusKey, { readonly locus: Locus; readonly value: Value }>();

  set(at: Locus, value: Value): this {
    this.#values.set(locusKey(at), { locus: at, value });
    return this;
  }

  get(at: Locus): Value | undefined {
    return this.#values.get(locusKey(at))?.value;
  }

  entries(): IterableIterator<{ readonly locus: Locus; readonly value: Value }> {
    return this.#values.values();
  }
}
