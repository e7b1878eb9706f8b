import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import { openFileKeys } from '#libs/access';
import { openStore, rolePasswords, runtimeUrls, startEmbeddedPostgres } from '#libs/persistence';
import { loadRules, systemClock, systemIds } from '#libs/settings';
import { type BenchWorld, invoiceFor, makePractice, valueOf } from '../bench/world.js';
import { freePort, startRedis } from '../support/own-server.js';

/**
 * What docker-compose.yml says, without Docker: the same commands with the same variables, on free ports, over a
 * PostgreSQL and a Redis of the test's own. Addresses and the state directory are all that is replaced.
 */
const root = join(import.meta.dirname, '..', '..');

const service = z.looseObject({
  image: z.string(),
  command: z.array(z.string()).optional(),
  environment: z.record(z.string(), z.string()).optional(),
  read_only: z.boolean().optional(),
  cap_drop: z.array(z.string()).optional(),
  security_opt: z.array(z.string()).optional(),
  cap_add: z.array(z.string()).optional(),
  volumes: z.array(z.string()).optional(),
  healthcheck: z.looseObject({ test: z.array(z.string()) }).optional(),
  network_mode: z.string().optional(),
  depends_on: z.record(z.string(), z.looseObject({ condition: z.string() })).optional(),
});
const compose = z
  .looseObject({ services: z.record(z.string(), service), volumes: z.record(z.string(), z.unknown()) })
  .parse(parse(readFileSync(join(root, 'docker-compose.yml'), 'utf8'), { merge: true }));

const named = (name: string) => {
  const found = compose.services[name];
  if (found === undefined) throw new Error(`no service ${name}`);
  return found;
};

const ofSluice = Object.entries(compose.services).filter(([, one]) => one.image === 'sluice');

describe('docker-compose.yml', () => {
  it('has everything that a practice needs, twice where one may fail', () => {
    expect(Object.keys(compose.services).sort()).toEqual(
      ['api-1', 'api-2', 'migrate', 'postgres', 'redis', 'sandbox', 'seed', 'worker-1', 'worker-2'].sort(),
    );
    expect(named('postgres').image).toBe('postgres:18');
    expect(named('redis').command?.join(' ')).toMatch(/--appendonly yes .*--maxmemory-policy noeviction/);
  });

  it('gives our processes a read-only root, no capabilities and no way to new privileges', () => {
    expect(ofSluice).toHaveLength(7);
    for (const [, one] of ofSluice) {
      expect(one.read_only).toBe(true);
      expect(one.cap_drop).toEqual(['ALL']);
      expect(one.security_opt).toEqual(['no-new-privileges:true']);
    }
  });

  it('leaves PostgreSQL and Redis what their entry points need, and no way to more', () => {
    for (const name of ['postgres', 'redis']) {
      expect(named(name).cap_drop).toEqual(['ALL']);
      expect(named(name).cap_add).not.toContain('SYS_ADMIN');
      expect(named(name).security_opt).toEqual(['no-new-privileges:true']);
    }
  });

  it('shows insurers neither the keys nor the journal of the practice', () => {
    expect(named('sandbox').volumes).toEqual(['sandbox:/state/sandbox']);
    expect(named('worker-1').volumes).toEqual(['state:/state']);
    for (const [, { volumes = [] }] of Object.entries(compose.services))
      for (const volume of volumes) expect(Object.keys(compose.volumes)).toContain(volume.split(':')[0]);
  });

  it('waits for what each stands on', () => {
    for (const [name, one] of ofSluice) {
      for (const needed of Object.keys(one.depends_on ?? {})) expect(compose.services[needed]).toBeDefined();
      if (name !== 'migrate') expect(Object.keys(one.depends_on ?? {}).length).toBeGreaterThan(0);
    }
  });

  it('names variables that the program knows, and no secret but an invented one', () => {
    const text = readFileSync(join(root, 'docker-compose.yml'), 'utf8');
    expect(text.match(/password/gi)?.length).toBe(text.match(/SLUICE_DATABASE_PASSWORD|POSTGRES_PASSWORD/g)?.length);
  });
});

describe('Dockerfile', () => {
  const instructions = readFileSync(join(root, 'Dockerfile'), 'utf8')
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'));

  it('is made of instructions, builds apart from what runs, and runs as an ordinary user', () => {
    for (const line of instructions) expect(line).toMatch(/^(FROM|WORKDIR|COPY|RUN|ENV|USER|VOLUME|ENTRYPOINT|CMD) \S/);
    expect(instructions.filter((line) => line.startsWith('FROM'))).toHaveLength(2);
    const last = instructions.slice(instructions.findLastIndex((line) => line.startsWith('FROM')));
    expect(last).toContain('USER node');
    expect(last.filter((line) => line.startsWith('RUN')).every((line) => !line.includes('npm'))).toBe(true);
  });
});

