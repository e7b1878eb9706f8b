import {
  type FieldBag,
  type FieldId,
  fieldOf,
  type FormatId,
  type Locus,
  locus,
  locusKey,
  type Occurrence,
  type Value,
} from '#libs/catalogue';
import { centsOf, failed, issue, ok, parsePlainDate, type PlainDate, type Result, sumOf } from '#libs/kernel';
import type { Decision, Ruling } from '#libs/release';
import { builtHere, Disclosed, DisclosedField } from './disclosed.js';
import { derive } from './derivations.js';

export interface Projection<Format extends FormatId> {
  readonly format: Format;
  readonly formatRevision: string;
  /** The client's salt for content digests, at least 16 bytes. */
  readonly salt: Uint8Array;
  /** The date that a document without lines is about. */
  readonly about?: PlainDate;
}

interface Numbering {
  readonly lines: ReadonlyMap<Occurrence, Occurrence>;
  readonly diagnoses: ReadonlyMap<Occurrence, Occurrence>;
}

const naturally = (left: Occurrence, right: Occurrence): number => left.localeCompare(right, 'en', { numeric: true });

const going = (decision: Decision): readonly Ruling[] =>
  decision.rulings.filter((ruling) => ruling.effect !== 'withhold');

/** Numbers what goes from one upwards: neither a number nor a hole tells of what stays. */
const numbering = (rulings: readonly Ruling[], bag: FieldBag): Numbering => {
  const occurrencesOf = (scope: 'line' | 'diagnosis') =>
    [
      ...new Set(
        rulings.flatMap(({ locus: at }) =>
          fieldOf(at.field).scope === scope && at.occurrence !== undefined && bag.get(at) !== undefined
            ? [at.occurrence]
            : [],
        ),
      ),
    ].sort(naturally);
  const primary = (occurrence: Occurrence): boolean => bag.get(locus('diagnosis.primary', occurrence)) !== undefined;
  const diagnoses = occurrencesOf('diagnosis').sort(
    (left, right) => Number(primary(right)) - Number(primary(left)) || naturally(left, right),
  );
  return {
    lines: new Map(occurrencesOf('line').map((old, index) => [old, `L${index + 1}`])),
    diagnoses: new Map(diagnoses.map((old, index) => [old, `D${index + 1}`])),
  };
};

const renumber = (at: Locus, numbers: Numbering): Locus => {
  if (at.occurrence === undefined) return at;
  const map = fieldOf(at.field).scope === 'line' ? numbers.lines : numbers.diagnoses;
  const occurrence = map.get(at.occurrence);
  return occurrence === undefined ? at : { field: at.field, occurrence };
};

const lastDate = (rulings: readonly Ruling[], bag: FieldBag, about: PlainDate | undefined): PlainDate | undefined => {
  const dates = rulings.flatMap((ruling) => {
    const value = ruling.locus.field === 'session.date' ? bag.get(ruling.locus) : undefined;
    return typeof value === 'string' ? (parsePlainDate(value) ?? []) : [];
  });
  return dates.sort().at(-1) ?? about;
};

const aggregated = (ruling: Ruling, bag: FieldBag): Value | undefined => {
  const aggregate = fieldOf(ruling.locus.field).aggregate;
  if (aggregate === undefined || ruling.over === undefined) return undefined;
  const base = aggregate.of as FieldId;
  const values = ruling.over.flatMap((line) => bag.get(locus(base, line)) ?? []);
  if (values.length === 0) return undefined;
  return aggregate.by === 'count'
    ? values.length
    : sumOf(values.map((value) => centsOf(typeof value === 'number' ? value : NaN)));
};

interface Setting {
  readonly bag: FieldBag;
  readonly numbers: Numbering;
  readonly lastService: PlainDate | undefined;
}

const valueOf = (ruling: Ruling, setting: Setting): Value | undefined => {
  const { bag, numbers } = setting;
  const { field } = ruling.locus;
  if (fieldOf(field).aggregate !== undefined && ruling.over !== undefined) return aggregated(ruling, bag);
  if (ruling.effect === 'generalise' && ruling.form !== undefined) {
    const own = bag.get(ruling.locus);
    const sibling = fieldOf(field).generalisations.some((one) => one.to === ruling.form && one.by === 'sibling');
    if (sibling) return bag.get({ ...ruling.locus, field: ruling.form });
    return own === undefined
      ? undefined
      : derive({ from: field, to: ruling.form }, own, { lastService: setting.lastService });
  }
  const value = bag.get(ruling.locus);
  if (field === 'diagnosis.pointer' && typeof value === 'object') {
    return value.flatMap((occurrence) => numbers.diagnoses.get(occurrence) ?? []);
  }
  return value;
};

/**
 * Takes out of a bag what a decision sends, in the form in which it sends it. Aggregates are computed from what goes,
 * pointers lose the diagnoses that stay. Fails with `decision_does_not_send` unless the decision sends.
 */
export const project = <Format extends FormatId>(
  bag: FieldBag,
  decision: Decision,
  into: Projection<Format>,
): Result<Disclosed<Format>> => {
  if (decision.outcome !== 'send') return failed(issue('decision_does_not_send', into.format));
  const rulings = going(decision);
  const numbers = numbering(rulings, bag);
  const setting: Setting = { bag, numbers, lastService: lastDate(rulings, bag, into.about) };
  const fields = new Map<string, DisclosedField>();
  for (const ruling of rulings) {
    const value = valueOf(ruling, setting);
    if (value === undefined) continue;
    const at = renumber(ruling.locus, numbers);
    fields.set(locusKey(at), DisclosedField.make(builtHere, at, { form: ruling.form ?? ruling.locus.field, value }));
  }
  return ok(
    Disclosed.make(
      builtHere,
      {
        format: into.format,
        formatRevision: into.formatRevision,
        fields: [...fields.values()],
        markers: decision.rulings.flatMap((ruling) => (ruling.marker ? [ruling.locus.field] : [])),
        enclosures: decision.enclosures,
        lineOrigins: [...numbers.lines.keys()],
      },
      into.salt,
    ),
  );
};
