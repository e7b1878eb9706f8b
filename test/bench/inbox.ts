import { createHash } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Pool } from 'undici';
import { startEmbeddedPostgres } from '#libs/persistence';
import { projectRoot } from '#libs/settings';
import type { Measured } from './measure.js';
import { run } from './processes.js';
import { environmentOf, submitAll } from './submit-all.js';
import { type BenchWorld, makeKeyFile, makeWorld, valueOf } from './world.js';

const CONNECTIONS = 64;
/** Requests that the insurer has under way at a time. */
const FETCHES = 16;
const PATIENCE_MS = 600_000;

const dist = (name: string): string => join(projectRoot(), 'dist', 'apps', name, 'main.js');

interface Listed {
  readonly rows: readonly { readonly id: string; readonly digest: string }[];
  readonly next?: string;
}

/** An insurer's own program: comes over HTTP, fetches what is listed, compares its digest and acknowledges it. */
class PullingInsurer {
  readonly taken = new Map<string, number>();
  private token = '';

  constructor(
    private readonly pool: Pool,
    private readonly credentials: { readonly id: string; readonly secret: string },
  ) {}

  async signIn(): Promise<void> {
    const { id, secret } = this.credentials;
    const { statusCode, body } = await this.pool.request({
      ...{ path: '/v1/oauth/token', method: 'POST', body: 'grant_type=client_credentials' },
      headers: {
        authorization: `Basic ${Buffer.from(`${id}:${secret}`).toString('base64')}`,
        'content-type': 'application/x-www-form-urlencoded',
      },
    });
    const said = (await body.json()) as { readonly access_token?: string };
    if (statusCode !== 200 || said.access_token === undefined) throw new Error(`no token: ${statusCode}`);
    this.token = said.access_token;
  }

  /** One walk through the list from its beginning; gives how many were acknowledged. */
  async round(): Promise<number> {
    let done = 0;
    for (let after = ''; ;) {
      const { rows, next } = JSON.parse((await this.ask(`?limit=100${after}`)).toString('utf8')) as Listed;
      const waiting = [...rows];
      const work = async (): Promise<void> => {
        for (let item = waiting.shift(); item !== undefined; item = waiting.shift()) {
          await this.take(item);
          done += 1;
        }
      };
      await Promise.all(Array.from({ length: FETCHES }, work));
      if (next === undefined) return done;
      after = `&after=${encodeURIComponent(next)}`;
    }
  }

  private async take({ id, digest }: Listed['rows'][number]): Promise<void> {
    const bytes = await this.ask(`/${id}`);
    if (createHash('sha256').update(bytes).digest('hex') !== digest) throw new Error('other bytes than were listed');
    this.taken.set(id, bytes.toString('latin1').split('~CLM*').length - 1);
    await this.ask(`/${id}/acknowledgement`, '{}');
  }

  private async ask(path: string, body?: string): Promise<Buffer> {
    const { statusCode, body: answer } = await this.pool.request({
      path: `/v1/inbox${path}`,
      ...(body === undefined ? { method: 'GET' } : { method: 'POST', body }),
      headers: {
        authorization: `Bearer ${this.token}`,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
    });
    const bytes = Buffer.from(await answer.arrayBuffer());
    if (statusCode !== 200) throw new Error(`${path === '' ? 'the list' : 'an item'}: status ${statusCode}`);
    return bytes;
  }
}

const credentialsIn = (world: BenchWorld): { readonly id: string; readonly secret: string } => {
  const found = world.practices[0]?.inbox;
  if (found === undefined) throw new Error('nobody may fetch');
  return found;
};

/** Claims posted over HTTP until the insurer has fetched and acknowledged every one over HTTP: claims per second. */
export const benchInbox = async (count: number): Promise<readonly Measured[]> => {
  const directory = await mkdtemp(join(tmpdir(), 'sluice-bench-inbox-'));
  const server = valueOf(await startEmbeddedPostgres({ dataDirectory: join(directory, 'data') }));
  const stops: (() => Promise<void>)[] = [() => server.stop()];
  try {
    const world = await makeWorld(server, {
      ...{ practices: 1, sinkUrl: '', keyFile: await makeKeyFile() },
      reach: { connection: { kind: 'inbox', receiverId: 'BENCH', production: false }, token: '', profile: {} },
    });
    const env = environmentOf(world, directory);
    const api = await run([dist('api'), '--stdin-guard'], env);
    stops.unshift(() => api.stop());
    const worker = await run([dist('worker'), '--stdin-guard'], env);
    stops.unshift(() => worker.stop());
    const origin = `http://127.0.0.1:${api.port}`;
    const [desk, way] = [new Pool(origin, { connections: CONNECTIONS }), new Pool(origin, { connections: FETCHES })];
    stops.unshift(
      () => desk.close(),
      () => way.close(),
    );
    const insurer = new PullingInsurer(way, credentialsIn(world));
    await insurer.signIn();
    const began = performance.now();
    const pull = async (): Promise<void> => {
      for (const deadline = performance.now() + PATIENCE_MS; insurer.taken.size < count;) {
        if (performance.now() > deadline) throw new Error(`${insurer.taken.size} of ${count} claims were fetched`);
        if ((await insurer.round()) === 0) await sleep(20);
      }
    };
    await Promise.all([submitAll({ pool: desk, world, count, connections: CONNECTIONS }), pull()]);
    const perSecond = (count * 1_000) / (performance.now() - began);
    const claims = [...insurer.taken.values()].reduce((sum, one) => sum + one, 0);
    if (claims !== count || (await insurer.round()) !== 0) throw new Error(`${claims} claims of ${count}`);
    const name = `Inbox, fetched and acknowledged: ${count} claims`;
    return [{ name, unit: 'claims/s', median: perSecond, samples: [perSecond] }];
  } finally {
    for (const stop of stops) await stop();
    await rm(directory, { recursive: true, force: true });
  }
};
