import { afterAll, beforeAll, describe, expect, expectTypeOf, it } from 'vitest';
import type { Keys, ReadingRecord, ReleaseRecord } from '#libs/application';
import type { ClientId, DocumentId } from '#libs/kernel';
import { plainDate } from '#libs/kernel';
import type { Restriction } from '#libs/release';
import { type FreshDatabase, freshDatabase, freshKeys, valueOf } from '../../test/support/fresh-database.js';
import {
  aClient,
  aClinician,
  aCoverage,
  aPractice,
  aRelease,
  aWorld,
  newId,
  submitted,
  type World,
} from '../../test/support/store-fixtures.js';
import { DatabaseError, type OpenStore, openStore } from './index.js';

let database: FreshDatabase;
let keys: Keys;
let open: OpenStore;
let world: World;

beforeAll(async () => {
  database = await freshDatabase();
  keys = await freshKeys();
  open = valueOf(await openStore({ appUrl: database.appUrl, keys, poolSize: 3 }));
  world = await aWorld(open);
});
afterAll(async () => {
  await open.close();
  await database.drop();
});

const codeOf = async (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'nothing was thrown',
    (error: unknown) => (error instanceof DatabaseError ? error.code : 'another error'),
  );

describe('the practice', () => {
  it('keeps itself, its clinicians, insurers and staff', async () => {
    const supervised = { ...aClinician(), supervisor: world.clinician.id };
    await world.run((transaction) => transaction.practice.addClinician(supervised));
    await world.run(async ({ practice, now }) => {
      expect(await practice.get()).toEqual(world.practice);
      expect(await practice.clinicians([supervised.id])).toEqual(new Map([[supervised.id, supervised]]));
      expect((await practice.clinicians()).size).toBe(2);
      expect(await practice.insurers()).toEqual(new Map([[world.insurer.id, world.insurer]]));
      const { passwordHash: _hash, ...member } = world.staff;
      expect(await practice.staff()).toEqual([member]);
      expectTypeOf(practice.staff).returns.resolves.items.not.toHaveProperty('passwordHash');
      expect(Number.isSafeInteger(now)).toBe(true);
    });
  });

  it('keeps readings, and gives those in force', async () => {
    const reading = (ceiling: string, change: Partial<ReadingRecord> = {}): ReadingRecord => ({
      id: newId(),
      ceiling,
      choice: { reading: 'administrative', version: '1' },
      signedBy: world.staff.id,
      signedAt: 1_000,
      ...change,
    });
    const first = reading('nj');
    const second = reading('nj', { choice: 'literal', signedAt: 2_000 });
    const other = reading('dc', { signedAt: 3_000 });
    await world.run(async ({ practice }) => {
      for (const one of [first, second, other]) await practice.addReading(one);
      expect(await practice.readings()).toEqual([first, second, other]);
      expect(await practice.choices()).toEqual([
        { ceiling: 'dc', choice: other.choice, revision: other.id },
        { ceiling: 'nj', choice: 'literal', revision: second.id },
      ]);
      expect(await practice.revokeReading(second.id, 4_000)).toBe(true);
      expect(await practice.revokeReading(second.id, 5_000)).toBe(false);
      expect((await practice.choices()).map((choice) => choice.ceiling)).toEqual(['dc']);
      expect((await practice.readings())[1]).toEqual({ ...second, revokedAt: 4_000 });
    });
  });

  it('tells the directory by sign-in name and by digest only', async () => {
    const { directory } = open;
    expect(await directory.findStaff(world.staff.signIn)).toEqual({
      practice: world.practice.id,
      staff: world.staff.id,
      passwordHash: world.staff.passwordHash,
      roles: world.staff.roles,
      name: world.staff.name,
      mustChangePassword: false,
    });
    expect(await directory.findStaff('nobody')).toBeUndefined();
    expect(await directory.practices()).toContain(world.practice.id);
    const credential = {
      digest: 'e'.repeat(64),
      kind: 'session',
      practice: world.practice.id,
      subject: `staff:${world.staff.id}`,
      roles: ['billing'],
      expiresAt: Date.UTC(2100, 0, 1),
    } as const;
    await directory.putCredential(credential);
    await directory.putCredential({ ...credential, digest: 'f'.repeat(64), expiresAt: Date.UTC(2000, 0, 1) });
    expect(await directory.findCredential(credential.digest)).toEqual(credential);
    expect(await directory.findCredential('f'.repeat(64))).toBeUndefined();
    await directory.revokeCredential(credential.digest);
    expect(await directory.findCredential(credential.digest)).toBeUndefined();
    expect(await codeOf(directory.putCredential(credential))).toBe('unique_violation:pk_credential');
  });
});

