import { type Logger, type DataSourceOptions } from 'typeorm';
import { ENTITIES } from './entities/index.js';
import { MIGRATIONS } from './migrations/index.js';

/** TypeORM would print statements and their parameters. */
const silent: Logger = {
  logQuery: () => undefined,
  logQueryError: () => undefined,
  logQuerySlow: () => undefined,
  logSchemaBuild: () => undefined,
  logMigration: () => undefined,
  log: () => undefined,
};

interface PoolOptions {
  readonly poolSize: number;
  /** Longest statement, in milliseconds; 0 for migrations, which take what they take. */
  readonly statementTimeout: number;
}

/**
 * What TypeORM needs to know for one database and role, given as `postgres://role:password@host:port/database`. Tables
 * come from migrations only.
 */
export const dataSourceOptions = (
  url: string,
  pool: PoolOptions = { poolSize: 10, statementTimeout: 30_000 },
): DataSourceOptions => ({
  type: 'postgres',
  url,
  entities: [...ENTITIES],
  migrations: [...MIGRATIONS],
  migrationsTableName: 'schema_migration',
  migrationsRun: false,
  synchronize: false,
  dropSchema: false,
  installExtensions: false,
  logging: false,
  logger: silent,
  poolSize: pool.poolSize,
  applicationName: 'sluice',
  connectTimeoutMS: 10_000,
  extra: {
    statement_timeout: pool.statementTimeout,
    // A process that was frozen in a transaction holds the ledger of its practice for as long as this.
    idle_in_transaction_session_timeout: 15_000,
    // Every statement has an index to go by. A plan made for an empty table must not stay a walk through the full one.
    options: '-c enable_seqscan=off',
    keepAlive: true,
    // Statements that do not wait for each other travel together, and are run in the order in which they were asked.
    pipeline: true,
  },
});
