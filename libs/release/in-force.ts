import { type PlainDate, startOfDate } from '#libs/kernel';
import type { Ceiling } from './ceiling.js';
import type { Reason, ReasonCode } from './reason.js';
import type { Authority, Recipient, ReleaseRelation, Revocation, SignedRelease } from './release.js';
import type { Header } from './header.js';
import { signersComplete } from './signers.js';

/** The one family of releases on which a decision rests, or why there is none. */
export type Standing =
  | { readonly kind: 'in-force'; readonly releases: readonly SignedRelease[]; readonly until: number }
  | { readonly kind: 'none'; readonly reasons: readonly Reason[] };

/** An instant, with the ceilings that bind there. */
export interface Moment {
  readonly now: number;
  readonly ceilings: readonly Ceiling[];
}

const names = (recipient: Recipient, of: Header['recipient']): boolean =>
  recipient.kind === 'party' ? recipient.id === of.id : recipient.class === of.class;

const source = (release: SignedRelease, code: ReasonCode): Reason => ({
  code,
  source: `release:${release.id}`,
  revision: String(release.revision),
});

/** The span that the paper states, untouched by ceilings and revocations. */
const statedSpan = (release: SignedRelease): { readonly from: number; readonly to: number } => {
  const from = Math.max(release.signedAt, startOfDate(release.validFrom));
  const byDate = release.validUntil === undefined ? Infinity : endOfDate(release.validUntil);
  return { from, to: Math.min(byDate, release.expiryEvent?.occurredAt ?? Infinity) };
};

const DAY = 86_400_000;

/** Midnight UTC after a date. */
const endOfDate = (date: PlainDate): number => startOfDate(date) + DAY;

const ceilingEnd = (release: SignedRelease, ceilings: readonly Ceiling[]): number => {
  let end = Infinity;
  for (const { longestReleaseDays } of ceilings) {
    if (longestReleaseDays !== undefined) end = Math.min(end, release.signedAt + longestReleaseDays * DAY);
  }
  return end;
};

/**
 * Every instant at which a paper begins, ends, is revoked or turns out false: between two of them nothing about its
 * standing changes. Every comparison with `now` in this file is with one of these, as “not later than now”.
 */
export const turningPoints = (authority: Authority, ceilings: readonly Ceiling[]): readonly number[] => [
  ...authority.releases.flatMap((release) => {
    const { from, to } = statedSpan(release);
    return [from, to, ceilingEnd(release, ceilings), release.knownFalseAt ?? Infinity];
  }),
  ...authority.revocations.map(({ receivedAt }) => receivedAt),
];

/** Two releases that were in force at the same moment, by what they state and by when a revocation was recorded. */
const overlapped = (
  pair: readonly [SignedRelease, SignedRelease],
  revocations: readonly Revocation[],
  now: number,
): boolean => {
  const spans = pair.map((release) => {
    const stated = statedSpan(release);
    let to = stated.to;
    for (const one of revocations)
      if (one.release === release.id) to = Math.min(to, Math.max(one.recordedAt, one.receivedAt));
    return { from: stated.from, to };
  });
  const from = Math.max(...spans.map((span) => span.from));
  const to = Math.min(...spans.map((span) => span.to));
  return from < to && from <= now;
};

interface Graph {
  readonly byId: ReadonlyMap<string, SignedRelease>;
  readonly supersededBy: ReadonlyMap<string, readonly string[]>;
  readonly baseOf: ReadonlyMap<string, string>;
}

