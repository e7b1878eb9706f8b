import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { DynamicModule } from '@nestjs/common';
import { Test } from '@nestjs/testing';
import { Redis } from 'ioredis';
import pg from 'pg';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, inject, it } from 'vitest';
import type { DispatchHint, Log } from '#libs/application';
import type { DisclosureId, LaneId, PracticeId } from '#libs/kernel';
import type { EngineTiming } from './catalogue.js';
import { type EngineSettings, openQueueEngine, type QueueEngine, type RunningWorker } from './engine.js';
import type { HintHandler } from './hint-work.js';
import { migrateQueue } from './postgres-backing.js';
import { QueueModule } from './queue.module.js';

const redisProgram = ['/usr/bin/redis-server', '/usr/local/bin/redis-server'].find((path) => existsSync(path));

/** A TCP door before an engine: closed, it is as if the engine were gone; stuck, as if it had stopped in its tracks. */
class Gate {
  private readonly sockets = new Set<Socket>();
  private server: Server | undefined;
  private port = 0;
  private stuck = false;

  constructor(private readonly target: { readonly host: string; readonly port: number }) {}

  async open(): Promise<number> {
    this.stuck = false;
    const server = createServer((inner) => {
      const outer = connect(this.target);
      for (const [from, to] of [
        [inner, outer],
        [outer, inner],
      ] as const) {
        this.sockets.add(from);
        from.on('error', () => undefined).on('close', () => (this.sockets.delete(from), to.destroy()));
        from.on('data', (chunk: Buffer) => {
          if (!this.stuck) to.write(chunk);
        });
      }
    });
    await new Promise<void>((resolve) => server.listen(this.port, '127.0.0.1', resolve));
    this.server = server;
    this.port = (server.address() as AddressInfo).port;
    return this.port;
  }

  stick(): void {
    this.stuck = true;
  }

  async close(): Promise<void> {
    const { server } = this;
    this.server = undefined;
    if (server === undefined) return;
    const closed = once(server, 'close');
    server.close();
    for (const socket of this.sockets) socket.destroy();
    await closed;
  }
}

interface Site {
  /** The engine behind its gate. */
  readonly settings: EngineSettings;
  readonly gate: Gate;
  /** Everything that the engine stores, as text. */
  contents(): Promise<string>;
  close(): Promise<void>;
}

const startRedis = async (port: number, directory: string): Promise<ChildProcess> => {
  const fixed = ['--bind', '127.0.0.1', '--save', '', '--appendonly', 'no', '--maxmemory-policy', 'noeviction'];
  const child = spawn(redisProgram ?? '', [...fixed, '--port', String(port), '--dir', directory], { stdio: 'ignore' });
  for (;;) {
    if (child.exitCode !== null) throw new Error('redis-server does not start');
    const answered = await new Promise<boolean>((resolve) => {
      const socket = connect({ host: '127.0.0.1', port }, () => socket.write('PING\r\n'));
      socket.on('error', () => resolve(false)).on('data', () => resolve(true));
    });
    if (answered) return child;
    await sleep(20);
  }
};

const freePort = async (): Promise<number> => {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port } = probe.address() as AddressInfo;
  await new Promise((resolve) => probe.close(resolve));
  return port;
};

const redisSite = async (): Promise<Site> => {
  const directory = await mkdtemp(join(tmpdir(), 'sluice-queue-'));
  const port = await freePort();
  const child = await startRedis(port, directory);
  const gate = new Gate({ host: '127.0.0.1', port });
  const contents = async () => {
    const redis = new Redis(port, '127.0.0.1');
    const texts: unknown[] = [];
    for (const key of await redis.keys('*')) {
      const type = await redis.type(key);
      if (type === 'hash') texts.push(key, await redis.hgetall(key));
      else if (type === 'list') texts.push(key, await redis.lrange(key, 0, -1));
      else if (type === 'zset') texts.push(key, await redis.zrange(key, 0, -1));
      else if (type === 'stream') texts.push(key, await redis.xrange(key, '-', '+'));
      else if (type === 'string') texts.push(key, await redis.get(key));
    }
    redis.disconnect();
    return JSON.stringify(texts);
  };
  return {
    settings: { kind: 'redis', url: `redis://127.0.0.1:${await gate.open()}` },
    gate,
    contents,
    close: async () => {
      await gate.close();
      const ended = once(child, 'exit');
      child.kill('SIGKILL');
      await ended;
      await rm(directory, { recursive: true, force: true });
    },
  };
};

