import type { InsurerId, LaneId } from '#libs/kernel';
import type { InsurerRecord, RouteRecord } from '../ports/records.js';
import type { Transaction } from '../ports/store.js';

/** An insurer as one route reaches it: through a clearinghouse the connection, the secret and what it can do are the agent's. */
export const reachedBy = (insurer: InsurerRecord, route: RouteRecord | undefined): InsurerRecord => {
  if (route?.through === undefined) return insurer;
  const { agent, connection, token } = route.through;
  const { participation } = insurer.connection;
  return {
    ...insurer,
    profile: { ...insurer.profile, resolution: agent.resolution },
    connection: { ...connection, ...(participation === undefined ? {} : { participation }) },
    token,
    agent: { ...agent, route: route.id },
  };
};

/** The insurers of disclosures, each as the route of its lane reaches it: what has begun on a route goes on there. */
export const insurersByLane = async (
  transaction: Transaction,
  of: readonly { readonly insurer: InsurerId; readonly lane: LaneId }[],
): Promise<ReadonlyMap<LaneId, InsurerRecord>> => {
  const insurers = await transaction.practice.insurers([...new Set(of.map(({ insurer }) => insurer))]);
  const routes = await transaction.routes.ofLanes([...new Set(of.map(({ lane }) => lane))]);
  return new Map(
    of.flatMap(({ insurer, lane }) => {
      const found = insurers.get(insurer);
      return found === undefined ? [] : [[lane, reachedBy(found, routes.get(lane))] as const];
    }),
  );
};
