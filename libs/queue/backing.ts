import {
  type BackendFactory,
  type ConnectionOptions,
  createPostgresBackend,
  createRedisBackend,
  isPgPool,
  setDefaultBackendFactory,
} from 'bullmq';
import type { Issue } from '#libs/kernel';

/** Where jobs lie: Redis, or a schema of Postgres. */
export interface Backing {
  readonly kind: 'redis' | 'postgres';
  /** Fails at once when the engine is away. */
  readonly producerConnection: ConnectionOptions;
  /** Waits for the engine to come back. */
  readonly workerConnection: ConnectionOptions;
  /** What an operator should know and does not have to act on. */
  readonly warnings: readonly Issue[];
  close(): Promise<void>;
}

/** Goes by what it is to connect to, so that both engines can be used in one process, also by what Nest constructs. */
export const backendFor: BackendFactory = (name, options, factoryOptions) =>
  isPgPool(options.connection)
    ? createPostgresBackend(name, { ...options, connection: options.connection }, factoryOptions)
    : createRedisBackend(name, options, factoryOptions);

/** `@nestjs/bullmq` has no option for a back end; it takes the default one of the process. */
export const useBackends = (): void => setDefaultBackendFactory(backendFor);
