import pg from 'pg';
import { DataSource } from 'typeorm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DELIVERY_STATES, TRANSITIONS } from '#libs/disclosure';
import { type FreshDatabase, freshDatabase, freshKeys, valueOf } from '../../test/support/fresh-database.js';
import { checkRuntimeRole } from './check-runtime-role.js';
import { dataSourceOptions } from './data-source.js';
import { migrateDatabase, openOutbox, openStore, pendingSchemaChanges } from './index.js';
import { MIGRATIONS } from './migrations/index.js';
import { ensureRoles } from './runtime-roles.js';
import { type Sql, sqlOver } from './sql.js';

/** Roles belong to the whole server, which other test files share: what is changed here is rolled back unseen. */
const inTransaction = async <T>(
  url: string,
  preparation: readonly string[],
  work: (sql: Sql) => Promise<T>,
): Promise<T> => {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query('BEGIN');
    for (const statement of preparation) await client.query(statement);
    return await work(
      sqlOver(async (statement, parameters) => ({ records: (await client.query(statement, parameters)).rows })),
    );
  } finally {
    await client.end();
  }
};

describe('migrations', () => {
  let database: FreshDatabase;

  beforeAll(async () => {
    database = await freshDatabase('empty');
  });
  afterAll(() => database.drop());

  it('refuses to start where nothing was migrated', async () => {
    await (await freshDatabase()).drop();
    const opened = await openStore({ appUrl: database.appUrl, keys: await freshKeys(), poolSize: 1 });
    expect(opened.ok ? [] : opened.issues.map((found) => found.code)).toEqual(['migrations_pending']);
  });

  it('applies everything once, even when two start together', async () => {
    const both = await Promise.all(
      [1, 2].map(() => migrateDatabase(database.ownerUrl, { passwords: database.passwords })),
    );
    const applied = both.map((result) => valueOf(result).applied.length).sort();
    expect(applied).toEqual([0, MIGRATIONS.length]);
  });

  it('makes what the entities tell, and nothing else', async () => {
    expect(await pendingSchemaChanges(database.ownerUrl)).toEqual([]);
    await database.asSuperuser('ALTER TABLE lane ADD COLUMN forgotten integer');
    expect(await pendingSchemaChanges(database.ownerUrl)).toHaveLength(1);
    await database.asSuperuser('ALTER TABLE lane DROP COLUMN forgotten');
  });

  it('keeps a transition table that is that of the code, way for way', async () => {
    const [trigger] = await database.asSuperuser(
      `SELECT pg_get_triggerdef(oid) AS text FROM pg_trigger WHERE tgrelid = 'disclosure'::regclass AND tgname = 'check_transition'`,
    );
    await database.asSuperuser(`
      CREATE TABLE probe (state text);
      ${String(trigger?.['text']).replace(/ON (public\.)?disclosure/, 'ON probe')};
      CREATE FUNCTION allows(before text, after text) RETURNS boolean LANGUAGE plpgsql AS $$
        BEGIN
          DELETE FROM probe; INSERT INTO probe VALUES (before); UPDATE probe SET state = after; RETURN true;
        EXCEPTION WHEN SQLSTATE 'SL001' THEN RETURN false;
        END $$`);
    for (const from of DELIVERY_STATES) {
      for (const to of DELIVERY_STATES.filter((state) => state !== from)) {
        const [row] = await database.asSuperuser('SELECT allows($1, $2) AS allowed', [from, to]);
        expect(`${from} ${to} ${String(row?.['allowed'])}`).toBe(`${from} ${to} ${TRANSITIONS[from].includes(to)}`);
      }
    }
    await database.asSuperuser('DROP FUNCTION allows; DROP TABLE probe');
  });

  it('puts every table of a practice behind forced row-level security', async () => {
    const rows = await database.asSuperuser(
      `SELECT c.relname, c.relrowsecurity AND c.relforcerowsecurity AS forced FROM pg_class c
        JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'practice_id' AND NOT a.attisdropped
        WHERE c.relkind IN ('r', 'p') AND c.relnamespace = 'public'::regnamespace`,
    );
    expect(rows.length).toBeGreaterThan(25);
    expect(rows.filter((row) => row['forced'] !== true)).toEqual([]);
    const others = await database.asSuperuser(
      `SELECT relname FROM pg_class c WHERE relkind IN ('r', 'p', 'v', 'm') AND relnamespace = 'public'::regnamespace
        AND NOT EXISTS (SELECT 1 FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attname = 'practice_id')`,
    );
    expect(others.map((row) => row['relname'])).toEqual(['schema_migration']);
  });

  it('can be undone and done again', async () => {
    const source = new DataSource(dataSourceOptions(database.ownerUrl, { poolSize: 1, statementTimeout: 0 }));
    await source.initialize();
    for (const _migration of MIGRATIONS) await source.undoLastMigration({ transaction: 'all' });
    await source.destroy();
    const left = await database.asSuperuser(
      `SELECT relname FROM pg_class WHERE relkind IN ('r', 'S') AND relnamespace = 'public'::regnamespace
        UNION ALL SELECT proname FROM pg_proc WHERE pronamespace = 'public'::regnamespace`,
    );
    expect(left.map((row) => row['relname']).sort()).toEqual(['schema_migration', 'schema_migration_id_seq']);
    expect(valueOf(await migrateDatabase(database.ownerUrl, { passwords: database.passwords })).applied).toHaveLength(
      MIGRATIONS.length,
    );
  });

  it('gives practices that were there before time zones the days that they had', async () => {
    const source = new DataSource(dataSourceOptions(database.ownerUrl, { poolSize: 1, statementTimeout: 0 }));
    await source.initialize();
    await source.undoLastMigration({ transaction: 'all' });
    await source.destroy();
    const id = '00000000-0000-4000-8000-00000000d001';
    await database.asSuperuser(
      `INSERT INTO practice (practice_id, name, npi, tax_id, taxonomy, address, phone, contact_name, submitter_id, part2_program)
        SELECT $1::uuid, 'Old Reed', '1999000002', '000000000', '103T00000X', '{}', '5555550100', 'Desk', 'REED01', false
        WHERE set_config('sluice.practice', $1::text, false) IS NOT NULL`,
      [id],
    );
    valueOf(await migrateDatabase(database.ownerUrl, { passwords: database.passwords }));
    const zones = await database.asSuperuser('SELECT time_zone FROM practice WHERE practice_id = $1', [id]);
    expect(zones).toEqual([{ time_zone: 'UTC' }]);
  });

  it('says which roles are missing when it may not make them', async () => {
    const result = await inTransaction(
      database.superuserUrl,
      [
        'CREATE ROLE test_without_createrole',
        'ALTER ROLE sluice_queue RENAME TO sluice_queue_away',
        'SET LOCAL ROLE test_without_createrole',
      ],
      (sql) => ensureRoles(sql, database.passwords),
    );
    expect(result.ok ? [] : result.issues.map((found) => [found.code, found.path])).toEqual([
      ['role_missing', 'sluice_queue'],
    ]);
  });

  it('refuses to run as a superuser, an owner, or a role that escapes row-level security', async () => {
    const codes = async (url: string): Promise<readonly string[]> => {
      const opened = await openStore({ appUrl: url, keys: await freshKeys(), poolSize: 1 });
      if (opened.ok) await opened.value.close();
      return opened.ok ? [] : opened.issues.map((found) => found.code);
    };
    expect(await codes(database.superuserUrl)).toContain('runtime_role_superuser');
    expect(await codes(database.ownerUrl)).toEqual(['runtime_role_owner']);
    expect(await codes(database.appUrl)).toEqual([]);
    const escaped = await inTransaction(
      database.superuserUrl,
      ['ALTER ROLE sluice_app BYPASSRLS', 'SET LOCAL ROLE sluice_app'],
      checkRuntimeRole,
    );
    expect(escaped.ok ? [] : escaped.issues.map((found) => found.code)).toEqual(['runtime_role_bypassrls']);
  });

  it('says by code that the server cannot be reached, and nothing of the password', async () => {
    const wrong = new URL(database.appUrl);
    wrong.password = 'canary-password';
    const opened = await openStore({ appUrl: wrong.href, keys: await freshKeys(), poolSize: 1 });
    expect(JSON.stringify(opened)).toBe(
      JSON.stringify({ ok: false, issues: [{ code: 'database:sqlstate:28P01', path: 'database', severity: 'error' }] }),
    );
    const relay = await openOutbox({ relayUrl: 'postgres://nobody:canary@127.0.0.1:1/none' });
    expect(relay.ok ? [] : relay.issues.map((found) => found.code)).toEqual(['database:connection_lost']);
  });
});
