import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Pool } from 'undici';
import { startEmbeddedPostgres } from '#libs/persistence';
import { projectRoot, systemIds } from '#libs/settings';
import { startRedis } from '../support/own-server.js';
import { type Measured, median } from './measure.js';
import { processorSecondsOf } from './processor-time.js';
import { run, type Running } from './processes.js';
import { createDatabase, invoiceFor, makeKeyFile, makeWorld, valueOf } from './world.js';

const CONNECTIONS = 64;
/** What a side still writes down after the insurer has all, in milliseconds. */
const SETTLE_MS = 300;

interface Side {
  readonly name: string;
  /** How many times as many go in a round, so that a round of every side takes seconds. */
  readonly times: number;
  readonly processes: readonly Running[];
  /** Sends so many and gives claims per second, from the first request to the last receipt of the insurer. */
  measure(count: number): Promise<number>;
  stop(): Promise<void>;
}

const here = (file: string): string => join(projectRoot(), 'test', 'bench', file);
const dist = (file: string): string => join(projectRoot(), 'dist', 'apps', file);

const countOf = async (sink: Pool): Promise<number> => {
  const { body } = await sink.request({ path: '/count', method: 'GET' });
  return Number(await body.text());
};

/** Posts `count` requests over a fixed number of connections and waits for the insurer to have them all. */
const load = async (
  pools: { readonly api: Pool; readonly sink: Pool },
  count: number,
  make: (index: number) => Parameters<Pool['request']>[0],
): Promise<number> => {
  await (await pools.sink.request({ path: '/reset', method: 'POST' })).body.dump();
  const began = performance.now();
  let next = 0;
  const client = async (): Promise<void> => {
    while (next < count) {
      const index = next;
      next += 1;
      const { statusCode, body } = await pools.api.request(make(index));
      const text = await body.text();
      if (statusCode !== 202) throw new Error(`status ${statusCode} ${text.slice(0, 200)}`);
    }
  };
  await Promise.all(Array.from({ length: CONNECTIONS }, client));
  const patience = performance.now() + 60_000;
  while ((await countOf(pools.sink)) < count) {
    if (performance.now() > patience) throw new Error(`the insurer has ${await countOf(pools.sink)} of ${count}`);
    await sleep(10);
  }
  return (count * 1_000) / (performance.now() - began);
};

/** Who spends processor time while claims flow, beside the load generator and the insurer. */
const spenders = async (around: {
  readonly dataDirectory: string;
  readonly redis: number | undefined;
  readonly sides: readonly Side[];
}): Promise<ReadonlyMap<Side, Readonly<Record<string, number>>>> => {
  const postgres = Number((await readFile(join(around.dataDirectory, 'postmaster.pid'), 'utf8')).split('\n')[0]);
  return new Map(
    around.sides.map((side) => {
      const [api, worker] = side.processes.map(({ child }) => child.pid ?? 0);
      return [
        side,
        {
          api: api ?? 0,
          worker: worker ?? 0,
          PostgreSQL: postgres,
          ...(around.redis === undefined ? {} : { Redis: around.redis }),
        },
      ];
    }),
  );
};

const secondsOf = (pids: Readonly<Record<string, number>>): Readonly<Record<string, number>> =>
  Object.fromEntries(
    Object.entries(pids).flatMap(([name, pid]) => {
      const seconds = processorSecondsOf(pid);
      return seconds === undefined ? [] : [[name, seconds]];
    }),
  );

interface Surroundings {
  readonly server: { readonly ownerUrl: string; readonly superuserUrl: string };
  readonly redisUrl: string | undefined;
  readonly sink: Running;
  readonly keyFile: string;
}

const ours = async (around: Surroundings, practices: number): Promise<Side> => {
  const world = await makeWorld(around.server, {
    practices,
    sinkUrl: `http://127.0.0.1:${around.sink.port}`,
    keyFile: around.keyFile,
  });
  const env = {
    DATABASE_URL: world.databaseUrl,
    REDIS_URL: around.redisUrl ?? '',
    SLUICE_KEY_FILE: world.keyFile,
    SLUICE_API_PORT: '0',
    SLUICE_WORKER_HEALTH_PORT: '0',
    SLUICE_SANDBOX: 'false',
    SLUICE_LOG_LEVEL: 'error',
    SLUICE_WORKER_RELAY_INTERVAL_MS: '20',
    SLUICE_WORKER_DISPATCH_CONCURRENCY: '8',
    SLUICE_STATE_DIRECTORY: await mkdtemp(join(tmpdir(), 'sluice-bench-state-')),
  };
  const api = await run([dist('api/main.js'), '--stdin-guard'], env);
  const worker = await run([dist('worker/main.js'), '--stdin-guard'], env);
  const pools = {
    api: new Pool(`http://127.0.0.1:${api.port}`, { connections: CONNECTIONS }),
    sink: new Pool(`http://127.0.0.1:${around.sink.port}`, { connections: 1 }),
  };
  let sent = 0;
  return {
    processes: [api, worker],
    times: practices === 1 ? 2 : 1,
    name: `Sluice, ${practices} practice${practices === 1 ? '' : 's'}, ${around.redisUrl ? 'Redis' : 'embedded queue'}`,
    measure: async (count) => {
      const from = sent;
      sent += count;
      return load(pools, count, (index) => {
        const { key, body } = invoiceFor(world, from + index);
        return {
          path: '/v1/invoices',
          method: 'POST',
          body,
          headers: {
            'content-type': 'application/json',
            authorization: `Bearer ${key}`,
            'idempotency-key': systemIds.uuid(),
          },
        };
      });
    },
    stop: async () => {
      await Promise.all([pools.api.close(), pools.sink.close()]);
      await Promise.all([api.stop(), worker.stop()]);
    },
  };
};

