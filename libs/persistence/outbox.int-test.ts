import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type FreshDatabase, freshDatabase, freshKeys, valueOf } from '../../test/support/fresh-database.js';
import { aDisclosure, aDocument, aWorld, submitted } from '../../test/support/store-fixtures.js';
import { type OpenOutbox, type OpenStore, openOutbox, openStore } from './index.js';

let database: FreshDatabase;
let open: OpenStore;
let outbox: OpenOutbox;

beforeAll(async () => {
  database = await freshDatabase();
  open = valueOf(await openStore({ appUrl: database.appUrl, keys: await freshKeys(), poolSize: 6 }));
  outbox = valueOf(await openOutbox({ relayUrl: database.relayUrl }));
});
afterAll(async () => {
  await outbox.close();
  await open.close();
  await database.drop();
});

describe('the outbox', () => {
  it('hands out what is due, a few of each lane, oldest first, until it is published', async () => {
    const worlds = [await aWorld(open), await aWorld(open)];
    await database.asSuperuser('DELETE FROM outbox');
    for (const world of worlds) await submitted(world, 5);
    const [later] = worlds;
    if (!later) throw new Error('there are two');
    await database.asSuperuser(
      `UPDATE outbox SET due_at = now() + interval '1 hour' WHERE id = (SELECT id FROM outbox WHERE lane_id = $1 LIMIT 1)`,
      [later.lane],
    );
    const due = await outbox.due({ limit: 100, perLane: 10 });
    expect(due).toHaveLength(9);
    expect(due.map((row) => row.dueAt)).toEqual([...due.map((row) => row.dueAt)].sort());
    const few = await outbox.due({ limit: 100, perLane: 2 });
    expect(
      worlds.map(
        (world) =>
          few.filter((row) => row.lane === world.lane && row.practice === world.practice.id && !row.slow).length,
      ),
    ).toEqual([2, 2]);
    expect(await outbox.due({ limit: 3, perLane: 2 })).toHaveLength(3);
    await outbox.markPublished(few.map((row) => row.id));
    const rest = await outbox.due({ limit: 100, perLane: 10 });
    expect(rest.map((row) => row.id).sort()).toEqual(
      due
        .map((row) => row.id)
        .filter((id) => !few.some((row) => row.id === id))
        .sort(),
    );
    const again = few[0];
    const world = worlds.find((one) => one.lane === again?.lane);
    if (!again || !world) throw new Error('some were handed out');
    await world.run(({ disclosures }) => disclosures.redrive([again.id]));
    expect((await outbox.due({ limit: 100, perLane: 10 })).map((row) => row.id)).toContain(again.id);
  });

  it('says how much is due and not handed out, and for how many whole seconds', async () => {
    const world = await aWorld(open);
    await database.asSuperuser('DELETE FROM outbox');
    expect(await outbox.depth()).toEqual({ waiting: 0, oldestSeconds: 0 });
    await submitted(world, 3);
    await database.asSuperuser(`UPDATE outbox SET due_at = now() - interval '61.7 seconds'`);
    expect(await outbox.depth()).toEqual({ waiting: 3, oldestSeconds: 61 });
  });

  it('wakes when something is put in, not before it is committed, and by the clock', async () => {
    const world = await aWorld(open);
    while ((await Promise.race([outbox.wait(30).then(() => performance.now()), sleep(5).then(() => 0)])) !== 0)
      await sleep(1);
    await sleep(40);
    const started = performance.now();
    let woken = 0;
    const waiting = outbox.wait(20_000).then(() => void (woken = performance.now() - started));
    const document = aDocument(world);
    await world.run(async ({ documents, disclosures }) => {
      await documents.add([{ document, services: [] }]);
      await disclosures.add([aDisclosure(world, document)]);
      await sleep(150);
      expect(woken).toBe(0);
    });
    await waiting;
    expect(woken).toBeGreaterThan(100);
    expect(woken).toBeLessThan(5_000);
    const before = performance.now();
    await outbox.wait(60);
    expect(performance.now() - before).toBeGreaterThan(50);
  });

  it('listens again after its connection was cut', async () => {
    const world = await aWorld(open);
    await database.asSuperuser(
      `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name LIKE 'sluice-relay%' AND datname = current_database()`,
    );
    await sleep(50);
    await expect(outbox.due({ limit: 1, perLane: 1 })).resolves.toBeDefined();
    await sleep(1_300);
    await outbox.wait(1);
    const waiting = outbox.wait(20_000).then(() => 'woken');
    await submitted(world, 1);
    expect(await Promise.race([waiting, sleep(5_000).then(() => 'asleep')])).toBe('woken');
  });
});