describe('clients', () => {
  it('keeps clients and coverages under their own keys', async () => {
    await world.run(async ({ clients }) => {
      expect(await clients.byIds([world.client.id, newId() as ClientId])).toEqual(
        new Map([[world.client.id, world.client]]),
      );
      expect(await clients.byCode(world.client.code)).toEqual(world.client);
      expect(await clients.byCode('unknown')).toBeUndefined();
      expect(await clients.coverages([world.coverage.id])).toEqual(new Map([[world.coverage.id, world.coverage]]));
      expect(await clients.coveragesOf(world.client.id)).toEqual([world.coverage]);
      expect([...(await clients.keys([world.client.id])).keys()]).toEqual([world.client.id]);
    });
    expect(await codeOf(world.run(({ clients }) => clients.add(aClient(world.client.code))))).toBe(
      'unique_violation:uq_client_code',
    );
  });

  it('turns the pages by code', async () => {
    const own = await aWorld(open);
    const others = Array.from({ length: 6 }, (_, index) => aClient(`D-${index}`));
    await own.run(async ({ clients }) => {
      for (const client of others) await clients.add(client);
    });
    await own.run(async ({ clients }) => {
      const seen: string[] = [];
      let after: string | undefined;
      do {
        const page = await clients.page(after === undefined ? { limit: 3 } : { limit: 3, after });
        seen.push(...page.rows.map((client) => client.code));
        after = page.next;
      } while (after !== undefined);
      expect(seen).toEqual([own.client, ...others].map((client) => client.code).sort());
    });
  });

  it('forgets a client whose key is destroyed, and keeps the ledger', async () => {
    const own = await aWorld(open);
    const [disclosure] = await submitted(own, 1);
    await own.run(({ ledger }) => {
      ledger.record({ kind: 'accepted', actor: 'worker', client: own.client.id });
      return Promise.resolve();
    });
    await database.asSuperuser('UPDATE data_key SET wrapped = NULL, destroyed_at = now() WHERE client_id = $1', [
      own.client.id,
    ]);
    await own.run(async ({ clients, documents, ledger }) => {
      expect((await clients.byIds([own.client.id])).size).toBe(0);
      expect((await clients.page({ limit: 10 })).rows).toEqual([]);
      expect((await documents.byIds([disclosure?.document ?? ('' as DocumentId)])).size).toBe(0);
      expect((await ledger.verify()).broken).toBeUndefined();
    });
    expect(await codeOf(own.run(({ clients }) => clients.addCoverage(aCoverage(own.client.id, own.insurer.id))))).toBe(
      'client_key_missing',
    );
  });
});

