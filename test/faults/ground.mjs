/** What all runs stand on: one durable Postgres, one Redis if the machine has it, and one key file. */
import { spawn } from 'node:child_process';
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { until } from './children.mjs';

const TEMPLATE = 'faults_template';

const valueOf = (result) => {
  if (!result.ok) throw new Error(result.issues.map(({ code, path }) => `${code} ${path}`).join(', '));
  return result.value;
};

const onDatabase = (url, name) => {
  const changed = new URL(url);
  changed.pathname = `/${name}`;
  return changed.href;
};

export const query = async (url, statement, parameters = []) => {
  const client = new pg.Client({ connectionString: url, application_name: 'faults', connectionTimeoutMillis: 5_000 });
  client.on('error', () => undefined);
  await client.connect();
  try {
    return (await client.query(statement, parameters)).rows;
  } finally {
    await client.end().catch(() => undefined);
  }
};

const freePort = () =>
  new Promise((resolve, reject) => {
    const probe = createServer().once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address();
      probe.close(() => resolve(port));
    });
  });

/** One inline command; the whole answer as text. */
const redisSays = (port, command) =>
  new Promise((resolve, reject) => {
    let said = '';
    const socket = connect({ host: '127.0.0.1', port }, () => socket.write(`${command}\r\nQUIT\r\n`));
    socket.setTimeout(10_000, () => socket.destroy());
    socket.on('data', (bytes) => (said += bytes.toString('latin1')));
    socket.once('error', reject);
    socket.once('close', () => resolve(said));
  });

/** Without persistence: what it forgets, Postgres knows. Uncompressed dumps, so that they can be searched. */
class OwnRedis {
  static async start(directory) {
    const program = ['/usr/bin/redis-server', '/usr/local/bin/redis-server'].find((path) => existsSync(path));
    if (program === undefined) return undefined;
    const port = await freePort();
    const options = [
      '--bind',
      '127.0.0.1',
      '--port',
      port,
      '--dir',
      directory,
      '--save',
      '',
      '--appendonly',
      'no',
      '--rdbcompression',
      'no',
      '--maxmemory-policy',
      'noeviction',
    ];
    const child = spawn(program, options.map(String), { stdio: 'ignore' });
    process.on('exit', () => child.kill('SIGKILL'));
    const ours = await until(
      async () => (await redisSays(port, 'INFO server').catch(() => '')).includes(`process_id:${child.pid}\r`),
      10_000,
    );
    if (!ours) throw new Error('redis-server is installed but does not start');
    return new OwnRedis(child, port, directory);
  }

  constructor(child, port, directory) {
    Object.assign(this, { child, port, directory });
  }

  url(database) {
    return `redis://127.0.0.1:${this.port}/${database}`;
  }

  flush() {
    return redisSays(this.port, 'FLUSHALL');
  }

  async dump() {
    await redisSays(this.port, 'SAVE');
    const file = join(this.directory, 'dump.rdb');
    return existsSync(file) ? readFileSync(file) : Buffer.alloc(0);
  }

  stop() {
    return new Promise((resolve) => {
      this.child.once('close', resolve);
      this.child.kill('SIGTERM');
    });
  }
}

export class Ground {
  static async open(site, { withRedis = true } = {}) {
    const directory = mkdtempSync(join(tmpdir(), 'sluice-ground-'));
    chmodSync(directory, 0o755);
    const { createKeyFile, openFileKeys } = await site.lib('access');
    const { systemClock } = await site.lib('settings');
    const { startEmbeddedPostgres, migrateDatabase } = await site.lib('persistence');
    const keyFile = join(directory, 'keys.json');
    valueOf(createKeyFile(keyFile));
    const keys = valueOf(openFileKeys(keyFile, systemClock));
    const server = valueOf(await startEmbeddedPostgres({ dataDirectory: join(directory, 'postgres') }));
    const ground = new Ground({ site, directory, keyFile, keys, server });
    // However the suite ends, its server does not outlive it.
    process.on('exit', () => ground.abandon());
    await ground.admin(`CREATE DATABASE ${TEMPLATE} OWNER ${new URL(server.ownerUrl).username}`);
    const password = (role) => keys.databasePassword(role);
    ground.passwords = { app: password('app'), relay: password('relay'), queue: password('queue') };
    valueOf(await migrateDatabase(onDatabase(server.ownerUrl, TEMPLATE), { passwords: ground.passwords }));
    if (withRedis) ground.redis = await OwnRedis.start(mkdtempSync(join(directory, 'redis-')));
    return ground;
  }

  constructor(parts) {
    Object.assign(this, parts);
    this.databases = 0;
  }

  admin(statement) {
    return query(onDatabase(this.server.superuserUrl, 'postgres'), statement);
  }

  /** A migrated, empty database; with its number, which is also that of its Redis database. */
  async database() {
    const number = ++this.databases;
    const name = `faults_${number}`;
    await this.admin(`CREATE DATABASE ${name} TEMPLATE ${TEMPLATE} OWNER ${new URL(this.server.ownerUrl).username}`);
    await this.admin(`GRANT CREATE ON DATABASE ${name} TO sluice_queue`);
    const ownerUrl = onDatabase(this.server.ownerUrl, name);
    const { runtimeUrls } = await this.site.lib('persistence');
    return {
      name,
      ownerUrl,
      superuserUrl: onDatabase(this.server.superuserUrl, name),
      ...runtimeUrls(ownerUrl, this.passwords),
      redisUrl: this.redis?.url(number % 16),
      drop: () => this.admin(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`),
    };
  }

  /** Kills the server as a power cut would; its launcher, which is in this process, brings it back. */
  async killPostgres() {
    const pid = this.postmaster();
    if (pid === undefined) throw new Error('there is no postmaster to kill');
    process.kill(pid, 'SIGKILL');
    return pid;
  }

  postmaster() {
    const file = join(this.server.dataDirectory, 'postmaster.pid');
    const pid = existsSync(file) ? Number(readFileSync(file, 'utf8').split('\n')[0]) : 0;
    return pid > 1 ? pid : undefined;
  }

  abandon() {
    try {
      const pid = this.postmaster();
      if (pid !== undefined) process.kill(pid, 'SIGQUIT');
      rmSync(this.directory, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
    } catch {
      // Somebody was faster, or files are still being written.
    }
  }

  serverLog() {
    const file = join(this.directory, 'postgres.log');
    return existsSync(file) ? readFileSync(file) : Buffer.alloc(0);
  }

  async close() {
    await this.redis?.stop();
    await this.server.stop();
    rmSync(this.directory, { recursive: true, force: true });
  }
}

export { valueOf };
