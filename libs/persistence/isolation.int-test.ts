import { DataSource } from 'typeorm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type FreshDatabase, freshDatabase, freshKeys, valueOf } from '../../test/support/fresh-database.js';
import { as, filled, outcome, REFUSED } from '../../test/support/role-probes.js';
import { aWorld } from '../../test/support/store-fixtures.js';
import { dataSourceOptions } from './data-source.js';
import { type OpenStore, openStore } from './index.js';
import { withPractice } from './with-practice.js';

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

describe('row-level security', () => {
  it('shows a practice nothing of another, and nobody anything without a practice', async () => {
    const [mine, theirs] = [await filled(open), await filled(open)];
    const tables = await database.asSuperuser(
      `SELECT c.relname FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'practice_id'
        WHERE c.relkind = 'r' AND c.relnamespace = 'public'::regnamespace AND has_any_column_privilege('sluice_app', c.oid, 'SELECT')`,
    );
    expect(tables.length).toBeGreaterThan(20);
    await as(database.appUrl, async (client) => {
      for (const { relname } of tables) {
        const count = async (): Promise<number> => {
          const result = await client.query<{ practice_id: string }>(`SELECT practice_id FROM ${String(relname)}`);
          expect(result.rows.filter((row) => row.practice_id !== mine.practice.id)).toEqual([]);
          return result.rows.length;
        };
        expect([relname, await count()]).toEqual([relname, 0]);
        await client.query('BEGIN');
        await client.query(`SELECT set_config('sluice.practice', $1, true)`, [mine.practice.id]);
        await count();
        await client.query('COMMIT');
        expect([relname, await count()]).toEqual([relname, 0]);
      }
    });
    await mine.run(async ({ clients, disclosures }) => {
      expect((await clients.byIds([theirs.client.id])).size).toBe(0);
      expect((await disclosures.page({}, { limit: 100 })).rows).toHaveLength(1);
    });
  });

  it('refuses to write into another practice', async () => {
    const [mine, theirs] = [await aWorld(open), await aWorld(open)];
    await as(database.appUrl, async (client) => {
      await client.query('BEGIN');
      await client.query(`SELECT set_config('sluice.practice', $1, true)`, [mine.practice.id]);
      const into = `INSERT INTO control_number (practice_id, pair, taken) VALUES ('${theirs.practice.id}', 'x', 1)`;
      expect(await outcome(client, into)).toBe(REFUSED);
    });
  });

  it('holds for the owner of the tables too', async () => {
    await aWorld(open);
    await as(database.ownerUrl, async (client) => {
      expect(await outcome(client, 'SELECT * FROM client')).toBe(0);
      expect(await outcome(client, 'SELECT * FROM disclosure')).toBe(0);
    });
  });

  it('ends with the transaction, on the same connection, however that went', async () => {
    const world = await aWorld(open);
    const source = new DataSource(dataSourceOptions(database.appUrl, { poolSize: 1, statementTimeout: 1_000 }));
    await source.initialize();
    const left = async (): Promise<unknown> =>
      source.query(
        `SELECT coalesce(current_setting('sluice.practice', true), '') AS practice, pg_backend_pid() AS pid`,
      );
    const at = { source, keys: await freshKeys() };
    const context = { practice: world.practice.id, actor: 'worker' };
    const [before] = (await left()) as readonly { readonly pid: number }[];
    const nothing = [{ practice: '', pid: before?.pid }];
    await withPractice(at, context, () => Promise.resolve());
    expect(await left()).toEqual(nothing);
    await expect(withPractice(at, context, () => Promise.reject(new RangeError('of the work')))).rejects.toThrow(
      RangeError,
    );
    expect(await left()).toEqual(nothing);
    await source.destroy();
  });

  it('plans what it often asks once and by the keys, for that transaction alone, also where a table is new', async () => {
    const world = await aWorld(open);
    const source = await new DataSource(
      dataSourceOptions(database.appUrl, { poolSize: 1, statementTimeout: 10_000 }),
    ).initialize();
    const keys = await freshKeys();
    const context = { practice: world.practice.id, actor: 'worker' };
    const asked = (manner: { readonly often?: boolean }) =>
      withPractice({ source, keys, manner }, context, async ({ scope: { sql } }) => {
        await sql.run(`PREPARE named(uuid, uuid[], text[]) AS SELECT id FROM disclosure
          WHERE practice_id = $1 AND id = ANY ($2) AND state = ANY ($3) ORDER BY id FOR NO KEY UPDATE`);
        const id = world.client.id;
        const rows = await sql.rows(`EXPLAIN EXECUTE named('${world.practice.id}', '{${id},${id}}', '{ready}')`);
        await sql.run('DEALLOCATE named');
        const [mode] = await sql.rows(`SELECT current_setting('plan_cache_mode') AS mode`);
        return { mode: mode?.text('mode'), plan: rows.map((row) => row.text('QUERY PLAN')).join('\n') };
      });
    const often = await asked({ often: true });
    expect(often.mode).toBe('force_generic_plan');
    expect(often.plan).toMatch(/Index Scan using pk_disclosure/);
    expect((await asked({})).mode).toBe('auto');
    await source.destroy();
  });

  it('never mixes ten practices up over a pool of two, whatever throws', async () => {
    const worlds = await Promise.all(Array.from({ length: 10 }, () => aWorld(open)));
    const practices = new Map(worlds.map((world) => [world.client.id, world.practice.id]));
    let foreign = 0;
    let thrown = 0;
    let seen = 0;
    const one = async (index: number): Promise<void> => {
      const world = worlds[index % worlds.length];
      if (!world) throw new Error('there are ten worlds');
      try {
        await world.run(async (transaction) => {
          const page = await transaction.clients.page({ limit: 100 });
          seen += page.rows.length;
          foreign += page.rows.filter((row) => practices.get(row.id) !== world.practice.id).length;
          if (index % 7 === 0) throw new RangeError('of the work');
          if (index % 11 === 0) await transaction.clients.add(world.client);
          if (index % 13 === 0) await transaction.lanes.saveCursor(world.lane, String(index));
        });
      } catch {
        thrown += 1;
      }
      if (index % 5 === 0) foreign += (await open.directory.findStaff('nobody')) === undefined ? 0 : 1;
    };
    await Promise.all(Array.from({ length: 2_000 }, (_, index) => one(index)));
    expect(foreign).toBe(0);
    expect(seen).toBe(2_000);
    expect(thrown).toBeGreaterThan(400);
  });
});