/** A role as the worker has it: owner of its own schema, and of nothing else. */
const postgresSite = async (): Promise<Site> => {
  const superuser = new pg.Client({ connectionString: inject('databaseSuperuserUrl') });
  await superuser.connect();
  const name = `queue_test_${process.pid}`;
  await superuser.query(`create database ${name}`);
  await superuser.query(`create role ${name} login password 'invented'`);
  await superuser.query(`grant connect, create on database ${name} to ${name}`);
  const url = new URL(inject('databaseSuperuserUrl'));
  const gate = new Gate({ host: url.hostname, port: Number(url.port) });
  url.pathname = `/${name}`;
  const inside = new pg.Client({ connectionString: url.href });
  await inside.connect();
  await inside.query(`create schema bullmq authorization ${name}`);
  url.username = name;
  url.password = 'invented';
  url.port = String(await gate.open());
  return {
    settings: { kind: 'postgres', url: url.href },
    gate,
    contents: async () => {
      const { rows } = await inside.query<{ name: string }>(
        "select table_name as name from information_schema.tables where table_schema = 'bullmq' and table_type = 'BASE TABLE'",
      );
      const texts: unknown[] = [];
      for (const table of rows) texts.push((await inside.query(`select * from bullmq."${table.name}"`)).rows);
      return JSON.stringify(texts);
    },
    close: async () => {
      await gate.close();
      await inside.end();
      await superuser.query(`drop database ${name} with (force)`);
      await superuser.query(`drop role ${name}`);
      await superuser.end();
    },
  };
};

const uuid = (kind: number, number: number): string =>
  `00000000-0000-4000-8${String(kind).padStart(3, '0')}-${String(number).padStart(12, '0')}`;
const practice = uuid(1, 1) as PracticeId;
const disclosure = (number: number) => uuid(3, number) as DisclosureId;
const hint = (number: number, slow = false): DispatchHint & { readonly slow: boolean } => ({
  practice,
  lane: uuid(2, slow ? 2 : 1) as LaneId,
  disclosures: [disclosure(number)],
  slow,
});

const eventually = async (condition: () => boolean | Promise<boolean>, withinMs = 15_000): Promise<void> => {
  const deadline = performance.now() + withinMs;
  while (!(await condition())) {
    if (performance.now() > deadline) throw new Error('it did not happen in time');
    await sleep(20);
  }
};

const sites = { redis: redisSite, postgres: postgresSite } as const;

const wallClock = { now: () => Math.round(performance.timeOrigin + performance.now()) };
const notRun = 'NOT RUN: there is no redis-server on this machine';

