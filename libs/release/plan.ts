import { bindingCeilings, type Grounds, groundsOf } from './grounds.js';
import { freezeThrough } from './frozen.js';
import { type Header, headerOf, sameHeader } from './header.js';
import { standingOf, turningPoints } from './in-force.js';
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
  /** Instant at which the first of them ends by what it states or by a ceiling. */
  readonly until: number;
  /** That the ceilings ask, whatever goes. */
  readonly enclosures: readonly string[];
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

const frozenRules = new WeakSet<Ruleset>();

/** All of the rules but the code classes, which no plan reads. */
const freezeRules = (ruleset: Ruleset): void => {
  if (frozenRules.has(ruleset)) return;
  frozenRules.add(ruleset);
  freezeThrough(ruleset.ceilings);
  freezeThrough(ruleset.choices);
  Object.freeze(ruleset);
};

const make = (request: DisclosureRequest, authority: Authority, ruleset: Ruleset): Plan => {
  const { now } = request;
  const header = headerOf(request);
  const ceilings = bindingCeilings(header, ruleset);
  const moment = { now, ceilings: ceilings.map(({ ceiling }) => ceiling) };
  const turns = turningPoints(authority, moment.ceilings);
  const validity = {
    ruleset,
    header,
    from: Math.max(-Infinity, ...turns.filter((turn) => turn <= now)),
    to: Math.min(Infinity, ...turns.filter((turn) => turn > now)),
  };
  const standing = standingOf(authority, header, moment);
  if (standing.kind === 'none') return { ...validity, kind: 'none', reasons: freezeThrough(standing.reasons) };
  const grounds = groundsOf(header, standing.releases, { ceilings, restrictions: authority.restrictions });
  return {
    ...validity,
    kind: 'in-force',
    grounds,
    calendar: calendarOf(standing.releases, grounds.restrictions),
    releases: Object.freeze(standing.releases.map((release) => release.id)),
    until: standing.until,
    enclosures: Object.freeze([...new Set(ceilings.flatMap(({ ceiling }) => ceiling.enclosures))].sort()),
  };
};

/** The plan for a request: one made before, if it was for the same header and no paper has begun or ended since. */
export const planFor = (request: DisclosureRequest, authority: Authority, ruleset: Ruleset): Plan => {
  const known = plansOf(authority);
  for (const plan of known) {
    const isValid = plan.ruleset === ruleset && plan.from <= request.now && request.now < plan.to;
    if (isValid && sameHeader(plan.header, request)) return plan;
  }
  freezeRules(ruleset);
  const made = make(request, authority, ruleset);
  // An instant that is no number lies between no two others, so nothing can be kept for it.
  if (Number.isNaN(request.now)) return made;
  if (known.length >= MOST_PLANS) known.shift();
  known.push(made);
  return made;
};
