import type { DataSource } from 'typeorm';
import type { Keys, LedgerEntry, Manner, PracticeContext } from '#libs/application';
import { isUuid, type PracticeId } from '#libs/kernel';
import { DatabaseError, toCommitError, toDatabaseError } from './database-error.js';
import { appendBlock } from './ledger/append.js';
import { type LentConnection, lendConnection } from './lent-connection.js';
import type { Scope } from './scope.js';
import { Row } from './row.js';
import type { Sql } from './sql.js';
import { Vault } from './vault.js';
import { Happenings, putInLine } from './webhook-line.js';

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

/**
 * For this transaction alone. A list of keys makes the server plan a statement anew, which costs more than to run it. And
 * a plan that was made while tables were all but empty walks through all rows of a practice, and is kept: rows that are
 * named by their keys are looked up by them, one by one.
 */
const PLANNED_ONCE = [
  ['plan_cache_mode', 'force_generic_plan'],
  ...['seqscan', 'bitmapscan', 'hashjoin', 'mergejoin'].map((way) => [`enable_${way}`, 'off']),
]
  .map(([name, value]) => `set_config('${name}', '${value}', true), `)
  .join('');

/** Sets the practice for this transaction alone, before anything is read; gives the database's clock. */
const begin = async (connection: LentConnection, practice: PracticeId, { often }: Manner): Promise<number> => {
  // It stands in the text of a statement.
  if (!isUuid(practice)) throw new DatabaseError('practice_unknown');
  try {
    const [row] = await connection.script(
      `START TRANSACTION; SELECT ${often ? PLANNED_ONCE : ''}set_config('sluice.practice', '${practice}', true), date_trunc('milliseconds', now()) AS now`,
    );
    if (row === undefined) throw new DatabaseError('unexpected_row');
    return new Row(row).instant('now');
  } catch (error) {
    throw toDatabaseError(error);
  }
};

/** The connection may be gone; then the server has rolled back already. */
const rollBack = async (connection: LentConnection): Promise<void> => {
  await connection.script('ROLLBACK').catch(() => undefined);
};

/** Connections that a restart of the server left broken in the pool are found out one by one. */
const MOST_BROKEN = 3;

/** Nothing has been done yet, so that a connection that turns out to be broken is simply replaced by the next. */
const lendBegun = async (
  source: DataSource,
  practice: PracticeId,
  manner: Manner,
): Promise<{ readonly connection: LentConnection; readonly now: number }> => {
  for (let broken = 1; ; broken += 1) {
    const connection = await lendConnection(source);
    try {
      return { connection, now: await begin(connection, practice, manner) };
    } catch (error) {
      await rollBack(connection);
      await connection.giveBack();
      const isBroken = error instanceof DatabaseError && error.code === 'connection_lost';
      if (!isBroken || broken === MOST_BROKEN) throw error;
    }
  }
};

const commit = async (connection: LentConnection): Promise<void> => {
  let command: string;
  try {
    command = await connection.command('COMMIT');
  } catch (error) {
    throw toCommitError(error);
  }
  // A transaction in which something failed is rolled back by it, and that is no error to the server.
  if (command !== 'COMMIT') throw new DatabaseError('rolled_back');
};

/** Waits for what was asked for together with the commit. The first that failed says why, unless the commit may have happened. */
const committedWith = async (last: readonly Promise<void>[], committed: Promise<void>): Promise<void> => {
  const outcomes = await Promise.allSettled([...last, committed]);
  const reasons = outcomes.flatMap((one) => (one.status === 'rejected' ? [toDatabaseError(one.reason)] : []));
  const ambiguous = reasons.find(({ code }) => code === 'commit_ambiguous');
  const [first] = reasons;
  if (first !== undefined) throw ambiguous ?? first;
};

export interface PracticeWork {
  readonly scope: Scope;
  /** Recorded now, written as the last statement before the commit. */
  record(entry: LedgerEntry): void;
  /** What endpoints are to be told of, put in line before that. */
  readonly happened: Happenings;
}

/**
 * The only place that opens a transaction. It sets the practice, for this transaction alone, before anything is read:
 * row-level security shows nothing but that practice. Ledger entries are appended as one block as the last statement,
 * and if that fails nothing is committed. What `work` throws leaves as it is; what the database says, as `DatabaseError`.
 */
export const withPractice = async <T>(
  at: { readonly source: DataSource; readonly keys: Keys; readonly manner?: Manner | undefined },
  context: PracticeContext,
  work: (opened: PracticeWork) => Promise<T>,
): Promise<T> => {
  const { practice } = context;
  const { connection, now } = await lendBegun(at.source, practice, at.manner ?? {});
  let failure: Error | undefined;
  const sql = watched(connection.sql, (error) => (failure ??= error));
  try {
    const vault = new Vault(sql, practice, at.keys);
    const happened = new Happenings();
    const entries = happened.recorded;
    const scope: Scope = { practice, now, sql, vault, keys: at.keys };
    const result = await work({ scope, record: (entry) => void entries.push(entry), happened });
    if (failure !== undefined) throw failure;
    // Asked for together and run one after the other: if the ledger cannot be written, the commit finds nothing to keep.
    const last = [putInLine(sql, { practice, now }, happened)];
    if (entries.length > 0) last.push(appendBlock(sql, practice, entries));
    await committedWith(last, commit(connection));
    return result;
  } catch (error) {
    await rollBack(connection);
    throw error;
  } finally {
    await connection.giveBack();
  }
};
