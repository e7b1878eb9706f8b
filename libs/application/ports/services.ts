import type { Clock, IdSource } from '#libs/kernel';
import type { NumberReserve } from '../dispatch/numbers.js';
import type { RuleBook } from '../rules/rule-book.js';
import type { Keys } from './keys.js';
import type { LanePolicy } from './lane-policy.js';
import type { SendJournal } from './send-journal.js';
import type { Store } from './store.js';
import type { Log, Metrics } from './telemetry.js';
import type { PullTransport, Transport } from './transport.js';

/** What use cases stand on. Apps put the adapters in. */
export interface Services {
  readonly store: Store;
  readonly keys: Keys;
  readonly book: RuleBook;
  readonly ids: IdSource;
  /** For what no law depends on; where one does, the database's clock is asked. */
  readonly clock: Clock;
  readonly log: Log;
  readonly metrics: Metrics;
}

/** What permitting stands on, whoever then sends. */
export interface PermittingServices extends Services {
  readonly journal: SendJournal;
  /** Milliseconds that never jump, for permits. */
  readonly monotonic: () => number;
  readonly timing: {
    /** How long a worker may keep a disclosure before the sweeper takes it for dead. */
    readonly leaseMs: number;
    /** How long an answer is awaited before an unknown outcome goes to a person. */
    readonly answerTimeoutMs: number;
  };
}

export interface SendingServices extends PermittingServices {
  readonly transport: Transport;
  readonly lanes: LanePolicy;
  readonly numbers: NumberReserve;
  /** From 0 up to but not including 1, for jitter. */
  readonly random: () => number;
  readonly timing: PermittingServices['timing'] & {
    readonly retryBaseMs: number;
    readonly retryCapMs: number;
    /** How long an insurer may still be taking in what it was sent, before its word that it has nothing is believed. */
    readonly absenceMs: number;
  };
}

/** What an insurer that fetches is served by. */
export interface PullServices extends PermittingServices {
  readonly pulls: PullTransport;
  /** Whether nothing may be sent, because the database may have forgotten what was. */
  quarantined(): Promise<boolean>;
}
