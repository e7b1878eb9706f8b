import { setTimeout as sleep } from 'node:timers/promises';
import {
  assertSchemaCompatibility,
  LATEST_SCHEMA_VERSION,
  runMigrations,
  SchemaMigrationRequiredError,
  SchemaVersionMismatchError,
  type PgPool,
  type PgPoolClient,
  type PgQueryResult,
} from 'bullmq';
import pg from 'pg';
import { failed, issue, ok, type Result } from '#libs/kernel';
import type { Backing } from './backing.js';

/** Where the engine's tables and functions are. */
const SCHEMA = 'bullmq';
const CONNECT_MS = 1_000;
/** Two workers listen on one connection each; the rest is for their statements and the producer's. */
const CONNECTIONS = 8;
const PAUSE_MS = 250;
const CONNECT_ATTEMPTS = 40;

/** A statement that the server itself refused; everything else is a connection's failure. */
const isRefusal = (error: unknown): boolean =>
  error instanceof pg.DatabaseError && !/^(08|53|57)/.test(error.code ?? '');

/**
 * The one pool of this process for the queue, as much of one as BullMQ looks at. It keeps a worker without a server from
 * asking again and again without a pause, and a worker that begins in such a moment from giving up for good.
 */
class SharedPool implements PgPool {
  readonly options = { keepAlive: true };
  private closed = false;
  private readonly pool: pg.Pool;

  constructor(connectionString: string) {
    this.pool = new pg.Pool({
      connectionString,
      max: CONNECTIONS,
      keepAlive: true,
      connectionTimeoutMillis: CONNECT_MS,
      application_name: 'sluice-queue',
      options: `-c search_path=${SCHEMA}`,
    });
    this.pool.setMaxListeners(0);
    this.pool.on('error', () => undefined);
  }

  async query<Row>(text: string, params?: readonly unknown[]): Promise<PgQueryResult<Row>> {
    try {
      return await this.pool.query<Row & pg.QueryResultRow>(text, params === undefined ? undefined : [...params]);
    } catch (error) {
      if (!isRefusal(error) && !this.closed) await sleep(PAUSE_MS);
      throw error;
    }
  }

  async connect(): Promise<PgPoolClient> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        return (await this.pool.connect()) as PgPoolClient;
      } catch (error) {
        if (this.closed || attempt === CONNECT_ATTEMPTS || isRefusal(error)) throw error;
        await sleep(PAUSE_MS);
      }
    }
  }

  connectOnce(): Promise<pg.PoolClient> {
    return this.pool.connect();
  }

  /** The engine's own to end, and nobody else's. */
  end(): Promise<void> {
    return Promise.resolve();
  }

  /** Connections that broke while idle; of one that is made nobody needs to hear. */
  on(event: 'error', listener: (error: Error) => void): this;
  on(event: 'connect', listener: (client: PgPoolClient) => void): this;
  on(event: 'error' | 'connect', listener: (subject: never) => void): this {
    if (event === 'error') this.pool.on('error', listener as (error: Error) => void);
    return this;
  }

  removeAllListeners(): this {
    return this;
  }

  async close(): Promise<void> {
    this.closed = true;
    await this.pool.end();
  }
}

/**
 * The schema belongs to the role that the worker has, which brings it up to date as it starts; several may do so at once.
 * Codes: `queue.unreachable`, `queue.schema-newer` (a newer release was here), `queue.migration-failed`.
 */
export const openPostgresBacking = async (url: string): Promise<Result<Backing>> => {
  const pool = new SharedPool(url);
  const prepared = await prepare(pool);
  if (!prepared.ok) {
    await pool.close();
    return prepared;
  }
  return ok({
    kind: 'postgres',
    producerConnection: pool,
    workerConnection: pool,
    warnings: [],
    close: () => pool.close(),
  });
};

const prepare = async (pool: SharedPool): Promise<Result<true>> => {
  let client: pg.PoolClient;
  try {
    client = await pool.connectOnce();
  } catch {
    return failed(issue('queue.unreachable', 'DATABASE_URL'));
  }
  try {
    if ((await versionOf(client)) < LATEST_SCHEMA_VERSION) await runMigrations(client, SCHEMA);
    return ok(true);
  } catch (error) {
    return failed(
      issue(error instanceof SchemaVersionMismatchError ? 'queue.schema-newer' : 'queue.migration-failed', SCHEMA),
    );
  } finally {
    client.release();
  }
};

/** 0 where nothing was migrated yet. */
const versionOf = async (client: pg.PoolClient): Promise<number> => {
  try {
    return await assertSchemaCompatibility(client, SCHEMA);
  } catch (error) {
    if (error instanceof SchemaMigrationRequiredError) return 0;
    throw error;
  }
};

/** Brings the queue's schema up to date and no more, as the role that owns it. Codes as for `openPostgresBacking`. */
export const migrateQueue = async (url: string): Promise<Result<true>> => {
  const opened = await openPostgresBacking(url);
  if (!opened.ok) return opened;
  await opened.value.close();
  return ok(true);
};
