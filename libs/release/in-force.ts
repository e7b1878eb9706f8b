import { endOfDate, startOfDate, type TimeZone } from '#libs/kernel';
import type { Ceiling } from './ceiling.js';
import type { Reason, ReasonCode } from './reason.js';
import type { Authority, Recipient, ReleaseRelation, Revocation, SignedRelease } from './release.js';
import type { Header } from './header.js';
import { signersComplete } from './signers.js';

/** The one family of releases on which a decision rests, or why there is none. */
export type Standing =
  | { readonly kind: 'in-force'; readonly releases: readonly SignedRelease[]; readonly until: number }
  | { readonly kind: 'none'; readonly reasons: readonly Reason[] };

/** A release with the instants that its dates and the ceilings come to, worked out once. */
export interface Paper {
  readonly release: SignedRelease;
  /** The span that the paper states, untouched by ceilings and revocations: from this instant, until before that one. */
  readonly from: number;
  readonly to: number;
  /** When the shortest ceiling ends it. */
  readonly capped: number;
}

/** An instant, with the ceilings that bind there and the papers as they are then. */
export interface Moment {
  readonly now: number;
  readonly ceilings: readonly Ceiling[];
  readonly papers: readonly Paper[];
}

const names = (recipient: Recipient, of: Header['recipient']): boolean =>
  recipient.kind === 'party' ? recipient.id === of.id : recipient.class === of.class;

const source = ({ release }: Paper, code: ReasonCode): Reason => ({
  code,
  source: `release:${release.id}`,
  revision: String(release.revision),
});

const DAY = 86_400_000;

/** A paper may be recorded long after it was signed; a longest time, in days, runs from the first signature under it. */
const cappedAt = ({ signedAt, signatures }: SignedRelease, longest: number, zone: TimeZone): number =>
  Math.min(signedAt + longest * DAY, ...signatures.map(({ signedOn }) => startOfDate(signedOn, zone, longest)));

/** In the zone of the practice whose papers they are. */
export const papersOf = (authority: Authority, ceilings: readonly Ceiling[], zone: TimeZone): readonly Paper[] => {
  let longest = Infinity;
  for (const { longestReleaseDays } of ceilings) longest = Math.min(longest, longestReleaseDays ?? Infinity);
  return authority.releases.map((release) => {
    const byDate = release.validUntil === undefined ? Infinity : endOfDate(release.validUntil, zone);
    return {
      release,
      from: Math.max(release.signedAt, startOfDate(release.validFrom, zone)),
      to: Math.min(byDate, release.expiryEvent?.occurredAt ?? Infinity),
      capped: cappedAt(release, longest, zone),
    };
  });
};

/**
 * Every instant at which a paper begins, ends, is revoked or turns out false: between two of them nothing about its
 * standing changes. Every comparison with `now` in this file is with one of these, as “not later than now”.
 */
export const turningPoints = (papers: readonly Paper[], revocations: readonly Revocation[]): readonly number[] => {
  const turns: number[] = [];
  for (const { release, from, to, capped } of papers) turns.push(from, to, capped, release.knownFalseAt ?? Infinity);
  for (const { receivedAt } of revocations) turns.push(receivedAt);
  return turns;
};

/** Two releases that were in force at the same moment, by what they state and by when a revocation was recorded. */
const overlapped = (pair: readonly [Paper, Paper], revocations: readonly Revocation[], now: number): boolean => {
  const from = Math.max(...pair.map((paper) => paper.from));
  const to = Math.min(
    ...pair.map((paper) => paper.to),
    ...revocations
      .filter((one) => pair.some(({ release }) => release.id === one.release))
      .map((one) => Math.max(one.recordedAt, one.receivedAt)),
  );
  return from < to && from <= now;
};

interface Graph {
  readonly byId: ReadonlyMap<string, Paper>;
  readonly supersededBy: ReadonlyMap<string, readonly string[]>;
  readonly baseOf: ReadonlyMap<string, string>;
}

