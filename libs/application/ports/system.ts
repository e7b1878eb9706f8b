import type { DeliveryState } from '#libs/disclosure';
import type { InsurerId, LaneId, TransmissionId } from '#libs/kernel';
import type { AttemptOutcome } from './records.js';

/** Hint jobs of one queue, of the whole installation. */
export interface QueueCount {
  readonly queue: string;
  readonly waiting: number;
  readonly active: number;
  readonly delayed: number;
  readonly failed: number;
}

/** That a worker lives, and what it saw. Instants in milliseconds. */
export interface Heartbeat {
  /** New with every start of a worker. */
  readonly worker: string;
  readonly startedAt: number;
  /** Why it sends nothing: the database came back from a backup. */
  readonly quarantine?: string;
  readonly queues: readonly QueueCount[];
}

export interface FailedAttempt {
  readonly attempt: string;
  readonly transmission: TransmissionId;
  readonly lane: LaneId;
  readonly insurer: InsurerId;
  readonly outcome: Exclude<AttemptOutcome, 'permitted' | 'accepted'>;
  readonly status?: number;
  readonly at: number;
}

/** What operators see of one practice: ids, codes, counts and times. */
export interface SystemRepository {
  /** Forgets workers that have not been heard of for a day. */
  beat(heartbeat: Heartbeat): Promise<void>;
  /** The newest first. */
  heartbeats(): Promise<readonly (Heartbeat & { readonly at: number })[]>;
  outbox(): Promise<{
    readonly waiting: number;
    readonly due: number;
    /** Due and not handed to the queue. */
    readonly unpublished: number;
    /** Since when the oldest that is due has been. */
    readonly oldestDueAt?: number;
  }>;
  /** Disclosures of each lane that are under way. */
  underWay(): Promise<readonly { readonly lane: LaneId; readonly state: DeliveryState; readonly count: number }[]>;
  /** Attempts that did not end with the insurer having it, newest first. */
  failures(limit: number): Promise<readonly FailedAttempt[]>;
  /** Where the ledger ends, whether its last block says so too, and the first block that no checkpoint covers. */
  ledgerEnd(): Promise<{
    readonly height: number;
    readonly agrees: boolean;
    readonly writtenAt?: number;
    readonly unsignedSince?: number;
  }>;
  /** Answers that matched nothing and wait for a person. */
  setAside(): Promise<number>;
}