describe.each(['redis', 'postgres'] as const)('the queue over %s', (kind) => {
  const isAbsent = kind === 'redis' && redisProgram === undefined;
  describe.skipIf(isAbsent)(isAbsent ? notRun : 'keeps its promises:', () => {
    let site: Site;
    let engines: QueueEngine[] = [];
    let told: string[] = [];

    const log: Log = {
      event: (name, fields) => void told.push(`${name} ${JSON.stringify(fields)}`),
      failure: (name, _error, fields) => void told.push(`${name} ${JSON.stringify(fields)}`),
    };
    const engine = async (timing: Partial<EngineTiming> = {}): Promise<QueueEngine> => {
      const opened = await openQueueEngine(site.settings, { clock: wallClock, log, timing });
      if (!opened.ok) throw new Error(opened.issues.map(({ code }) => code).join());
      engines.push(opened.value);
      return opened.value;
    };
    const seen = new Map<string, number>();
    const remember: HintHandler = ({ disclosures }) => {
      for (const id of disclosures) seen.set(id, (seen.get(id) ?? 0) + 1);
      return Promise.resolve('done');
    };
    const isEmpty = async (of: QueueEngine): Promise<boolean> =>
      (await of.depths()).every(({ waiting, active, delayed }) => waiting + active + delayed === 0);

    beforeAll(async () => {
      site = await sites[kind]();
    });
    afterAll(() => site.close());
    beforeEach(() => {
      seen.clear();
      told = [];
    });
    afterEach(async () => {
      const cleaner = await engine();
      await cleaner.flush();
      for (const opened of engines) await opened.close();
      engines = [];
    });

    it('a hint comes to the handler of its queue, as it was given', async () => {
      const one = await engine();
      const got: [string, DispatchHint][] = [];
      for (const queue of ['dispatch', 'dispatch-slow'] as const) {
        one.process(queue, 2, (given) => {
          got.push([queue, given]);
          return Promise.resolve('done');
        });
      }
      const many = { ...hint(1), disclosures: Array.from({ length: 50 }, (_, at) => disclosure(at)) };
      await one.hints().publish([many, hint(2, true)]);
      await eventually(() => got.length === 2);
      const { slow, ...quick } = many;
      expect(slow).toBe(false);
      expect(got).toContainEqual(['dispatch', quick]);
      expect(got).toContainEqual([
        'dispatch-slow',
        { practice, lane: hint(2, true).lane, disclosures: [disclosure(2)] },
      ]);
      await eventually(() => isEmpty(one));
    });

    it('what nobody has taken up yet is counted, for each queue', async () => {
      const one = await engine();
      const hints = one.hints();
      expect(await hints.backlog()).toEqual({ fast: 0, slow: 0 });
      await hints.publish([hint(1), hint(2), hint(3, true)]);
      expect(await hints.backlog()).toEqual({ fast: 2, slow: 1 });
      one.process('dispatch', 1, remember);
      await eventually(async () => (await hints.backlog()).fast === 0);
      expect((await hints.backlog()).slow).toBe(1);
    });

    it('nothing but ids ever lies in it, also after a failure', async () => {
      const one = await engine();
      one.process('dispatch', 1, () => Promise.reject(new Error('CANARY Marlowe Quill')));
      await one.hints().publish([hint(1), hint(2, true)]);
      await eventually(() => told.some((line) => line.startsWith('queue.job-failed')));
      await eventually(async () => (await one.depths())[0]?.active === 0);
      const stored = await site.contents();
      expect(stored).toContain(disclosure(2));
      expect(stored).not.toContain('CANARY');
      expect(stored).not.toContain('Quill');
      expect(told.join()).not.toContain('Quill');
    });

    it('a hint of which the handler failed is gone, and stands in nobody’s way', async () => {
      const one = await engine();
      let calls = 0;
      one.process('dispatch', 1, () => {
        calls += 1;
        return calls === 1 ? Promise.reject(new Error('x')) : Promise.resolve('done');
      });
      await one.hints().publish([hint(1)]);
      await eventually(() => calls === 1);
      await eventually(() => isEmpty(one));
      await one.hints().publish([hint(1)]);
      await eventually(() => calls === 2);
    });

    it('a hint may come again later', async () => {
      const one = await engine();
      const at: number[] = [];
      one.process('dispatch', 1, () => {
        at.push(performance.now());
        return Promise.resolve(at.length === 1 ? { retryLaterMs: 400 } : 'done');
      });
      await one.hints().publish([hint(1)]);
      await eventually(() => at.length === 2);
      expect((at[1] ?? 0) - (at[0] ?? 0)).toBeGreaterThan(350);
      await eventually(() => isEmpty(one));
    });

    it('what is no hint is counted and let go', async () => {
      const one = await engine();
      await expect(one.hints().publish([{ ...hint(1), disclosures: [] }])).rejects.toThrow();
      const foreign = [
        {},
        { v: 2, ...hint(1) },
        { v: 1, practice, lane: hint(1).lane, disclosures: [disclosure(1)], name: 'Quill' },
      ];
      const { Queue } = await import('bullmq');
      const { backendFor } = await import('./backing.js');
      const raw = new Queue('dispatch', { connection: one.workerConnection }, backendFor);
      await raw.addBulk(foreign.map((data) => ({ name: 'dispatch', data })));
      await raw.close();
      one.process('dispatch', 1, remember);
      await one.hints().publish([hint(1)]);
      await eventually(() => seen.size === 1 && one.droppedHints === 3);
      expect(told.join()).not.toContain('Quill');
    });

    it('a burst of two thousand hints is worked off', async () => {
      const one = await engine({ publishMs: 10_000 });
      one.process('dispatch', 20, remember);
      one.process('dispatch-slow', 20, remember);
      await one.hints().publish(Array.from({ length: 2_000 }, (_, number) => hint(number, number % 4 === 0)));
      await eventually(() => seen.size === 2_000, 40_000);
      await eventually(() => isEmpty(one));
      expect([...seen.values()].every((times) => times === 1)).toBe(true);
    });

    it('a hint whose worker died, and died again, is still worked on', async () => {
      const quick = { lockMs: 400, renewLockMs: 100, stalledCheckMs: 200 };
      let deaths = 0;
      const publisher = await engine();
      await publisher.hints().publish([hint(1)]);
      for (let death = 1; death <= 2; death += 1) {
        const doomed: RunningWorker = (await engine(quick)).process('dispatch', 1, () => {
          deaths += 1;
          return new Promise(() => undefined);
        });
        await eventually(() => deaths === death);
        await doomed.close(0);
        // Long enough for the lock to run out, so that the next one finds it abandoned.
        await sleep(450);
      }
      (await engine(quick)).process('dispatch', 1, remember);
      await eventually(() => seen.get(disclosure(1)) === 1);
      await eventually(() => isEmpty(publisher));
    });

    it('a worker that slept past its lock and the one that took over both work, and neither breaks', async () => {
      const asleep = { lockMs: 400, renewLockMs: 60_000, stalledCheckMs: 200 };
      let slept = false;
      const first = await engine(asleep);
      first.process('dispatch', 1, async (given) => {
        await sleep(2_000);
        slept = true;
        return remember(given);
      });
      await first.hints().publish([hint(1)]);
      await eventually(async () => (await first.depths())[0]?.active === 1);
      const second = await engine({ lockMs: 400, renewLockMs: 100, stalledCheckMs: 200 });
      second.process('dispatch', 1, remember);
      await eventually(() => seen.get(disclosure(1)) === 1);
      expect(slept).toBe(false);
      await eventually(() => seen.get(disclosure(1)) === 2);
      await eventually(() => isEmpty(second));
      await second.hints().publish([hint(2)]);
      await eventually(() => seen.has(disclosure(2)));
    });

    it('after a flush nothing is left, and nothing later is held up', async () => {
      const one = await engine();
      await one.hints().publish(Array.from({ length: 300 }, (_, number) => hint(number, number % 2 === 0)));
      await one.flush();
      expect(await isEmpty(one)).toBe(true);
      one.process('dispatch', 5, remember);
      one.process('dispatch-slow', 5, remember);
      await one.hints().publish([hint(1), hint(2, true)]);
      await eventually(() => seen.size === 2);
    });

    it('a flush under a running worker does no harm', async () => {
      const one = await engine();
      let release: () => void = () => undefined;
      let started = false;
      one.process('dispatch', 1, async (given) => {
        if (given.disclosures[0] === disclosure(1)) {
          started = true;
          await new Promise<void>((resolve) => (release = resolve));
        }
        return remember(given);
      });
      await one.hints().publish([hint(1), hint(2)]);
      await eventually(() => started);
      await one.flush();
      release();
      await one.hints().publish([hint(3)]);
      await eventually(() => seen.has(disclosure(3)));
      expect(seen.has(disclosure(2))).toBe(false);
    });

    it('a worker that is closed finishes what it began and takes no more', async () => {
      const one = await engine();
      let started = 0;
      const worker = one.process('dispatch', 1, async (given) => {
        started += 1;
        await sleep(300);
        return remember(given);
      });
      await one.hints().publish([hint(1), hint(2)]);
      await eventually(() => started === 1);
      await worker.close();
      expect(seen.size).toBe(1);
      await sleep(200);
      expect(started).toBe(1);
      expect((await one.depths())[0]?.waiting).toBe(1);
    });

    it.each(['gone', 'stuck'] as const)(
      'with the engine %s a publication fails within two seconds, and works again after',
      async (manner) => {
        const one = await engine();
        await one.hints().publish([hint(1)]);
        if (manner === 'gone') await site.gate.close();
        else site.gate.stick();
        const began = performance.now();
        await expect(one.hints().publish([hint(2)])).rejects.toThrow();
        expect(performance.now() - began).toBeLessThan(2_000);
        await site.gate.close();
        await site.gate.open();
        await eventually(() =>
          one
            .hints()
            .publish([hint(3)])
            .then(
              () => true,
              () => false,
            ),
        );
      },
    );

    it('a worker waits for an engine that is away, quietly, and goes on', async () => {
      const one = await engine();
      one.process('dispatch', 2, remember);
      await one.hints().publish([hint(1)]);
      await eventually(() => seen.size === 1);
      await site.gate.close();
      await sleep(2_500);
      await site.gate.open();
      expect(told.filter((line) => line.startsWith('queue.unreachable')).length).toBeLessThan(6);
      await eventually(() =>
        one
          .hints()
          .publish([hint(2)])
          .then(
            () => true,
            () => false,
          ),
      );
      await eventually(() => seen.has(disclosure(2)));
    });

    it.each(['before', 'after'])(
      'Nest starts its workers, and they are done before a database imported %s them is closed',
      async (order) => {
        const one = await engine();
        const diary: string[] = [];
        const handler: HintHandler = async ({ disclosures }) => {
          diary.push('begun');
          await sleep(300);
          diary.push(`done ${disclosures.length}`);
          return 'done';
        };
        const work: DynamicModule = {
          module: class Work {
            readonly name = 'work';
          },
          providers: [{ provide: 'HANDLER', useValue: handler }],
          exports: ['HANDLER'],
        };
        const database: DynamicModule = {
          module: class Database {
            readonly name = 'database';
          },
          providers: [
            { provide: 'DATABASE', useValue: { onApplicationShutdown: () => void diary.push('database closed') } },
          ],
        };
        const queues = QueueModule.forWorker({
          engine: one,
          concurrency: { dispatch: 2, 'dispatch-slow': 1 },
          handlers: { dispatch: 'HANDLER', 'dispatch-slow': 'HANDLER' },
          imports: [work],
        });
        const app = await Test.createTestingModule({
          imports: order === 'before' ? [database, queues] : [queues, database],
        }).compile();
        await app.init();
        await one.hints().publish([hint(1), hint(2, true)]);
        await eventually(() => diary.filter((line) => line === 'begun').length === 2);
        await app.close();
        expect(diary).toEqual(['begun', 'begun', 'done 1', 'done 1', 'database closed']);
        const cleaner = await engine();
        expect(await isEmpty(cleaner)).toBe(true);
      },
    );

    it('an engine that is away at the start is told by a code', async () => {
      await site.gate.close();
      const opened = await openQueueEngine(site.settings, { clock: { now: () => 0 }, log });
      expect(opened).toMatchObject({ ok: false, issues: [{ code: 'queue.unreachable' }] });
      await site.gate.open();
    });
  });
});

