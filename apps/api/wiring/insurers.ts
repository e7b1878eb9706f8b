import {
  changeConnectionIn,
  checkConnection,
  clearLaneIn,
  type InsurerRecord,
  type LaneRecord,
  type RouteRecord,
  sendTestClaim,
  type Transaction,
} from '#libs/application';
import { fieldOf } from '#libs/catalogue';
import type { InsurerView } from '#libs/contracts';
import { type InsurerId, type LaneId, ok, type Result } from '#libs/kernel';
import type { InsurerUseCases } from '../use-cases/insurers.js';
import { type Desk, notFound, toInstant, toPracticeContext, within } from './desk.js';
import { settled } from './failures.js';
import { fromConnectionChange } from './practice-mappers.js';

/** Lanes of one insurer, what leads over each, and when anything last came back over it. */
interface Ways {
  readonly lanes: readonly LaneRecord[];
  readonly through: ReadonlyMap<LaneId, RouteRecord>;
  /** The lane of the route that holds; absent where none was recorded, which is direct. */
  readonly current: LaneId | undefined;
  readonly answered: ReadonlyMap<LaneId, number>;
}

const toFormView = ({ reportForm }: InsurerRecord['profile']): Pick<InsurerView, 'form'> =>
  reportForm === undefined
    ? {}
    : {
        form: {
          ...{ id: reportForm.id, version: reportForm.version, markers: reportForm.markers },
          fields: reportForm.fields.map(({ field, usage }) => ({
            ...{ field, label: fieldOf(field).label, required: usage === 'required' },
          })),
        },
      };

const toRouteView = (insurer: InsurerRecord, lane: LaneRecord, ways: Ways): InsurerView['routes'][number] => {
  const through = ways.through.get(lane.id)?.through;
  const answered = ways.answered.get(lane.id);
  return {
    lane: lane.id,
    kind: lane.route,
    current: ways.current === undefined ? lane.route === 'direct' : ways.current === lane.id,
    transport: (through?.connection ?? insurer.connection).kind ?? 'https',
    ...{ breaker: lane.breaker, failures: lane.failures, slow: lane.slow },
    ...(through === undefined ? {} : { agent: through.agent.name }),
    ...(lane.breaker === 'open' ? { openUntil: toInstant(lane.openUntil) } : {}),
    ...(answered === undefined ? {} : { lastAnsweredAt: toInstant(answered) }),
  };
};

const toInsurerView = (insurer: InsurerRecord, ways: Ways): readonly InsurerView[] => {
  const { id, profile, connection } = insurer;
  const direct = ways.lanes.find(({ route }) => route === 'direct');
  if (direct === undefined) return [];
  const routes = ways.lanes.map((lane) => toRouteView(insurer, lane, ways));
  return [
    {
      id,
      name: profile.name,
      class: profile.class,
      payerId: profile.payerId,
      profile: { id: profile.id, version: profile.version },
      formats: [...profile.formats],
      permittedChannels: profile.permittedChannels.map(({ format, basis }) => ({ format, basis })),
      production: connection.production,
      participation: connection.participation ?? 'C',
      connection: { kind: connection.kind ?? 'https' },
      lane: { breaker: direct.breaker, slow: direct.slow },
      routes: [...routes.filter(({ current }) => current), ...routes.filter(({ current }) => !current)],
      ...toFormView(profile),
      ...(profile.filingDeadlineDays === undefined ? {} : { filingDeadlineDays: profile.filingDeadlineDays }),
    },
  ];
};

/** Insurers with every way to them, in a fixed number of round trips. */
const insurersIn = async (transaction: Transaction, ids?: readonly InsurerId[]): Promise<readonly InsurerView[]> => {
  const insurers = await transaction.practice.insurers(ids);
  const lanes = (await transaction.lanes.all()).filter(({ insurer }) => insurers.has(insurer));
  const current = await transaction.routes.current([...insurers.keys()]);
  const through = await transaction.routes.ofLanes(lanes.map(({ id }) => id));
  const answered = await transaction.lanes.lastAnswers();
  return [...insurers.values()].flatMap((insurer) =>
    toInsurerView(insurer, {
      lanes: lanes.filter((lane) => lane.insurer === insurer.id),
      ...{ through, answered, current: current.get(insurer.id)?.lane },
    }),
  );
};

const insurerIn = async (transaction: Transaction, id: InsurerId): Promise<Result<InsurerView>> => {
  const [view] = await insurersIn(transaction, [id]);
  return view === undefined ? notFound() : ok(view);
};

/** Who was reached, how, and when. */
const reachedNow = (desk: Desk, { id, agent, connection }: InsurerRecord) =>
  ({
    insurer: id,
    route: agent === undefined ? 'direct' : 'clearinghouse',
    kind: connection.kind ?? 'https',
    at: toInstant(desk.services.clock.now()),
  }) as const;

export const insurerUseCases = (desk: Desk): InsurerUseCases => ({
  listInsurers: (context) => within(desk, context, async (transaction) => ok(await insurersIn(transaction))),

  changeConnection: (context, id, change) =>
    within(desk, context, async (transaction) => {
      const request = { context: toPracticeContext(context), id, ...fromConnectionChange(change) };
      const changed = await changeConnectionIn(transaction, request);
      return changed.ok ? insurerIn(transaction, id) : changed;
    }),

  clearLane: (context, id) =>
    within(desk, context, async (transaction) => {
      const cleared = await clearLaneIn(transaction, { context: toPracticeContext(context), id });
      return cleared.ok ? insurerIn(transaction, id) : cleared;
    }),

  checkConnection: async (context, id) => {
    const request = { context: toPracticeContext(context), insurer: id };
    const checked = await settled(desk.services.log, checkConnection(desk.services, desk.checkConnection, request));
    if (!checked.ok) return checked;
    const { insurer, steps } = checked.value;
    return ok({
      ...reachedNow(desk, insurer),
      ok: steps.every(({ outcome }) => outcome !== 'failed'),
      steps: steps.map((one) => ({ ...one })),
    });
  },

  sendTestClaim: async (context, id) => {
    const asked = { context: toPracticeContext(context), insurer: id };
    const sent = await settled(desk.services.log, sendTestClaim(desk.services, desk.sendTest, asked));
    if (!sent.ok) return sent;
    const { insurer, interchange, outcome } = sent.value;
    return ok({
      ...{ ...reachedNow(desk, insurer), interchange, outcome: outcome.kind },
      ...('code' in outcome ? { code: outcome.code } : {}),
      ...('status' in outcome ? { status: outcome.status } : {}),
    });
  },
});
