import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  checkpointWhenDue,
  type Keys,
  type LedgerCheckpoint,
  type LedgerVerification,
  type Log,
  type PracticeContext,
} from '#libs/application';
import type { PracticeId, Result } from '#libs/kernel';
import { type FreshDatabase, freshDatabase, freshKeys, valueOf } from '../../test/support/fresh-database.js';
import { aWorld, newId, type World } from '../../test/support/store-fixtures.js';
import { exportLedger, openStore, type OpenStore, readCheckpoints, verifyLedgerFile } from './index.js';

let database: FreshDatabase;
let open: OpenStore;
let keys: Keys;

beforeAll(async () => {
  database = await freshDatabase();
  keys = await freshKeys();
  open = valueOf(await openStore({ appUrl: database.appUrl, keys, poolSize: 4 }));
});
afterAll(async () => {
  await open.close();
  await database.drop();
});

const append = (world: World, blocks: number): Promise<void> =>
  Array.from({ length: blocks }).reduce<Promise<void>>(
    (before) =>
      before.then(() =>
        world.run(({ ledger }) => {
          for (const subject of ['one', 'two'])
            ledger.record({ kind: 'decided', actor: 'worker', client: world.client.id, subject });
          return Promise.resolve();
        }),
      ),
    Promise.resolve(),
  );

const sign = async (world: World): Promise<LedgerCheckpoint> => {
  const made = await world.run(({ ledger }) => ledger.checkpoint());
  if (made === undefined) throw new Error('nothing to sign');
  return made;
};

const verify = (world: World, against: readonly LedgerCheckpoint[] = []): Promise<LedgerVerification> =>
  world.run(({ ledger }) => ledger.verify({ against }));

/** As a superuser, with the constraints out of the way. */
const tamper = async (...statements: readonly string[]): Promise<void> => {
  await database.asSuperuser(`SET session_replication_role = replica; ${statements.join(';')}`);
};

/** What an administrator with a grudge does who knows how the ledger works: afterwards the database agrees with itself. */
const cutTo = (world: World, height: number): Promise<void> => {
  const of = `practice_id = '${world.practice.id}'`;
  return tamper(
    ...['checkpoint', 'entry', 'block'].map(
      (table) => `DELETE FROM ledger_${table} WHERE ${of} AND height > ${height}`,
    ),
    `UPDATE ledger_head SET height = ${height}, hash = (SELECT hash FROM ledger_block WHERE ${of} AND height = ${height}) WHERE ${of}`,
  );
};

const contextOf = (world: World): PracticeContext => ({ practice: world.practice.id, actor: 'setup' });

const exported = async (world: World): Promise<readonly string[]> => {
  const lines: string[] = [];
  for await (const line of exportLedger(open.store, contextOf(world), { keys })) lines.push(line);
  return lines;
};

async function* streamed(lines: readonly string[]): AsyncGenerator<string> {
  for (const line of lines) yield await Promise.resolve(line);
}

const codesOf = (result: Result<unknown>): readonly string[] =>
  result.ok ? [] : result.issues.map(({ code }) => code);

