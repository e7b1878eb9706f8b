import { DataSource } from 'typeorm';
import type { Directory, Keys, PracticeRecord, Store } from '#libs/application';
import { failed, issue, ok, type Result } from '#libs/kernel';
import { checkRuntimeRole } from './check-runtime-role.js';
import { dataSourceOptions } from './data-source.js';
import { toDatabaseError } from './database-error.js';
import { directoryOver } from './directory.js';
import { lendConnection } from './lent-connection.js';
import { PracticeRows } from './repositories/practice-repository.js';
import type { Sql } from './sql.js';
import { transactionOf } from './transaction.js';
import { withPractice } from './with-practice.js';

export interface OpenStore {
  readonly store: Store;
  readonly directory: Directory;
  /** Makes a practice and its empty ledger. `unique_violation:pk_practice` when it is there already. */
  addPractice(practice: PracticeRecord): Promise<void>;
  /** Whether the database answers. */
  ping(): Promise<boolean>;
  /** Waits for nobody: what is still in a transaction fails. */
  close(): Promise<void>;
}

/** One statement on a connection of the pool, in a transaction of its own. */
const pooled = (source: DataSource): Sql => {
  const lent = async <T>(work: (sql: Sql) => Promise<T>): Promise<T> => {
    const connection = await lendConnection(source);
    try {
      return await work(connection.sql);
    } finally {
      await connection.giveBack();
    }
  };
  return {
    rows: (statement, parameters) => lent((sql) => sql.rows(statement, parameters)),
    run: (statement, parameters) => lent((sql) => sql.run(statement, parameters)),
  };
};

/**
 * Opens the one pool of this process for the application's role. Refuses roles to which row-level security would mean
 * nothing: codes as of `checkRuntimeRole`, or `database:<code>` as of `DatabaseError`.
 */
export const openStore = async (options: {
  readonly appUrl: string;
  readonly keys: Keys;
  readonly poolSize: number;
}): Promise<Result<OpenStore>> => {
  const { keys } = options;
  const source = new DataSource(
    dataSourceOptions(options.appUrl, { poolSize: options.poolSize, statementTimeout: 30_000 }),
  );
  const close = async (): Promise<void> => {
    if (source.isInitialized) await source.destroy();
  };
  try {
    await source.initialize();
    const sql = pooled(source);
    const checked = await checkRuntimeRole(sql);
    if (!checked.ok) {
      await close();
      return checked;
    }
    return ok({
      store: {
        inPractice: (context, work, manner) =>
          withPractice({ source, keys, manner }, context, (opened) => work(transactionOf(opened))),
      },
      directory: directoryOver(sql),
      addPractice: (practice) =>
        withPractice({ source, keys }, { practice: practice.id, actor: 'setup' }, ({ scope }) =>
          new PracticeRows(scope).add(practice),
        ),
      ping: () =>
        sql.rows('SELECT 1 AS one').then(
          () => true,
          () => false,
        ),
      close,
    });
  } catch (error) {
    await close().catch(() => undefined);
    return failed(issue(`database:${toDatabaseError(error).code}`, 'database'));
  }
};
