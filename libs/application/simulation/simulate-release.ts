import { type FieldId, locusKey } from '#libs/catalogue';
import { addDays, type ClientId, failed, issue, ok, type PlainDate, type ReleaseId, type Result } from '#libs/kernel';
import type { Authority, Ruleset, SignedRelease, SignerRole } from '#libs/release';
import { countFields, type FieldCounts } from '../judgement/count-fields.js';
import { judge, type Judgement } from '../judgement/judge.js';
import { emptyAuthority, placementOf } from '../judgement/standing.js';
import { dayIn } from '../practice/days.js';
import type { Services } from '../ports/services.js';
import type { PracticeContext, Transaction } from '../ports/store.js';
import { signatureOn } from '../releases/sign-release.js';
import { rulesetOf } from '../rules/rule-book.js';
import { type RecentDocument, recentDocumentsOf } from './recent-documents.js';

const DAYS = 90;

export type SimulatedOutcome = 'goes' | 'held' | 'blocked';

export interface SimulatedStanding extends FieldCounts {
  readonly outcome: SimulatedOutcome;
  readonly gaps: number;
}

/** One document under the papers of now, and under those and the draft. Where and how many, never what stands there. */
export interface SimulatedDocument extends Pick<RecentDocument, 'record' | 'dossier' | 'first' | 'last'> {
  readonly before: SimulatedStanding;
  readonly after: SimulatedStanding;
  readonly newlyGoes: readonly FieldId[];
  readonly newlyStays: readonly FieldId[];
}

export interface Simulation {
  readonly client: ClientId;
  readonly from: PlainDate;
  readonly to: PlainDate;
  readonly documents: readonly SimulatedDocument[];
  readonly truncated: boolean;
}

export interface SimulationRequest {
  readonly context: PracticeContext;
  readonly release: ReleaseId;
  readonly supersedes?: ReleaseId;
  readonly addsTo?: ReleaseId;
  /** Documents at most. */
  readonly most: number;
}

const OUTCOMES = { ready: 'goes', held: 'held', blocked: 'blocked' } as const;

const ANYBODY: readonly SignerRole[] = ['client', 'parent', 'guardian', 'representative'];

/** The draft with every signature that any rule could ask for: whether it may be signed at all is what is left to be found out. */
const signedAsIf = async (
  services: Services,
  transaction: Transaction,
  { context, release, now }: { readonly context: PracticeContext; readonly release: ReleaseId; readonly now: number },
): Promise<Result<SignedRelease>> => {
  const record = await transaction.authority.release(release);
  if (record === undefined) return failed(issue('not_found', ''));
  const signedOn = await dayIn(transaction, now);
  const signatures = ANYBODY.map((role) => ({ role, signedOn, authorityDocumented: true, witnessed: true }));
  return signatureOn(services, transaction, { context, record, signatures, now });
};

/** The client's papers as they would be with the draft among them. */
const withDraft = (
  authority: Authority,
  signed: SignedRelease,
  related: Pick<SimulationRequest, 'supersedes' | 'addsTo'> & { readonly now: number },
): Result<Authority> => {
  const { supersedes, addsTo, now } = related;
  const older = supersedes ?? addsTo;
  if (older !== undefined && !authority.releases.some((one) => one.id === older))
    return failed(issue('not_found', '/older'));
  const kind = supersedes === undefined ? 'adds_to' : 'supersedes';
  return ok({
    ...authority,
    releases: [...authority.releases, signed],
    relations:
      older === undefined
        ? authority.relations
        : [...authority.relations, { kind, newer: signed.id, older, recordedAt: now }],
  });
};

const standingOf = (judgement: Judgement): SimulatedStanding => ({
  outcome: OUTCOMES[placementOf(judgement.decision).state],
  ...countFields(judgement),
  gaps: judgement.decision.gaps.length,
});

/** What is there and may go, in full or as something lesser. */
const goingOf = ({ decision, bag }: Judgement): ReadonlyMap<string, FieldId> =>
  new Map(
    decision.rulings
      .filter(
        ({ effect, locus, over }) => effect !== 'withhold' && (bag.get(locus) !== undefined || over !== undefined),
      )
      .map(({ locus }) => [locusKey(locus), locus.field]),
  );

const onlyIn = (some: ReadonlyMap<string, FieldId>, others: ReadonlyMap<string, FieldId>): readonly FieldId[] => [
  ...new Set([...some].filter(([locus]) => !others.has(locus)).map(([, field]) => field)),
];

const simulated = (
  document: RecentDocument,
  authorities: { readonly before: Authority; readonly after: Authority },
  under: { readonly ruleset: Ruleset; readonly now: number },
): SimulatedDocument => {
  const { record, dossier } = document;
  const [before, after] = [authorities.before, authorities.after].map((authority) =>
    judge(dossier, record, { ...under, authority }),
  ) as [Judgement, Judgement];
  const [went, goes] = [goingOf(before), goingOf(after)];
  return {
    ...document,
    before: standingOf(before),
    after: standingOf(after),
    newlyGoes: onlyIn(goes, went),
    newlyStays: onlyIn(went, goes),
  };
};

/**
 * Decides what a client's last ninety days are about twice, as now and as if the draft were signed at this moment, through
 * the gate that submitting goes through. Keeps nothing but one entry in the ledger: that somebody looked, and at how much.
 */
export const simulateReleaseIn = async (
  services: Services,
  transaction: Transaction,
  request: SimulationRequest,
): Promise<Result<Simulation>> => {
  const { context, release } = request;
  const now = await transaction.clock();
  const signed = await signedAsIf(services, transaction, { context, release, now });
  if (!signed.ok) return signed;
  const { client } = signed.value;
  const before = (await transaction.authority.read([client])).get(client) ?? emptyAuthority(client);
  const after = withDraft(before, signed.value, { ...request, now });
  if (!after.ok) return after;
  const ruleset = rulesetOf(services.book, await transaction.practice.choices());
  const to = await dayIn(transaction, now);
  const from = addDays(to, -DAYS);
  const found = await recentDocumentsOf(transaction, client, { from, to, most: request.most });
  const authorities = { before, after: after.value };
  const documents = found.documents.map((one) => simulated(one, authorities, { ruleset, now }));
  transaction.ledger.record({
    kind: 'release-simulated',
    actor: context.actor,
    client,
    subject: release,
    codes: [`documents:${documents.length}`],
    rulesetDigest: ruleset.digest,
  });
  return ok({ client, from, to, documents, truncated: found.truncated });
};