const bare = async (around: Surroundings): Promise<Side> => {
  const databaseUrl = await createDatabase(around.server, `bare_${systemIds.uuid().slice(0, 8)}`);
  const env = {
    BARE_DATABASE_URL: databaseUrl,
    BARE_REDIS_URL: around.redisUrl ?? '',
    BARE_SINK_URL: `http://127.0.0.1:${around.sink.port}`,
  };
  const api = await run([here('bare-loop.mjs'), 'api'], env);
  const worker = await run([here('bare-loop.mjs'), 'worker'], env);
  const pools = {
    api: new Pool(`http://127.0.0.1:${api.port}`, { connections: CONNECTIONS }),
    sink: new Pool(`http://127.0.0.1:${around.sink.port}`, { connections: 1 }),
  };
  const body = JSON.stringify({
    number: 'INV',
    lines: [{ id: 'L1', date: '2026-01-01', procedure: '90834', charge: 14_000 }],
    padding: 'x'.repeat(400),
  });
  return {
    processes: [api, worker],
    times: 5,
    name: `batched bare loop, ${around.redisUrl ? 'Redis' : 'embedded queue'}`,
    measure: (count) =>
      load(pools, count, () => ({
        path: '/invoices',
        method: 'POST',
        body,
        headers: { 'content-type': 'application/json' },
      })),
    stop: async () => {
      await Promise.all([pools.api.close(), pools.sink.close()]);
      await Promise.all([api.stop(), worker.stop()]);
    },
  };
};

/**
 * All sides in one run, in turn; while one is measured the others stand still. The first round of each warms up and does
 * not count. `count` is for the slowest side; the others get more, so that each round lasts for seconds.
 */
export const benchEndToEnd = async (plan: {
  readonly count: number;
  readonly rounds: number;
}): Promise<readonly Measured[]> => {
  const directory = await mkdtemp(join(tmpdir(), 'sluice-bench-pg-'));
  const server = valueOf(await startEmbeddedPostgres({ dataDirectory: join(directory, 'data') }));
  const redis = await startRedis();
  const sink = await run([here('sink.mjs')]);
  const keyFile = await makeKeyFile();
  const sides: Side[] = [];
  try {
    for (const url of redis ? [redis.url, undefined] : [undefined]) {
      // A Redis database for each side: queues have the same names everywhere, and no side may work off another's hints.
      const around = () => ({ server, redisUrl: url && `${url}/${sides.length}`, sink, keyFile });
      sides.push(await bare(around()));
      sides.push(await ours(around(), 1));
      sides.push(await ours(around(), 50));
    }
    for (const one of sides.flatMap((side) => side.processes)) one.pause();
    const samples = new Map<string, number[]>(sides.map((side) => [side.name, []]));
    const spent = new Map<string, Record<string, number>>(sides.map((side) => [side.name, {}]));
    const pids = await spenders({ dataDirectory: server.dataDirectory, redis: redis?.pid, sides });
    for (let round = 0; round <= plan.rounds; round += 1) {
      for (const side of sides) {
        for (const one of side.processes) one.resume();
        await sleep(SETTLE_MS);
        const before = secondsOf(pids.get(side) ?? {});
        const perSecond = await side.measure(plan.count * side.times).catch((error: unknown) => {
          throw new Error(side.name, { cause: error });
        });
        await sleep(SETTLE_MS);
        for (const one of side.processes) one.pause();
        if (round === 0) continue;
        samples.get(side.name)?.push(perSecond);
        const sum = spent.get(side.name) ?? {};
        for (const [name, seconds] of Object.entries(secondsOf(pids.get(side) ?? {})))
          sum[name] = (sum[name] ?? 0) + seconds - (before[name] ?? 0);
      }
    }
    return sides.map(({ name, times }) => {
      const perSecond = samples.get(name) ?? [];
      const sent = plan.count * times * plan.rounds;
      const seconds = Object.entries(spent.get(name) ?? {});
      return {
        ...{ name, unit: 'claims/s', median: median(perSecond), samples: perSecond },
        processorMs: Object.fromEntries(seconds.map(([process, all]) => [process, (all * 1_000) / sent])),
      };
    });
  } finally {
    for (const one of sides.flatMap((side) => side.processes)) one.resume();
    for (const side of sides) await side.stop();
    await sink.stop();
    await redis?.stop();
    await server.stop();
    await rm(directory, { recursive: true, force: true });
  }
};
