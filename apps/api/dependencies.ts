import type { Directory } from '#libs/application';
import type { Clock, IdSource } from '#libs/kernel';
import type { Health, Log, Metrics } from '#libs/telemetry';
import type { UseCases } from './use-cases.js';

/** All that the gateway stands on. */
export interface ApiDependencies {
  readonly useCases: UseCases;
  readonly directory: Directory;
  readonly clock: Clock;
  readonly ids: IdSource;
  readonly log: Log;
  readonly metrics: Metrics;
  readonly health: Health;
  /** False only on a loopback demonstration without TLS. */
  readonly secureCookies: boolean;
  /** In CIDR notation: who may say, in `X-Forwarded-For`, for whom a request is. */
  readonly trustedProxies: readonly string[];
  /** Only this machine can ask: then metrics need no credential. */
  readonly isLocal: boolean;
  /** Where the built console lies; without it `/` is not found. */
  readonly consoleDirectory?: string;
}

export const DEPENDENCIES = Symbol('dependencies');
