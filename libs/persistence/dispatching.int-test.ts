import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { DisclosureRecord, Transaction } from '#libs/application';
import { DELIVERY_STATES, TRANSITIONS } from '#libs/disclosure';
import type { DisclosureId } from '#libs/kernel';
import { type FreshDatabase, freshDatabase, freshKeys, valueOf } from '../../test/support/fresh-database.js';
import { aTransmission, aWorld, newId, submitted, type World } from '../../test/support/store-fixtures.js';
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

const MINUTE = 60_000;
const WAITING = { states: ['ready', 'sealed', 'unknown'], milliseconds: MINUTE } as const;

const only = (records: readonly DisclosureRecord[]): DisclosureRecord => {
  const [record] = records;
  if (!record) throw new Error('one was submitted');
  return record;
};

const lease = (world: World, ids: readonly DisclosureId[], fence: string, milliseconds = MINUTE) =>
  world.run(({ disclosures }) => disclosures.lease(ids, { ...WAITING, milliseconds, fence }));

const move = (world: World, change: Parameters<Transaction['disclosures']['move']>[0][number], fence?: string) =>
  world.run(({ disclosures }) => disclosures.move([change], fence));

const outboxOf = async (world: World): Promise<readonly unknown[]> => {
  const rows = await database.asSuperuser('SELECT id FROM outbox WHERE practice_id = $1 ORDER BY id', [
    world.practice.id,
  ]);
  return rows.map((row) => row['id']);
};

const stateOf = async (world: World, id: DisclosureId): Promise<DisclosureRecord | undefined> =>
  world.run(async ({ disclosures }) => (await disclosures.byIds([id])).get(id));

describe('leases', () => {
  it('never give one row to two workers', async () => {
    const world = await aWorld(open);
    const ids = (await submitted(world, 500)).map((record) => record.id);
    const shuffled = (seed: number) =>
      [...ids].sort((one, other) => ((one.charCodeAt(seed) * 7) % 13) - ((other.charCodeAt(seed) * 7) % 13));
    const batches = (seed: number) =>
      Array.from({ length: 25 }, (_, index) => shuffled(seed).slice(index * 20, index * 20 + 20));
    const worker = async (name: string, seed: number): Promise<readonly DisclosureId[]> => {
      const got: DisclosureId[] = [];
      for (const batch of batches(seed)) got.push(...(await lease(world, batch, name)).map((record) => record.id));
      return got;
    };
    const [first, second] = await Promise.all([worker('one', 3), worker('two', 11)]);
    expect(new Set([...first, ...second]).size).toBe(first.length + second.length);
    const left = await lease(world, ids, 'three');
    expect(first.length + second.length + left.length).toBe(500);
    expect(Math.min(first.length, second.length)).toBeGreaterThan(0);
    expect(await outboxOf(world)).toEqual([]);
  });

  it('take only what is in one of the states, free, and of this practice', async () => {
    const [world, other] = [await aWorld(open), await aWorld(open)];
    const ready = only(await submitted(world, 1));
    const held = only(await submitted(world, 1, 'held'));
    expect(await lease(other, [ready.id], 'a')).toEqual([]);
    expect((await lease(world, [ready.id, held.id], 'a')).map((record) => record.id)).toEqual([ready.id]);
    expect(await lease(world, [ready.id], 'b')).toEqual([]);
    expect(await move(world, { id: ready.id, from: 'ready', to: 'sealed' }, 'b')).toEqual([]);
    expect(await move(world, { id: ready.id, from: 'ready', to: 'cancelled' })).toEqual([]);
    expect(await move(world, { id: ready.id, from: 'ready', to: 'sealed' }, 'a')).toEqual([ready.id]);
    expect((await lease(world, [ready.id], 'b')).map((record) => record.state)).toEqual(['sealed']);
  });

  it('pass on when they run out, and fence the former holder off', async () => {
    const world = await aWorld(open);
    const { id } = only(await submitted(world, 1));
    await lease(world, [id], 'slow', 1);
    await sleep(20);
    expect((await lease(world, [id], 'quick')).map((record) => record.id)).toEqual([id]);
    expect(await move(world, { id, from: 'ready', to: 'sealed' }, 'slow')).toEqual([]);
    expect(await move(world, { id, from: 'ready', to: 'sealed' }, 'quick')).toEqual([id]);
  });
});

