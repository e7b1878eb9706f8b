import type { DeliveryState } from '#libs/disclosure';
import type { Curer, Decision, ReasonCode } from '#libs/release';
import type { ClientId } from '#libs/kernel';
import type { Authority } from '#libs/release';

/** Where a decision puts a disclosure that has not been sent. */
export interface Placement {
  readonly state: Extract<DeliveryState, 'ready' | 'held' | 'blocked'>;
  readonly cause?: string;
  readonly curer?: Curer;
}

const VALUE_DEPENDENT = ['special_category:', 'value_shape:', 'unclassified_code', 'not_writable'];

/**
 * A code as it may stand in clear: in the ledger, in a column, in a list. One whose presence depends on a value says only
 * that there was one; the stored decision, which is encrypted, says which.
 */
export const plainCode = (code: ReasonCode): string =>
  VALUE_DEPENDENT.some((one) => code.startsWith(one)) ? 'value_dependent' : code.slice(0, 80);

/** Somebody can cure it: it is held. Nobody can: it is blocked. The hardest gap speaks for the whole. */
export const placementOf = (decision: Decision): Placement => {
  if (decision.outcome === 'send') return { state: 'ready' };
  const hardest = decision.gaps.find((gap) => gap.curer === 'nobody') ?? decision.gaps[0];
  const { cause, curer } = hardest ?? { cause: 'no_release', curer: 'client' as const };
  return { state: curer === 'nobody' ? 'blocked' : 'held', cause: plainCode(cause), curer };
};

/** The authority of a client nobody has recorded a paper for. */
export const emptyAuthority = (client: ClientId): Authority => ({
  client,
  epoch: 0,
  releases: [],
  revocations: [],
  relations: [],
  restrictions: [],
});
