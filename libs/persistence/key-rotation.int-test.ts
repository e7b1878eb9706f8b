import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { addKeyToFile, createKeyFile, type FileKeys, openFileKeys, removeKeysFromFile } from '#libs/access';
import { countStaleKeys, retireKeys, rewrapKeys } from '#libs/application';
import type { ClientId } from '#libs/kernel';
import { systemClock } from '#libs/settings';
import { type FreshDatabase, freshDatabase, valueOf } from '../../test/support/fresh-database.js';
import { aClient, aWorld, type World } from '../../test/support/store-fixtures.js';
import { openStore, type OpenStore } from './index.js';

const directory = mkdtempSync(join(tmpdir(), 'sluice-rotation-'));
const path = join(directory, 'keys.json');
let database: FreshDatabase;
/** A gateway that was started before the rotation, and stays up all the time. */
let gateway: OpenStore;
let gatewayKeys: FileKeys;
const opened: OpenStore[] = [];

const process = async (file = path): Promise<{ readonly store: OpenStore; readonly keys: FileKeys }> => {
  const keys = valueOf(openFileKeys(file, systemClock));
  const store = valueOf(await openStore({ appUrl: database.appUrl, keys, poolSize: 2 }));
  opened.push(store);
  return { store, keys };
};

beforeAll(async () => {
  valueOf(createKeyFile(path));
  database = await freshDatabase();
  ({ store: gateway, keys: gatewayKeys } = await process());
});
afterAll(async () => {
  for (const one of opened) await one.close();
  await database.drop();
  rmSync(directory, { recursive: true });
});

const idsInFile = (file = path): readonly string[] =>
  (JSON.parse(readFileSync(file, 'utf8')) as { keys: readonly { id: string }[] }).keys.map(({ id }) => id);

const addClients = async (world: World, count: number): Promise<readonly ClientId[]> => {
  const added = Array.from({ length: count }, () => aClient());
  for (const client of added) await world.run(({ clients }) => clients.add(client));
  return added.map(({ id }) => id);
};

const rowsOf = (world: World) =>
  database.asSuperuser('SELECT kek, wrapped IS NULL AS destroyed FROM data_key WHERE practice_id = $1', [
    world.practice.id,
  ]);

/** What must hold at every moment: the file holds every key in which a data key is wrapped, and the gateway reads them all. */
const nothingIsLost = async (world: World, clients: readonly ClientId[]): Promise<void> => {
  const keks = (await rowsOf(world)).filter((row) => row['destroyed'] === false).map((row) => row['kek']);
  expect(keks.filter((kek) => !idsInFile().includes(String(kek)))).toEqual([]);
  expect((await world.run((transaction) => transaction.clients.byIds(clients))).size).toBe(clients.length);
};

