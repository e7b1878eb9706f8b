import type { Delimiters } from '../envelope/delimiters.js';

/** Components of one repetition; component 01 of the standard is the first. */
export type Repetition = readonly string[];

/** A simple data element is its value; one in which the sender used the separators is its repetitions. */
export type Element = string | readonly Repetition[];

export const repetitionsOf = (element: Element | undefined): readonly Repetition[] =>
  typeof element === 'string' ? [[element]] : (element ?? []);

export interface Segment {
  readonly name: string;
  /** Counted from its ST, which is 1, as a 999 counts (IK302); outside a transaction set from the ISA, which is 1. */
  readonly position: number;
  /** Element 01 of the standard is the first. Trailing empty elements are kept, so that a validator sees them. */
  readonly elements: readonly Element[];
  /** Whether a value began or ended with a space, which is gone from `elements`. */
  readonly padded: boolean;
}

export interface InterchangeParty {
  readonly qualifier: string;
  readonly id: string;
}

export interface InterchangeHeader {
  readonly sender: InterchangeParty;
  readonly receiver: InterchangeParty;
  /** `YYMMDD` and `HHMM`, as sent. */
  readonly date: string;
  readonly time: string;
  readonly controlNumber: string;
  readonly acknowledgementRequested: boolean;
  readonly usage: 'production' | 'test';
  readonly delimiters: Delimiters;
}

export interface TransactionSet {
  readonly identifier: string;
  readonly controlNumber: string;
  /** ST03; an 835 carries none and is known by the version of its group. */
  readonly convention: string | undefined;
  /** ST to SE, both included. */
  readonly segments: readonly Segment[];
}

export interface FunctionalGroup {
  readonly code: string;
  readonly sender: string;
  readonly receiver: string;
  /** `CCYYMMDD` and `HHMM` or finer, as sent. */
  readonly date: string;
  readonly time: string;
  readonly controlNumber: string;
  readonly version: string;
  readonly transactionSets: readonly TransactionSet[];
}

export interface Interchange {
  readonly header: InterchangeHeader;
  /** TA1 segments; an interchange may hold nothing else. */
  readonly acknowledgements: readonly Segment[];
  readonly groups: readonly FunctionalGroup[];
}
