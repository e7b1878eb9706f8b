import type { Pool } from 'undici';
import { systemIds } from '#libs/settings';
import { type BenchWorld, invoiceFor } from './world.js';

/** What a gateway and a worker of a bench are told, on a queue in the database. */
export const environmentOf = (world: BenchWorld, directory: string): Readonly<Record<string, string>> => ({
  ...{ DATABASE_URL: world.databaseUrl, REDIS_URL: '', SLUICE_KEY_FILE: world.keyFile },
  ...{ SLUICE_API_PORT: '0', SLUICE_WORKER_HEALTH_PORT: '0', SLUICE_SANDBOX: 'false', SLUICE_LOG_LEVEL: 'error' },
  ...{ SLUICE_WORKER_RELAY_INTERVAL_MS: '20', SLUICE_WORKER_DISPATCH_CONCURRENCY: '8' },
  SLUICE_STATE_DIRECTORY: directory,
});

/** Posts so many invoices over a fixed number of connections; each must be accepted. */
export const submitAll = async (plan: {
  readonly pool: Pool;
  readonly world: BenchWorld;
  readonly count: number;
  readonly connections: number;
}): Promise<void> => {
  const { pool, world, count, connections } = plan;
  let next = 0;
  const post = async (): Promise<void> => {
    while (next < count) {
      const { key, body } = invoiceFor(world, next++);
      const { statusCode, body: answer } = await pool.request({
        ...{ path: '/v1/invoices', method: 'POST', body },
        headers: {
          'content-type': 'application/json',
          authorization: `Bearer ${key}`,
          'idempotency-key': systemIds.uuid(),
        },
      });
      await answer.dump();
      if (statusCode !== 202) throw new Error(`status ${statusCode}`);
    }
  };
  await Promise.all(Array.from({ length: connections }, post));
};
