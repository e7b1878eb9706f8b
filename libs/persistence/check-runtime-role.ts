import { failed, type Issue, issue, ok, type Result } from '#libs/kernel';
import { DatabaseError } from './database-error.js';
import { MIGRATIONS } from './migrations/index.js';
import type { Sql } from './sql.js';

const isMigrated = async (sql: Sql): Promise<boolean> => {
  try {
    const rows = await sql.rows('SELECT name FROM schema_migration');
    const applied = new Set(rows.map((row) => row.text('name')));
    return MIGRATIONS.every((migration) => applied.has(migration.name));
  } catch (error) {
    // No such table, or none that this role may read: nothing was migrated here.
    if (error instanceof DatabaseError && (error.sqlState === '42P01' || error.sqlState === '42501')) return false;
    throw error;
  }
};

/**
 * Whether the program may run as this role: row-level security and the append-only ledger mean nothing to a superuser,
 * to a role that bypasses it, or to one that owns the tables. `runtime_role_superuser`, `runtime_role_bypassrls`,
 * `runtime_role_owner`, `migrations_pending`.
 */
export const checkRuntimeRole = async (sql: Sql): Promise<Result<void>> => {
  const [role] = await sql.rows(
    `SELECT rolsuper, rolbypassrls,
      EXISTS (
        SELECT 1 FROM pg_class c WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p')
          AND pg_has_role(current_user, c.relowner, 'MEMBER')
      ) AS is_owner
      FROM pg_roles WHERE rolname = current_user`,
  );
  const issues: Issue[] = [];
  if (role?.flag('rolsuper') !== false) issues.push(issue('runtime_role_superuser', 'database'));
  if (role?.flag('rolbypassrls') !== false) issues.push(issue('runtime_role_bypassrls', 'database'));
  if (role?.flag('rolsuper') !== true && role?.flag('is_owner') !== false)
    issues.push(issue('runtime_role_owner', 'database'));
  if (!(await isMigrated(sql))) issues.push(issue('migrations_pending', 'database'));
  return issues.length === 0 ? ok(undefined) : failed(...issues);
};
