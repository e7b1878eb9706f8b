import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { LedgerVerification } from '#libs/application';
import { type FreshDatabase, freshDatabase, freshKeys, valueOf } from '../../test/support/fresh-database.js';
import { aWorld, newId, type World } from '../../test/support/store-fixtures.js';
import { type OpenStore, openStore } from './index.js';
import { entryBody } from './ledger/entry-body.js';
import { blockHash, leafHash, merkleRoot } from './ledger/hashes.js';

let database: FreshDatabase;
let open: OpenStore;

beforeAll(async () => {
  database = await freshDatabase();
  open = valueOf(await openStore({ appUrl: database.appUrl, keys: await freshKeys(), poolSize: 4 }));
});
afterAll(async () => {
  await open.close();
  await database.drop();
});

const append = (world: World, subjects: readonly string[]): Promise<void> =>
  world.run(({ ledger }) => {
    for (const subject of subjects)
      ledger.record({
        kind: 'decided',
        actor: 'worker',
        client: world.client.id,
        subject,
        grounds: ['a', 'b'],
        epoch: 1,
      });
    return Promise.resolve();
  });

const verify = (world: World): Promise<LedgerVerification> => world.run(({ ledger }) => ledger.verify());

/** Five blocks of three entries. */
const recorded = async (): Promise<World> => {
  const world = await aWorld(open);
  for (let block = 1; block <= 5; block += 1) await append(world, [`${block}.0`, `${block}.1`, `${block}.2`]);
  return world;
};

const bodyOf = (world: World, subject: string): string =>
  entryBody({ kind: 'decided', actor: 'worker', client: world.client.id, subject, grounds: ['a', 'b'], epoch: 1 });

/** As a superuser, with the constraints out of the way: what an administrator with a grudge can do. */
const tamper = async (statements: readonly string[]): Promise<void> => {
  await database.asSuperuser(`SET session_replication_role = replica; ${statements.join(';')}`);
};

const hex = (bytes: Uint8Array): string => `'\\x${Buffer.from(bytes).toString('hex')}'`;

describe('the ledger', () => {
  it('is one block a transaction, each upon the one before, and verifies', async () => {
    const world = await recorded();
    const told: (readonly number[])[] = [];
    const progress = (...counts: readonly number[]): number => told.push(counts);
    const outcome = await world.run(({ ledger }) => ledger.verify({ progress }));
    expect(outcome).toMatchObject({ blocks: 5, entries: 15 });
    expect(outcome.broken).toBeUndefined();
    expect(outcome.head).toMatch(/^[0-9a-f]{64}$/);
    expect(told).toEqual([[5, 5]]);
    await append(world, []);
    expect((await verify(world)).head).toBe(outcome.head);
    await append(world, ['more']);
    expect((await verify(world)).head).not.toBe(outcome.head);
  });

  it('is empty and whole for a new practice', async () => {
    expect(await verify(await aWorld(open))).toEqual({
      blocks: 0,
      entries: 0,
      checkpoints: 0,
      head: '0'.repeat(64),
      of: 0,
    });
  });

  it('stays one chain when many append at the same time, also while it is verified', async () => {
    const world = await aWorld(open);
    const writers = Array.from({ length: 60 }, (_, index) => append(world, [String(index)]));
    for (let round = 0; round < 5; round += 1) expect((await verify(world)).broken).toBeUndefined();
    await Promise.all(writers);
    const outcome = await verify(world);
    expect(outcome).toMatchObject({ blocks: 60, entries: 60 });
    expect(outcome.broken).toBeUndefined();
  });

  it('is verified in pages', async () => {
    const world = await aWorld(open);
    await world.run(({ practice }) => practice.get());
    for (let index = 0; index < 510; index += 1) await append(world, [String(index)]);
    const told: number[] = [];
    const outcome = await world.run(({ ledger }) => ledger.verify({ progress: (done) => told.push(done) }));
    expect([outcome.blocks, outcome.broken, told]).toEqual([510, undefined, [500, 510]]);
    await tamper([
      `UPDATE ledger_entry SET body = body || ' ' WHERE practice_id = '${world.practice.id}' AND height = 505`,
    ]);
    expect((await verify(world)).broken).toEqual({ height: 505, code: 'entry_changed' });
  });

  it('commits nothing of a transaction whose entries cannot be written', async () => {
    const world = await recorded();
    await tamper([`DELETE FROM ledger_head WHERE practice_id = '${world.practice.id}'`]);
    const refused = world.run(async (transaction) => {
      await transaction.lanes.saveCursor(world.lane, 'moved');
      transaction.ledger.record({ kind: 'sent', actor: 'worker' });
    });
    await expect(refused).rejects.toMatchObject({ name: 'DatabaseError' });
    expect((await world.run(({ lanes }) => lanes.all()))[0]?.answersCursor).toBe('');
    expect((await verify(world)).broken).toMatchObject({ code: 'head_mismatch' });
  });
});

