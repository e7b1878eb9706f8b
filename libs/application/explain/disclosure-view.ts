import {
  type FieldBag,
  type FieldId,
  fieldOf,
  type Locus,
  locusKey,
  type Occurrence,
  type Sensitivity,
  type Value,
} from '#libs/catalogue';
import type { Curer, Decision, Gap, Reason, Ruling } from '#libs/release';
import type { FormatId } from '#libs/catalogue';
import type { Disclosed } from '#libs/disclosure';
import type { Issue } from '#libs/kernel';
import { sentenceOf } from './sentences.js';

export type RowEffect = 'goes' | 'changed' | 'withheld' | 'missing';

export interface ExplainedReason extends Reason {
  readonly sentence: string;
}

/** One row of goes / changed / withheld / why. Values are for authorised staff only; the caller filters by role. */
export interface ViewRow {
  readonly locus: string;
  readonly field: FieldId;
  /** Line or diagnosis. */
  readonly occurrence?: Occurrence;
  readonly label: string;
  readonly category: string;
  readonly sensitivity: Sensitivity;
  readonly effect: RowEffect;
  readonly form?: FieldId;
  readonly marker: boolean;
  readonly source?: Value;
  readonly outgoing?: Value;
  readonly reasons: readonly ExplainedReason[];
}

export interface ViewGap {
  readonly locus?: string;
  readonly at?: Locus;
  /** Lines or diagnoses, where there are several. */
  readonly occurrences?: readonly Occurrence[];
  readonly label?: string;
  readonly position?: string;
  readonly code: string;
  readonly cause: string;
  readonly curer: Curer;
  readonly sentence: string;
  readonly reasons: readonly ExplainedReason[];
}

/** An answer to the practice's own system about a disclosure: another door than the one to insurers, and another type. */
export interface ToPractice<View> {
  readonly audience: 'practice';
  readonly view: View;
}

export interface DisclosureView {
  readonly outcome: Decision['outcome'];
  readonly counts: Readonly<Record<RowEffect, number>>;
  readonly rows: readonly ViewRow[];
  readonly gaps: readonly ViewGap[];
  readonly enclosures: readonly string[];
  /** The same in the preview and in what is sent; absent while nothing would be sent. */
  readonly contentDigest?: string;
  readonly validUntil: number;
}

const explained = (reasons: readonly Reason[]): readonly ExplainedReason[] =>
  reasons.map((one) => ({ ...one, sentence: sentenceOf(one.code) }));

const effectOf = (ruling: Ruling, source: Value | undefined): RowEffect => {
  if (ruling.effect === 'withhold') return 'withheld';
  if (source === undefined && ruling.over === undefined) return 'missing';
  return ruling.effect === 'generalise' ? 'changed' : 'goes';
};

const outgoingOf = (ruling: Ruling, disclosed: Disclosed<FormatId> | undefined): Value | undefined => {
  if (disclosed === undefined || ruling.effect === 'withhold') return undefined;
  const { field, occurrence } = ruling.locus;
  if (occurrence === undefined) return disclosed.get(field)?.value;
  const origin = disclosed.lineOrigins.indexOf(occurrence);
  return origin >= 0 ? disclosed.get(field, `L${origin + 1}`)?.value : disclosed.get(field, occurrence)?.value;
};

const rowOf = (ruling: Ruling, bag: FieldBag, disclosed: Disclosed<FormatId> | undefined): ViewRow => {
  const definition = fieldOf(ruling.locus.field);
  const source = bag.get(ruling.locus);
  const outgoing = outgoingOf(ruling, disclosed);
  return {
    locus: locusKey(ruling.locus),
    field: ruling.locus.field,
    label: definition.label,
    category: definition.category,
    sensitivity: definition.sensitivity,
    effect: effectOf(ruling, source),
    marker: ruling.marker ?? false,
    reasons: explained(ruling.reasons),
    ...(ruling.locus.occurrence === undefined ? {} : { occurrence: ruling.locus.occurrence }),
    ...(ruling.form ? { form: ruling.form } : {}),
    ...(source === undefined ? {} : { source }),
    ...(outgoing === undefined ? {} : { outgoing }),
  };
};

const gapOf = (gap: Gap): ViewGap => ({
  code: gap.code,
  cause: gap.cause,
  curer: gap.curer,
  sentence: sentenceOf(gap.cause),
  reasons: explained(gap.reasons),
  ...(gap.locus ? { locus: locusKey(gap.locus), at: gap.locus, label: fieldOf(gap.locus.field).label } : {}),
  ...(gap.occurrences ? { occurrences: gap.occurrences } : {}),
  ...(gap.position ? { position: gap.position } : {}),
});

/** Rows in which there is something to see: what the format asks, and what the document has. */
const worthSeeing = (row: ViewRow): boolean =>
  row.effect !== 'missing' && (row.source !== undefined || row.effect !== 'withheld');

export const viewOf = (
  decision: Decision,
  bag: FieldBag,
  disclosed: Disclosed<FormatId> | undefined,
): ToPractice<DisclosureView> => {
  const rows = decision.rulings.map((ruling) => rowOf(ruling, bag, disclosed)).filter(worthSeeing);
  const counts = { goes: 0, changed: 0, withheld: 0, missing: 0 };
  for (const row of rows) counts[row.effect] += 1;
  return {
    audience: 'practice',
    view: {
      outcome: decision.outcome,
      counts,
      rows,
      gaps: decision.gaps.map(gapOf),
      enclosures: decision.enclosures,
      validUntil: decision.validUntil,
      ...(disclosed ? { contentDigest: disclosed.contentDigest } : {}),
    },
  };
};

/** As it is held where the decision sends it, and its rendering refuses it as a whole. */
export const refusedView = (view: DisclosureView, { code, path }: Pick<Issue, 'code' | 'path'>): DisclosureView => ({
  ...view,
  outcome: 'hold',
  gaps: [{ code, cause: code, curer: 'office', sentence: sentenceOf('not_writable'), position: path, reasons: [] }],
});
