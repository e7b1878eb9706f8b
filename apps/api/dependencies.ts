import type { Directory } from '#libs/application';
import type { Clock, IdSource } from '#libs/kernel';
import type { Log, Metrics } from '#libs/telemetry';
import type { UseCases } from './use-cases.js';

/** All that the gateway stands on. */
export interface ApiDependencies {
  readonly useCases: UseCases;
  readonly directory: Directory;
  readonly clock: Clock;
  readonly ids: IdSource;
  readonly log: Log;
  readonly metrics: Metrics;
  /** Whether requests can be served now: the database answers. */
  readonly isReady: () => Promise<boolean>;
  /** False only on a loopback demonstration without TLS. */
  readonly secureCookies: boolean;
  /** Where the built console lies; without it `/` is not found. */
  readonly consoleDirectory?: string;
}

export const DEPENDENCIES = Symbol('dependencies');
