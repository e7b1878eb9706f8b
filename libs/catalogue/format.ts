import type { FieldId } from './catalogue.js';
import type { Purpose } from './purpose.js';

export const FORMATS = ['receipt', 'statement', 'x12-837p', 'treatment-report'] as const;

export type FormatId = (typeof FORMATS)[number];

export const isFormat = (text: string): text is FormatId => (FORMATS as readonly string[]).includes(text);

/** What is known of a document without looking at a withheld value. */
export type Circumstance =
  | 'patient-is-subscriber'
  | 'patient-is-dependent'
  /** Another insurer of the client decided on the same services first, and all that it decided is known. */
  | 'after-another-payer'
  /** There the policy holder is somebody else. */
  | 'dependent-of-other-subscriber';

export interface FormatField {
  readonly field: FieldId;
  /** `required`: without it the format cannot be made. `situational`: goes when offered. `optional`: only if granted and asked by the insurer. */
  readonly usage: 'required' | 'situational' | 'optional';
  readonly when?: Circumstance;
  /** Generalised forms that the format has a place for. */
  readonly accepts: readonly FieldId[];
  /** X12 element, or the name of the place in a document. */
  readonly position: string;
  /** Leaving it out would change price, liability or meaning: offered and not sendable holds. */
  readonly changesMeaning: boolean;
}

export interface FormatDefinition {
  readonly id: FormatId;
  readonly version: string;
  readonly purposes: readonly Purpose[];
  readonly fields: readonly FormatField[];
  /** At least one of each group must be sendable. */
  readonly oneOf: readonly (readonly FieldId[])[];
  /** A line that may not go is dropped and the rest is totalled (`drop`), or the document holds (`hold`). */
  readonly excludedLine: 'drop' | 'hold';
  /** Whether enclosures (notice, extract of the release) have a place in the format itself. */
  readonly carriesEnclosures: boolean;
  readonly mostLines: number;
  readonly mostDiagnoses: number;
}

type Row = readonly [
  field: FieldId,
  usage: FormatField['usage'],
  position: string,
  more?: Partial<Pick<FormatField, 'when' | 'accepts' | 'changesMeaning'>>,
];

export const formatFields = (rows: readonly Row[]): readonly FormatField[] =>
  rows.map(([field, usage, position, more]) => ({
    field,
    usage,
    position,
    accepts: more?.accepts ?? [],
    changesMeaning: more?.changesMeaning ?? false,
    ...(more?.when ? { when: more.when } : {}),
  }));