describe('checkpoints', () => {
  it('say where the ledger ended, signed, and once only for the same end', async () => {
    const world = await aWorld(open);
    expect(await world.run(({ ledger }) => ledger.checkpoint())).toBeUndefined();
    await append(world, 3);
    const first = await sign(world);
    expect(first).toMatchObject({ practice: world.practice.id, height: 3, hash: (await verify(world)).head });
    expect(await sign(world)).toEqual(first);
    await append(world, 1);
    const second = await sign(world);
    expect(second.height).toBe(4);
    expect(await world.run(({ ledger }) => ledger.lastCheckpoint())).toEqual(second);
    expect(await verify(world, [first, second])).toMatchObject({ blocks: 4, checkpoints: 4 });
    expect((await verify(world, [first, second])).broken).toBeUndefined();
  });

  it('cannot be changed or deleted by the running program', async () => {
    const world = await aWorld(open);
    await append(world, 1);
    await sign(world);
    const privileges = await database.asSuperuser(
      `SELECT DISTINCT privilege_type FROM information_schema.role_table_grants
        WHERE table_name = 'ledger_checkpoint' AND grantee IN ('sluice_app', 'sluice_relay', 'sluice_queue') ORDER BY 1`,
    );
    expect(privileges.map((row) => row['privilege_type'])).toEqual(['INSERT', 'SELECT']);
  });

  it('show a tail that was cut together with its head, if one of them was kept elsewhere', async () => {
    const world = await aWorld(open);
    await append(world, 3);
    const early = await sign(world);
    await append(world, 3);
    const kept = await sign(world);
    await cutTo(world, 4);
    expect((await verify(world)).broken).toBeUndefined();
    expect((await verify(world, [early])).broken).toBeUndefined();
    expect((await verify(world, [early, kept])).broken).toEqual({ height: 5, code: 'checkpoint_contradicted' });
    await append(world, 4);
    expect((await verify(world)).broken).toBeUndefined();
    expect((await verify(world, [kept])).broken).toEqual({ height: 6, code: 'checkpoint_contradicted' });
  });

  it('show a cut tail also when only the stored ones were forgotten by whoever cut', async () => {
    const world = await aWorld(open);
    await append(world, 5);
    await sign(world);
    const of = `practice_id = '${world.practice.id}'`;
    await tamper(
      ...['entry', 'block'].map((table) => `DELETE FROM ledger_${table} WHERE ${of} AND height > 4`),
      `UPDATE ledger_head SET height = 4, hash = (SELECT hash FROM ledger_block WHERE ${of} AND height = 4) WHERE ${of}`,
    );
    expect((await verify(world)).broken).toEqual({ height: 5, code: 'checkpoint_contradicted' });
  });

  it.each([
    ['time', `signed_at = signed_at - interval '1 day'`],
    ['signature', `signature = set_byte(signature, 5, 255 - get_byte(signature, 5))`],
    ['length of the signature', `signature = substr(signature, 1, 10)`],
    ['block', `hash = set_byte(hash, 5, 255 - get_byte(hash, 5))`],
  ])('show when their %s was changed', async (_what, change) => {
    const world = await aWorld(open);
    await append(world, 2);
    await sign(world);
    await tamper(`UPDATE ledger_checkpoint SET ${change} WHERE practice_id = '${world.practice.id}'`);
    expect((await verify(world)).broken).toEqual({ height: 2, code: 'checkpoint_forged' });
  });

  it('of another installation or another practice prove nothing', async () => {
    const [world, other] = [await aWorld(open), await aWorld(open)];
    await append(world, 2);
    await append(other, 2);
    const moved = { ...(await sign(other)), practice: world.practice.id };
    expect((await verify(world, [moved])).broken).toEqual({ height: 2, code: 'checkpoint_forged' });
    const own = await sign(world);
    const foreign = { ...own, signature: Buffer.from((await freshKeys()).sign(Buffer.from('x'))).toString('base64') };
    expect((await verify(world, [foreign])).broken).toEqual({ height: 2, code: 'checkpoint_forged' });
  });

  it('are made when they are due and something was added, by however many workers', async () => {
    const world = await aWorld(open);
    const events: string[] = [];
    const log: Log = { event: (name) => events.push(name), failure: () => undefined };
    const due = (everyMs: number) => checkpointWhenDue({ store: open.store, log }, world.practice.id, everyMs);
    await due(0);
    await append(world, 1);
    await Promise.all([due(60_000), due(60_000), due(60_000)]);
    await append(world, 1);
    await due(60_000);
    expect((await verify(world)).checkpoints).toBe(1);
    await due(0);
    await due(0);
    expect((await verify(world)).checkpoints).toBe(2);
    expect(events.every((name) => name === 'ledger.checkpointed')).toBe(true);
  });
});