describe('rotating the key-encryption key', () => {
  let world: World;
  let clients: readonly ClientId[];
  let before: string;

  beforeEach(async () => {
    world = await aWorld(gateway);
    clients = await addClients(world, 7);
    before = gatewayKeys.current;
  });

  it('wraps every key anew while the gateway goes on, killed in between or not', async () => {
    const password = gatewayKeys.databasePassword('app');
    const added = valueOf(addKeyToFile(path, systemClock));
    const first = await process();
    expect(await countStaleKeys({ store: first.store.store }, world.practice.id)).toBe(8);
    await nothingIsLost(world, clients);
    const context = { practice: world.practice.id, actor: 'setup' };
    for (const batch of [3, 2]) {
      expect(await first.store.store.inPractice(context, (t) => t.clients.rewrapKeys(batch))).toBe(batch);
      await nothingIsLost(world, clients);
    }
    // The first one is killed; a client comes in by the gateway, which was not told of anything.
    const late = await addClients(world, 1);
    const second = await process();
    expect(second.keys.current).toBe(added);
    expect(await countStaleKeys({ store: second.store.store }, world.practice.id)).toBe(3);
    const told: number[] = [];
    expect(await rewrapKeys({ store: second.store.store }, world.practice.id, (done) => told.push(done))).toBe(3);
    expect(told).toEqual([3]);
    expect(new Set((await rowsOf(world)).map((row) => row['kek']))).toEqual(new Set([added]));
    await nothingIsLost(world, [...clients, ...late]);
    expect(await rewrapKeys({ store: second.store.store }, world.practice.id, () => undefined)).toBe(0);
    expect(second.keys.databasePassword('app')).toBe(password);
    expect(gatewayKeys.databasePassword('app')).toBe(password);
  });

  it('does not bring back a client who was forgotten', async () => {
    const [gone] = clients;
    if (gone === undefined) throw new Error('no client');
    await world.run((transaction) => transaction.clients.forget(gone));
    valueOf(addKeyToFile(path, systemClock));
    const { store } = await process();
    await rewrapKeys({ store: store.store }, world.practice.id, () => undefined);
    const destroyed = (await rowsOf(world)).filter((row) => row['destroyed'] === true);
    expect(destroyed).toEqual([{ kek: before, destroyed: true }]);
    expect((await world.run((transaction) => transaction.clients.byIds([gone]))).size).toBe(0);
  });

  it('waits for one who is being forgotten at the same moment', async () => {
    const [gone] = clients;
    if (gone === undefined) throw new Error('no client');
    valueOf(addKeyToFile(path, systemClock));
    const { store } = await process();
    let rewrapping: Promise<number> | undefined;
    await world.run(async (transaction) => {
      await transaction.clients.forget(gone);
      rewrapping = rewrapKeys({ store: store.store }, world.practice.id, () => undefined);
      await new Promise((resolve) => setTimeout(resolve, 100));
    });
    expect(await rewrapping).toBe(7);
    expect((await rowsOf(world)).filter((row) => row['destroyed'] === true)).toHaveLength(1);
  });

  it('retires the old key only when nothing is wrapped in it, and nothing can be from then on', async () => {
    const stale = join(directory, `stale-${world.practice.id}.json`);
    copyFileSync(path, stale);
    valueOf(addKeyToFile(path, systemClock));
    const { store, keys } = await process();
    const old = keys.known.filter((kek) => kek !== keys.current);
    expect(await retireKeys({ store: store.store }, world.practice.id, old)).toBe(false);
    await rewrapKeys({ store: store.store }, world.practice.id, () => undefined);
    expect(await retireKeys({ store: store.store }, world.practice.id, old)).toBe(true);
    expect(await retireKeys({ store: store.store }, world.practice.id, old)).toBe(true);
    // One who has not heard of it, with the key file as it was.
    const late = await process(stale);
    const adding = late.store.store.inPractice({ practice: world.practice.id, actor: 'setup' }, (transaction) =>
      transaction.clients.add(aClient()),
    );
    await expect(adding).rejects.toMatchObject({ code: 'key_retired' });
    // The gateway hears of it with its next client.
    const [added] = await addClients(world, 1);
    await nothingIsLost(world, [...clients, ...(added === undefined ? [] : [added])]);
    expect((await world.run(({ ledger }) => ledger.verify())).broken).toBeUndefined();
  });

  it('makes who retires wait for who is storing a key', async () => {
    valueOf(addKeyToFile(path, systemClock));
    const { store, keys } = await process();
    await rewrapKeys({ store: store.store }, world.practice.id, () => undefined);
    const order: string[] = [];
    let retiring: Promise<boolean> | undefined;
    await world.run(async (transaction) => {
      await transaction.clients.add(aClient());
      retiring = retireKeys({ store: store.store }, world.practice.id, [keys.current]).finally(() =>
        order.push('retired'),
      );
      await new Promise((resolve) => setTimeout(resolve, 150));
      order.push('stored');
    });
    expect(await retiring).toBe(false);
    expect(order).toEqual(['stored', 'retired']);
  });
});

describe('the key file', () => {
  it('keeps every key until it is taken out by name, and never gives up the current one', () => {
    const file = join(directory, 'own.json');
    valueOf(createKeyFile(file));
    const [first = ''] = idsInFile(file);
    const second = valueOf(addKeyToFile(file, systemClock));
    const third = valueOf(addKeyToFile(file, systemClock));
    expect(idsInFile(file)).toEqual([first, second, third]);
    valueOf(removeKeysFromFile(file, [first, third], systemClock));
    expect(idsInFile(file)).toEqual([second, third]);
  });

  it('is changed by one at a time; what a dead one left is cleared away after a minute', () => {
    const file = join(directory, 'two.json');
    valueOf(createKeyFile(file));
    writeFileSync(`${file}.new`, '{', { mode: 0o600 });
    const refused = addKeyToFile(file, systemClock);
    expect(refused.ok ? [] : refused.issues.map(({ code }) => code)).toEqual(['keys.file-being-changed']);
    expect(idsInFile(file)).toHaveLength(1);
    const later = { now: () => systemClock.now() + 61_000 };
    valueOf(addKeyToFile(file, later));
    expect(idsInFile(file)).toHaveLength(2);
  });

  it('of another installation in the same place changes nothing', () => {
    const file = join(directory, 'three.json');
    valueOf(createKeyFile(file));
    const keys = valueOf(openFileKeys(file, systemClock));
    const { current } = keys;
    rmSync(file);
    valueOf(createKeyFile(file));
    expect(keys.newDataKey().kek).toBe(current);
  });
});