const graphOf = (releases: readonly SignedRelease[], relations: readonly ReleaseRelation[]): Graph => {
  const byId = new Map<string, SignedRelease>(releases.map((release) => [release.id, release]));
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
const isSuperseded = (release: SignedRelease, graph: Graph, now: number): boolean =>
  (graph.supersededBy.get(release.id) ?? []).some((id) => {
    const newer = graph.byId.get(id);
    return newer !== undefined && statedSpan(newer).from <= now;
  });

/** The release at the bottom of a chain of additions; undefined when the chain turns on itself. */
const rootOf = (release: SignedRelease, graph: Graph): SignedRelease | undefined => {
  let at = release;
  for (let steps = 0; steps <= graph.byId.size; steps += 1) {
    const base = graph.baseOf.get(at.id);
    const next = base === undefined ? undefined : graph.byId.get(base);
    if (next === undefined) return at;
    at = next;
  }
  return undefined;
};

/** Whether the chain of bases below an addition stands; revoking or ending a base ends its additions. */
const basesStand = (release: SignedRelease, graph: Graph, stands: (release: SignedRelease) => boolean): boolean => {
  let at: SignedRelease | undefined = release;
  for (let steps = 0; at !== undefined && steps <= graph.byId.size; steps += 1) {
    if (!stands(at)) return false;
    const base = graph.baseOf.get(at.id);
    at = base === undefined ? undefined : graph.byId.get(base);
  }
  return at === undefined;
};

/** Why a single release does not carry a disclosure now; undefined when it does. Codes in the order in which a person should hear them. */
const defectOf = (release: SignedRelease, authority: Authority, at: Moment): ReasonCode | undefined => {
  const { now, ceilings } = at;
  const span = statedSpan(release);
  if (release.knownFalseAt !== undefined && release.knownFalseAt <= now) return 'known_false';
  if (authority.revocations.some((one) => one.release === release.id && one.receivedAt <= now)) return 'revoked';
  if (span.from > now) return 'not_yet_valid';
  if (release.validUntil === undefined && release.expiryEvent === undefined) return 'element_missing:expiry';
  if (span.to <= now || ceilingEnd(release, ceilings) <= now) return 'expired';
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
const whyNoneMatches = (own: readonly SignedRelease[], authority: Authority, header: Header): Reason => {
  const toRecipient = own.find((release) => names(release.recipient, header.recipient));
  if (toRecipient) return source(toRecipient, 'purpose_not_granted');
  const forPurpose = own.find((release) => release.purposes.includes(header.purpose));
  if (forPurpose) return source(forPurpose, 'recipient_mismatch');
  return { code: 'no_release', source: 'authority', revision: String(authority.epoch) };
};

/**
 * Finds the family of releases (a base and what adds to it) that is in force for this client, recipient, purpose and
 * moment. Two families that were ever in force together are ambiguous until a person records how they relate, and that
 * survives the end of either.
 */
export const standingOf = (authority: Authority, header: Header, at: Moment): Standing => {
  const { now, ceilings } = at;
  if (authority.client !== header.client)
    return { kind: 'none', reasons: [{ code: 'no_release', source: 'authority', revision: String(authority.epoch) }] };
  const own = authority.releases.filter(
    (release) => release.client === header.client && release.discloser === header.discloser,
  );
  const matches = (release: SignedRelease): boolean =>
    names(release.recipient, header.recipient) && release.purposes.includes(header.purpose);
  if (!own.some(matches)) return { kind: 'none', reasons: [whyNoneMatches(own, authority, header)] };

  // Relations hold whatever the two releases are for: a newer paper that drops a purpose ends the older one for it too.
  const graph = graphOf(own, authority.relations);
  const living = own.filter((release) => !isSuperseded(release, graph, now));
  const defects = new Map<string, ReasonCode | undefined>(
    living.map((release) => [release.id, defectOf(release, authority, { now, ceilings })]),
  );
  const alive = living.filter(matches);
  const stands = (release: SignedRelease): boolean => defects.has(release.id) && defects.get(release.id) === undefined;
  const standing = alive.filter((release) => basesStand(release, graph, stands));
  if (standing.length === 0) return { kind: 'none', reasons: [mostSerious(alive, defects, authority)] };

  const clash = findClash(alive, graph, { revocations: authority.revocations, now });
  if (clash) return { kind: 'none', reasons: clash.map((release) => source(release, 'ambiguous_releases')) };

  const until = Math.min(...standing.map((release) => Math.min(statedSpan(release).to, ceilingEnd(release, ceilings))));
  return { kind: 'in-force', releases: standing, until };
};

const findClash = (
  alive: readonly SignedRelease[],
  graph: Graph,
  history: { readonly revocations: readonly Revocation[]; readonly now: number },
): readonly SignedRelease[] | undefined => {
  for (const [index, first] of alive.entries()) {
    for (const second of alive.slice(index + 1)) {
      const roots = [rootOf(first, graph), rootOf(second, graph)];
      const related = roots[0] !== undefined && roots[0] === roots[1];
      if (!related && overlapped([first, second], history.revocations, history.now)) return [first, second];
    }
  }
  return undefined;
};

const mostSerious = (
  alive: readonly SignedRelease[],
  defects: ReadonlyMap<string, ReasonCode | undefined>,
  authority: Authority,
): Reason => {
  for (const code of SERIOUSNESS) {
    const found = alive.find((release) => defects.get(release.id) === code);
    if (found) return source(found, code);
  }
  const orphan = alive[0];
  return orphan
    ? source(orphan, 'revoked')
    : { code: 'no_release', source: 'authority', revision: String(authority.epoch) };
};