describe('an exported ledger', () => {
  const written = async (): Promise<readonly string[]> => {
    const world = await aWorld(open);
    await append(world, 2);
    await sign(world);
    await append(world, 2);
    return exported(world);
  };

  it('is verified by a stranger, with nothing but the file', async () => {
    const world = await aWorld(open);
    await append(world, 3);
    await sign(world);
    await append(world, 2);
    const lines = await exported(world);
    expect(lines.every((line) => !line.includes('\n'))).toBe(true);
    const told: number[] = [];
    const outcome = valueOf(await verifyLedgerFile(streamed(lines), { progress: (done) => told.push(done) }));
    expect(outcome).toEqual({
      practice: world.practice.id,
      signingKey: Buffer.from(keys.signingKey).toString('base64'),
      signedAt: (await world.run(({ ledger }) => ledger.lastCheckpoint()))?.at,
      blocks: 5,
      entries: 10,
      checkpoints: 2,
      head: (await verify(world)).head,
    });
    expect(told).toEqual([5]);
    expect(valueOf(await readCheckpoints(streamed(lines)))).toHaveLength(2);
    expect((await verify(world, valueOf(await readCheckpoints(streamed(lines))))).broken).toBeUndefined();
  });

  it('is refused for a ledger that has nothing to sign', async () => {
    const world = await aWorld(open);
    await expect(exported(world)).rejects.toMatchObject({ code: 'ledger_empty' });
  });

  it('goes through every page', async () => {
    const world = await aWorld(open);
    await append(world, 1_003);
    const told: (readonly number[])[] = [];
    let lines = 0;
    const progress = (...counts: readonly number[]): number => told.push(counts);
    for await (const _line of exportLedger(open.store, contextOf(world), { keys, progress })) lines += 1;
    expect(lines).toBe(1 + 1_003 * 3 + 1 + 1);
    expect(told).toEqual([500, 1_000, 1_003].map((done) => [done, 1_003]));
  });

  it('belongs to one key, if one is asked for', async () => {
    const lines = await written();
    const asked = { signingKey: Buffer.from(keys.signingKey).toString('base64') };
    expect(codesOf(await verifyLedgerFile(streamed(lines), asked))).toEqual([]);
    const other = { signingKey: Buffer.from((await freshKeys()).signingKey).toString('base64') };
    expect(codesOf(await verifyLedgerFile(streamed(lines), other))).toEqual(['ledger-file.other-key']);
  });

  const without = (lines: readonly string[], sign: string): readonly string[] =>
    lines.filter((line) => !line.includes(sign));

  type Change = (lines: readonly string[]) => readonly string[];
  it.each<readonly [string, string, Change]>([
    ['nothing is left', 'ledger-file.not-a-ledger', () => []],
    ['the first line is missing', 'ledger-file.not-a-ledger', (lines) => lines.slice(1)],
    ['it ends early', 'ledger-file.incomplete', (lines) => lines.slice(0, -1)],
    ['something follows its end', 'ledger-file.unreadable', (lines) => [...lines, lines.at(-2) ?? '']],
    ['a line is cut', 'ledger-file.unreadable', (lines) => lines.map((line, at) => (at === 3 ? line.slice(9) : line))],
    [
      'a line has one member more',
      'ledger-file.unreadable',
      (lines) => lines.map((l, at) => (at === 3 ? l.replace('{', '{"x":1,') : l)),
    ],
    ['an entry is missing', 'ledger-file.unreadable', (lines) => lines.filter((_line, at) => at !== 3)],
    [
      'checkpoints are missing',
      'ledger-file.unsigned',
      (lines) => without(lines, '"checkpoint"').map((line) => line.replace('"checkpoints":2', '"checkpoints":0')),
    ],
    [
      'the counts differ',
      'ledger-file.incomplete',
      (lines) => lines.map((line) => line.replace('"blocks":4', '"blocks":5')),
    ],
  ])('is refused when %s', async (_what, code, change) => {
    expect(codesOf(await verifyLedgerFile(streamed(change(await written()))))).toEqual([code]);
  });

  it.each<readonly [string, string, number, Change]>([
    [
      'an entry was changed',
      'root_mismatch',
      2,
      (lines) => lines.map((line, at) => (at === 5 ? line.replace('one', 'two') : line)),
    ],
    [
      'a block was changed',
      'chain_broken',
      1,
      (lines) => lines.map((line, at) => (at === 1 ? line.replace(/"at":\d+/, '"at":7') : line)),
    ],
    ['a block is missing', 'height_gap', 3, (lines) => [...lines.slice(0, 8), ...lines.slice(11)]],
    [
      'a checkpoint was changed',
      'checkpoint_forged',
      2,
      (lines) => lines.map((line) => (line.includes('"checkpoint"') ? line.replace(/"at":\d+/, '"at":7') : line)),
    ],
    [
      'a checkpoint stands elsewhere',
      'checkpoint_contradicted',
      2,
      (lines) => {
        const signed = lines.find((line) => line.includes('"kind":"checkpoint"')) ?? '';
        return [lines[0] ?? '', ...lines.slice(1, 4), signed, ...lines.slice(4)];
      },
    ],
    [
      'it is told of another practice',
      'chain_broken',
      1,
      (lines) =>
        lines.map((line, at) =>
          at === 0 ? line.replace(/"practice":"[^"]+"/, `"practice":"${newId() as PracticeId}"`) : line,
        ),
    ],
  ])('shows when %s', async (_what, code, height, change) => {
    expect(valueOf(await verifyLedgerFile(streamed(change(await written())))).broken).toEqual({ height, code });
  });
});
