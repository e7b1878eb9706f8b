import { type Locus, locusKey } from '#libs/catalogue';
import type { AnswerKind } from '#libs/disclosure';
import type { InsurerId, Result } from '#libs/kernel';
import { ok } from '#libs/kernel';
import type { Curer } from '#libs/release';
import { inReach } from '../clients/reach.js';
import { dayIn } from '../practice/days.js';
import type { ClientReach } from '../ports/client-reach.js';
import type { FieldCounts } from '../judgement/count-fields.js';
import type { InsightDay, InsightScope, InsightTotals } from '../ports/insight.js';
import type { StoredDecision } from '../ports/records.js';
import type { Transaction } from '../ports/store.js';
import { expiringReleasesIn } from '../releases/reminders.js';
import { type Period, periodOf, scopeOf } from './period.js';

/** Decisions that are opened for one view. How many fields a document has depends on its values: nobody stores it in clear. */
export const MOST_SAMPLED = 500;

/** What says that an insurer took a document as such, whatever it then decides. */
const TAKEN: readonly AnswerKind[] = [
  'claim-received',
  'claim-accepted',
  'paid',
  'partly-paid',
  'denied',
  'reversed',
  'statement-received',
  'report-approved',
  'report-modified',
  'report-pended',
  'report-denied',
];

const REFUSED: readonly AnswerKind[] = ['interchange-rejected', 'set-rejected', 'claim-rejected'];

export interface InsurerShare extends FieldCounts {
  readonly insurer: InsurerId;
  readonly disclosures: number;
}

export interface DashboardView extends Period {
  readonly totals: InsightTotals;
  readonly heldBy: ReadonlyMap<Curer, number>;
  readonly shares: readonly InsurerShare[];
  readonly sampled: number;
  readonly expiring: number;
  readonly days: readonly InsightDay[];
}

const NOTHING: InsightTotals = {
  ...{ accepted: 0, sent: 0, held: 0, blocked: 0, parked: 0, firstAnswered: 0, firstAccepted: 0 },
  latency: { answered: 0 },
};

/** A stored decision says what the document offered, and no value. */
const countsOf = ({ request, decision }: StoredDecision): FieldCounts => {
  const offered = new Set(request.offers.map(({ locus }) => locusKey(locus)));
  const isThere = (locus: Locus): boolean => offered.has(locusKey(locus));
  const counts = { goes: 0, changed: 0, withheld: 0 };
  for (const { effect, locus, over } of decision.rulings) {
    if (!isThere(locus) && over === undefined) continue;
    counts[effect === 'send' ? 'goes' : effect === 'generalise' ? 'changed' : 'withheld'] += 1;
  }
  return counts;
};

const sharesOf = (
  decided: readonly { readonly insurer: InsurerId; readonly decision: StoredDecision }[],
): readonly InsurerShare[] => {
  const shares = new Map<InsurerId, InsurerShare>();
  for (const { insurer, decision } of decided) {
    const known = shares.get(insurer) ?? { insurer, disclosures: 0, goes: 0, changed: 0, withheld: 0 };
    const { goes, changed, withheld } = countsOf(decision);
    shares.set(insurer, {
      insurer,
      disclosures: known.disclosures + 1,
      goes: known.goes + goes,
      changed: known.changed + changed,
      withheld: known.withheld + withheld,
    });
  }
  return [...shares.values()];
};

const expiringFor = async (transaction: Transaction, reach: ClientReach): Promise<number> => {
  const found = await expiringReleasesIn(transaction, 30);
  const reached = await inReach(
    transaction,
    reach,
    found.map(({ client }) => client),
  );
  return found.filter(({ client }) => reached.has(client)).length;
};

const filled = async (transaction: Transaction, scope: InsightScope): Promise<Omit<DashboardView, 'expiring'>> => {
  const { insight } = transaction;
  const decided = await insight.lastDecisions(scope, MOST_SAMPLED);
  return {
    from: scope.from,
    to: scope.to,
    totals: await insight.totals(scope, { taken: TAKEN, refused: REFUSED }),
    heldBy: await insight.heldBy(scope),
    shares: sharesOf(decided),
    sampled: decided.length,
    days: await insight.days(scope),
  };
};

/** How the practice does in a period, as far as somebody reaches. Writes nothing. */
export const dashboardIn = async (
  transaction: Transaction,
  asked: { readonly period: Partial<Period>; readonly reach: ClientReach },
): Promise<Result<DashboardView>> => {
  const today = await dayIn(transaction, await transaction.clock());
  const period = periodOf(asked.period, today);
  if (!period.ok) return period;
  const scope = scopeOf(period.value, asked.reach, today);
  const expiring = await expiringFor(transaction, asked.reach);
  if (scope === undefined)
    return ok({ ...period.value, totals: NOTHING, heldBy: new Map(), shares: [], sampled: 0, expiring, days: [] });
  return ok({ ...(await filled(transaction, scope)), expiring });
};
