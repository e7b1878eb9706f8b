import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Pool } from 'undici';
import { hashPassword, openFileKeys } from '#libs/access';
import type { StaffId } from '#libs/kernel';
import { openStore, runtimeUrls, startEmbeddedPostgres } from '#libs/persistence';
import { projectRoot, systemClock, systemIds } from '#libs/settings';
import { run } from './processes.js';
import { type BenchPractice, type BenchWorld, invoiceFor, makeKeyFile, makeWorld, valueOf } from './world.js';

const CONNECTIONS = 32;

/** Cents of the cheapest claim; every claim has an amount of its own, in no order. */
export const LEAST_CHARGE = 10_000;
/** Prime to every number of claims that a person would ask for. */
const STRIDE = 7_919;

/** The one who looks at the console. */
export const BILLER = { signIn: 'bench', password: 'an-invented-password' } as const;

export interface ConsolePractice {
  readonly url: string;
  /** A client whose claims go. */
  readonly client: string;
  stop(): Promise<void>;
}

const employ = async (world: BenchWorld, practice: BenchPractice): Promise<void> => {
  const keys = valueOf(openFileKeys(world.keyFile, systemClock));
  const passwords = {
    app: keys.databasePassword('app'),
    relay: keys.databasePassword('relay'),
    queue: keys.databasePassword('queue'),
  };
  const { appUrl } = runtimeUrls(world.databaseUrl, passwords);
  const opened = valueOf(await openStore({ appUrl, keys, poolSize: 1 }));
  const passwordHash = valueOf(await hashPassword(BILLER.password));
  await opened.store.inPractice({ practice: practice.id, actor: 'bench' }, ({ practice: people }) =>
    people.addStaff({
      ...{ id: systemIds.uuid() as StaffId, signIn: BILLER.signIn, name: 'Invented Biller' },
      ...{ passwordHash, roles: ['billing'] },
    }),
  );
  await opened.close();
};

const asked = async (api: Pool, request: Parameters<Pool['request']>[0]): Promise<unknown> => {
  const { statusCode, body } = await api.request(request);
  const text = await body.text();
  if (statusCode >= 300) throw new Error(`${request.path} ${statusCode} ${text.slice(0, 200)}`);
  return JSON.parse(text);
};

const posted = (key: string, path: string, body: string) => ({
  ...{ path, method: 'POST' as const, body },
  headers: {
    'content-type': 'application/json',
    authorization: `Bearer ${key}`,
    'idempotency-key': systemIds.uuid(),
  },
});

/** Every second client has taken the release back, so that what is submitted for them is held. */
const revokeHalf = async (api: Pool, practice: BenchPractice): Promise<void> => {
  const revocation = JSON.stringify({ receivedAt: new Date().toISOString(), channel: 'letter' });
  for (const { client } of practice.clients.filter((_, index) => index % 2 === 1)) {
    const { rows } = (await asked(api, {
      ...{ path: `/v1/clients/${client}/releases`, method: 'GET' },
      headers: { authorization: `Bearer ${practice.key}` },
    })) as { readonly rows: readonly { readonly id: string }[] };
    for (const { id } of rows) await asked(api, posted(practice.key, `/v1/releases/${id}/revoke`, revocation));
  }
};

const charged = (body: string, charge: number): string => {
  const invoice = JSON.parse(body) as { readonly lines: readonly object[] };
  return JSON.stringify({ ...invoice, lines: invoice.lines.map((line) => ({ ...line, charge })), total: charge });
};

/** All through the gateway, as the system of a practice would bring them. */
const submitAll = async (api: Pool, world: BenchWorld, count: number): Promise<void> => {
  let next = 0;
  const one = async (): Promise<void> => {
    while (next < count) {
      const index = next;
      next += 1;
      const { key, body } = invoiceFor(world, index);
      const charge = LEAST_CHARGE + ((index * STRIDE) % count);
      await asked(api, posted(key, '/v1/invoices', charged(body, charge)));
    }
  };
  await Promise.all(Array.from({ length: CONNECTIONS }, one));
};

/**
 * A gateway of its own process that serves the built console, before a practice with so many claims, half of them held.
 * Nothing is sent: no worker runs, so that the numbers are those of the console and of what it asks.
 */
export const openConsolePractice = async (claims: number): Promise<ConsolePractice> => {
  const directory = await mkdtemp(join(tmpdir(), 'sluice-bench-console-'));
  const server = valueOf(await startEmbeddedPostgres({ dataDirectory: join(directory, 'data') }));
  const stops: (() => Promise<unknown>)[] = [
    () => rm(directory, { recursive: true, force: true }),
    () => server.stop(),
  ];
  const stop = async (): Promise<void> => {
    for (const one of stops.splice(0).reverse()) await one();
  };
  try {
    const keyFile = await makeKeyFile();
    const world = await makeWorld(server, { practices: 1, sinkUrl: 'http://127.0.0.1:9', keyFile });
    const [practice] = world.practices;
    if (practice === undefined) throw new Error('no practice');
    await employ(world, practice);
    const gateway = await run([join(projectRoot(), 'dist/apps/api/main.js'), '--stdin-guard'], {
      DATABASE_URL: world.databaseUrl,
      REDIS_URL: '',
      SLUICE_KEY_FILE: keyFile,
      SLUICE_API_PORT: '0',
      SLUICE_SANDBOX: 'false',
      SLUICE_LOG_LEVEL: 'error',
      SLUICE_STATE_DIRECTORY: join(directory, 'state'),
    });
    stops.push(() => gateway.stop());
    const url = `http://127.0.0.1:${gateway.port}`;
    const api = new Pool(url, { connections: CONNECTIONS });
    stops.push(() => api.close());
    await revokeHalf(api, practice);
    await submitAll(api, world, claims);
    return { url, client: practice.clients[0]?.client ?? '', stop };
  } catch (error) {
    await stop();
    throw error;
  }
};