describe('moves', () => {
  it('refuse what the table does not have, in code', async () => {
    const world = await aWorld(open);
    const { id } = only(await submitted(world, 1));
    for (const from of DELIVERY_STATES) {
      for (const to of DELIVERY_STATES.filter((state) => !TRANSITIONS[from].includes(state))) {
        await expect(move(world, { id, from, to })).rejects.toMatchObject({ code: 'illegal_transition' });
      }
    }
  });

  it('refuse it in the database as well, for everybody', async () => {
    const world = await aWorld(open);
    const { id } = only(await submitted(world, 1, 'held'));
    const past = database.asSuperuser(`UPDATE disclosure SET state = 'sent' WHERE id = $1`, [id]);
    await expect(past).rejects.toMatchObject({ code: 'SL001' });
    await expect(
      database.asSuperuser(`UPDATE disclosure SET state = 'lost' WHERE id = $1`, [id]),
    ).rejects.toMatchObject({
      code: 'SL001',
    });
  });

  it('carry cause, due time, attempts and version along, and keep or end the lease', async () => {
    const world = await aWorld(open);
    const { id } = only(await submitted(world, 1));
    const isLeased = async (): Promise<boolean> =>
      (await database.asSuperuser('SELECT fence FROM disclosure WHERE id = $1', [id]))[0]?.['fence'] !== null;
    await lease(world, [id], 'f');
    expect(await move(world, { id, from: 'ready', to: 'sending', countAttempt: true }, 'f')).toEqual([id]);
    expect(await isLeased()).toBe(true);
    expect(await outboxOf(world)).toEqual([]);
    const dueAt = Date.UTC(2100, 0, 1);
    expect(
      await move(world, { id, from: 'sending', to: 'unknown', cause: 'response_timeout', curer: 'nobody', dueAt }, 'f'),
    ).toEqual([id]);
    expect(await isLeased()).toBe(false);
    expect(await stateOf(world, id)).toMatchObject({
      state: 'unknown',
      cause: 'response_timeout',
      curer: 'nobody',
      attempts: 1,
      dueAt,
      version: 3,
    });
    expect(await outboxOf(world)).toEqual([id]);
    const before = await stateOf(world, id);
    await lease(world, [id], 'g');
    await world.run(({ disclosures }) => disclosures.postpone([{ id, dueAt: dueAt + 1 }], 'not g'));
    expect(await isLeased()).toBe(true);
    await world.run(({ disclosures }) => disclosures.postpone([{ id, dueAt: dueAt + 1 }], 'g'));
    expect(await isLeased()).toBe(false);
    expect(await stateOf(world, id)).toEqual({ ...before, dueAt: dueAt + 1 });
    expect(await outboxOf(world)).toEqual([id]);
    expect(await move(world, { id, from: 'unknown', to: 'parked' })).toEqual([id]);
    const parked = await stateOf(world, id);
    expect(parked?.cause).toBeUndefined();
    expect(await outboxOf(world)).toEqual([]);
  });
});