describe('authority', () => {
  it('keeps drafts, signed releases, revocations, relations and restrictions', async () => {
    const own = await aWorld(open);
    const client = own.client.id;
    const signed = aRelease(client, own.practice.id);
    const second = aRelease(client, own.practice.id);
    const draft: ReleaseRecord = {
      id: signed.id,
      client,
      status: 'draft',
      terms: signed.terms,
      createdAt: signed.createdAt,
    };
    const restriction: Restriction = {
      id: newId(),
      revision: 1,
      kind: 'paid-in-full',
      serviceDates: [plainDate('2026-05-04')],
    };
    const later: Restriction = { ...restriction, revision: 2, serviceDates: [plainDate('2026-05-11')] };
    const revocation = { release: second.id, receivedAt: 5_000, recordedAt: 6_000, channel: 'letter' } as const;
    const relation = { kind: 'adds_to', newer: second.id, older: signed.id, recordedAt: 4_000 } as const;

    await own.run(({ authority }) => authority.putDraft({ ...draft, terms: { ...draft.terms, blanket: true } }));
    await own.run(({ authority }) => authority.putDraft(draft));
    await own.run(async ({ authority }) => {
      expect(await authority.release(draft.id)).toEqual(draft);
      expect(await authority.releases(client)).toEqual([draft]);
    });
    await own.run(async ({ authority }) => {
      await authority.sign(signed);
      await authority.sign(second);
      await authority.relate({ ...relation, client });
      await authority.revoke({ ...revocation, client });
      await authority.restrict(client, restriction);
      await authority.restrict(client, later);
    });
    await own.run(async ({ authority }) => {
      expect(await authority.release(signed.id)).toEqual(signed);
      expect(await authority.release('not an id')).toBeUndefined();
      expect((await authority.releases(client)).map((one) => one.id).sort()).toEqual([signed.id, second.id].sort());
      const read = (await authority.read([client])).get(client);
      expect(read).toMatchObject({ client, revocations: [revocation], relations: [relation], restrictions: [later] });
      expect(read?.releases.map((one) => one.id).sort()).toEqual([signed.id, second.id].sort());
      expect(read?.releases.find((one) => one.id === signed.id)).toEqual(signed.signed);
      expect(read?.epoch).toBe((await authority.lockShared([client])).get(client));
    });
  });

  it('raises the epoch with every write', async () => {
    const own = await aWorld(open);
    const client = own.client.id;
    const [one, two] = [aRelease(client, own.practice.id), aRelease(client, own.practice.id)];
    const epoch = () => own.run(async ({ authority }) => (await authority.read([client])).get(client)?.epoch);
    let before = await epoch();
    expect(before).toBe(0);
    const writes: ((authority: Parameters<Parameters<World['run']>[0]>[0]['authority']) => Promise<void>)[] = [
      (authority) => authority.sign(one),
      (authority) => authority.sign(two),
      (authority) => authority.relate({ kind: 'supersedes', newer: two.id, older: one.id, recordedAt: 1, client }),
      (authority) => authority.revoke({ release: one.id, receivedAt: 1, recordedAt: 2, channel: 'fax', client }),
      (authority) => authority.restrict(client, { id: newId(), revision: 1, kind: 'confidential-communication' }),
    ];
    for (const write of writes) {
      await own.run(({ authority }) => write(authority));
      const after = await epoch();
      expect(after).toBe((before ?? 0) + 1);
      before = after;
    }
  });

  it('refuses revocations and relations of releases that the client did not sign', async () => {
    const own = await aWorld(open);
    const other = aClient();
    const theirs = aRelease(other.id, own.practice.id);
    await own.run(async ({ clients, authority }) => {
      await clients.add(other);
      await authority.sign(theirs);
    });
    const client = own.client.id;
    const revoke = own.run(({ authority }) =>
      authority.revoke({ release: theirs.id, receivedAt: 1, recordedAt: 1, channel: 'fax', client }),
    );
    expect(await codeOf(revoke)).toBe('release_unknown');
    const relate = own.run(({ authority }) =>
      authority.relate({
        kind: 'adds_to',
        newer: theirs.id,
        older: newId() as typeof theirs.id,
        recordedAt: 1,
        client,
      }),
    );
    expect(await codeOf(relate)).toBe('release_unknown');
  });
});

describe('a transaction', () => {
  it('leaves nothing behind when its work throws, and lets that error through as it is', async () => {
    const thrown = new RangeError('of the work itself');
    const client = aClient();
    const work = world.run(async (transaction) => {
      await transaction.clients.add(client);
      transaction.ledger.record({ kind: 'client-recorded', actor: 'worker', client: client.id });
      throw thrown;
    });
    await expect(work).rejects.toBe(thrown);
    expect(await world.run(async ({ clients }) => (await clients.byIds([client.id])).size)).toBe(0);
  });

  it('does not pretend to commit after a statement failed, even if nobody minded', async () => {
    const client = aClient();
    const work = world.run(async ({ clients }) => {
      await clients.add(client);
      await clients.add(client).catch(() => undefined);
    });
    expect(await codeOf(work)).toBe('unique_violation:uq_client_code');
  });

  it('has the clock of the database, standing still and running', async () => {
    await world.run(async (transaction) => {
      const first = await transaction.clock();
      await new Promise((resolve) => setTimeout(resolve, 20));
      expect(await transaction.clock()).toBeGreaterThan(first);
      expect(transaction.now).toBeLessThanOrEqual(first);
    });
  });

  it('knows when there is no such practice', async () => {
    const { id } = aPractice();
    const work = open.store.inPractice({ practice: id, actor: 'worker' }, ({ practice }) => practice.get());
    expect(await codeOf(work)).toBe('practice_unknown');
    const recorded = open.store.inPractice({ practice: id, actor: 'worker' }, ({ ledger }) => {
      ledger.record({ kind: 'signed-in', actor: 'worker' });
      return Promise.resolve();
    });
    expect(await codeOf(recorded)).toBe('sqlstate:P0002');
  });
});
