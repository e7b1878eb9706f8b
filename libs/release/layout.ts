import {
  FIELD_IDS,
  type FieldId,
  fieldOf,
  type FieldScope,
  type FormatField,
  type Locus,
  locus,
} from '#libs/catalogue';
import type { Ruling, Verdict } from './decision.js';
import type { EffectiveFormat } from './effective-format.js';
import type { Reason, ReasonCode } from './reason.js';

/** What a format makes of one field of the catalogue. */
export interface Row {
  readonly field: FieldId;
  /** Of the field in a document as a whole. */
  readonly locus: Locus;
  readonly scope: FieldScope;
  /** Says something about all lines together. */
  readonly ofAllLines: boolean;
  /** For an aggregate: the field of a line that it is computed from. */
  readonly aggregateOf: FieldId | undefined;
  /** What the format asks, if it asks for the field at all. */
  readonly ask: FormatField | undefined;
  readonly required: boolean;
  /** The ruling where no paper can change it: the format does not ask, or no ordinary release can grant. */
  readonly fixed: Ruling | undefined;
  /** The ruling where the format asks only under a circumstance, and that does not hold. */
  readonly unasked: Ruling | undefined;
  /** Lesser forms that are not made of its own value: the document has another value for each, at the same place. */
  readonly siblings: readonly FieldId[];
  /** Its number among the rows that the format asks. */
  readonly number: number;
  /** Rows of the whole document, and rows repeated on every line, that stand before it. */
  readonly documentRowsBefore: number;
  readonly lineRowsBefore: number;
}

export type AskedRow = Row & { readonly ask: FormatField };

/** For a place that is on no line of the document. */
export const NO_LINE = -1;

/** Where one ruling stands. */
export interface Place {
  readonly row: Row;
  /** Number of the line, or `NO_LINE`. */
  readonly line: number;
  /** It is that of the field in the document as a whole, on no line and at no diagnosis. */
  readonly whole: boolean;
}

/**
 * How the rulings of a format stand in a row, whatever a document offers, so that a ruling does not tell whether a
 * value was there: fields of the document one place each, fields of a line one place a line. Fields of a diagnosis have
 * a place only where one is offered, behind all others, with whatever else is offered unasked.
 */
export interface Layout {
  /** What the format asks, in its order. */
  readonly asked: readonly AskedRow[];
  /** The place of each field of the catalogue in a document as a whole, whether it is asked there or not. */
  readonly byField: ReadonlyMap<FieldId, Place>;
  /** Required on every line: a line goes only if these may. */
  readonly requiredOnLine: readonly Row[];
  /** Those that can leave a gap: required, or a loss of meaning if left out, or going as something lesser. */
  readonly mayGap: readonly AskedRow[];
  /** By which a line points at the diagnoses that it is for. */
  readonly pointer: AskedRow | undefined;
  /** The format asks for the dates of the sessions. */
  readonly asksDates: boolean;
  readonly lineExcluded: Reason;
  /** What it says of a field that the purpose does not need. */
  readonly notNeeded: readonly Reason[];
  /** What it says of a value that it has no way to write. */
  readonly notWritable: readonly Reason[];
}

/** Makes a verdict the ruling on a field as a whole. Many documents share it, so it is frozen. */
export const settle = (at: Locus, { effect, form, reasons }: Verdict): Ruling =>
  Object.freeze(
    form === undefined
      ? { locus: at, effect, reasons: Object.freeze(reasons) }
      : { locus: at, effect, reasons: Object.freeze(reasons), form },
  );

/** Whether a lesser form is a value of its own beside the field, which somebody wrote, and not made of the field. */
const isSibling = (field: FieldId, form: FieldId): boolean =>
  fieldOf(field).generalisations.some(({ to, by }) => to === form && by === 'sibling');

const build = (format: EffectiveFormat): Layout => {
  let [number, documentRowsBefore, lineRowsBefore] = [0, 0, 0];
  const reason = (code: ReasonCode): Reason =>
    Object.freeze({ code, source: `format:${format.id}`, revision: format.revision });
  const alone = (code: ReasonCode): readonly Reason[] => Object.freeze([reason(code)]);
  const [never, notAsked] = [alone('never_by_release'), alone('not_asked')];
  const rowOf = <Ask extends FormatField | undefined>(field: FieldId, ask: Ask): Row & { readonly ask: Ask } => {
    const { scope, ofAllLines, aggregate, sensitivity } = fieldOf(field);
    const aggregateOf = aggregate?.of as FieldId | undefined;
    const whole = Object.freeze(locus(field));
    const required = ask?.usage === 'required';
    const stays = sensitivity === 6 ? never : ask === undefined ? notAsked : undefined;
    const fixed = stays && settle(whole, { effect: 'withhold', reasons: stays });
    const unasked = ask?.when === undefined ? undefined : settle(whole, { effect: 'withhold', reasons: notAsked });
    const accepts = ask?.accepts ?? [];
    const siblings = accepts.filter((form) => isSibling(field, form));
    // Written out, so that all rows have one shape and every look at one is quick.
    return {
      field,
      locus: whole,
      scope,
      ofAllLines,
      aggregateOf,
      ask,
      required,
      fixed,
      unasked,
      siblings,
      number,
      documentRowsBefore,
      lineRowsBefore,
    };
  };
  const asked = format.fields.map((ask): AskedRow => {
    const row = rowOf(ask.field, ask);
    number += 1;
    if (row.scope === 'document') documentRowsBefore += 1;
    if (row.scope === 'line') lineRowsBefore += 1;
    return row;
  });
  const rows = new Map<FieldId, Row>(FIELD_IDS.map((field) => [field, rowOf(field, undefined)]));
  for (const row of asked) rows.set(row.field, row);
  return {
    asked,
    byField: new Map([...rows].map(([field, row]) => [field, { row, line: NO_LINE, whole: true }])),
    requiredOnLine: asked.filter((row) => row.required && row.scope === 'line'),
    mayGap: asked.filter((row) => row.required || row.ask.changesMeaning || row.ask.accepts.length > 0),
    pointer: asked.find(({ field }) => field === 'diagnosis.pointer'),
    asksDates: format.byField.has('session.date'),
    lineExcluded: reason('line_excluded'),
    notNeeded: alone('not_needed'),
    notWritable: alone('not_writable'),
  };
};

const layouts = new WeakMap<EffectiveFormat, Layout>();

export const layoutOf = (format: EffectiveFormat): Layout => {
  const known = layouts.get(format);
  if (known) return known;
  const made = build(format);
  layouts.set(format, made);
  return made;
};

/** The number of the first place of a row that the format asks, in a document of so many lines. */
export const firstPlace = (row: Row, lines: number): number => row.documentRowsBefore + row.lineRowsBefore * lines;

/** The places that a format has for a document of so many lines, whatever it offers. */
export const placesOf = (layout: Layout, lines: number): readonly Place[] =>
  layout.asked.flatMap((row): readonly Place[] => {
    switch (row.scope) {
      case 'document':
        return [{ row, line: NO_LINE, whole: true }];
      case 'line':
        return Array.from({ length: lines }, (_place, line) => ({ row, line, whole: false }));
      case 'diagnosis':
        return [];
    }
  });
