import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import {
  collectAnswers,
  dispatchHint,
  hasForgotten,
  makeChoice,
  NumberReserve,
  parkEverything,
  reconcileRestore,
  type SendingServices,
} from '#libs/application';
import { type OpenJournal, openSendJournal } from '#libs/delivery';
import type { DisclosureId } from '#libs/kernel';
import { openStore, type OpenStore, runtimeUrls } from '#libs/persistence';
import { systemClock, systemIds } from '#libs/settings';
import { Stage, valueOf } from '../support/stage.js';

let stage: Stage;
let directory: string;
let journal: OpenJournal;
const restored: OpenStore[] = [];
const backups: string[] = [];

beforeAll(async () => {
  stage = await Stage.open();
  directory = await mkdtemp(join(tmpdir(), 'sluice-journal-'));
});

beforeEach(async () => {
  const own = await mkdtemp(join(directory, 'sends-'));
  journal = openSendJournal({ directory: own, keepDays: 30, clock: systemClock, ids: systemIds });
});

afterEach(async () => {
  await journal.close();
});

afterAll(async () => {
  for (const one of restored) await one.close();
  for (const name of backups) await maintain(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
  await rm(directory, { recursive: true, force: true });
  await stage.close();
});

const maintain = (statement: string): Promise<void> => maintainIn('postgres', statement);

const maintainIn = async (database: string, statement: string): Promise<void> => {
  const url = new URL(stage.database.superuserUrl);
  url.pathname = `/${database}`;
  const client = new pg.Client({ connectionString: url.href });
  await client.connect();
  await client.query(statement);
  await client.end();
};

/** The database as it is now, beside itself. Gives its name. */
const copy = async (): Promise<string> => {
  const backup = `restored_${process.pid}_${backups.length}`;
  backups.push(backup);
  await stage.database.asSuperuser(
    `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()`,
  );
  const owner = new URL(stage.database.ownerUrl).username;
  await maintain(`CREATE DATABASE ${backup} TEMPLATE ${stage.database.name} OWNER ${owner}`);
  return backup;
};

/** What a worker has that starts on such a copy: nothing of before. */
const startedOn = async (backup: string): Promise<SendingServices> => {
  const url = new URL(stage.database.ownerUrl);
  url.pathname = `/${backup}`;
  const { appUrl } = runtimeUrls(url.href, stage.database.passwords);
  const opened = valueOf(await openStore({ appUrl, keys: stage.services.keys, poolSize: 2 }));
  restored.push(opened);
  return { ...stage.services, journal, store: opened.store, numbers: new NumberReserve(opened.store) };
};

const standsIn = async ({ store }: SendingServices, id: DisclosureId) => {
  const record = (await store.inPractice(stage.context, ({ disclosures }) => disclosures.byIds([id]))).get(id);
  return [record?.state, record?.cause];
};

const invoiceOf = async () => {
  const party = await stage.client('harbor-mutual');
  await stage.release(party.client, 'harbor-mutual');
  return stage.submit(stage.invoice(party));
};

const sendIn = (services: SendingServices, id: DisclosureId) =>
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
    const backup = await copy();
    await sendIn(now, between.disclosure);
    const after = await invoiceOf();
    await sendIn(now, after.disclosure);
    expect(await hasForgotten(now, journal)).toBe(false);

    const then = await startedOn(backup);
    const { store } = then;
    expect(await hasForgotten(then, journal)).toBe(true);
    expect(await reconcileRestore(then, journal)).toEqual({
      parked: [between.disclosure],
      unknown: [after.disclosure],
      leased: [],
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
    expect(await reconcileRestore(then, journal)).toEqual({ parked: [], unknown: [], leased: [] });
  });

  it('gives out no number again that went after the backup: the insurer takes the claim, and its answers are its own', async () => {
    const one = await invoiceOf();
    const other = await invoiceOf();
    const backup = await copy();
    const [now, then] = [await startedOn(stage.database.name), await startedOn(backup)];
    await sendIn(now, one.disclosure);
    await reconcileRestore(then, journal);
    await sendIn(then, other.disclosure);
    const numbers = (await stage.received('harbor-mutual')).slice(-2).map((claim) => claim.slice(90, 99));
    expect(new Set(numbers).size).toBe(2);
    const claims = (await stage.received('harbor-mutual')).slice(-2).map((claim) => /~CLM\*([^*]*)/.exec(claim)?.[1]);
    expect(new Set(claims).size).toBe(2);
    await collectAnswers(then, stage.practice);
    expect(await standsIn(then, other.disclosure)).toEqual(['received', undefined]);
  });

  it('knows nothing of what was parked when the backup was made, and was sent again after it', async () => {
    const { disclosure } = await invoiceOf();
    await stage.behave('harbor-mutual', { mode: 'redirect' });
    const now = await startedOn(stage.database.name);
    await sendIn(now, disclosure);
    await stage.behave('harbor-mutual', { mode: 'answers' });
    expect(await standsIn(now, disclosure)).toEqual(['parked', 'redirect_refused']);
    const backup = await copy();
    valueOf(await makeChoice(now, stage.context, { disclosure, choice: { kind: 'send-again' } }));
    await sendIn(now, disclosure);
    const then = await startedOn(backup);
    expect((await reconcileRestore(then, journal)).parked).toEqual([disclosure]);
    expect(await standsIn(then, disclosure)).toEqual(['parked', 'outcome_unknown']);
    expect((await stage.judgement()).totals.doubled).toBe(0);
  });

  it('waits for the lease of a worker that was sending when the backup was made', async () => {
    const { disclosure } = await invoiceOf();
    const dying: SendingServices = {
      ...(await startedOn(stage.database.name)),
      transport: { ...stage.services.transport, send: () => new Promise(() => undefined) },
    };
    void sendIn(dying, disclosure);
    await vi.waitFor(async () => expect((await standsIn(dying, disclosure))[0]).toBe('sending'));
    const backup = await copy();
    const entry = { practice: stage.practice, disclosure, attempt: systemIds.uuid() };
    await journal.record([entry]);
    const then = await startedOn(backup);
    expect(await reconcileRestore(then, journal)).toMatchObject({ parked: [], leased: [disclosure] });
    expect(await hasForgotten(then, journal)).toBe(true);
    await maintainIn(
      backup,
      `UPDATE disclosure SET lease_until = now() - interval '1 minute' WHERE id = '${disclosure}'`,
    );
    expect(await reconcileRestore(then, journal)).toMatchObject({ parked: [disclosure], leased: [] });
    expect(await hasForgotten(then, journal)).toBe(false);
  });

  it('without a journal parks everything that would go', async () => {
    const party = await stage.client('harbor-mutual');
    const held = await stage.submit(stage.invoice(party));
    expect(held.status).toBe('held');
    const ready = await invoiceOf();
    const refused = await invoiceOf();
    await stage.behave('harbor-mutual', { mode: 'redirect' });
    await stage.dispatch(refused.disclosure);
    await stage.behave('harbor-mutual', { mode: 'answers' });
    const { parked } = await parkEverything(stage.services, stage.practice);
    const all = [held.disclosure, ready.disclosure, refused.disclosure];
    expect(parked).toEqual(expect.arrayContaining(all));
    for (const id of all) expect(await standsIn(stage.services, id)).toEqual(['parked', 'outcome_unknown']);
    const [first] = await stage.services.numbers.take(stage.context, 2_000);
    expect(first).toBeLessThan(10_000_000);
    const [next] = await new NumberReserve(stage.services.store).take(stage.context, 1);
    expect(next).toBeGreaterThan(10_000_000);
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
      disclosure: `00000000-0000-4000-8000-00000000000${last}` as DisclosureId,
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
