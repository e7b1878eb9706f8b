import { failed, type InsurerId, issue, type LaneId, ok, type Result, type RouteId } from '#libs/kernel';
import { reconsider } from '../holds/reconsider.js';
import type { RouteRecord } from '../ports/records.js';
import type { Services } from '../ports/services.js';
import type { PracticeContext, Transaction } from '../ports/store.js';

/**
 * Records how an insurer is reached from now on. What has not gone changes over to the new lane, and what was sealed for
 * the old receiver is sealed anew; what may have gone stays where it was begun.
 */
export const recordRouteIn = async (
  services: Services,
  transaction: Transaction,
  request: {
    readonly context: PracticeContext;
    readonly insurer: InsurerId;
    readonly through?: RouteRecord['through'];
  },
): Promise<Result<{ readonly id: RouteId; readonly resumed: number }>> => {
  const { context, insurer, through } = request;
  const direct = (await transaction.lanes.ofInsurers([insurer])).get(insurer);
  if (direct === undefined) return failed(issue('not_found', ''));
  if (through !== undefined && (through.agent.agreement.endsOn ?? '9999') <= through.agent.agreement.signedOn)
    return failed(issue('agreement_ends_before_it_begins', '/agreement/endsOn'));
  const id = services.ids.uuid() as RouteId;
  const lane = through === undefined ? direct.id : (services.ids.uuid() as LaneId);
  await transaction.routes.add({
    ...{ id, insurer, lane, recordedBy: context.actor, recordedAt: transaction.now },
    ...(through === undefined ? {} : { through }),
  });
  const waiting = await transaction.disclosures.sealedFor(insurer);
  const arrived = await transaction.transmissions.mayHaveArrived(waiting.map(({ id }) => id));
  const sealed = waiting.filter(({ id }) => !arrived.has(id));
  await transaction.disclosures.move(
    sealed.map((one) => ({ id: one.id, from: 'sealed', to: 'ready', dueAt: transaction.now })),
    undefined,
  );
  const rerouted = await transaction.disclosures.reroute(insurer, lane);
  const left = await transaction.transmissions.ofDisclosures(rerouted);
  await transaction.transmissions.unseal([...left.values()].map(({ transmission }) => transmission));
  transaction.ledger.record({
    ...{ kind: 'route-recorded', actor: context.actor, insurer, subject: id },
    codes: [through === undefined ? 'direct' : 'clearinghouse'],
  });
  return ok({ id, resumed: (await reconsider(services, transaction, 'all')).length });
};
