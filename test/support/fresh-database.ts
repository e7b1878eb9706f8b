import { createHash, randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { inject } from 'vitest';
import { createKeyFile, openFileKeys } from '#libs/access';
import type { Keys } from '#libs/application';
import type { Result } from '#libs/kernel';
import { migrateDatabase, type RolePasswords, runtimeUrls } from '#libs/persistence';
import { systemClock } from '#libs/settings';

/** A database of one test file's own, migrated, empty. */
export interface FreshDatabase {
  readonly name: string;
  readonly ownerUrl: string;
  readonly appUrl: string;
  readonly relayUrl: string;
  readonly queueUrl: string;
  readonly superuserUrl: string;
  readonly passwords: RolePasswords;
  /** Runs one statement as the superuser, whom nothing stops. */
  asSuperuser(statement: string, parameters?: readonly unknown[]): Promise<readonly Record<string, unknown>[]>;
  /** Removes it. Fails if somebody is still connected: the test file forgot to close something. */
  drop(): Promise<void>;
}

const TEMPLATE = 'sluice_test_template';
const TEMPLATE_LOCK = 730_415_102;

export const valueOf = <T>(result: Result<T>): T => {
  if (!result.ok) throw new Error(result.issues.map((found) => `${found.code} ${found.path}`).join(', '));
  return result.value;
};

const onDatabase = (url: string, name: string): string => {
  const changed = new URL(url);
  changed.pathname = `/${name}`;
  return changed.href;
};

const query = async (
  url: string,
  statement: string,
  parameters: readonly unknown[] = [],
): Promise<readonly Record<string, unknown>[]> => {
  const client = new pg.Client({ connectionString: url, application_name: 'test-superuser' });
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(statement, [...parameters])).rows;
  } finally {
    await client.end();
  }
};

/** The roles belong to the server and are made once; every test file works out the same passwords. */
const passwordsFor = (superuserUrl: string): RolePasswords => {
  const of = (role: string): string =>
    createHash('sha256').update(`${role} ${superuserUrl}`).digest('hex').slice(0, 32);
  return { app: of('app'), relay: of('relay'), queue: of('queue') };
};

/** The first test file that comes migrates; the others wait for it. */
const ensureTemplate = async (urls: { readonly owner: string; readonly superuser: string }): Promise<void> => {
  const client = new pg.Client({ connectionString: onDatabase(urls.superuser, 'postgres') });
  await client.connect();
  try {
    await client.query('SELECT pg_advisory_lock($1)', [TEMPLATE_LOCK]);
    const found = await client.query('SELECT 1 FROM pg_database WHERE datname = $1', [TEMPLATE]);
    if (found.rowCount === 1) return;
    const owner = new URL(urls.owner).username;
    const unfinished = `${TEMPLATE}_new`;
    await client.query(`DROP DATABASE IF EXISTS ${unfinished} WITH (FORCE)`);
    await client.query(`CREATE DATABASE ${unfinished} OWNER ${owner}`);
    valueOf(await migrateDatabase(onDatabase(urls.owner, unfinished), { passwords: passwordsFor(urls.superuser) }));
    await client.query(`ALTER DATABASE ${unfinished} RENAME TO ${TEMPLATE}`);
  } finally {
    await client.end();
  }
};

/** A backend ends a moment after its client has gone. */
const connectionsLeft = async (superuserUrl: string, name: string): Promise<readonly string[]> => {
  for (let attempt = 0; ; attempt += 1) {
    const rows = await query(
      onDatabase(superuserUrl, 'postgres'),
      `SELECT application_name || ' as ' || usename AS who FROM pg_stat_activity WHERE datname = $1 AND backend_type = 'client backend'`,
      [name],
    );
    if (rows.length === 0 || attempt === 40) return rows.map((row) => String(row['who']));
    await sleep(50);
  }
};

/** `empty`: not migrated. For tests of the migrations themselves. */
export const freshDatabase = async (content: 'migrated' | 'empty' = 'migrated'): Promise<FreshDatabase> => {
  const owner = inject('databaseUrl');
  const superuser = inject('databaseSuperuserUrl');
  const maintenance = onDatabase(superuser, 'postgres');
  const name = `sluice_test_${randomBytes(6).toString('hex')}`;
  const ownerRole = new URL(owner).username;
  if (content === 'migrated') {
    await ensureTemplate({ owner, superuser });
    await query(maintenance, `CREATE DATABASE ${name} TEMPLATE ${TEMPLATE} OWNER ${ownerRole}`);
    // What a database grants is not copied with it.
    await query(maintenance, `GRANT CREATE ON DATABASE ${name} TO sluice_queue`);
  } else {
    await query(maintenance, `CREATE DATABASE ${name} OWNER ${ownerRole}`);
  }
  const ownerUrl = onDatabase(owner, name);
  const superuserUrl = onDatabase(superuser, name);
  const passwords = passwordsFor(superuser);
  return {
    name,
    ownerUrl,
    superuserUrl,
    ...runtimeUrls(ownerUrl, passwords),
    passwords,
    asSuperuser: (statement, parameters) => query(superuserUrl, statement, parameters),
    drop: async () => {
      const left = await connectionsLeft(superuser, name);
      await query(maintenance, `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
      if (left.length > 0) throw new Error(`connections left open: ${left.join(', ')}`);
    },
  };
};

/** Keys as in production, from a key file that is gone again at once. */
export const freshKeys = async (): Promise<Keys> => {
  const directory = await mkdtemp(join(tmpdir(), 'sluice-keys-'));
  try {
    const path = join(directory, 'keys.json');
    valueOf(createKeyFile(path));
    return valueOf(openFileKeys(path, systemClock));
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
};