describe('attempts', () => {
  const sending = async (world: World, fence: string) => {
    const record = only(await submitted(world, 1));
    const sealed = aTransmission(world, record, Math.floor(performance.now() * 1_000) % 999_999_999);
    await world.run(async ({ disclosures, transmissions }) => {
      await transmissions.add([sealed]);
      await disclosures.hold([record.id], ['ready']);
      await disclosures.move([{ id: record.id, from: 'ready', to: 'sending' }], undefined, {
        fence,
        milliseconds: 60_000,
      });
    });
    return { record, sealed };
  };
  const outcomes = async (id: string): Promise<readonly unknown[]> =>
    (await database.asSuperuser('SELECT outcome FROM attempt WHERE transmission_id = $1 ORDER BY number', [id])).map(
      (row) => row['outcome'],
    );

  it('are permitted to the holder of the lease only', async () => {
    const world = await aWorld(open);
    const { sealed } = await sending(world, 'mine');
    const permit = (fence: string) =>
      world.run(({ transmissions }) =>
        transmissions.permit([{ transmission: sealed.transmission, attempt: newId(), fence }]),
      );
    await expect(permit('theirs')).rejects.toMatchObject({ code: 'fence_lost' });
    expect(await outcomes(sealed.transmission)).toEqual([]);
    await permit('mine');
    const stored = await world.run(({ transmissions }) => transmissions.byIds([sealed.transmission]));
    expect(stored.get(sealed.transmission)?.attempts).toBe(1);
  });

  it('left open by a crash count as ambiguous once there is another', async () => {
    const world = await aWorld(open);
    const { sealed } = await sending(world, 'f');
    const attempt = newId();
    await world.run(({ transmissions }) =>
      transmissions.permit([{ transmission: sealed.transmission, attempt: newId(), fence: 'f' }]),
    );
    await world.run(({ transmissions }) =>
      transmissions.permit([{ transmission: sealed.transmission, attempt, fence: 'f' }]),
    );
    await world.run(({ transmissions }) => transmissions.finish([{ attempt, outcome: 'accepted', status: 202 }]));
    expect(await outcomes(sealed.transmission)).toEqual(['ambiguous', 'accepted']);
  });

  it('keep bytes sealed unless each of them proves that nothing was taken in', async () => {
    const world = await aWorld(open);
    for (const [outcome, unseals] of [
      ['not-sent', true],
      ['refused', true],
      ['expired', true],
      ['permitted', false],
      ['ambiguous', false],
      ['accepted', false],
    ] as const) {
      const { sealed } = await sending(world, outcome);
      const attempt = newId();
      await world.run(async ({ transmissions }) => {
        await transmissions.permit([{ transmission: sealed.transmission, attempt, fence: outcome }]);
        await transmissions.finish([{ attempt, outcome }]);
      });
      const unsealed = world.run(({ transmissions }) => transmissions.unseal([sealed.transmission]));
      if (unseals) await unsealed;
      else await expect(unsealed).rejects.toMatchObject({ code: 'transmission_attempted' });
    }
  });
});

describe('what is stranded', () => {
  it('is everything that should move and does not', async () => {
    const world = await aWorld(open);
    const records = await submitted(world, 8);
    const ids = records.map((record) => record.id);
    const set = (index: number, columns: string) =>
      database.asSuperuser(`UPDATE disclosure SET ${columns} WHERE id = $1`, [ids[index]]);
    const direct = (index: number, state: string, columns = '') =>
      database.asSuperuser(
        `ALTER TABLE disclosure DISABLE TRIGGER check_transition; UPDATE disclosure SET state = '${state}' ${columns} WHERE id = '${ids[index] ?? ''}'; ALTER TABLE disclosure ENABLE TRIGGER check_transition`,
      );
    const expired = `, fence = 'x', lease_until = now() - interval '1 hour'`;
    // 0: ready, handed out and overdue. 7: the relay has not handed it out yet, and will. 1: leased now. 2: ready in no outbox. 3: sending, lease run out.
    await lease(world, [ids[1] ?? ('' as DisclosureId)], 'f');
    await database.asSuperuser('DELETE FROM outbox WHERE id = $1', [ids[2]]);
    await direct(3, 'sending', expired);
    // 4: unknown and waiting for a person. 5: unknown under a lease that ran out. 6: not due yet.
    await direct(4, 'unknown');
    await database.asSuperuser('DELETE FROM outbox WHERE id = $1', [ids[4]]);
    await direct(5, 'unknown', expired);
    await set(6, `due_at = now() + interval '1 hour'`);
    await database.asSuperuser('UPDATE outbox SET published_at = now() WHERE practice_id = $1 AND id <> $2', [
      world.practice.id,
      ids[7],
    ]);
    const stranded = async (olderThan: number, limit = 10) =>
      (await world.run(({ disclosures }) => disclosures.stranded({ olderThan, limit })))
        .map((record) => ids.indexOf(record.id))
        .sort();
    expect(await stranded(MINUTE)).toEqual([0, 2, 3, 5]);
    expect(await stranded(MINUTE, 2)).toHaveLength(2);
    expect(await stranded(1_000 * 365 * 24 * 60 * MINUTE)).toEqual([]);
    await world.run(({ disclosures }) => disclosures.redrive([ids[2] ?? ('' as DisclosureId)]));
    expect(await outboxOf(world)).toContain(ids[2]);
    expect(await stranded(MINUTE)).toEqual([0, 3, 5]);
    const held = only(await submitted(world, 1, 'held'));
    await world.run(({ disclosures }) => disclosures.redrive([held.id]));
    expect(await outboxOf(world)).not.toContain(held.id);
  });
});
