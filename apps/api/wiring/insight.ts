import { askingIn, type DashboardView, dashboardIn, type InsightDay, type Transaction } from '#libs/application';
import { fieldOf } from '#libs/catalogue';
import type { Dashboard } from '#libs/contracts';
import { addDays, type InsurerId, ok, type PlainDate, startOfDate, UTC } from '#libs/kernel';
import type { InsightUseCases } from '../use-cases/insight.js';
import { type Desk, within } from './desk.js';

type Step = Dashboard['step'];

const insurersIn = async (
  transaction: Transaction,
): Promise<(id: InsurerId) => { readonly id: InsurerId; readonly name: string }> => {
  const insurers = await transaction.practice.insurers();
  return (id) => ({ id, name: insurers.get(id)?.profile.name ?? '' });
};

/** The Monday of a week, or the day itself. */
const startOf = (on: PlainDate, step: Step): PlainDate =>
  step === 'day' ? on : addDays(on, -((new Date(startOfDate(on, UTC)).getUTCDay() + 6) % 7));

/** Every day or week of the period, with what happened in it. */
const seriesOf = ({ from, to, days }: DashboardView, step: Step): Dashboard['series'] => {
  const series = new Map<PlainDate, Omit<InsightDay, 'on'>>();
  const nothing = { accepted: 0, sent: 0, held: 0, answered: 0 };
  for (let on = from; on <= to; on = addDays(on, 1)) series.set(startOf(on, step), nothing);
  for (const day of days) {
    const known = series.get(startOf(day.on, step)) ?? nothing;
    series.set(startOf(day.on, step), {
      accepted: known.accepted + day.accepted,
      sent: known.sent + day.sent,
      held: known.held + day.held,
      answered: known.answered + day.answered,
    });
  }
  return [...series].map(([on, counts]) => ({ on, ...counts }));
};

const toDashboard = (
  view: DashboardView,
  step: Step,
  named: (id: InsurerId) => { readonly id: InsurerId; readonly name: string },
): Dashboard => {
  const { accepted, sent, held, blocked, parked, firstAnswered, firstAccepted, latency } = view.totals;
  const heldBy = { client: 0, chart: 0, office: 0, practice: 0, nobody: 0 };
  for (const [curer, count] of view.heldBy) heldBy[curer] = count;
  return {
    ...{ from: view.from, to: view.to, step, heldBy, expiring: view.expiring, latency },
    totals: { accepted, sent, held, blocked, parked },
    withheld: {
      rows: view.shares.map(({ insurer, ...counts }) => ({ insurer: named(insurer), ...counts })),
      sample: { disclosures: view.sampled, of: accepted },
    },
    firstPass: { answered: firstAnswered, accepted: firstAccepted },
    series: seriesOf(view, step),
  };
};

export const insightUseCases = (desk: Desk): InsightUseCases => ({
  readDashboard: (context, { step, ...period }) =>
    within(desk, context, async (transaction) => {
      const view = await dashboardIn(transaction, { period, reach: context.reach });
      return view.ok ? ok(toDashboard(view.value, step ?? 'day', await insurersIn(transaction))) : view;
    }),

  readAsking: (context, period) =>
    within(desk, context, async (transaction) => {
      const view = await askingIn(transaction, { period, reach: context.reach });
      if (!view.ok) return view;
      const named = await insurersIn(transaction);
      const { from, to, rows, sampled, of } = view.value;
      return ok({
        ...{ from, to, sample: { disclosures: sampled, of } },
        rows: rows.map(({ insurer, field, asked, gaps, causes }) => ({
          ...{ insurer: named(insurer), field, label: fieldOf(field).label, asked, gaps },
          causes: causes.map((one) => ({ ...one })),
        })),
      });
    }),
});
