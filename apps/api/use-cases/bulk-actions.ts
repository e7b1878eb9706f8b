import type { BulkActed, BulkAction, BulkRehearsed } from '#libs/contracts';
import type { DisclosureId, Result } from '#libs/kernel';
import type { Idempotency, RequestContext } from './asked.js';

type WithoutItems<Action> = Action extends unknown ? Omit<Action, 'items'> : never;

/** One of several actions on one disclosure each. */
export interface OneAction {
  readonly disclosure: DisclosureId;
  readonly version?: number;
  readonly action: WithoutItems<BulkAction>;
}

export type ClaimedAction = OneAction & { readonly idempotency: Idempotency };

/** How a disclosure stands after something was done to it; with `replacement`, how that one stands. */
export type Standing = Omit<
  Extract<BulkRehearsed['results'][number], { outcome: 'would' }>,
  'index' | 'id' | 'outcome'
>;

export type ActionDone = Omit<Extract<BulkActed['results'][number], { outcome: 'done' }>, 'index' | 'id' | 'outcome'>;

/** Many disclosures at once. */
export interface BulkActionUseCases {
  /** Each by itself, as the single request would do it; in their order. */
  actOnDisclosures(context: RequestContext, actions: readonly ClaimedAction[]): Promise<readonly Result<ActionDone>[]>;
  /** What would come of each now; keeps nothing. */
  rehearseActions(context: RequestContext, actions: readonly OneAction[]): Promise<readonly Result<Standing>[]>;
}
