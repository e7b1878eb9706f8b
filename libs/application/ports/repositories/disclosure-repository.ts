import type { DeliveryState } from '#libs/disclosure';
import type { ClientId, DisclosureId, DocumentId, InsurerId, LaneId } from '#libs/kernel';
import type { Page, PageRequest } from '../paging.js';
import type { DisclosureOptions, DisclosureRecord, ListedFacts, StoredDecision } from '../records/disclosure.js';

export interface DisclosureChange {
  readonly id: DisclosureId;
  readonly from: DeliveryState;
  readonly to: DeliveryState;
  readonly cause?: string;
  readonly curer?: string;
  /** When the relay should hand it out (again); absent takes it out of the outbox. */
  readonly dueAt?: number;
  readonly countAttempt?: boolean;
}

/** Who works on a disclosure, and for how many milliseconds nobody else may. */
export interface Lease {
  readonly fence: string;
  readonly milliseconds: number;
}

export interface DisclosureFilter {
  readonly states?: readonly DeliveryState[];
  readonly client?: ClientId;
  readonly insurer?: InsurerId;
  readonly curer?: string;
  readonly document?: DocumentId;
}

export interface DisclosureRepository {
  /** Inserts, and puts those that are `ready` into the outbox. */
  add(disclosures: readonly DisclosureRecord[]): Promise<void>;
  byIds(ids: readonly DisclosureId[]): Promise<ReadonlyMap<DisclosureId, DisclosureRecord>>;
  /** The same, each kept from any change by others for the rest of this transaction. */
  lock(ids: readonly DisclosureId[]): Promise<ReadonlyMap<DisclosureId, DisclosureRecord>>;
  /** The first claim with everything that ever corrected it or a correction of it, oldest first; itself alone where there is nothing. */
  chain(id: DisclosureId): Promise<readonly DisclosureRecord[]>;
  /** What was ever submitted to correct one of these, cancelled or not. */
  correctionsOf(ids: readonly DisclosureId[]): Promise<readonly DisclosureRecord[]>;
  /**
   * Takes a lease on those of `ids` that are in one of `states` and not leased by anybody (`FOR UPDATE SKIP LOCKED`), and
   * takes them out of the outbox. The fence is new with every lease.
   */
  lease(
    ids: readonly DisclosureId[],
    lease: Lease & { readonly states: readonly DeliveryState[] },
  ): Promise<readonly DisclosureRecord[]>;
  /**
   * Keeps those of `ids` that are in one of `states` and not leased by anybody for the rest of this transaction
   * (`FOR UPDATE SKIP LOCKED`). Each of them must then be moved: that takes it out of the outbox.
   */
  hold(ids: readonly DisclosureId[], states: readonly DeliveryState[]): Promise<readonly DisclosureRecord[]>;
  /**
   * Moves along the transition table; a row whose state is not `from`, or whose lease has another fence, stays and is
   * absent from what comes back. A fence of `undefined` requires that nobody holds a lease. Ends the lease unless the
   * new state is `sending`; a row that goes there is from now on leased as `lease` says.
   */
  move(
    changes: readonly DisclosureChange[],
    fence: string | undefined,
    lease?: Lease,
  ): Promise<readonly DisclosureId[]>;
  /** Leaves the state, sets when it is due next and ends the lease, for those that still have this fence. */
  postpone(later: readonly { readonly id: DisclosureId; readonly dueAt: number }[], fence: string): Promise<void>;
  /** Puts into the outbox, due now and not handed out, whatever the queue was told before. States stay as they are. */
  redrive(ids: readonly DisclosureId[]): Promise<void>;
  /**
   * Puts those of an insurer that are held, blocked or ready, and that nobody has a lease on, on another lane. Gives them
   * as they were.
   */
  reroute(insurer: InsurerId, lane: LaneId): Promise<readonly DisclosureId[]>;
  /** Those of an insurer that are sealed and under no lease. */
  sealedFor(insurer: InsurerId): Promise<readonly DisclosureRecord[]>;
  /** Parked ones of which it is from now on not known whether they went, whatever they were parked for. Gives those that it changed. */
  doubt(ids: readonly DisclosureId[] | 'all'): Promise<readonly DisclosureId[]>;
  choose(id: DisclosureId, options: DisclosureOptions): Promise<boolean>;
  /** What lists say of every disclosure of a document that was amended. */
  relist(document: DocumentId, facts: ListedFacts): Promise<void>;
  saveDecisions(decisions: readonly StoredDecision[]): Promise<void>;
  decisions(id: DisclosureId): Promise<readonly StoredDecision[]>;
  page(filter: DisclosureFilter, request: PageRequest): Promise<Page<DisclosureRecord>>;
  /** How many are in each state; states that nothing is in are absent. */
  countByState(): Promise<ReadonlyMap<DeliveryState, number>>;
  /**
   * Those of which a transmission bears this control number, reference or idempotency key, to which an insurer gave this
   * number, or which are of this client; newest first, at most `limit`.
   */
  find(wanted: {
    readonly number: string;
    readonly client?: ClientId;
    readonly limit: number;
  }): Promise<readonly DisclosureRecord[]>;
  /** Held ones of these clients (or of the whole practice), whose hold a write may have cured. */
  heldOf(clients: readonly ClientId[] | 'all'): Promise<readonly DisclosureId[]>;
  /** What the sweeper must drive on, whatever the queue thinks: ready or sealed and overdue in the outbox, sending or unknown with an expired lease. */
  stranded(request: { readonly olderThan: number; readonly limit: number }): Promise<readonly DisclosureRecord[]>;
}
