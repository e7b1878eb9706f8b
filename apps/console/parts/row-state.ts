import type { DisclosureRow, Preview } from '#libs/contracts';

/** What the disclosure view shows: a preview, or the explanation of a disclosure. */
export type Shown = Preview;

export type Gap = Shown['gaps'][number];
export type Reason = DisclosureRow['reasons'][number];
export type Cell = NonNullable<DisclosureRow['source']>;

export const ROW_STATES = [
  'goes',
  'changed',
  'not-in-release',
  'law',
  'restricted',
  'not-needed',
  'not-writable',
  'blocked',
  'missing',
] as const;

/** What became of one field: what goes, why something stays, or what the insurer asks and does not get. */
export type RowState = (typeof ROW_STATES)[number];

/** One line of the view: a ruling, or a gap where the document has nothing to rule on. */
export interface Entry {
  readonly key: string;
  readonly label: string;
  readonly occurrence: string | undefined;
  readonly section: string;
  readonly state: RowState;
  readonly source: Cell | undefined;
  readonly outgoing: Cell | undefined;
  readonly marker: boolean;
  readonly reasons: readonly Reason[];
}

export interface Section {
  /** A category of the catalogue. */
  readonly name: string;
  readonly entries: readonly Entry[];
}

const LAW = [
  'ceiling',
  'value_shape',
  'special_category',
  'never_by_release',
  'unclassified_code',
  'unclassified_field',
];
const RESTRICTED = ['restricted_522', 'client_restriction', 'clinician_limit'];
const NOT_NEEDED = ['not_asked', 'not_needed', 'line_excluded'];

const kindOf = ({ code }: Reason): string => code.split(':', 1)[0] ?? code;

/** The law counts before a person's wish, and either before what the format does not ask. */
const whyWithheld = (reasons: readonly Reason[]): RowState => {
  const kinds = reasons.map(kindOf);
  if (kinds.some((kind) => LAW.includes(kind))) return 'law';

  if (kinds.some((kind) => RESTRICTED.includes(kind))) return 'restricted';
  if (kinds.includes('not_writable')) return 'not-writable';
  return kinds.some((kind) => NOT_NEEDED.includes(kind)) ? 'not-needed' : 'not-in-release';
};

export const isMissing = ({ cause }: Gap): boolean => cause === 'missing' || cause === 'sibling_missing';

const keyOf = (field: string, occurrence: string | undefined): string => `${field}@${occurrence ?? ''}`;

const placesOf = (gap: Gap): readonly (readonly [field: string, occurrence: string | undefined])[] => {
  const { locus, occurrences } = gap;
  if (locus === undefined) return [];
  return (occurrences ?? [locus.occurrence]).map((one) => [locus.field, one] as const);
};

const stateOf = (row: DisclosureRow, gap: Gap | undefined): RowState => {
  if (row.effect === 'missing') return 'missing';
  if (row.effect !== 'withheld') return row.effect;
  if (gap === undefined) return whyWithheld(row.reasons);
  return isMissing(gap) ? 'missing' : 'blocked';
};

const entryOfRow = (row: DisclosureRow, gap: Gap | undefined): Entry => ({
  key: keyOf(row.locus.field, row.locus.occurrence),
  label: row.label,
  occurrence: row.locus.occurrence,
  section: row.category ?? 'other',
  state: stateOf(row, gap),
  source: row.source,
  outgoing: row.outgoing,
  marker: row.marker,
  reasons: row.reasons,
});

/** Fields by section, in the order in which the decision has them; each gap stands among them. */
export const sectionsOf = ({ rows, gaps }: Shown): readonly Section[] => {
  const gapAt = new Map(gaps.flatMap((gap) => placesOf(gap).map(([field, at]) => [keyOf(field, at), gap] as const)));
  const sections = new Map<string, Entry[]>();
  const sectionOfField = new Map<string, string>();
  const add = (entry: Entry): void => {
    const entries = sections.get(entry.section);
    if (entries === undefined) sections.set(entry.section, [entry]);
    else entries.push(entry);
  };
  for (const row of rows) {
    const entry = entryOfRow(row, gapAt.get(keyOf(row.locus.field, row.locus.occurrence)));

    gapAt.delete(entry.key);
    sectionOfField.set(row.locus.field, entry.section);
    add(entry);
  }
  for (const [key, gap] of gapAt) {
    const field = gap.locus?.field ?? '';
    const at = key.slice(field.length + 1);
    add({
      ...{ key, label: gap.label ?? field, occurrence: at === '' ? undefined : at },
      section: sectionOfField.get(field) ?? 'gaps',
      state: isMissing(gap) ? 'missing' : 'blocked',
      ...{ source: undefined, outgoing: undefined, marker: false, reasons: gap.reasons },
    });
  }
  return [...sections].map(([name, entries]) => ({ name, entries }));
};

/** Without what goes as it is. */
export const onlyDifferences = (sections: readonly Section[]): readonly Section[] =>
  sections
    .map(({ name, entries }) => ({ name, entries: entries.filter(({ state }) => state !== 'goes') }))
    .filter(({ entries }) => entries.length > 0);

/** Whether there is anything that a reader with the right to could have revealed. */
export const hasMasked = ({ rows }: Shown): boolean =>
  rows.some(({ source, outgoing }) => source?.masked === true || outgoing?.masked === true);

/** A page on which the ground of a ruling can be read. */
export interface Place {
  readonly kind: 'release' | 'ceiling' | 'reading' | 'format';
  readonly name: string;
  readonly href: string;
}

/** Where what stands behind a reason can be read in the console; its parts are `kind:id`, several with spaces between. */
export const placesOfReason = ({ source, revision }: Reason, insurer: string): readonly Place[] => {
  const revisions = revision.split(' ');
  return source.split(' ').flatMap((one, index): readonly Place[] => {
    const at = one.indexOf(':');
    const [kind, id] = [one.slice(0, at), one.slice(at + 1)];
    switch (kind) {
      case 'release':
        return [{ kind, name: revisions[index] ?? '', href: `/releases/${encodeURIComponent(id)}` }];
      case 'ceiling':
      case 'reading':
        return [{ kind, name: id, href: '/readings' }];
      case 'format':
        return [{ kind, name: revision, href: `/insurers/${encodeURIComponent(insurer)}` }];
      default:
        return [];
    }
  });
};
