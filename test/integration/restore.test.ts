import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hasForgotten, NumberReserve, parkEverything, reconcileRestore, type SendingServices } from '#libs/application';
import { dispatchHint } from '#libs/application';
import { type OpenJournal, openSendJournal } from '#libs/delivery';
import { openStore, type OpenStore, runtimeUrls } from '#libs/persistence';
import { systemClock, systemIds } from '#libs/settings';
import { Stage, valueOf } from '../support/stage.js';

let stage: Stage;
let directory: string;
let journal: OpenJournal;
let restored: OpenStore | undefined;
const backup = `restored_${Math.floor(performance.now())}_${process.pid}`;

beforeAll(async () => {
  stage = await Stage.open();
  directory = await mkdtemp(join(tmpdir(), 'sluice-journal-'));
  journal = openSendJournal({ directory, keepDays: 30, clock: systemClock, ids: systemIds });
});

afterAll(async () => {
  await journal.close();
  await restored?.close();
  await maintain(`DROP DATABASE IF EXISTS ${backup} WITH (FORCE)`);
  await rm(directory, { recursive: true, force: true });
  await stage.close();
});

const maintain = async (statement: string): Promise<void> => {
  const url = new URL(stage.database.superuserUrl);
  url.pathname = '/postgres';
  const client = new pg.Client({ connectionString: url.href });
  await client.connect();
  await client.query(statement);
  await client.end();
};

/** The database as it is now, beside itself. */
const copy = async (): Promise<void> => {
  await stage.database.asSuperuser(
    `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()`,
  );
  const owner = new URL(stage.database.ownerUrl).username;
  await maintain(`CREATE DATABASE ${backup} TEMPLATE ${stage.database.name} OWNER ${owner}`);
};

const invoiceOf = async () => {
  const party = await stage.client('harbor-mutual');
  await stage.release(party.client, 'harbor-mutual');
  return stage.submit(stage.invoice(party));
};

const sendIn = (services: SendingServices, id: Awaited<ReturnType<typeof invoiceOf>>['disclosure']) =>
  services.store
    .inPractice(stage.context, ({ disclosures }) => disclosures.byIds([id]))
    .then((known) => {
      const lane = known.get(id)?.lane;
      if (lane === undefined) throw new Error('not there');
      return dispatchHint(services, { practice: stage.practice, lane, disclosures: [id] });
    });

describe('a database that came back from a backup', () => {
  it('is told by the journal of sends, sends nothing again, and says what it does not know', async () => {
    const now: SendingServices = { ...stage.services, journal };
    const before = await invoiceOf();
    await sendIn(now, before.disclosure);
    const between = await invoiceOf();
    const untouched = await invoiceOf();
    expect(await hasForgotten(now, journal)).toBe(false);
    await copy();
    await sendIn(now, between.disclosure);
    const after = await invoiceOf();
    await sendIn(now, after.disclosure);
    expect(await hasForgotten(now, journal)).toBe(false);

    const url = new URL(stage.database.ownerUrl);
    url.pathname = `/${backup}`;
    const { appUrl } = runtimeUrls(url.href, stage.database.passwords);
    restored = valueOf(await openStore({ appUrl, keys: stage.services.keys, poolSize: 2 }));
    const { store } = restored;
    const then: SendingServices = { ...now, store, numbers: new NumberReserve(store) };
    expect(await hasForgotten(then, journal)).toBe(true);
    expect(await reconcileRestore(then, journal)).toEqual({
      parked: [between.disclosure],
      unknown: [after.disclosure],
    });
    expect(await hasForgotten(then, journal)).toBe(false);
    expect(await sendIn(then, between.disclosure)).toMatchObject({ permitted: 0 });
    expect(await sendIn(then, untouched.disclosure)).toMatchObject({ permitted: 1, accepted: 1 });
    const states = await store.inPractice(stage.context, ({ disclosures }) =>
      disclosures.byIds([before.disclosure, between.disclosure, untouched.disclosure]),
    );
    expect([...states.values()].map((one) => [one.id, one.state, one.cause])).toEqual(
      expect.arrayContaining([
        [before.disclosure, 'sent', undefined],
        [between.disclosure, 'parked', 'outcome_unknown'],
        [untouched.disclosure, 'sent', undefined],
      ]),
    );
    expect((await stage.judgement()).totals.doubled).toBe(0);
    expect(await reconcileRestore(then, journal)).toEqual({ parked: [], unknown: [] });
  });

  it('without a journal parks everything that would go', async () => {
    const party = await stage.client('harbor-mutual');
    const held = await stage.submit(stage.invoice(party));
    expect(held.status).toBe('held');
    const ready = await invoiceOf();
    const parked = await parkEverything(stage.services, stage.practice);
    expect(parked).toEqual(expect.arrayContaining([held.disclosure, ready.disclosure]));
    expect((await stage.record(ready.disclosure)).state).toBe('parked');
  });
});

describe('the journal of sends', () => {
  it('is new until something was begun, keeps what several workers wrote, and does without a torn line', async () => {
    const place = { directory: join(directory, 'own'), keepDays: 30, clock: systemClock, ids: systemIds };
    const [one, other] = [openSendJournal(place), openSendJournal(place)];
    expect(await one.isNew()).toBe(true);
    await one.begin();
    expect(await other.isNew()).toBe(false);
    const entry = (last: string) => ({
      practice: stage.practice,
      disclosure: `00000000-0000-4000-8000-00000000000${last}` as Awaited<ReturnType<typeof invoiceOf>>['disclosure'],
      attempt: `00000000-0000-4000-8000-00000000001${last}`,
    });
    await Promise.all([one.record([entry('1'), entry('2')]), other.record([entry('3')]), one.record([entry('4')])]);
    const read = await other.entries();
    expect([...read].sort((a, b) => (a.attempt < b.attempt ? -1 : 1))).toEqual(['1', '2', '3', '4'].map(entry));
    expect(await one.entries(1)).toHaveLength(2);
    await writeFile(join(place.directory, 'sends-2026-01-01-00000000.jsonl'), '{"practice":"', { flag: 'a' });
    expect(await one.entries()).toHaveLength(4);
    await one.close();
    await other.close();
  });

  it('lets nothing go that it cannot write down', async () => {
    const accepted = await invoiceOf();
    const broken: SendingServices = {
      ...stage.services,
      journal: { record: () => Promise.reject(new Error('disk full')), entries: () => Promise.resolve([]) },
    };
    const heard = (await stage.received('harbor-mutual')).length;
    expect(await sendIn(broken, accepted.disclosure)).toMatchObject({ permitted: 1, accepted: 0 });
    expect((await stage.received('harbor-mutual')).length).toBe(heard);
    expect((await stage.record(accepted.disclosure)).state).toBe('sealed');
  });
});
