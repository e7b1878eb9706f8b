import { failed, type Issue, issue, ok, type Result } from '#libs/kernel';
import { DatabaseError } from './database-error.js';
import { scramVerifier } from './scram-verifier.js';
import type { Sql } from './sql.js';

/** Passwords of the three roles of the running program. */
export interface RolePasswords {
  readonly app: string;
  readonly relay: string;
  readonly queue: string;
}

/** Passwords that are worked out, role by role, from something that every process of the program has. */
export const rolePasswords = (of: (role: string) => string): RolePasswords => ({
  app: of('app'),
  relay: of('relay'),
  queue: of('queue'),
});

/** Schema that belongs to the queue alone. */
const QUEUE_SCHEMA = 'bullmq';

const ROLES = { app: 'sluice_app', relay: 'sluice_relay', queue: 'sluice_queue' } as const;

type Role = keyof typeof ROLES;

const roles: readonly Role[] = ['app', 'relay', 'queue'];

/** The same server and database, as each role. Holds passwords: never to be logged. */
export const runtimeUrls = (
  ownerUrl: string,
  passwords: RolePasswords,
): { readonly appUrl: string; readonly relayUrl: string; readonly queueUrl: string } => {
  const urlOf = (role: Role): string => {
    const url = new URL(ownerUrl);
    url.username = ROLES[role];
    url.password = encodeURIComponent(passwords[role]);
    return url.href;
  };
  return { appUrl: urlOf('app'), relayUrl: urlOf('relay'), queueUrl: urlOf('queue') };
};

/** Roles belong to the whole server: another database may make or change one at the same moment. */
const unlessMeanwhile = async (task: () => Promise<unknown>): Promise<void> => {
  for (let attempt = 1; ; attempt += 1) {
    try {
      await task();
      return;
    } catch (error) {
      const state = error instanceof DatabaseError ? error.sqlState : undefined;
      if (state === '42710' || state === '23505') return;
      if (state !== 'XX000' || attempt === 5) throw error;
    }
  }
};

/**
 * Makes the roles that are missing and gives each its password. Where the migrating role may not, they must exist
 * already: `role_missing` with the role's name as path, `role_too_powerful` for one that escapes row-level security.
 */
export const ensureRoles = async (sql: Sql, passwords: RolePasswords): Promise<Result<void>> => {
  const [self] = await sql.rows(
    'SELECT rolsuper OR rolcreaterole AS may_create, rolsuper AS is_superuser FROM pg_roles WHERE rolname = current_user',
  );
  const mayCreate = self?.flag('may_create') === true;
  const issues: Issue[] = [];
  for (const role of roles) {
    const name = ROLES[role];
    const [known] = await sql.rows(
      `SELECT rolsuper OR rolbypassrls AS too_powerful, pg_has_role(current_user, oid, 'MEMBER WITH ADMIN OPTION') AS may_change
        FROM pg_roles WHERE rolname = $1`,
      [name],
    );
    const attributes = `LOGIN NOSUPERUSER NOBYPASSRLS NOCREATEDB NOCREATEROLE PASSWORD '${scramVerifier(passwords[role])}'`;
    if (known?.flag('too_powerful') === true) issues.push(issue('role_too_powerful', name));
    else if (known === undefined && !mayCreate) issues.push(issue('role_missing', name));
    else if (known === undefined) await unlessMeanwhile(() => sql.run(`CREATE ROLE ${name} ${attributes}`));
    else if (mayCreate && known.flag('may_change')) {
      const password = attributes.slice(attributes.indexOf('PASSWORD'));
      await unlessMeanwhile(() => sql.run(`ALTER ROLE ${name} ${password}`));
    }
  }
  return issues.length === 0 ? ok(undefined) : failed(...issues);
};

/**
 * Gives the queue a schema of its own. Its migrations ask for the schema in a way for which the server wants leave to
 * make schemas in this database, even when it is there. A role that cannot grant that warns and goes on.
 */
export const provideQueueSchema = async (sql: Sql): Promise<void> => {
  await sql.run(
    `DO $$ BEGIN
      EXECUTE format('GRANT CONNECT, CREATE ON DATABASE %I TO ${ROLES.queue}', current_database());
      EXECUTE format('GRANT CONNECT ON DATABASE %I TO ${ROLES.app}, ${ROLES.relay}', current_database());
    END $$`,
  );
  const existing = await sql.rows('SELECT 1 AS one FROM pg_namespace WHERE nspname = $1', [QUEUE_SCHEMA]);
  if (existing.length > 0) return;
  // Since 16 a creator of roles is a member of them without being able to act as them; before, there is no such word.
  const [server] = await sql.rows(`SELECT current_setting('server_version_num')::integer >= 160000 AS tells_apart`);
  const membership = server?.flag('tells_apart') === true ? 'SET' : 'MEMBER';
  const [self] = await sql.rows(`SELECT pg_has_role(current_user, '${ROLES.queue}', $1) AS may_act`, [membership]);
  if (self?.flag('may_act') === true) {
    await sql.run(`CREATE SCHEMA ${QUEUE_SCHEMA} AUTHORIZATION ${ROLES.queue}`);
    return;
  }
  await sql.run(`GRANT ${ROLES.queue} TO CURRENT_USER`);
  try {
    await sql.run(`CREATE SCHEMA ${QUEUE_SCHEMA} AUTHORIZATION ${ROLES.queue}`);
  } finally {
    await sql.run(`REVOKE ${ROLES.queue} FROM CURRENT_USER`);
  }
};
