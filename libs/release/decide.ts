import { isPart2, type Locus, locus, locusKey } from '#libs/catalogue';
import { unreachable } from '#libs/kernel';
import type { Decision, Gap, Ruling } from './decision.js';
import { effectiveFormat, type EffectiveFormat } from './effective-format.js';
import { gapsOf, type Judged } from './gaps.js';
import { layoutOf } from './layout.js';
import { timingOf } from './occasion.js';
import { planFor, type PlanInForce } from './plan.js';
import type { Curer, Reason, ReasonCode } from './reason.js';
import type { Authority } from './release.js';
import type { DisclosureRequest, Offer, Ruleset } from './request.js';
import { ruleAll } from './rulings.js';
import { layOut, offerOn, type Sheet } from './sheet.js';

/** Document-level reasons that wait for somebody, as against those that refuse. */
const HOLDING: ReadonlySet<ReasonCode> = new Set<ReasonCode>([
  'ambiguous_releases',
  'not_specific',
  'signer_incomplete',
  'compound_psynotes',
  'enclosure_channel',
  'channel_not_permitted',
  'agent_agreement_missing',
]);

const curerOfWhole = (code: ReasonCode): Curer => {
  switch (code) {
    case 'recipient_mismatch':
      return 'office';
    case 'ambiguous_releases':
    case 'unclassified_field':
    case 'channel_not_permitted':
    case 'agent_agreement_missing':
      return 'practice';
    case 'format_not_for_purpose':
    case 'restricted_522':
      return 'nobody';
    default:
      return 'client';
  }
};

const NONE: readonly Reason[] = [];

/** What refuses a document before any paper is looked at. */
const refusals = (request: DisclosureRequest, format: EffectiveFormat, sheet: Sheet | undefined): readonly Reason[] => {
  const reason = (code: ReasonCode): Reason => ({ code, source: `format:${format.id}`, revision: format.revision });
  // A moment that is none is neither before an end nor after a beginning, and what the catalogue does not know has no rule.
  if (!Number.isFinite(request.now)) return [reason('not_yet_valid')];
  if (sheet === undefined) return [reason('unclassified_field')];
  if (!format.purposes.includes(request.purpose)) return [reason('format_not_for_purpose')];
  const { route } = request;
  if (!route.reachesRecipient) return [{ code: 'recipient_mismatch', source: 'route', revision: request.recipient.id }];
  if (!route.agentAgreement)
    return [{ code: 'agent_agreement_missing', source: 'route', revision: request.recipient.id }];
  if (!route.formatPermitted)
    return [{ code: 'channel_not_permitted', source: 'route', revision: request.recipient.id }];
  return NONE;
};

/** Nothing goes: every locus that the format asks or the document offers stays, for the same reasons. */
const refuse = (
  request: DisclosureRequest,
  base: { readonly epoch: number; readonly rulesetDigest: string },
  reasons: readonly Reason[],
): Decision => {
  const code = reasons[0]?.code ?? 'no_release';
  const loci = new Map(
    [
      ...effectiveFormat(request.format, request.form).fields.map(({ field }) => locus(field)),
      ...request.offers.map((offer) => offer.locus),
    ].map((at) => [locusKey(at), at]),
  );
  return {
    outcome: HOLDING.has(code) ? 'hold' : 'deny',
    rulings: [...loci.values()].map((at): Ruling => ({ locus: at, effect: 'withhold', reasons })),
    gaps: [{ code, cause: code, curer: curerOfWhole(code), reasons }],
    enclosures: [],
    releases: [],
    ...base,
    validUntil: request.now,
  };
};

/** What must travel along: what a ceiling asks whatever goes, and with substance use from a part 2 programme what 42 CFR 2.32 asks. */
const enclosuresOf = (asked: readonly string[], { sheet, ruled }: Judged): readonly string[] => {
  if (!sheet.request.part2Program) return asked;
  const substanceUse = ruled.rulings.some(
    (ruling, number) =>
      ruling.effect !== 'withhold' &&
      ruling.reasons.length > 0 &&
      tellsSubstanceUse(ruling.locus, offerOn(sheet, number)),
  );
  return substanceUse ? [...new Set([...asked, '42-cfr-2.32', 'release-extract'])].sort() : asked;
};

const tellsSubstanceUse = (at: Locus, offer: Offer | undefined): boolean =>
  isPart2(at.field) ||
  (offer !== undefined && offer.reveals !== 'unclassified' && offer.reveals.includes('substanceUse'));

/** Every line was paid by the client, who asked that this plan be told nothing of it. */
const allRestricted = ({ sheet, ruled }: Judged): readonly Reason[] | undefined => {
  if (ruled.lines.length > 0 || !sheet.kept.includes(true)) return undefined;
  const reasons = [...ruled.dropped.values()];
  const restricted = reasons.flatMap((some) => some.filter(({ code }) => code === 'restricted_522'));
  return reasons.every((some) => some.some(({ code }) => code === 'restricted_522')) ? restricted : undefined;
};

const outcomeOf = (gaps: readonly Gap[]): Decision['outcome'] => (gaps.length === 0 ? 'send' : 'hold');

/** Finds what dates a document is about, and rules on every place of it. */
const judge = (sheet: Sheet, { grounds, calendar }: PlanInForce): Judged => {
  const timing = timingOf(calendar, sheet);
  return { grounds, sheet, timing, ruled: ruleAll({ grounds, sheet, timing }) };
};

/**
 * Decides, locus by locus, what one document may tell one recipient for one purpose at one moment. Pure: the same three
 * arguments give the same decision for ever, which is how a stored decision is replayed. It sees no value, only what
 * `describe` told about each; whatever it cannot place is withheld, and whatever goes wrong inside it refuses.
 *
 * Three steps, of which the first two are remembered as long as nothing of them changes: what the rules say to
 * everybody in this setting (the bounds), what the client's papers say within them (the plan), then what becomes of
 * each place of this document. No decision is remembered. Papers and rules come out frozen.
 */
export const decide = (request: DisclosureRequest, authority: Authority, ruleset: Ruleset): Decision => {
  const base = { epoch: authority.epoch, rulesetDigest: ruleset.digest };
  const format = effectiveFormat(request.format, request.form);
  const sheet = layOut(request, layoutOf(format));
  const refused = refusals(request, format, sheet);
  if (sheet === undefined || refused.length > 0) return refuse(request, base, refused);
  const plan = planFor(request, authority, ruleset);
  switch (plan.kind) {
    case 'none':
      return refuse(request, base, plan.reasons);
    case 'in-force': {
      const judged = judge(sheet, plan);
      const restricted = allRestricted(judged);
      if (restricted) return refuse(request, base, restricted);
      const enclosures = enclosuresOf(plan.grounds.bounds.enclosures, judged);
      const gaps = gapsOf(judged, enclosures);
      return {
        outcome: outcomeOf(gaps),
        rulings: judged.ruled.rulings,
        gaps,
        enclosures,
        releases: plan.releases,
        epoch: base.epoch,
        rulesetDigest: base.rulesetDigest,
        validUntil: plan.until,
      };
    }
    default:
      return unreachable(plan);
  }
};
