import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdir, mkdtemp, readdir, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';
import pg from 'pg';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Result } from '#libs/kernel';
import { type EmbeddedPostgres, type EmbeddedStep, startEmbeddedPostgres } from './index.js';
import { readPostmasterFile } from './postmaster-file.js';
import { markOf, waitUntil } from './processes.js';
import { isOurServer } from './server-connection.js';
import { readState, type ServerState } from './state-file.js';

const projectRoot = resolve(import.meta.dirname, '../../..');

const temporary = async (): Promise<string> => {
  const directory = await mkdtemp(join(tmpdir(), 'sluice-embedded-'));
  await chmod(directory, 0o755);
  return directory;
};

let place: string;
let servers: EmbeddedPostgres[] = [];
let parents: Parent[] = [];
const directories: string[] = [];

const freshPlace = async (): Promise<string> => {
  place = await temporary();
  directories.push(place);
  return join(place, 'state', 'postgres');
};

const started = (result: Result<EmbeddedPostgres>): EmbeddedPostgres => {
  if (!result.ok) throw new Error(result.issues.map((found) => `${found.code} ${found.path}`).join());
  servers.push(result.value);
  return result.value;
};

const start = async (dataDirectory: string, steps: EmbeddedStep[] = []): Promise<EmbeddedPostgres> =>
  started(await startEmbeddedPostgres({ dataDirectory, durable: false, log: (step) => steps.push(step) }));

const query = async (url: string, text: string): Promise<unknown[]> => {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 5_000 });
  client.on('error', () => undefined);
  try {
    await client.connect();
    return (await client.query<Record<string, unknown>>(text)).rows.map((row) => Object.values(row)[0]);
  } finally {
    await client.end().catch(() => undefined);
  }
};

const serverPid = async (dataDirectory: string): Promise<number> => (await readPostmasterFile(dataDirectory))?.pid ?? 0;

const isGone = async (pid: number): Promise<boolean> => (await markOf(pid)) === undefined;

const stateBeside = async (dataDirectory: string): Promise<ServerState> => {
  const state = await readState(`${dataDirectory}.json`);
  if (!state.ok || state.value === undefined) throw new Error('no state file');
  return state.value;
};

/** Another process of ours that starts the server, from compiled code, and can be killed. */
interface Parent {
  readonly pid: number;
  readonly server: { ownerUrl: string; port: number; adopted: boolean };
  kill(): Promise<void>;
  stop(): Promise<void>;
}

let compiled: string;

const parentScript = `
import { startEmbeddedPostgres } from './dist/libs/persistence/embedded/index.js';
const result = await startEmbeddedPostgres({ dataDirectory: process.argv[2], durable: process.argv[3] === 'durable' });
console.log(JSON.stringify(result.ok ? result.value : result.issues));
process.stdin.once('data', async () => {
  await result.value.stop();
  process.exit(0);
});
`;

