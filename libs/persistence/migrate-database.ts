import { DataSource } from 'typeorm';
import { failed, issue, ok, type Result } from '#libs/kernel';
import { dataSourceOptions } from './data-source.js';
import { toDatabaseError } from './database-error.js';
import { ensureRoles, provideQueueSchema, type RolePasswords } from './runtime-roles.js';
import { sqlOver } from './sql.js';

/** Held while migrating, so that of two starters one migrates and the other waits and finds it done. */
const MIGRATION_LOCK = 730_415_101;

/**
 * Brings the database up to date and makes the roles of the running program. `ownerUrl` is the role that owns the
 * tables; the program itself never runs as it. Gives the names of the migrations that were applied.
 *
 * Codes: `role_missing`, `role_too_powerful`, or `database:<code>` as of `DatabaseError`.
 */
export const migrateDatabase = async (
  ownerUrl: string,
  options: { readonly passwords: RolePasswords },
): Promise<Result<{ readonly applied: readonly string[] }>> => {
  const source = new DataSource(dataSourceOptions(ownerUrl, { poolSize: 2, statementTimeout: 0 }));
  try {
    await source.initialize();
    const holder = source.createQueryRunner();
    const sql = sqlOver((statement, parameters) => holder.query(statement, parameters, true));
    await sql.rows('SELECT pg_advisory_lock($1)', [MIGRATION_LOCK]);
    try {
      const roles = await ensureRoles(sql, options.passwords);
      if (!roles.ok) return roles;
      const applied = await source.runMigrations({ transaction: 'all' });
      await provideQueueSchema(sql);
      return ok({ applied: applied.map((migration) => migration.name) });
    } finally {
      await sql.rows('SELECT pg_advisory_unlock($1)', [MIGRATION_LOCK]);
      await holder.release();
    }
  } catch (error) {
    return failed(issue(`database:${toDatabaseError(error).code}`, 'migrations'));
  } finally {
    if (source.isInitialized) await source.destroy();
  }
};

/**
 * The statements that would make the tables as the entities tell them. Empty, unless a migration was forgotten. For
 * checks; reads only.
 */
export const pendingSchemaChanges = async (ownerUrl: string): Promise<readonly string[]> => {
  const source = new DataSource(dataSourceOptions(ownerUrl, { poolSize: 1, statementTimeout: 0 }));
  await source.initialize();
  try {
    const changes = await source.driver.createSchemaBuilder().log();
    return changes.upQueries.map((change) => change.query);
  } finally {
    await source.destroy();
  }
};