describe('tampering', () => {
  type Case = readonly [
    what: string,
    code: string,
    height: number,
    statements: (world: World, other: World) => readonly string[],
  ];
  const at = (world: World, height: number): string => `practice_id = '${world.practice.id}' AND height = ${height}`;

  const cases: readonly Case[] = [
    [
      'an entry is edited',
      'entry_changed',
      2,
      (world) => [`UPDATE ledger_entry SET body = replace(body, '2.1', '9.9') WHERE ${at(world, 2)} AND position = 1`],
    ],
    [
      'an entry is edited together with its leaf',
      'root_mismatch',
      2,
      (world) => {
        const body = bodyOf(world, 'forged');
        return [
          `UPDATE ledger_entry SET body = '${body}', leaf = ${hex(leafHash(body))} WHERE ${at(world, 2)} AND position = 1`,
        ];
      },
    ],
    [
      'an entry is edited together with its leaf and its root',
      'chain_broken',
      2,
      (world) => {
        const bodies = ['2.0', 'forged', '2.2'].map((subject) => bodyOf(world, subject));
        const root = merkleRoot(bodies.map(leafHash));
        return [
          `UPDATE ledger_entry SET body = '${bodies[1] ?? ''}', leaf = ${hex(leafHash(bodies[1] ?? ''))} WHERE ${at(world, 2)} AND position = 1`,
          `UPDATE ledger_block SET root = ${hex(root)} WHERE ${at(world, 2)}`,
        ];
      },
    ],
    [
      'an entry is deleted',
      'root_mismatch',
      3,
      (world) => [`DELETE FROM ledger_entry WHERE ${at(world, 3)} AND position = 1`],
    ],
    [
      'the last entry of a block is deleted',
      'root_mismatch',
      3,
      (world) => [`DELETE FROM ledger_entry WHERE ${at(world, 3)} AND position = 2`],
    ],
    [
      'an entry is inserted',
      'root_mismatch',
      4,
      (world) => [
        `INSERT INTO ledger_entry SELECT practice_id, height, 3, client_id, disclosure_id, leaf, body FROM ledger_entry WHERE ${at(world, 4)} AND position = 2`,
      ],
    ],
    [
      'entries change places',
      'root_mismatch',
      4,
      (world) => [
        `UPDATE ledger_entry SET position = 9 - position WHERE ${at(world, 4)}`,
        `UPDATE ledger_entry SET position = position - 7 WHERE ${at(world, 4)}`,
      ],
    ],
    [
      'an entry is hidden from its client',
      'entry_changed',
      1,
      (world) => [`UPDATE ledger_entry SET client_id = NULL WHERE ${at(world, 1)} AND position = 0`],
    ],
    [
      'an entry is shown under another disclosure',
      'entry_changed',
      1,
      (world) => [`UPDATE ledger_entry SET disclosure_id = '${newId()}' WHERE ${at(world, 1)} AND position = 0`],
    ],
    [
      'a block is deleted',
      'height_gap',
      3,
      (world) => [`DELETE FROM ledger_entry WHERE ${at(world, 3)}`, `DELETE FROM ledger_block WHERE ${at(world, 3)}`],
    ],
    [
      'the first block is deleted',
      'height_gap',
      1,
      (world) => [`DELETE FROM ledger_entry WHERE ${at(world, 1)}`, `DELETE FROM ledger_block WHERE ${at(world, 1)}`],
    ],
    [
      'the tail is cut off',
      'head_mismatch',
      5,
      (world) => [`DELETE FROM ledger_entry WHERE ${at(world, 5)}`, `DELETE FROM ledger_block WHERE ${at(world, 5)}`],
    ],
    [
      'the tail is cut off and the head set back, wrongly',
      'head_mismatch',
      5,
      (world) => [
        `DELETE FROM ledger_entry WHERE ${at(world, 5)}`,
        `DELETE FROM ledger_block WHERE ${at(world, 5)}`,
        `UPDATE ledger_head SET height = 4 WHERE practice_id = '${world.practice.id}'`,
      ],
    ],
    [
      'everything is deleted',
      'head_mismatch',
      1,
      (world) =>
        ['entry', 'block'].map((table) => `DELETE FROM ledger_${table} WHERE practice_id = '${world.practice.id}'`),
    ],
    [
      'blocks change places',
      'chain_broken',
      2,
      (world) =>
        ['block', 'entry'].flatMap((table) => [
          `UPDATE ledger_${table} SET height = 99 WHERE ${at(world, 2)}`,
          `UPDATE ledger_${table} SET height = 2 WHERE ${at(world, 3)}`,
          `UPDATE ledger_${table} SET height = 3 WHERE ${at(world, 99)}`,
        ]),
    ],
    [
      'the time of a block is changed',
      'chain_broken',
      2,
      (world) => [`UPDATE ledger_block SET written_at = written_at - interval '1 day' WHERE ${at(world, 2)}`],
    ],
    [
      'a block is forged beyond the head',
      'head_mismatch',
      6,
      (world) => [
        `INSERT INTO ledger_block SELECT practice_id, 6, hash, root, hash, 0, written_at FROM ledger_block WHERE ${at(world, 5)}`,
      ],
    ],
    [
      'an entry is forged below the first block',
      'head_mismatch',
      6,
      (world) => [
        `INSERT INTO ledger_entry SELECT practice_id, 0, 0, client_id, disclosure_id, leaf, body FROM ledger_entry WHERE ${at(world, 1)} AND position = 0`,
      ],
    ],
    [
      'the same block of two practices is swapped',
      'chain_broken',
      3,
      (world, other) =>
        ['block', 'entry'].flatMap((table) => [
          `UPDATE ledger_${table} SET height = 99 WHERE ${at(world, 3)}`,
          `UPDATE ledger_${table} SET practice_id = '${world.practice.id}' WHERE ${at(other, 3)}`,
          `UPDATE ledger_${table} SET practice_id = '${other.practice.id}', height = 3 WHERE ${at(world, 99)}`,
        ]),
    ],
    [
      'the whole chain of another practice is put in its place',
      'chain_broken',
      1,
      (world, other) =>
        ['block', 'entry', 'head'].flatMap((table) => [
          `DELETE FROM ledger_${table} WHERE practice_id = '${world.practice.id}'`,
          `UPDATE ledger_${table} SET practice_id = '${world.practice.id}' WHERE practice_id = '${other.practice.id}'`,
        ]),
    ],
  ];

  it.each(cases)('shows when %s', async (_what, code, height, statements) => {
    const [world, other] = [await recorded(), await recorded()];
    expect((await verify(world)).broken).toBeUndefined();
    await tamper(statements(world, other));
    expect((await verify(world)).broken).toEqual({ height, code });
  });

  it('shows a rewritten block even when all its own hashes are made to fit', async () => {
    const world = await recorded();
    const bodies = ['2.0', 'forged', '2.2'].map((subject) => bodyOf(world, subject));
    const root = merkleRoot(bodies.map(leafHash));
    const [block] = await database.asSuperuser(`SELECT previous, written_at FROM ledger_block WHERE ${at(world, 2)}`);
    if (!(block?.['previous'] instanceof Uint8Array) || !(block['written_at'] instanceof Date))
      throw new Error('no block');
    const hash = blockHash({
      practice: world.practice.id,
      height: 2,
      previous: block['previous'],
      root,
      entries: 3,
      at: block['written_at'].getTime(),
    });
    await tamper([
      `UPDATE ledger_entry SET body = '${bodies[1] ?? ''}', leaf = ${hex(leafHash(bodies[1] ?? ''))} WHERE ${at(world, 2)} AND position = 1`,
      `UPDATE ledger_block SET root = ${hex(root)}, hash = ${hex(hash)} WHERE ${at(world, 2)}`,
    ]);
    expect((await verify(world)).broken).toEqual({ height: 3, code: 'chain_broken' });
  });
});
