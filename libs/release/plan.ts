import { boundsFor } from './bounds.js';
import { freezeThrough } from './frozen.js';
import { type Grounds, groundsOf } from './grounds.js';
import { type Header, headerOf, sameHeader } from './header.js';
import { papersOf, standingOf, turningPoints } from './in-force.js';
import { type Calendar, calendarOf } from './occasion.js';
import type { Reason } from './reason.js';
import type { Authority } from './release.js';
import type { DisclosureRequest, Ruleset } from './request.js';

/** What papers and rules say to one header as long as no paper begins or ends, before any document is looked at. */
export type Plan = PlanOfRefusal | PlanInForce;

interface Validity {
  readonly ruleset: Ruleset;
  readonly header: Header;
  /** First instant, and the first instant after it. */
  readonly from: number;
  readonly to: number;
}

interface PlanOfRefusal extends Validity {
  readonly kind: 'none';
  readonly reasons: readonly Reason[];
}

export interface PlanInForce extends Validity {
  readonly kind: 'in-force';
  readonly grounds: Grounds;
  readonly calendar: Calendar;
  /** The releases that it rests on. */
  readonly releases: readonly string[];
  /** First instant after which they may say something else. */
  readonly until: number;
}

/** As many purposes and formats as one client's papers are asked about in one sitting. */
const MOST_PLANS = 8;

/**
 * Plans already made, under the papers that they were made of. Papers and rules are frozen when the first plan is made,
 * so that a plan cannot outlive a change to them; new papers (a new epoch) are a new object and find no plan here.
 */
const plans = new WeakMap<Authority, Plan[]>();

const plansOf = (authority: Authority): Plan[] => {
  const known = plans.get(authority);
  if (known) return known;
  const made: Plan[] = [];
  plans.set(freezeThrough(authority), made);
  return made;
};

/** The longest stretch round an instant in which no paper begins or ends. */
const stretchRound = (now: number, turns: readonly number[]): { readonly from: number; readonly to: number } => {
  let [from, to] = [-Infinity, Infinity];
  for (const turn of turns) {
    if (turn > now) to = Math.min(to, turn);
    else if (turn <= now) from = Math.max(from, turn);
  }
  return { from, to };
};

const make = (request: DisclosureRequest, authority: Authority, ruleset: Ruleset): Plan => {
  const { now } = request;
  const bounds = boundsFor(request, ruleset);
  const header = headerOf(request, bounds.setting);
  const ceilings = bounds.ceilings.map(({ ceiling }) => ceiling);
  const papers = papersOf(authority, ceilings, header.timeZone);
  const { from, to } = stretchRound(now, turningPoints(papers, authority.revocations));
  const standing = standingOf(authority, header, { now, ceilings, papers });
  if (standing.kind === 'none')
    return { ruleset, header, from, to, kind: 'none', reasons: freezeThrough(standing.reasons) };
  const { releases: family, until } = standing;
  const grounds = groundsOf(header, bounds, { family, restrictions: authority.restrictions });
  return {
    ruleset,
    header,
    from,
    to,
    kind: 'in-force',
    grounds,
    calendar: calendarOf(family, grounds.limits),
    releases: Object.freeze(family.map(({ id }) => id)),
    until,
  };
};

/** The plan for a request: one made before, if it was for the same header and no paper has begun or ended since. */
export const planFor = (request: DisclosureRequest, authority: Authority, ruleset: Ruleset): Plan => {
  const known = plansOf(authority);
  for (const plan of known) {
    const isValid = plan.ruleset === ruleset && plan.from <= request.now && request.now < plan.to;
    if (isValid && sameHeader(plan.header, request)) return plan;
  }
  const made = make(request, authority, ruleset);
  // An instant that is no number lies between no two others, so nothing can be kept for it.
  if (Number.isNaN(request.now)) return made;
  if (known.length >= MOST_PLANS) known.shift();
  known.push(made);
  return made;
};
