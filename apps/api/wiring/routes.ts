import { recordRouteIn, type RouteRecord } from '#libs/application';
import type { RecordRoute, RouteView } from '#libs/contracts';
import { failed, issue, ok, type RouteId } from '#libs/kernel';
import type { RouteUseCases } from '../use-cases/routes.js';
import { createdOnce, type Desk, idIn, notFound, toInstant, toPracticeContext, within } from './desk.js';

const fromRecordRoute = (route: RecordRoute): Pick<RouteRecord, 'through'> => {
  if (route.kind === 'direct') return {};
  const { kind: _kind, connection, ...agent } = route;
  const { token, ...address } = connection;
  return { through: { agent, connection: address, token } };
};

const toRouteView = ({ id, insurer, recordedAt, recordedBy, through }: RouteRecord): RouteView => ({
  ...{ id, insurer, recordedBy, recordedAt: toInstant(recordedAt) },
  ...(through === undefined
    ? { kind: 'direct' }
    : { kind: 'clearinghouse', agent: { ...through.agent, connection: through.connection } }),
});

/** How insurers are reached. */
export const routeUseCases = (desk: Desk): RouteUseCases => ({
  listRoutes: (context, insurer) =>
    within(desk, context, async (transaction) => {
      if (!(await transaction.practice.insurers([insurer])).has(insurer)) return notFound();
      return ok((await transaction.routes.of(insurer)).map(toRouteView));
    }),

  recordRoute: (context, { insurer, route }, idempotency) =>
    createdOnce(
      desk,
      { context, idempotency },
      {
        run: async (transaction) => {
          const request = { context: toPracticeContext(context), insurer, ...fromRecordRoute(route) };
          const recorded = await recordRouteIn(desk.services, transaction, request);
          return recorded.ok ? ok({ route: recorded.value.id }) : recorded;
        },
        show: async (transaction, receipt) => {
          const id = idIn<RouteId>(receipt, 'route');
          const found = (await transaction.routes.of(insurer)).find((one) => one.id === id);
          return found === undefined ? failed(issue('not_found', '')) : ok(toRouteView(found));
        },
      },
    ),
});
