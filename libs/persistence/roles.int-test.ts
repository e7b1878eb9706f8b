import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type FreshDatabase, freshDatabase, freshKeys, valueOf } from '../../test/support/fresh-database.js';
import { as, filled, outcome, REFUSED } from '../../test/support/role-probes.js';
import { aWorld, newId } from '../../test/support/store-fixtures.js';
import { type OpenStore, openStore } from './index.js';

let database: FreshDatabase;
let open: OpenStore;

beforeAll(async () => {
  database = await freshDatabase();
  open = valueOf(await openStore({ appUrl: database.appUrl, keys: await freshKeys(), poolSize: 2 }));
});
afterAll(async () => {
  await open.close();
  await database.drop();
});

describe('roles', () => {
  it('lets the application append, and change nothing that was signed, decided or recorded', async () => {
    const world = await filled(open);
    await as(database.appUrl, async (client) => {
      for (const table of ['ledger_head', 'ledger_block', 'ledger_entry']) {
        expect(await outcome(client, `INSERT INTO ${table} DEFAULT VALUES`)).toBe(REFUSED);
      }
      const appendOnly =
        'ledger_head ledger_block ledger_entry ledger_checkpoint retired_key client_identity decision answer release revocation release_relation restriction';
      for (const table of appendOnly.split(' ')) {
        expect(await outcome(client, `UPDATE ${table} SET practice_id = practice_id`)).toBe(REFUSED);
        expect(await outcome(client, `DELETE FROM ${table}`)).toBe(REFUSED);
        expect(await outcome(client, `TRUNCATE ${table} CASCADE`)).toBe(REFUSED);
      }
      for (const statement of [
        'SELECT password_hash FROM staff',
        'SELECT * FROM staff',
        'SELECT * FROM credential',
        'SELECT digest FROM credential',
        'UPDATE credential SET revoked_at = NULL, roles = roles',
        'CREATE TABLE mine (id integer)',
        'CREATE TABLE bullmq.mine (id integer)',
        'ALTER TABLE client DISABLE ROW LEVEL SECURITY',
        `UPDATE client SET practice_id = '${newId()}'`,
        'SET ROLE sluice_owner',
        'SET ROLE sluice_relay',
      ]) {
        expect([statement, await outcome(client, statement)]).toEqual([statement, REFUSED]);
      }
    });
    expect((await world.run(({ ledger }) => ledger.verify())).broken).toBeUndefined();
  });

  it('does not append to the ledger of another practice', async () => {
    const [mine, theirs] = [await filled(open), await filled(open)];
    await as(database.appUrl, async (client) => {
      await client.query('BEGIN');
      await client.query(`SELECT set_config('sluice.practice', $1, true)`, [mine.practice.id]);
      const append = `SELECT append_block('${theirs.practice.id}', '\\x00', '{}')`;
      expect(await outcome(client, append)).toBe('P0002');
    });
  });

  it('shows the relay the outbox, of all practices, and nothing else', async () => {
    await filled(open);
    await filled(open);
    await as(database.relayUrl, async (client) => {
      expect(await outcome(client, 'SELECT DISTINCT practice_id FROM outbox')).toBeGreaterThan(1);
      const tables = await database.asSuperuser(
        `SELECT relname FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace AND relname NOT IN ('outbox', 'schema_migration')`,
      );
      for (const { relname } of tables) {
        expect([relname, await outcome(client, `SELECT 1 FROM ${String(relname)}`)]).toEqual([relname, REFUSED]);
      }
      for (const statement of [
        'UPDATE outbox SET due_at = now()',
        'UPDATE outbox SET practice_id = practice_id',
        'DELETE FROM outbox',
        `SELECT find_sign_in('x')`,
        `SELECT append_block('${newId()}', '\\x00', '{}')`,
      ]) {
        expect([statement, await outcome(client, statement)]).toEqual([statement, REFUSED]);
      }
      expect(await outcome(client, 'UPDATE outbox SET published_at = NULL WHERE false')).toBe(0);
    });
  });

  it('gives the queue a schema of its own and nothing else', async () => {
    await as(database.queueUrl, async (client) => {
      expect(await outcome(client, 'CREATE SCHEMA IF NOT EXISTS bullmq')).toBeNull();
      expect(await outcome(client, 'CREATE TABLE bullmq.job (id integer)')).toBeNull();
      expect(await outcome(client, 'SELECT 1 FROM public.outbox')).toBe(REFUSED);
      expect(await outcome(client, 'SELECT 1 FROM public.client')).toBe(REFUSED);
      expect(await outcome(client, 'SELECT public.list_practices()')).toBe(REFUSED);
    });
  });

  it('keeps the sign-in name of one practice from being taken in another', async () => {
    const [mine, theirs] = [await aWorld(open), await aWorld(open)];
    const taken = theirs.run(({ practice }) =>
      practice.addStaff({ ...theirs.staff, id: newId() as typeof theirs.staff.id, signIn: mine.staff.signIn }),
    );
    await expect(taken).rejects.toMatchObject({ code: 'unique_violation:uq_staff_sign_in' });
    expect((await open.directory.findStaff(mine.staff.signIn))?.practice).toBe(mine.practice.id);
  });
});