describe('the queue’s schema', () => {
  it('is made by its own role, and again does no harm; a server that is away is told by a code', async () => {
    const site = await postgresSite();
    expect(await site.contents()).toBe('[]');
    expect(await migrateQueue(site.settings.url)).toEqual({ ok: true, value: true });
    expect(await site.contents()).toContain('version');
    expect(await migrateQueue(site.settings.url)).toEqual({ ok: true, value: true });
    await site.gate.close();
    expect(await migrateQueue(site.settings.url)).toMatchObject({ ok: false, issues: [{ code: 'queue.unreachable' }] });
    await site.close();
  });
});

describe.skipIf(redisProgram === undefined)('a Redis', () => {
  let site: Site;
  beforeAll(async () => {
    site = await redisSite();
  });
  afterAll(() => site.close());
  const around = { clock: { now: () => 0 }, log: { event: () => undefined, failure: () => undefined } };

  it('that evicts is refused, and one that forgets is told of', async () => {
    const admin = new Redis(site.settings.url);
    await admin.config('SET', 'maxmemory-policy', 'allkeys-lru');
    const refused = await openQueueEngine(site.settings, around);
    expect(refused).toMatchObject({ ok: false, issues: [{ code: 'queue.redis-evicts' }] });
    await admin.config('SET', 'maxmemory-policy', 'noeviction');
    const forgetful = await openQueueEngine(site.settings, around);
    if (!forgetful.ok) throw new Error('refused');
    expect(forgetful.value.warnings).toMatchObject([{ code: 'queue.redis-without-aof', severity: 'warning' }]);
    await forgetful.value.close();
    await admin.config('SET', 'appendonly', 'yes');
    const durable = await openQueueEngine(site.settings, around);
    if (!durable.ok) throw new Error('refused');
    expect(durable.value.warnings).toEqual([]);
    await durable.value.close();
    admin.disconnect();
  });

  it('that lost everything goes on, with the worker it had', async () => {
    const opened = await openQueueEngine(site.settings, around);
    if (!opened.ok) throw new Error('refused');
    const seen: string[] = [];
    opened.value.process('dispatch', 1, ({ disclosures }) => {
      seen.push(...disclosures);
      return Promise.resolve('done');
    });
    await opened.value.hints().publish([hint(1)]);
    await eventually(() => seen.length === 1);
    const admin = new Redis(site.settings.url);
    await admin.flushall();
    admin.disconnect();
    await opened.value.hints().publish([hint(2)]);
    await eventually(() => seen.length === 2);
    await opened.value.close();
  });
});
