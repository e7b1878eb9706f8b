import type { DisclosureId, LaneId, PracticeId } from '#libs/kernel';

/** A hint that work is due: ids only. Losing one costs time, never a claim. */
export interface DispatchHint {
  readonly practice: PracticeId;
  readonly lane: LaneId;
  /** 1 to 50. */
  readonly disclosures: readonly DisclosureId[];
}

/** Hints that nobody has taken up yet, in the queue of lanes that are well and in that of slow and broken ones. */
export interface Backlog {
  readonly fast: number;
  readonly slow: number;
}

export interface HintQueue {
  /** Resolves once the queue has them; rejects quickly when it cannot be reached. Slow and broken lanes have a queue of their own. */
  publish(hints: readonly (DispatchHint & { readonly slow: boolean })[]): Promise<void>;
  /** Rejects quickly when the queue cannot be reached. */
  backlog(): Promise<Backlog>;
  close(): Promise<void>;
}

/** What the relay may see of the outbox. */
export interface OutboxRow {
  readonly id: DisclosureId;
  readonly practice: PracticeId;
  readonly lane: LaneId;
  readonly slow: boolean;
  readonly dueAt: number;
}

export interface Outbox {
  /** Rows that are due and not handed out, oldest first, at most `perLane` of each lane. */
  due(request: { readonly limit: number; readonly perLane: number }): Promise<readonly OutboxRow[]>;
  /** Only after the queue has them. */
  markPublished(ids: readonly DisclosureId[]): Promise<void>;
  /** Wakes when a transaction put something in; at the latest after `milliseconds`. */
  wait(milliseconds: number): Promise<void>;
  close(): Promise<void>;
}
