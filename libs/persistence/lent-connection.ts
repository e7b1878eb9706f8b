import type pg from 'pg';
import type { DataSource } from 'typeorm';
import { toDatabaseError } from './database-error.js';
import { type Sql, sqlOver } from './sql.js';

/** `cached plan must not change result type`: a table changed under a statement that this connection had prepared. */
const PLAN_OUTDATED = '0A000';

/** Statements are constants of this lib, so that there are few; the server keeps each one parsed under its name. */
const names = new Map<string, string>();

export const nameOf = (statement: string): string => {
  const known = names.get(statement);
  if (known !== undefined) return known;
  const name = `sluice_${names.size + 1}`;
  names.set(statement, name);
  return name;
};

/** What the driver does not tell of its client: the socket. */
interface Wired {
  readonly connection?: { readonly stream: { cork(): void; uncork(): void } };
}

/** Statements asked for in the same breath leave in one write: each write costs as much as a small statement does. */
const gatherWrites = (client: pg.PoolClient): (() => void) => {
  const stream = (client as Wired).connection?.stream;
  let gathering = false;
  return () => {
    if (stream === undefined || gathering) return;
    gathering = true;
    stream.cork();
    process.nextTick(() => {
      gathering = false;
      stream.uncork();
    });
  };
};

/** A connection of TypeORM's pool, lent to statements written by hand. Give it back. */
export interface LentConnection {
  /** Statements are parsed once a connection, and planned once they have shown that their plan does not depend on values. */
  readonly sql: Sql;
  /** Several statements without parameters in one go. Throws what the driver throws. */
  script(statements: string): Promise<readonly Record<string, unknown>[]>;
  /** One statement without parameters; what the server says that it did (`COMMIT`, `ROLLBACK`). */
  command(statement: string): Promise<string>;
  giveBack(): Promise<void>;
}

export const lendConnection = async (source: DataSource): Promise<LentConnection> => {
  const runner = source.createQueryRunner();
  let client: pg.PoolClient;
  try {
    client = (await runner.connect()) as pg.PoolClient;
  } catch (error) {
    await runner.release().catch(() => undefined);
    throw toDatabaseError(error);
  }
  const gather = gatherWrites(client);
  const sql = sqlOver(async (text, values) => {
    try {
      gather();
      const { rows, rowCount } = await client.query<Record<string, unknown>>({ name: nameOf(text), text, values });
      return { records: rows, affected: rowCount ?? 0 };
    } catch (error) {
      const failure = toDatabaseError(error);
      // The pool takes no connection back that has ended; the next one prepares anew.
      if ('sqlState' in failure && failure.sqlState === PLAN_OUTDATED) void client.end();
      throw failure;
    }
  });
  return {
    sql,
    script: async (statements) => {
      gather();
      const results: unknown = await client.query(statements);
      const last: unknown = Array.isArray(results) ? results.at(-1) : results;
      return (last as pg.QueryResult<Record<string, unknown>>).rows;
    },
    command: async (statement) => {
      gather();
      return (await client.query(statement)).command;
    },
    giveBack: () => runner.release().catch(() => undefined),
  };
};