interface Process {
  readonly child: ChildProcess;
  readonly said: () => string;
  readonly ended: Promise<number | null>;
}

describe('the processes of docker-compose.yml', () => {
  const state = mkdtempSync(join(tmpdir(), 'sluice-compose-'));
  const running: Process[] = [];
  const ports = new Map<string, number>();
  let server: Awaited<ReturnType<typeof database>>;
  let redis: Awaited<ReturnType<typeof startRedis>>;

  const database = async () => valueOf(await startEmbeddedPostgres({ dataDirectory: join(state, 'database') }));

  const replaced = (text: string): string =>
    text
      .replace(/\$\{[A-Z_]+:-([^}]*)\}/g, '$1')
      .replace(/^postgres:\/\/.*$/, server.superuserUrl)
      .replace(/^redis:\/\/.*$/, redis?.url ?? '')
      .replace(/^\/state/, join(state, 'state'))
      .replace('0.0.0.0', '127.0.0.1');

  const start = (name: string, own: Readonly<Record<string, string>> = {}): Process => {
    const { command = [], environment = {} } = named(name);
    const sandboxPort = String(ports.get('sandbox'));
    const args = command.map((one) => (one === '8090' ? sandboxPort : replaced(one)));
    const variables = Object.fromEntries(Object.entries(environment).map(([key, value]) => [key, replaced(value)]));
    const child = spawn(process.execPath, args, {
      cwd: root,
      env: {
        PATH: process.env['PATH'] ?? '',
        ...variables,
        ...(name === 'sandbox' ? {} : { SLUICE_SANDBOX_PORT: sandboxPort }),
        ...own,
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let output = '';
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (chunk: Buffer) => (output += chunk.toString()));
    const ended = new Promise<number | null>((resolve) => child.once('close', (code) => resolve(code)));
    const process_: Process = { child, said: () => output, ended };
    running.push(process_);
    return process_;
  };

  /** What Docker would ask whether it is well, on our port. */
  const isWell = async (name: string): Promise<boolean> => {
    const [how, command, ...args] = named(name).healthcheck?.test ?? [];
    if (how !== 'CMD' || command !== 'node') throw new Error(`no health check of ${name}`);
    const child = spawn(process.execPath, [...args.slice(0, -1), portOf(name)], { stdio: 'ignore' });
    return (await new Promise<number | null>((resolve) => child.once('close', resolve))) === 0;
  };

  const untilReady = async (one: Process, url: string): Promise<void> => {
    const deadline = performance.now() + 60_000;
    for (;;) {
      const answer = await fetch(url).catch(() => undefined);
      if (answer?.ok === true) return;
      if (one.child.exitCode !== null || performance.now() > deadline) throw new Error(`not ready:\n${one.said()}`);
      await sleep(100);
    }
  };

  beforeAll(async () => {
    redis = await startRedis();
    server = await database();
    for (const name of ['sandbox', 'api-1', 'api-2', 'worker-1', 'worker-2']) ports.set(name, await freePort());
  }, 60_000);

  afterAll(async () => {
    for (const { child } of running) child.kill('SIGKILL');
    await Promise.all(running.map((one) => one.ended));
    await redis?.stop();
    await server.stop();
    rmSync(state, { recursive: true, force: true });
  }, 60_000);

  const portOf = (name: string): string => String(ports.get(name));

  it(
    'migrate, seed, serve, send everything once, and end gracefully in the middle of work',
    { timeout: 180_000 },
    async () => {
      for (const name of ['migrate', 'seed']) {
        const once = start(name);
        expect([await once.ended, once.said()]).toEqual([0, expect.any(String)]);
      }
      const sandbox = start('sandbox');
      const gateways = ['api-1', 'api-2'].map((name) => start(name, { SLUICE_API_PORT: portOf(name) }));
      const workers = ['worker-1', 'worker-2'].map((name) => start(name, { SLUICE_WORKER_HEALTH_PORT: portOf(name) }));
      for (const [index, one] of gateways.entries())
        await untilReady(one, `http://127.0.0.1:${portOf(`api-${index + 1}`)}/health/ready`);
      for (const [index, one] of workers.entries())
        await untilReady(one, `http://127.0.0.1:${portOf(`worker-${index + 1}`)}/health/ready`);

      const keys = valueOf(openFileKeys(join(state, 'state', 'keys.json'), systemClock));
      const { appUrl } = runtimeUrls(
        server.superuserUrl,
        rolePasswords((role) => keys.databasePassword(role)),
      );
      const opened = valueOf(await openStore({ appUrl, keys, poolSize: 2 }));
      const rules = valueOf(await loadRules(root));
      const nothing = {
        event: () => undefined,
        failure: () => undefined,
        count: () => undefined,
        observe: () => undefined,
      };
      const { insurers } = z
        .looseObject({ insurers: z.array(z.looseObject({ id: z.string(), token: z.string() })) })
        .parse(JSON.parse(readFileSync(join(state, 'state', 'sandbox', 'insurers.json'), 'utf8')));
      const practice = await makePractice(
        {
          store: opened.store,
          keys,
          book: rules.book,
          ids: systemIds,
          clock: systemClock,
          log: nothing,
          metrics: nothing,
        },
        opened,
        {
          sinkUrl: `http://127.0.0.1:${portOf('sandbox')}/insurers/harbor-mutual`,
          token: insurers.find((one) => one.id === 'harbor-mutual')?.token ?? '',
          profile: rules.insurers.find((one) => one.id === 'harbor-mutual'),
        },
      );
      await opened.close();
      const world: BenchWorld = { databaseUrl: '', keyFile: '', practices: [practice] };
      const submit = async (index: number): Promise<void> => {
        const { key, body } = invoiceFor(world, index);
        const answer = await fetch(`http://127.0.0.1:${portOf(`api-${1 + (index % 2)}`)}/v1/invoices`, {
          method: 'POST',
          headers: {
            'content-type': 'application/json',
            authorization: `Bearer ${key}`,
            'idempotency-key': systemIds.uuid(),
          },
          body,
        });
        expect(answer.status).toBe(202);
      };
      const db = new pg.Client({ connectionString: server.superuserUrl });
      await db.connect();
      const states = async (): Promise<Readonly<Record<string, number>>> => {
        const { rows } = await db.query<{ state: string; count: string }>(
          'SELECT state, count(*) FROM disclosure WHERE practice_id = (SELECT practice_id FROM disclosure ORDER BY created_at DESC LIMIT 1) GROUP BY state',
        );
        return Object.fromEntries(rows.map((row) => [row.state, Number(row.count)]));
      };
      await Promise.all(Array.from({ length: 20 }, (_one, index) => submit(index)));
      const sent = async (): Promise<number> => {
        const now = await states();
        return (now['sent'] ?? 0) + (now['received'] ?? 0);
      };
      await expect.poll(sent, { timeout: 30_000 }).toBe(20);

      for (const name of ['api-1', 'api-2', 'worker-1', 'worker-2']) expect(await isWell(name)).toBe(true);
      const metrics = await Promise.all(
        ['worker-1', 'worker-2'].map(async (name) => (await fetch(`http://127.0.0.1:${portOf(name)}/metrics`)).text()),
      );
      expect(metrics.join('')).toMatch(/sluice_dispatches_total\{lane="[0-9a-f-]{36}",state="accepted"\} [1-9]/);
      for (const text of metrics) {
        expect(text).toMatch(/sluice_outbox_waiting \d/);
        expect(text).toMatch(/sluice_queue_jobs\{code="dispatch",state="waiting"\} \d/);
        expect(text).toMatch(/sluice_lane_state\{lane="[0-9a-f-]{36}",state="closed"\} 1/);
      }

      // Told to end while claims are on their way: what was begun is finished, nothing is left in doubt.
      const more = Promise.all(Array.from({ length: 60 }, (_one, index) => submit(20 + index)));
      await more;
      const asked = performance.now();
      for (const one of [...workers, ...gateways]) one.child.kill('SIGTERM');
      expect(await Promise.all([...workers, ...gateways].map((one) => one.ended))).toEqual([0, 0, 0, 0]);
      expect(performance.now() - asked).toBeLessThan(30_000);
      for (const name of ['api-1', 'worker-1']) expect(await isWell(name)).toBe(false);
      const left = await states();
      expect(left['unknown'] ?? 0).toBe(0);
      expect(left['sending'] ?? 0).toBe(0);

      const again = start('worker-1', { SLUICE_WORKER_HEALTH_PORT: portOf('worker-1') });
      await untilReady(again, `http://127.0.0.1:${portOf('worker-1')}/health/ready`);
      await expect.poll(sent, { timeout: 60_000 }).toBe(80);
      await db.end();
      again.child.kill('SIGTERM');
      expect(await again.ended).toBe(0);
      const ledger = readFileSync(join(state, 'state', 'sandbox', 'ledger.jsonl'), 'utf8');
      expect(ledger.split('\n').length).toBeGreaterThan(80);
      sandbox.child.kill('SIGTERM');
      expect(await sandbox.ended).toBe(0);
    },
  );
});
