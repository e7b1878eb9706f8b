import { chmod, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Result } from '#libs/kernel';
import { backUpEmbedded, type EmbeddedPostgres, putBackEmbedded, startEmbeddedPostgres } from './index.js';

let place: string;
let server: EmbeddedPostgres;
const backup = (): string => join(place, 'backup');

const valueOf = <T>(result: Result<T>): T => {
  if (!result.ok) throw new Error(result.issues.map(({ code, path }) => `${code} ${path}`).join());
  return result.value;
};

const codesOf = (result: Result<unknown>) => (result.ok ? [] : result.issues.map(({ code }) => code));

const start = async (dataDirectory: string): Promise<EmbeddedPostgres> =>
  valueOf(await startEmbeddedPostgres({ dataDirectory }));

const asked = async (url: string, ...texts: readonly string[]): Promise<unknown> => {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  let last: unknown;
  try {
    for (const text of texts)
      last = Object.values((await client.query<Record<string, unknown>>(text)).rows[0] ?? {})[0];
    return last;
  } finally {
    await client.end();
  }
};

beforeAll(async () => {
  place = await mkdtemp(join(tmpdir(), 'sluice-backup-'));
  await chmod(place, 0o755);
  server = await start(join(place, 'state', 'postgres'));
  await asked(
    server.ownerUrl,
    'create table kept (id int primary key, text text)',
    "insert into kept select number, repeat('x', 200) from generate_series(1, 20000) number",
  );
});

afterAll(async () => {
  await server.stop();
  await rm(place, { recursive: true, force: true });
});

describe('a backup of the built-in server', () => {
  it('is made while others write, and is whole', async () => {
    const work = { over: false, committed: 0 };
    const writing = (async () => {
      for (let id = 20_001; !work.over; id += 2) {
        await asked(server.ownerUrl, `insert into kept values (${id}, 'a'), (${id + 1}, 'b')`);
        work.committed += 2;
      }
    })();
    const before = Number(await asked(server.ownerUrl, 'select count(*) from kept'));
    const made = valueOf(await backUpEmbedded(server, backup()));
    work.over = true;
    await writing;
    expect(made.bytes).toBeGreaterThan(1_000_000);
    expect((await stat(backup())).mode & 0o777).toBe(0o700);
    expect(await readdir(place)).not.toContain('backup.unfinished');
    expect(await readFile(join(backup(), 'postgres', 'backup_label'), 'utf8')).toContain('START WAL LOCATION');

    const elsewhere = join(place, 'elsewhere', 'postgres');
    valueOf(await putBackEmbedded(backup(), elsewhere));
    const restored = await start(elsewhere);
    try {
      const count = Number(await asked(restored.ownerUrl, 'select count(*) from kept'));
      expect(count).toBeGreaterThanOrEqual(before);
      expect(count).toBeLessThanOrEqual(20_000 + work.committed);
      // Pairs were committed together.
      expect(count % 2).toBe(0);
      expect(await asked(restored.superuserUrl, 'select count(*) from pg_replication_slots')).toBe('0');
    } finally {
      await restored.stop();
    }
  });

  it('overwrites nothing', async () => {
    expect(codesOf(await backUpEmbedded(server, backup()))).toEqual(['backup.target-exists']);
  });

  it('is not put where a server runs', async () => {
    expect(codesOf(await putBackEmbedded(backup(), server.dataDirectory))).toEqual(['backup.server-runs']);
  });

  it('takes the place of a stopped database, which is kept beside it', async () => {
    const again = await start(join(place, 'again', 'postgres'));
    await asked(again.ownerUrl, 'create table other (id int)');
    await again.stop();
    const { aside } = valueOf(await putBackEmbedded(backup(), join(place, 'again', 'postgres')));
    expect(await readdir(aside ?? '')).toContain('PG_VERSION');
    const restored = await start(join(place, 'again', 'postgres'));
    try {
      expect(Number(await asked(restored.ownerUrl, 'select count(*) from kept'))).toBeGreaterThan(19_999);
    } finally {
      await restored.stop();
    }
  });

  it('is refused where it is none, or half of one', async () => {
    const half = join(place, 'half');
    expect(codesOf(await putBackEmbedded(half, join(place, 'x', 'postgres')))).toEqual(['backup.unusable']);
    await writeFile(half, 'not a directory');
    expect(codesOf(await putBackEmbedded(half, join(place, 'x', 'postgres')))).toEqual(['backup.unusable']);
  });
});
