import type { FieldId, FormatId } from '#libs/catalogue';
import { type InsurerId, issue, type Issue } from '#libs/kernel';
import type { Curer, Gap } from '#libs/release';
import { type Dossier, loadDossiers } from '../dossier/dossier.js';
import { sentenceOf } from '../explain/sentences.js';
import { checkDocument, formatFor, purposeOf } from '../intake/edit-document.js';
import { countFields, type FieldCounts, NO_FIELDS } from '../judgement/count-fields.js';
import { judge } from '../judgement/judge.js';
import { rehearse } from '../judgement/rehearse.js';
import { emptyAuthority, placementOf } from '../judgement/standing.js';
import { dayIn } from '../practice/days.js';
import { type DocumentContent, NOTHING_CHOSEN } from '../ports/records.js';
import type { Services } from '../ports/services.js';
import type { PracticeContext, Transaction } from '../ports/store.js';
import { rulesetOf } from '../rules/rule-book.js';

export interface ShadowDocument {
  readonly content: DocumentContent;
  readonly format?: FormatId;
}

/** A field that would be missing, and who can cure it. Where it stands and why, never what stands there. */
export interface ShadowGap {
  readonly cause: string;
  readonly curer: Curer;
  readonly sentence: string;
  readonly field?: FieldId;
  readonly position?: string;
}

export type ShadowOutcome = 'goes' | 'held' | 'blocked' | 'refused';

/** What would become of one document. `index`: its place in what was asked. */
export interface ShadowVerdict {
  readonly index: number;
  readonly outcome: ShadowOutcome;
  readonly insurer?: InsurerId;
  readonly format?: FormatId;
  /** Fields that the document has and that would go, go as something lesser, or stay. */
  readonly counts: FieldCounts;
  readonly gaps: readonly ShadowGap[];
  /** Why it would not be accepted at all. */
  readonly issues: readonly Issue[];
}

const refused = (index: number, issues: readonly Issue[], about: Partial<ShadowVerdict> = {}): ShadowVerdict => ({
  index,
  outcome: 'refused',
  counts: NO_FIELDS,
  gaps: [],
  issues,
  ...about,
});

const gapOf = ({ cause, curer, locus, position }: Gap): ShadowGap => ({
  cause,
  curer,
  sentence: sentenceOf(cause),
  ...(locus === undefined ? {} : { field: locus.field }),
  ...(position === undefined ? {} : { position }),
});

/** What no single value says and the whole document does: it cannot be written. */
const gapOfWhole = ({ code, path }: Pick<Issue, 'code' | 'path'>): ShadowGap => ({
  cause: code,
  curer: 'office',
  sentence: sentenceOf('not_writable'),
  position: path,
});

const OUTCOMES = { ready: 'goes', held: 'held', blocked: 'blocked' } as const;

/**
 * Decides documents as if each were submitted now, through the gate that submitting goes through, and keeps nothing but
 * one entry in the ledger: that somebody looked, and how many there were. That a service was billed before is no
 * fault here: it is last month that is looked at.
 */
