import type {
  DecisionBasis,
  DisclosureExplanation,
  DisclosureView,
  ExplainedReason,
  Preview as AppPreview,
  ViewGap,
  ViewRow,
} from '#libs/application';
import type { Locus, Value } from '#libs/catalogue';
import type { DisclosureRow, Explanation, Preview } from '#libs/contracts';
import type { Issue } from '#libs/kernel';
import type { Unmasked } from '../use-cases/asked.js';
import { toInstant } from './desk.js';
import { toIssueView } from '../issue-view.js';

type ReasonView = DisclosureRow['reasons'][number];
type CellView = NonNullable<DisclosureRow['source']>;
type GapView = Preview['gaps'][number];
type Shared = Omit<Preview, 'contentDigest' | 'nextStep'>;

const toReasonView = ({ code, sentence, source, revision }: ExplainedReason): ReasonView => ({
  code: code.slice(0, 120),
  sentence,
  source: source.slice(0, 400),
  revision: revision.slice(0, 200),
});

const toLocusView = ({ field, occurrence }: Locus): DisclosureRow['locus'] => ({
  field,
  ...(occurrence === undefined ? {} : { occurrence }),
});

/** In clear: the gateway masks what the reader may not see. */
const toCell = (value: Value): CellView => ({ masked: false, value: typeof value === 'object' ? [...value] : value });

const toRowView = (row: ViewRow): DisclosureRow => ({
  locus: toLocusView(row),
  label: row.label,
  category: row.category,
  effect: row.effect,
  marker: row.marker,
  reasons: row.reasons.map(toReasonView),
  ...(row.source === undefined ? {} : { source: toCell(row.source) }),
  ...(row.outgoing === undefined ? {} : { outgoing: toCell(row.outgoing) }),
  ...(row.form === undefined ? {} : { form: row.form }),
});

const toGapView = (gap: ViewGap, choices: GapView['choices']): GapView => ({
  code: gap.code.slice(0, 120),
  cause: gap.cause.slice(0, 120),
  curer: gap.curer,
  sentence: gap.sentence,
  reasons: gap.reasons.slice(0, 50).map(toReasonView),
  choices,
  ...(gap.at === undefined ? {} : { locus: toLocusView(gap.at) }),
  ...(gap.occurrences === undefined ? {} : { occurrences: gap.occurrences.slice(0, 100) }),
  ...(gap.label === undefined ? {} : { label: gap.label }),
  ...(gap.position === undefined ? {} : { position: gap.position }),
});

const toShared = (view: DisclosureView, basis: DecisionBasis, warnings: readonly Issue[]): Shared => ({
  format: basis.format,
  formatRevision: basis.formatRevision,
  purpose: basis.purpose,
  insurer: basis.insurer,
  outcome: view.outcome,
  rows: view.rows.map(toRowView),
  gaps: view.gaps.map((gap, index) => toGapView(gap, [...(basis.gapChoices[index] ?? [])])),
  enclosures: [...view.enclosures],
  counts: { ...view.counts, gaps: view.gaps.length },
  releases: basis.releases.map(({ id, revision }) => ({ id, revision })),
  rulesetDigest: basis.rulesetDigest,
  choices: [...basis.choices],
  warnings: warnings.map(toIssueView),
});

const digestOf = ({ contentDigest }: DisclosureView): { readonly contentDigest?: string } =>
  contentDigest === undefined ? {} : { contentDigest };

export const toPreview = ({ shown, basis, warnings, nextStep }: AppPreview): Unmasked<Preview> => ({
  view: {
    ...toShared(shown.view, basis, warnings),
    ...digestOf(shown.view),
    nextStep,
  },
  treating: basis.treating,
});

export const toExplanation = ({
  summary,
  shown,
  basis,
  warnings,
  decidedAt,
}: DisclosureExplanation): Unmasked<Explanation> => ({
  view: {
    ...toShared(shown.view, basis, warnings),
    ...digestOf(shown.view),
    nextStep: summary.nextStep,
    disclosure: summary.id,
    decidedAt: toInstant(decidedAt),
  },
  treating: basis.treating,
});
