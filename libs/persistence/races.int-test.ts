import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type FreshDatabase, freshDatabase, freshKeys, valueOf } from '../../test/support/fresh-database.js';
import type { ClientId } from '#libs/kernel';
import { aDocument, aRelease, aWorld } from '../../test/support/store-fixtures.js';
import { type OpenStore, openStore } from './index.js';

let database: FreshDatabase;
let open: OpenStore;

beforeAll(async () => {
  database = await freshDatabase();
  open = valueOf(await openStore({ appUrl: database.appUrl, keys: await freshKeys(), poolSize: 6 }));
});
afterAll(async () => {
  await open.close();
  await database.drop();
});

describe('authority locks', () => {
  it('make a revocation wait until the permit has committed', async () => {
    const world = await aWorld(open);
    const client = world.client.id;
    const release = aRelease(client, world.practice.id);
    await world.run(({ authority }) => authority.sign(release));
    const order: string[] = [];
    let revoked: Promise<void> | undefined;
    await world.run(async ({ authority }) => {
      const epochs = await authority.lockShared([client]);
      revoked = world
        .run((other) =>
          other.authority.revoke({ release: release.id, receivedAt: 1, recordedAt: 2, channel: 'fax', client }),
        )
        .then(() => void order.push('revoked'));
      await sleep(150);
      expect((await authority.read([client])).get(client)).toMatchObject({
        epoch: epochs.get(client),
        revocations: [],
      });
      order.push('permitted');
    });
    await revoked;
    expect(order).toEqual(['permitted', 'revoked']);
  });

  it('let permits of the same client pass beside each other', async () => {
    const world = await aWorld(open);
    await world.run(async ({ authority }) => {
      await authority.lockShared([world.client.id]);
      await world.run((other) => other.authority.lockShared([world.client.id]));
    });
  });

  it('read what a revocation committed that was waited for', async () => {
    const world = await aWorld(open);
    const client = world.client.id;
    const release = aRelease(client, world.practice.id);
    await world.run(({ authority }) => authority.sign(release));
    let locked: Promise<unknown> | undefined;
    await world.run(async ({ authority }) => {
      await authority.revoke({ release: release.id, receivedAt: 1, recordedAt: 2, channel: 'fax', client });
      locked = world.run(async (other) => {
        const epochs = await other.authority.lockShared([client]);
        return {
          epoch: epochs.get(client),
          revocations: (await other.authority.read([client])).get(client)?.revocations.length,
        };
      });
      await sleep(100);
    });
    expect(await locked).toEqual({ epoch: 2, revocations: 1 });
  });
});

describe('statements that are asked for together', () => {
  it('run in the order in which they were asked: what is read after a lock is read under it', async () => {
    const world = await aWorld(open);
    const client = world.client.id;
    const release = aRelease(client, world.practice.id);
    await world.run(({ authority }) => authority.sign(release));
    let locked: Promise<unknown> | undefined;
    await world.run(async ({ authority }) => {
      await authority.revoke({ release: release.id, receivedAt: 1, recordedAt: 2, channel: 'fax', client });
      locked = world.run(async (other) => {
        const [epochs, authorities] = await Promise.all([
          other.authority.lockShared([client]),
          other.authority.read([client]),
        ]);
        return { epoch: epochs.get(client), revocations: authorities.get(client)?.revocations.length };
      });
      await sleep(100);
    });
    expect(await locked).toEqual({ epoch: 2, revocations: 1 });
  });

  it('keep nothing when one of them fails, though the caller goes on', async () => {
    const world = await aWorld(open);
    const failing = world.run(async ({ lanes, clients }) => {
      await Promise.allSettled([
        lanes.saveCursor(world.lane, 'moved'),
        clients.byIds(['no uuid' as ClientId]),
        lanes.saveCursor(world.lane, 'moved again'),
      ]);
    });
    await expect(failing).rejects.toMatchObject({ code: 'sqlstate:22P02' });
    expect((await world.run(({ lanes }) => lanes.all()))[0]?.answersCursor).toBe('');
  });
});

describe('races', () => {
  it('let one of two equal idempotency keys through', async () => {
    const world = await aWorld(open);
    const record = { principal: 'p', route: 'r', key: 'k', fingerprint: 'f', status: 202, body: '{}' };
    const results = await Promise.allSettled(
      Array.from({ length: 6 }, () => world.run(({ idempotency }) => idempotency.add([record]))),
    );
    const refused = results.filter((result) => result.status === 'rejected').map((result): unknown => result.reason);
    expect(refused).toHaveLength(5);
    for (const reason of refused) expect(reason).toMatchObject({ code: 'unique_violation:pk_idempotency' });
  });

  it('let one of two documents bill a service', async () => {
    const world = await aWorld(open);
    const documents = Array.from({ length: 6 }, () => aDocument(world));
    const results = await Promise.all(
      documents.map((document, index) =>
        world.run(({ documents: repository }) =>
          repository.add([{ document, services: index % 2 ? ['s1', 's2'] : ['s2', 's1'] }]),
        ),
      ),
    );
    expect(results.flat()).toHaveLength(5);
    const stored = await world.run(({ documents: repository }) =>
      repository.byIds(documents.map((document) => document.id)),
    );
    expect(stored.size).toBe(1);
  });

  it('give no control number twice', async () => {
    const world = await aWorld(open);
    const blocks = await Promise.all(
      Array.from({ length: 40 }, (_, index) =>
        world.run(({ transmissions }) => transmissions.takeNumbers('a>b', (index % 4) + 1)),
      ),
    );
    const taken = blocks.flatMap((first, index) =>
      Array.from({ length: (index % 4) + 1 }, (_, offset) => first + offset),
    );
    expect([...taken].sort((one, other) => one - other)).toEqual(Array.from({ length: 100 }, (_, index) => index + 1));
  });
});