const startParent = async (dataDirectory: string, durability = 'volatile'): Promise<Parent> => {
  const child = spawn(process.execPath, [join(compiled, 'parent.mjs'), dataDirectory, durability], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const [line] = (await once(createInterface(child.stdout), 'line')) as [string];
  const ended = once(child, 'exit');
  const parent: Parent = {
    pid: child.pid ?? 0,
    server: JSON.parse(line) as Parent['server'],
    kill: async () => {
      child.kill('SIGKILL');
      await ended;
    },
    stop: async () => {
      if (child.exitCode === null && child.signalCode === null) child.stdin.write('stop\n');
      await ended;
    },
  };
  parents.push(parent);
  return parent;
};

beforeAll(async () => {
  compiled = await temporary();
  const config = {
    extends: join(projectRoot, 'tsconfig.json'),
    compilerOptions: {
      rootDir: projectRoot,
      outDir: join(compiled, 'dist'),
      typeRoots: [join(projectRoot, 'node_modules/@types')],
    },
    files: [join(projectRoot, 'libs/persistence/embedded/index.ts')],
    include: [],
  };
  const compiler = join(projectRoot, 'node_modules/typescript7/bin/tsc');
  await writeFile(join(compiled, 'tsconfig.json'), JSON.stringify(config));
  await writeFile(join(compiled, 'package.json'), await readFile(join(projectRoot, 'package.json')));
  await writeFile(join(compiled, 'parent.mjs'), parentScript);
  await symlink(join(projectRoot, 'node_modules'), join(compiled, 'node_modules'));
  await promisify(execFile)(process.execPath, [compiler, '-p', join(compiled, 'tsconfig.json')]);
});

afterEach(async () => {
  for (const parent of parents) await parent.stop();
  for (const server of servers) await server.stop();
  parents = [];
  servers = [];
});

afterAll(async () => {
  for (const directory of [...directories, compiled]) await rm(directory, { recursive: true, force: true });
});

describe('a first start', () => {
  it('gives a database that is private, in UTF-8, and owned by somebody without special powers', async () => {
    const steps: EmbeddedStep[] = [];
    const dataDirectory = await freshPlace();
    const server = await start(dataDirectory, steps);
    expect(steps).toEqual(['initialising', 'starting']);
    expect(server).toMatchObject({ host: '127.0.0.1', adopted: false, dataDirectory });
    expect(await query(server.superuserUrl, 'show data_directory')).toEqual([dataDirectory]);
    expect(await query(server.superuserUrl, 'show unix_socket_directories')).toEqual(['']);
    expect(await query(server.superuserUrl, 'show listen_addresses')).toEqual(['127.0.0.1']);
    expect(await query(server.superuserUrl, 'show data_checksums')).toEqual(['on']);
    expect(await query(server.superuserUrl, 'show fsync')).toEqual(['off']);
    const [locale] = await query(
      server.ownerUrl,
      "select pg_encoding_to_char(encoding) || ' ' || datlocprovider::text || ' ' || datlocale from pg_database where datname = current_database()",
    );
    expect(locale).toBe('UTF8 b C.UTF-8');
    const [powers] = await query(
      server.ownerUrl,
      'select rolsuper or rolbypassrls or rolreplication from pg_roles where rolname = current_user',
    );
    expect(powers).toBe(false);
    await query(server.ownerUrl, 'create table visit (id int)');
  });

  it('refuses every connection without the password', async () => {
    const server = await start(await freshPlace());
    const guesses = ['postgres', 'sluice_owner'].flatMap((name) => [`${name}:guess`, name]);
    for (const guess of guesses) {
      await expect(query(`postgres://${guess}@127.0.0.1:${server.port}/sluice`, 'select 1')).rejects.toThrow();
    }
  });

  it('keeps passwords and log to its own user, and statements out of the log', async () => {
    const dataDirectory = await freshPlace();
    const server = await start(dataDirectory);
    await expect(query(server.ownerUrl, "select 'Marlowe Quill'::uuid")).rejects.toThrow();
    expect((await stat(`${dataDirectory}.json`)).mode & 0o777).toBe(0o600);
    expect((await stat(`${dataDirectory}.log`)).mode & 0o777).toBe(0o600);
    expect((await stat(dataDirectory)).mode & 0o777).toBe(0o700);
    const log = await readFile(`${dataDirectory}.log`, 'utf8');
    expect(log).toContain('ready to accept connections');
    expect(log).not.toContain('Quill');
    expect((await readdir(join(place, 'state'))).sort()).toEqual(['postgres', 'postgres.json', 'postgres.log']);
  });

  it('is durable unless a test says otherwise', async () => {
    const server = started(await startEmbeddedPostgres({ dataDirectory: await freshPlace() }));
    for (const setting of ['fsync', 'synchronous_commit', 'full_page_writes']) {
      expect(await query(server.superuserUrl, `show ${setting}`)).toEqual(['on']);
    }
  });

  it('clears away what a killed first start left half done', async () => {
    const dataDirectory = await freshPlace();
    await mkdir(`${dataDirectory}.new/base`, { recursive: true });
    await writeFile(`${dataDirectory}.password`, 'old');
    const dead = spawn('true');
    await once(dead, 'exit');
    await writeFile(`${dataDirectory}.lock`, `${dead.pid ?? 0} 1\n`);
    const server = await start(dataDirectory);
    expect(await query(server.ownerUrl, 'select 1')).toEqual([1]);
    expect((await readdir(join(place, 'state'))).sort()).toEqual(['postgres', 'postgres.json', 'postgres.log']);
  });

  it('goes where its user can go if that user cannot enter the project', async () => {
    const dataDirectory = await freshPlace();
    await chmod(place, 0o700);
    const server = await start(dataDirectory);
    const outside = join('/var/lib/sluice', (await stateBeside(dataDirectory)).instance);
    expect(server.dataDirectory).toBe(process.getuid?.() === 0 ? outside : dataDirectory);
    await query(server.ownerUrl, 'create table visit as select 7 as id');
    await server.stop();
    const again = await start(dataDirectory);
    expect(await query(again.ownerUrl, 'select id from visit')).toEqual([7]);
    await again.stop();
    await rm(server.dataDirectory, { recursive: true });
  });
});

describe('a later start', () => {
  it('finds the data again, on the same port with the same passwords', async () => {
    const dataDirectory = await freshPlace();
    const first = await start(dataDirectory);
    await query(first.ownerUrl, 'create table visit as select 7 as id');
    const pid = await serverPid(dataDirectory);
    await first.stop();
    expect(await isGone(pid)).toBe(true);
    expect((await stateBeside(dataDirectory)).owner).toBeUndefined();
    const second = await start(dataDirectory);
    expect(second).toMatchObject({ adopted: false, ownerUrl: first.ownerUrl });
    expect(await query(second.ownerUrl, 'select id from visit')).toEqual([7]);
  });

  it('takes another port if somebody else has the last one', async () => {
    const dataDirectory = await freshPlace();
    const first = await start(dataDirectory);
    await first.stop();
    const stranger = createServer();
    stranger.listen(first.port, '127.0.0.1');
    await once(stranger, 'listening');
    const second = await start(dataDirectory);
    stranger.close();
    expect(second.port).not.toBe(first.port);
    expect(await query(second.ownerUrl, 'select 1')).toEqual([1]);
  });

  it('is not deceived by a process that was given a dead server’s number', async () => {
    const dataDirectory = await freshPlace();
    const first = await start(dataDirectory);
    const file = await readFile(join(dataDirectory, 'postmaster.pid'), 'utf8');
    await first.stop();
    // Postgres itself only believes in a process of its own user.
    const { uid, gid } = await stat(dataDirectory);
    const stranger = spawn('sleep', ['60'], { cwd: '/', ...(process.getuid?.() === 0 ? { uid, gid } : {}) });
    await writeFile(join(dataDirectory, 'postmaster.pid'), file.replace(/^\d+/, String(stranger.pid)));
    const steps: EmbeddedStep[] = [];
    const second = await start(dataDirectory, steps);
    stranger.kill();
    expect(steps).toEqual(['recovering', 'starting']);
    expect(await query(second.ownerUrl, 'select 1')).toEqual([1]);
  });

  it('stops a server of its own that does not answer as its own, and starts anew', async () => {
    const dataDirectory = await freshPlace();
    const parent = await startParent(dataDirectory);
    const pid = await serverPid(dataDirectory);
    await parent.kill();
    const path = join(dataDirectory, 'postmaster.pid');
    const lines = (await readFile(path, 'utf8')).split('\n');
    lines[3] = '1';
    await writeFile(path, lines.join('\n'));
    const server = await start(dataDirectory);
    expect(server.adopted).toBe(false);
    expect(await serverPid(dataDirectory)).not.toBe(pid);
    expect(await isGone(pid)).toBe(true);
  });

  it('never takes another database’s server for its own, even with its passwords', async () => {
    const server = await start(await freshPlace());
    const state = await stateBeside(server.dataDirectory);
    expect(await isOurServer(state)).toBe(true);
    expect(await isOurServer({ ...state, dataDirectory: place })).toBe(false);
  });

  it('guesses nothing when the passwords are gone or the directory is somebody else’s', async () => {
    const dataDirectory = await freshPlace();
    await mkdir(dataDirectory, { recursive: true });
    await writeFile(join(dataDirectory, 'letter.txt'), 'mine');
    const foreign = await startEmbeddedPostgres({ dataDirectory });
    expect(foreign).toMatchObject({ ok: false, issues: [{ code: 'embedded.directory-foreign', path: dataDirectory }] });
    expect(await readdir(dataDirectory)).toEqual(['letter.txt']);

    await writeFile(join(dataDirectory, 'PG_VERSION'), '18\n');
    const missing = await startEmbeddedPostgres({ dataDirectory });
    expect(missing).toMatchObject({ ok: false, issues: [{ code: 'embedded.state-missing' }] });
    await writeFile(`${dataDirectory}.json`, '{"ownerPassword":"hunter2"}');
    const damaged = await startEmbeddedPostgres({ dataDirectory });
    expect(damaged).toMatchObject({ ok: false, issues: [{ code: 'embedded.state-unreadable' }] });
    expect(JSON.stringify(damaged)).not.toContain('hunter2');
  });
});

describe('after a violent death', () => {
  it('of its parent, the server is adopted with what was committed, and stopped by who adopted it', async () => {
    const dataDirectory = await freshPlace();
    const parent = await startParent(dataDirectory);
    await query(parent.server.ownerUrl, 'create table visit as select 7 as id');
    const pid = await serverPid(dataDirectory);
    await parent.kill();
    expect(await isGone(pid)).toBe(false);
    const server = await start(dataDirectory);
    expect(server).toMatchObject({ adopted: true, port: parent.server.port });
    expect(await query(server.ownerUrl, 'select id from visit')).toEqual([7]);
    await server.stop();
    expect(await isGone(pid)).toBe(true);
  });

  it('of the server alone, its parent starts it again where it was', async () => {
    const dataDirectory = await freshPlace();
    const server = started(await startEmbeddedPostgres({ dataDirectory }));
    await query(server.ownerUrl, 'create table visit as select 7 as id');
    const pid = await serverPid(dataDirectory);
    process.kill(pid, 'SIGKILL');
    const answers = () =>
      query(server.ownerUrl, 'select id from visit').then(
        (ids) => ids[0] === 7,
        () => false,
      );
    expect(await waitUntil(() => isGone(pid), 10_000)).toBe(true);
    expect(await waitUntil(answers, 30_000)).toBe(true);
    const revived = await serverPid(dataDirectory);
    await server.stop();
    expect(await isGone(revived)).toBe(true);
  });

  it('of both, the next start recovers what was committed', async () => {
    const dataDirectory = await freshPlace();
    const parent = await startParent(dataDirectory, 'durable');
    await query(parent.server.ownerUrl, 'create table visit as select 7 as id');
    const pid = await serverPid(dataDirectory);
    await parent.kill();
    process.kill(pid, 'SIGKILL');
    const server = await start(dataDirectory);
    expect(server.adopted).toBe(false);
    expect(await query(server.ownerUrl, 'select id from visit')).toEqual([7]);
  });
});

describe('several processes', () => {
  it('share one server, and only the one responsible stops it', async () => {
    const dataDirectory = await freshPlace();
    const parent = await startParent(dataDirectory);
    const guest = await start(dataDirectory);
    expect(guest).toMatchObject({ adopted: true, port: parent.server.port });
    await guest.stop();
    expect(await query(parent.server.ownerUrl, 'select 1')).toEqual([1]);
    const pid = await serverPid(dataDirectory);
    await parent.stop();
    expect(await isGone(pid)).toBe(true);
  });

  it('that start at the same moment end with one server', async () => {
    const dataDirectory = await freshPlace();
    const all = await Promise.all([startParent(dataDirectory), startParent(dataDirectory), startParent(dataDirectory)]);
    expect(all.map((parent) => parent.server.adopted).sort()).toEqual([false, true, true]);
    expect(new Set(all.map((parent) => parent.server.port)).size).toBe(1);
  });
});