const NOBODY: readonly string[] = [];

const NO_RELATIONS: Graph = { byId: new Map(), supersededBy: new Map(), baseOf: new Map() };

const graphOf = (papers: readonly Paper[], relations: readonly ReleaseRelation[]): Graph => {
  if (relations.length === 0) return NO_RELATIONS;
  const byId = new Map<string, Paper>(papers.map((paper) => [paper.release.id, paper]));
  const supersededBy = new Map<string, string[]>();
  const baseOf = new Map<string, string>();
  for (const { kind, newer, older } of relations) {
    if (!byId.has(newer) || !byId.has(older) || newer === older) continue;
    if (kind === 'supersedes') supersededBy.set(older, [...(supersededBy.get(older) ?? []), newer]);
    else baseOf.set(newer, older);
  }
  return { byId, supersededBy, baseOf };
};

/** A superseded release never revives: what counts is that the newer one began, not that it still lives. */
const isSuperseded = ({ release }: Paper, graph: Graph, now: number): boolean =>
  successorsOf(release, graph).some((newer) => newer.from <= now);

const successorsOf = ({ id }: SignedRelease, graph: Graph): readonly Paper[] =>
  (graph.supersededBy.get(id) ?? NOBODY).flatMap((newer) => graph.byId.get(newer) ?? []);

/** A release and the chain of bases below it, to the bottom; undefined when the chain turns on itself. */
const chainOf = (paper: Paper, graph: Graph): readonly Paper[] | undefined => {
  const chain = [paper];
  for (let at = paper; chain.length <= graph.byId.size + 1; chain.push(at)) {
    const base = graph.baseOf.get(at.release.id);
    const next = base === undefined ? undefined : graph.byId.get(base);
    if (next === undefined) return chain;
    at = next;
  }
  return undefined;
};

/** Why a single release does not carry a disclosure now; undefined when it does. Codes in the order in which a person should hear them. */
const defectOf = (
  { release, from, to, capped }: Paper,
  revocations: readonly Revocation[],
  { now, ceilings }: Moment,
): ReasonCode | undefined => {
  if (release.knownFalseAt !== undefined && release.knownFalseAt <= now) return 'known_false';
  if (revocations.some((one) => one.release === release.id && one.receivedAt <= now)) return 'revoked';
  if (from > now) return 'not_yet_valid';
  if (release.validUntil === undefined && release.expiryEvent === undefined) return 'element_missing:expiry';
  if (to <= now || capped <= now) return 'expired';
  if (release.blanket) return 'not_specific';
  if (release.grants.includes('note.psychotherapy') && release.grants.some((id) => id !== 'note.psychotherapy'))
    return 'compound_psynotes';
  if (!signersComplete(release, ceilings)) return 'signer_incomplete';
  return undefined;
};

const SERIOUSNESS: readonly ReasonCode[] = [
  'known_false',
  'revoked',
  'expired',
  'not_specific',
  'compound_psynotes',
  'signer_incomplete',
  'element_missing:expiry',
  'not_yet_valid',
];

/** Releases that name neither this recipient nor this purpose explain why nothing matches, but never lend a field. */
const whyNoneMatches = (own: readonly Paper[], authority: Authority, header: Header): Reason => {
  const toRecipient = own.find(({ release }) => names(release.recipient, header.recipient));
  if (toRecipient) return source(toRecipient, 'purpose_not_granted');
  const forPurpose = own.find(({ release }) => release.purposes.includes(header.purpose));
  if (forPurpose) return source(forPurpose, 'recipient_mismatch');
  return noRelease(authority);
};

const noRelease = ({ epoch }: Authority): Reason => ({
  code: 'no_release',
  source: 'authority',
  revision: String(epoch),
});

/**
 * Finds the family of releases (a base and what adds to it) that is in force for this client, recipient, purpose and
 * moment. Two families that were ever in force together are ambiguous until a person records how they relate, and that
 * survives the end of either.
 */
