import type { FieldId, Locus, Occurrence } from '#libs/catalogue';
import type { Curer, Reason, ReasonCode } from './reason.js';

export type Effect = 'send' | 'generalise' | 'withhold';

/** What papers and rules say at one locus, before lines are dropped and aggregates are formed. */
export interface Verdict {
  readonly effect: Effect;
  readonly form?: FieldId | undefined;
  readonly reasons: readonly Reason[];
}

/** What happens to one locus, and why. */
export interface Ruling {
  readonly locus: Locus;
  readonly effect: Effect;
  /** The lesser field in whose form it goes. */
  readonly form?: FieldId;
  /** Put “withheld by client authorization” in its place. */
  readonly marker?: true;
  /** For an aggregate: the lines that it may be computed from. */
  readonly over?: readonly Occurrence[];
  readonly reasons: readonly Reason[];
}

/** A required field that cannot go, or a condition of the whole that is not met, and who can cure it. */
export interface Gap {
  /** The first place at which it is open. */
  readonly locus?: Locus;
  /** All lines or diagnoses at which it is open for this one cause, in their order; absent where there are not several. */
  readonly occurrences?: readonly Occurrence[];
  /** Place in the format, such as `2300/HI01-2`. */
  readonly position?: string;
  readonly code: ReasonCode;
  readonly cause: ReasonCode;
  readonly curer: Curer;
  readonly reasons: readonly Reason[];
}

export interface Decision {
  readonly outcome: 'send' | 'hold' | 'deny';
  readonly rulings: readonly Ruling[];
  readonly gaps: readonly Gap[];
  /** Notices and copies that must travel along, by id. */
  readonly enclosures: readonly string[];
  /** The releases that it rests on. */
  readonly releases: readonly string[];
  readonly rulesetDigest: string;
  readonly epoch: number;
  /** Instant after which it must be taken again, in milliseconds. */
  readonly validUntil: number;
}
