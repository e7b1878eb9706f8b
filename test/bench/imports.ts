import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { GatewayClient } from '#libs/client';
import { startEmbeddedPostgres } from '#libs/persistence';
import { projectRoot, systemIds } from '#libs/settings';
import { run } from './processes.js';
import { makeKeyFile, makeWorld, valueOf } from './world.js';

/** One file of clients through the gateway: how long it took, and what its process needed beside what it needed before. */
export interface MeasuredImport {
  readonly clients: number;
  readonly seconds: number;
  /** Resident megabytes of the gateway: before, and at most in each quarter of the file. */
  readonly before: number;
  readonly quarters: readonly number[];
}

const HEADER = 'code,first_name,last_name,birth_date,sex,address_line,city,region,postal,phone,email';

const rows = async function* (prefix: string, count: number): AsyncGenerator<Uint8Array> {
  yield Buffer.from(`${HEADER}\n`);
  for (let from = 0; from < count; from += 1_000) {
    const part = Array.from(
      { length: Math.min(1_000, count - from) },
      (_one, index) => `${prefix}-${from + index},Ada,Invented,1988-04-01,F,1 Nowhere Lane,Trenton,NJ,08608,,`,
    );
    yield await Promise.resolve(Buffer.from(`${part.join('\n')}\n`));
  }
};

/** Linux tells it; elsewhere it is not measured. */
const residentMegabytes = (pid: number | undefined): number => {
  try {
    const status = readFileSync(`/proc/${String(pid)}/status`, 'utf8');
    return Math.round(Number(/^VmRSS:\s+(\d+) kB$/m.exec(status)?.[1]) / 1_024);
  } catch {
    return Number.NaN;
  }
};

/** Imports so many clients over HTTP into a gateway of its own on the built-in database. */
export const benchImport = async (clients: number): Promise<MeasuredImport> => {
  const directory = await mkdtemp(join(tmpdir(), 'sluice-bench-pg-'));
  const server = valueOf(await startEmbeddedPostgres({ dataDirectory: join(directory, 'data') }));
  try {
    const keyFile = await makeKeyFile();
    const world = await makeWorld(server, { practices: 1, sinkUrl: 'http://127.0.0.1:9', keyFile });
    const api = await run([join(projectRoot(), 'dist', 'apps', 'api', 'main.js'), '--stdin-guard'], {
      DATABASE_URL: world.databaseUrl,
      REDIS_URL: '',
      SLUICE_KEY_FILE: world.keyFile,
      SLUICE_API_PORT: '0',
      SLUICE_SANDBOX: 'false',
      SLUICE_LOG_LEVEL: 'error',
      SLUICE_STATE_DIRECTORY: directory,
    });
    try {
      const gateway = new GatewayClient({
        baseUrl: `http://127.0.0.1:${api.port}`,
        newIdempotencyKey: () => systemIds.uuid(),
        proof: { kind: 'key', secret: world.practices[0]?.key ?? '' },
      });
      const file = (prefix: string, count: number) => ({
        file: { type: 'text/csv' as const, open: () => rows(prefix, count) },
      });
      await gateway.ask('importClients', file('W', 2_000));
      const before = residentMegabytes(api.child.pid);
      const sampled: number[] = [];
      const over = new AbortController();
      const sampling = (async () => {
        while (!over.signal.aborted) {
          sampled.push(residentMegabytes(api.child.pid));
          await sleep(100);
        }
      })();
      const began = performance.now();
      const report = await gateway.ask('importClients', file('I', clients));
      const seconds = (performance.now() - began) / 1_000;
      over.abort();
      await sampling;
      if (report.made !== clients) throw new Error(`made ${report.made} of ${clients}`);
      const quarter = Math.ceil(sampled.length / 4);
      const quarters = [0, 1, 2, 3].map((one) => Math.max(...sampled.slice(one * quarter, (one + 1) * quarter)));
      return { clients, seconds: Math.round(seconds * 10) / 10, before, quarters };
    } finally {
      await api.stop();
    }
  } finally {
    await server.stop();
    await rm(directory, { recursive: true, force: true });
  }
};
