import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { PracticeId } from '#libs/kernel';
import { type FreshDatabase, freshDatabase, freshKeys, valueOf } from '../../test/support/fresh-database.js';
import { aClient, aWorld, newId } from '../../test/support/store-fixtures.js';
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

describe('errors', () => {
  it('say a code and nothing of the values, the statement or the driver', async () => {
    const world = await aWorld(open);
    const canary = 'CANARY7731';
    const client = aClient(canary);
    const failures: Promise<unknown>[] = [
      world.run(async ({ clients }) => {
        await clients.add(client);
        await clients.add({ ...aClient(canary), id: newId() as typeof client.id });
      }),
      world.run(({ clients }) => clients.byIds([canary as typeof client.id])),
      world.run(({ practice }) =>
        practice.addInsurer({ ...world.insurer, id: canary as typeof world.insurer.id }, world.lane),
      ),
      open.store.inPractice({ practice: canary as PracticeId, actor: canary }, ({ practice }) => practice.get()),
      open.directory.findStaff(`${canary}\0`),
      world.run(({ idempotency }) => idempotency.find([{ principal: `${canary}\0`, route: canary, key: canary }])),
    ];
    const codes: string[] = [];
    for (const settled of await Promise.allSettled(failures)) {
      if (settled.status === 'fulfilled') throw new Error('nothing was thrown');
      const error: unknown = settled.reason;
      if (!(error instanceof Error)) throw new Error('not an error');
      const own = Object.getOwnPropertyNames(error).sort();
      expect(own.filter((name) => !['code', 'message', 'name', 'sqlState', 'stack'].includes(name))).toEqual([]);
      const said = `${error.message} ${error.stack ?? ''} ${JSON.stringify(error)} ${String(error.cause)}`;
      expect(said).not.toMatch(/CANARY7731|INSERT|SELECT|duplicate key|uuid:/);
      codes.push(error.message);
    }
    expect(codes).toEqual([
      'unique_violation:uq_client_code',
      'sqlstate:22P02',
      'sqlstate:22P02',
      'practice_unknown',
      'sqlstate:22021',
      'sqlstate:22021',
    ]);
  });

  it('calls a lost connection by its name, and goes on with the next', async () => {
    const world = await aWorld(open);
    const end = `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '${database.name}' AND usename = 'sluice_app'`;
    const cut = world.run(async ({ practice }) => {
      await practice.get();
      await database.asSuperuser(end);
      await practice.get();
    });
    await expect(cut).rejects.toMatchObject({ name: 'DatabaseError', code: 'connection_lost' });
    const cutBeforeCommit = world.run(async ({ practice }) => {
      await practice.get();
      await database.asSuperuser(end);
    });
    await expect(cutBeforeCommit).rejects.toMatchObject({ name: 'DatabaseError', code: 'commit_ambiguous' });
    // Entry and commit leave together: of neither is known whether it arrived.
    const cutBeforeEntry = world.run(async ({ ledger, practice }) => {
      ledger.record({ kind: 'sent', actor: 'worker' });
      await practice.get();
      await database.asSuperuser(end);
    });
    await expect(cutBeforeEntry).rejects.toMatchObject({ name: 'DatabaseError', code: 'commit_ambiguous' });
    expect(await world.run(({ practice }) => practice.get())).toEqual(world.practice);
    expect(await open.ping()).toBe(true);
  });
});
