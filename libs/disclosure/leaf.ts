import type { DisclosedField } from './disclosed.js';

/** The closed list of what may stand in a payload without coming from a disclosed field. */
export type StructuralSource =
  /** Qualifiers, labels and other words of the format. */
  | 'constant'
  /** Control numbers, references and idempotency keys, which say nothing. */
  | 'control-number'
  /** Practice and clinician, from the practice's own settings. */
  | 'practice'
  /** Insurer, from its profile. */
  | 'payer'
  /** Moment of creation. */
  | 'creation-time'
  /** Counts and positions of what is sent. */
  | 'count'
  /** CLM08 and CLM09: derived from a signed assignment and the deciding release. */
  | 'claim-indicator'
  /** Notices, extract of the release, “withheld by client authorization”. */
  | 'enclosure';

export type LeafSource =
  | { readonly kind: 'field'; readonly field: DisclosedField }
  | { readonly kind: 'structural'; readonly of: StructuralSource };

/** The smallest thing that is written: one element, one run of text. A renderer joins leaves and writes nothing else. */
export interface Leaf {
  /** X12 element (`2010BA/NM109`) or place in a document. */
  readonly position: string;
  readonly text: string;
  readonly source: LeafSource;
}

export const fieldLeaf = (field: DisclosedField, position: string, text: string): Leaf => ({
  position,
  text,
  source: { kind: 'field', field },
});

export const structuralLeaf = (of: StructuralSource, position: string, text: string): Leaf => ({
  position,
  text,
  source: { kind: 'structural', of },
});