export const shadowRunIn = async (
  services: Services,
  transaction: Transaction,
  request: { readonly context: PracticeContext; readonly documents: readonly ShadowDocument[] },
): Promise<readonly ShadowVerdict[]> => {
  const { context, documents } = request;
  const dossiers = await loadDossiers(
    transaction,
    documents.map(({ content }) => content),
  );
  const known = dossiers.filter((one): one is Dossier => typeof one !== 'string');
  const clients = [...new Set(known.map(({ client }) => client.id))];
  const authorities = await transaction.authority.read(clients);
  const keys = await transaction.clients.keys(clients);
  const ruleset = rulesetOf(services.book, await transaction.practice.choices());
  const now = await transaction.clock();
  const verdicts = documents.map((document, index): ShadowVerdict => {
    const dossier = dossiers[index];
    if (dossier === undefined || typeof dossier === 'string')
      return refused(index, [issue('unknown_reference', `/${dossier ?? ''}`)]);
    const insurer = dossier.insurer.id;
    const format = formatFor(dossier, document.format);
    const sound = checkDocument(dossier, document.format, now);
    if (!sound.ok) return refused(index, sound.issues, { insurer, format });
    const authority = authorities.get(dossier.client.id) ?? emptyAuthority(dossier.client.id);
    const target = { purpose: purposeOf(format), format, options: NOTHING_CHOSEN };
    const judgement = judge(dossier, target, { authority, ruleset, now });
    const { decision } = judgement;
    const counts = countFields(judgement);
    const about = { index, insurer, format, counts, issues: [] };
    const key = keys.get(dossier.client.id);
    const refusal =
      key && decision.outcome === 'send' ? rehearse(services, { dossier, judgement, authority, key, now }) : undefined;
    if (refusal) return { ...about, outcome: 'held', gaps: [gapOfWhole(refusal)] };
    return { ...about, outcome: OUTCOMES[placementOf(decision).state], gaps: decision.gaps.map(gapOf) };
  });
  transaction.ledger.record({
    kind: 'shadow-run',
    actor: context.actor,
    subject: await dayIn(transaction, now),
    codes: [`documents:${documents.length}`],
    rulesetDigest: ruleset.digest,
  });
  return verdicts;
};

export type ShadowCounts = Readonly<Record<ShadowOutcome | 'changed' | 'withheld', number>>;

const EMPTY: ShadowCounts = { goes: 0, held: 0, blocked: 0, refused: 0, changed: 0, withheld: 0 };

/** Documents by what would become of them; of those that go, in how many something is changed or stays. */
export const countVerdicts = (verdicts: readonly ShadowVerdict[]): ShadowCounts => {
  const counts = { ...EMPTY };
  for (const { outcome, counts: fields } of verdicts) {
    counts[outcome] += 1;
    if (outcome !== 'goes') continue;
    if (fields.changed > 0) counts.changed += 1;
    if (fields.withheld > 0) counts.withheld += 1;
  }
  return counts;
};

/** The gaps of many documents, alike with alike, the commonest first. */
export const gatherGaps = (
  verdicts: readonly ShadowVerdict[],
): readonly (ShadowGap & { readonly documents: number })[] => {
  const gathered = new Map<string, { readonly gap: ShadowGap; documents: number }>();
  for (const { gaps } of verdicts) {
    const seen = new Set<string>();
    for (const gap of gaps) {
      const name = [gap.cause, gap.curer, gap.field, gap.position].join(' ');
      if (seen.has(name)) continue;
      seen.add(name);
      const known = gathered.get(name);
      if (known === undefined) gathered.set(name, { gap, documents: 1 });
      else known.documents += 1;
    }
  }
  return [...gathered.values()]
    .map(({ gap, documents }) => ({ ...gap, documents }))
    .sort((one, other) => other.documents - one.documents);
};

/** How many documents wait for whom; one that waits for several counts for the hardest. */
export const countCurers = (verdicts: readonly ShadowVerdict[]): Readonly<Record<Curer, number>> => {
  const counts = { client: 0, chart: 0, office: 0, practice: 0, nobody: 0 };
  for (const { gaps } of verdicts) {
    const hardest = gaps.find(({ curer }) => curer === 'nobody') ?? gaps[0];
    if (hardest !== undefined) counts[hardest.curer] += 1;
  }
  return counts;
};

/** What would go to whom. */
export const countInsurers = (
  verdicts: readonly ShadowVerdict[],
): readonly { readonly insurer: InsurerId; readonly counts: ShadowCounts }[] => {
  const insurers = [...new Set(verdicts.flatMap(({ insurer }) => insurer ?? []))].sort();
  return insurers.map((insurer) => ({
    insurer,
    counts: countVerdicts(verdicts.filter((one) => one.insurer === insurer)),
  }));
};
