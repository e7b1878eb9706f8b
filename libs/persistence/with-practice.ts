import type { DataSource, QueryRunner } from 'typeorm';
import type { Keys, LedgerEntry, PracticeContext } from '#libs/application';
import { DatabaseError, toCommitError, toDatabaseError } from './database-error.js';
import { appendBlock } from './ledger/append.js';
import type { Scope } from './scope.js';
import { type Sql, sqlOver } from './sql.js';
import { Vault } from './vault.js';

/** A transaction in which a statement failed can only be rolled back; COMMIT would do so and say nothing. */
const watched = (sql: Sql, onFailure: (error: Error) => void): Sql => {
  const watch = async <T>(asked: Promise<T>): Promise<T> => {
    try {
      return await asked;
    } catch (error) {
      onFailure(toDatabaseError(error));
      throw error;
    }
  };
  return {
    rows: (statement, parameters) => watch(sql.rows(statement, parameters)),
    run: (statement, parameters) => watch(sql.run(statement, parameters)),
  };
};

const begin = async (runner: QueryRunner): Promise<void> => {
  try {
    await runner.startTransaction();
  } catch (error) {
    throw toDatabaseError(error);
  }
};

const commit = async (runner: QueryRunner): Promise<void> => {
  try {
    await runner.commitTransaction();
  } catch (error) {
    throw toCommitError(error);
  }
};

/** The connection may be gone; then the server has rolled back already. */
const rollBack = (runner: QueryRunner): Promise<void> =>
  runner.isTransactionActive ? runner.rollbackTransaction().catch(() => undefined) : Promise.resolve();

export interface PracticeWork {
  readonly scope: Scope;
  /** Recorded now, written as the last statement before the commit. */
  record(entry: LedgerEntry): void;
}

/**
 * The only place that opens a transaction. It sets the practice, for this transaction alone, before anything is read:
 * row-level security shows nothing but that practice. Ledger entries are appended as one block as the last statement,
 * and if that fails nothing is committed. What `work` throws leaves as it is; what the database says, as `DatabaseError`.
 */
export const withPractice = async <T>(
  at: { readonly source: DataSource; readonly keys: Keys },
  context: PracticeContext,
  work: (opened: PracticeWork) => Promise<T>,
): Promise<T> => {
  const runner = at.source.createQueryRunner();
  let failure: Error | undefined;
  const sql = watched(
    sqlOver((statement, parameters) => runner.query(statement, parameters, true)),
    (error) => (failure ??= error),
  );
  try {
    await begin(runner);
    const [set] = await sql.rows(
      `SELECT set_config('sluice.practice', $1, true), date_trunc('milliseconds', now()) AS now`,
      [context.practice],
    );
    if (set === undefined) throw new DatabaseError('unexpected_row');
    const { practice } = context;
    const vault = new Vault(sql, practice, at.keys);
    const entries: LedgerEntry[] = [];
    const scope: Scope = { practice, now: set.instant('now'), sql, vault, keys: at.keys };
    const result = await work({ scope, record: (entry) => void entries.push(entry) });
    if (failure !== undefined) throw failure;
    if (entries.length > 0) await appendBlock(sql, practice, entries);
    await commit(runner);
    return result;
  } catch (error) {
    await rollBack(runner);
    throw error;
  } finally {
    await runner.release().catch(() => undefined);
  }
};
