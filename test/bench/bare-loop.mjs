// The bare side: the same parts in batches, and nothing else. HTTP → micro-batched INSERT → BullMQ, 50 ids a job → HTTP out.
// `node bare-loop.mjs api|worker` with BARE_DATABASE_URL, BARE_REDIS_URL (absent: BullMQ on Postgres), BARE_SINK_URL.
import { Queue, Worker, createPostgresBackend, runMigrations } from 'bullmq';
import fastify from 'fastify';
import pg from 'pg';
import { Pool } from 'undici';

const role = process.argv[2];
const database = process.env.BARE_DATABASE_URL;
const redis = process.env.BARE_REDIS_URL;
const sink = process.env.BARE_SINK_URL;
const pool = new pg.Pool({ connectionString: database, max: 8 });
const say = (line) => process.stdout.write(`${JSON.stringify(line)}\n`);
process.stdin.on('end', () => process.exit(0)).resume();

const backing = redis
  ? { connection: { url: redis, maxRetriesPerRequest: null } }
  : { connection: { connectionString: database, max: 8 } };
const backend = redis ? undefined : createPostgresBackend;

if (role === 'api') {
  await pool.query(
    'CREATE TABLE IF NOT EXISTS bare (id uuid PRIMARY KEY DEFAULT gen_random_uuid(), body jsonb NOT NULL, state text NOT NULL DEFAULT $$ready$$)',
  );
  if (!redis) {
    const client = await pool.connect();
    await runMigrations(client);
    client.release();
  }
  const queue = new Queue('bare', backing, backend);
  let waiting = [];
  let unqueued = [];
  let inserting = 0;
  const insert = async () => {
    if (waiting.length === 0 || inserting >= 2) return;
    inserting += 1;
    const batch = waiting.splice(0, 50);
    const { rows } = await pool.query('INSERT INTO bare (body) SELECT unnest($1::jsonb[]) RETURNING id', [
      batch.map((one) => one.body),
    ]);
    batch.forEach((one, index) => one.done(rows[index].id));
    unqueued.push(...rows.map((row) => row.id));
    inserting -= 1;
    void insert();
  };
  let relaying = false;
  setInterval(async () => {
    if (relaying || unqueued.length === 0) return;
    relaying = true;
    const ids = unqueued.splice(0);
    const jobs = [];
    for (let from = 0; from < ids.length; from += 50)
      jobs.push({ name: 'bare', data: { ids: ids.slice(from, from + 50) }, opts: { removeOnComplete: true } });
    await queue.addBulk(jobs);
    relaying = false;
  }, 20);
  const app = fastify();
  app.post('/invoices', async (request, reply) => {
    const id = await new Promise((done) => {
      waiting.push({ body: JSON.stringify(request.body), done });
      queueMicrotask(insert);
    });
    return reply.code(202).send({ id });
  });
  await app.listen({ port: 0, host: '127.0.0.1' });
  say({ listening: app.server.address().port });
} else {
  const out = new Pool(sink, { connections: 50 });
  const worker = new Worker(
    'bare',
    async (job) => {
      const { rows } = await pool.query('SELECT id, body FROM bare WHERE id = ANY ($1::uuid[])', [job.data.ids]);
      await Promise.all(
        rows.map(async (row) => {
          const { body } = await out.request({
            path: '/claims',
            method: 'POST',
            headers: { 'content-type': 'application/json' },
            body: JSON.stringify(row.body),
          });
          await body.dump();
        }),
      );
      await pool.query("UPDATE bare SET state = 'sent' WHERE id = ANY ($1::uuid[])", [job.data.ids]);
    },
    { ...backing, concurrency: 16 },
    backend,
  );
  await worker.waitUntilReady();
  say({ listening: 0 });
}
