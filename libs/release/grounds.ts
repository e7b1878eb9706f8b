import { type PlainDate, unreachable } from '#libs/kernel';
import type { Bounds } from './bounds.js';
import type { EffectiveFormat } from './effective-format.js';
import { type GrantBits, grantBits } from './field-number.js';
import type { Header } from './header.js';
import type { Layout } from './layout.js';
import type { Reason, ReasonCode } from './reason.js';
import type { Restriction, SignedRelease } from './release.js';

/** A release of the family that is in force, with all that it grants. */
export interface Granting {
  readonly release: SignedRelease;
  readonly grants: GrantBits;
  /** What 42 CFR part 2 protects goes under it: nobody here is a programme of that part, or this paper says what a consent to one must say (42 CFR 2.31). */
  readonly consentsToPart2: boolean;
  readonly reason: Reason;
  /** Just that reason. */
  readonly alone: readonly Reason[];
}

/** Two lists of reasons, and both in one. */
interface Joined {
  readonly first: readonly Reason[];
  readonly second: readonly Reason[];
  readonly both: readonly Reason[];
}

/** A narrowing by client or clinician, and what it says of what it keeps. */
export interface Limit {
  readonly restriction: Restriction;
  readonly reason: Reason;
}

/** All that papers and rules say to one header, whatever the document: what every ruling rests on, gathered once. */
export interface Grounds {
  readonly header: Header;
  readonly bounds: Bounds;
  readonly format: EffectiveFormat;
  readonly layout: Layout;
  readonly releases: readonly Granting[];
  /** What the whole family does not grant, or not for these sessions. */
  readonly notGranted: readonly Reason[];
  readonly outOfScope: readonly Reason[];
  /** Granted, by papers that are no consent under 42 CFR part 2. */
  readonly notConsented: readonly Reason[];
  readonly limits: readonly Limit[];
  /** Lists of reasons put together before. Few: most fields of a document go for the same reasons. */
  readonly joined: Joined[];
}

const codeOf = ({ kind }: Restriction): ReasonCode => {
  switch (kind) {
    case 'paid-in-full':
      return 'restricted_522';
    case 'clinician-limit':
      return 'clinician_limit';
    case 'client-restriction':
    case 'confidential-communication':
      return 'client_restriction';
    default:
      return unreachable(kind);
  }
};

const limitsFor = (restrictions: readonly Restriction[], { recipient }: Header): readonly Limit[] =>
  restrictions
    .filter((one) => one.recipient === undefined || one.recipient === recipient.id)
    .map((one) => ({
      restriction: one,
      reason: Object.freeze({ code: codeOf(one), source: `restriction:${one.id}`, revision: String(one.revision) }),
    }));

export const groundsOf = (
  header: Header,
  bounds: Bounds,
  papers: { readonly family: readonly SignedRelease[]; readonly restrictions: readonly Restriction[] },
): Grounds => {
  const { family } = papers;
  const releases = family.map((release): Granting => {
    const reason = Object.freeze<Reason>({
      code: 'granted',
      source: `release:${release.id}`,
      revision: String(release.revision),
    });
    const consentsToPart2 = !header.part2Program || release.statements.includes('part2');
    return { release, grants: grantBits(release.grants), consentsToPart2, reason, alone: Object.freeze([reason]) };
  });
  const source = releases.map(({ reason }) => reason.source).join(' ');
  const revision = releases.map(({ reason }) => reason.revision).join(' ');
  const blocked = (code: ReasonCode): readonly Reason[] => Object.freeze([Object.freeze({ code, source, revision })]);
  return {
    header,
    bounds,
    format: bounds.format,
    layout: bounds.layout,
    releases,
    notGranted: blocked('field_not_granted'),
    outOfScope: blocked('service_date_out_of_scope'),
    notConsented: blocked('special_category:substanceUse'),
    limits: limitsFor(papers.restrictions, header),
    joined: [],
  };
};

/** More than this are not worth looking through. */
const MOST_JOINED = 32;

/** Two lists in one, which is the same one whenever these two come together again. */
export const joinReasons = (
  { joined }: Grounds,
  first: readonly Reason[],
  second: readonly Reason[],
): readonly Reason[] => {
  if (first.length === 0) return second;
  if (second.length === 0) return first;
  for (const one of joined) if (one.first === first && one.second === second) return one.both;
  const both = Object.freeze([...first, ...second]);
  if (joined.length < MOST_JOINED) joined.push({ first, second, both });
  return both;
};

/** The sessions that a release covers. */
export const covers = (release: SignedRelease, date: PlainDate): boolean =>
  (release.serviceFrom === undefined || date >= release.serviceFrom) &&
  (release.serviceTo === undefined || date <= release.serviceTo);