export const standingOf = (authority: Authority, header: Header, at: Moment): Standing => {
  const { now } = at;
  const { revocations } = authority;
  if (authority.client !== header.client) return { kind: 'none', reasons: [noRelease(authority)] };
  const own = at.papers.filter(
    ({ release }) => release.client === header.client && release.discloser === header.discloser,
  );
  const matches = ({ release }: Paper): boolean =>
    names(release.recipient, header.recipient) && release.purposes.includes(header.purpose);
  if (!own.some(matches)) return { kind: 'none', reasons: [whyNoneMatches(own, authority, header)] };

  // Relations hold whatever the two releases are for: a newer paper that drops a purpose ends the older one for it too.
  const graph = graphOf(own, authority.relations);
  const living = own.filter((paper) => !isSuperseded(paper, graph, now));
  const defects = new Map<string, ReasonCode | undefined>();
  for (const paper of living) defects.set(paper.release.id, defectOf(paper, revocations, at));
  const alive = living.filter(matches);
  const stands = ({ release: { id } }: Paper): boolean => defects.has(id) && defects.get(id) === undefined;
  // Revoking or ending a base ends its additions.
  const standing = alive.filter((paper) => chainOf(paper, graph)?.every(stands));
  if (standing.length === 0) return { kind: 'none', reasons: [mostSerious(alive, defects, authority)] };

  const clash = findClash(alive, graph, { revocations, now });
  if (clash) return { kind: 'none', reasons: clash.map((paper) => source(paper, 'ambiguous_releases')) };

  const until = untilOf({ standing, alive, graph }, revocations, now);
  return { kind: 'in-force', releases: standing.map(({ release }) => release), until };
};

/** First instant from which a paper carries nothing any more, in whatever way it ends. */
const endOf = ({ release, to, capped }: Paper, revocations: readonly Revocation[]): number => {
  let end = Math.min(to, capped, release.knownFalseAt ?? Infinity);
  for (const one of revocations) if (one.release === release.id) end = Math.min(end, one.receivedAt);
  return end;
};

/**
 * First instant at which these papers may say something else: one of the family or a base below it ends or is
 * superseded, or another begins that would add to it or stand beside it. Never later than that, if sometimes earlier.
 */
const untilOf = (
  { standing, alive, graph }: Readonly<Record<'standing' | 'alive', readonly Paper[]>> & { readonly graph: Graph },
  revocations: readonly Revocation[],
  now: number,
): number => {
  let until = Infinity;
  for (const paper of standing.flatMap((one) => chainOf(one, graph) ?? []))
    until = Math.min(until, endOf(paper, revocations), ...successorsOf(paper.release, graph).map(({ from }) => from));
  // Also one that is revoked or known to be false before it begins: beside another it is ambiguous all the same.
  for (const paper of alive)
    if (paper.from > now && !isSuperseded(paper, graph, paper.from)) until = Math.min(until, paper.from);
  return until;
};

const findClash = (
  alive: readonly Paper[],
  graph: Graph,
  history: { readonly revocations: readonly Revocation[]; readonly now: number },
): readonly Paper[] | undefined => {
  for (const [index, first] of alive.entries()) {
    for (const second of alive.slice(index + 1)) {
      const roots = [chainOf(first, graph)?.at(-1), chainOf(second, graph)?.at(-1)];
      const related = roots[0] !== undefined && roots[0] === roots[1];
      if (!related && overlapped([first, second], history.revocations, history.now)) return [first, second];
    }
  }
  return undefined;
};

const mostSerious = (
  alive: readonly Paper[],
  defects: ReadonlyMap<string, ReasonCode | undefined>,
  authority: Authority,
): Reason => {
  for (const code of SERIOUSNESS) {
    const found = alive.find(({ release }) => defects.get(release.id) === code);
    if (found) return source(found, code);
  }
  const orphan = alive[0];
  return orphan ? source(orphan, 'revoked') : noRelease(authority);
};
