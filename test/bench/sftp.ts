import { readdir, readFile, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { setTimeout as sleep } from 'node:timers/promises';
import { Pool } from 'undici';
import type { InsurerRecord } from '#libs/application';
import { startEmbeddedPostgres } from '#libs/persistence';
import { projectRoot } from '#libs/settings';
import type { Measured } from './measure.js';
import { run } from './processes.js';
import { environmentOf, submitAll } from './submit-all.js';
import { makeKeyFile, makeWorld, valueOf } from './world.js';

type Ssh = typeof import('../support/sshd-process.mjs');

const CONNECTIONS = 64;
const PATIENCE_MS = 600_000;

/** Not compiled beside the benches: it is plain JavaScript, and is used where it stands. */
const ssh = (): Promise<Ssh> =>
  import(pathToFileURL(join(projectRoot(), 'test', 'support', 'sshd-process.mjs')).href) as Promise<Ssh>;

const dist = (name: string): string => join(projectRoot(), 'dist', 'apps', name, 'main.js');

/** Counts claims in a directory that only ever gets more files; each file is read once. */
const claimCounter = (directory: string) => {
  const seen = new Set<string>();
  let [claims, files] = [0, 0];
  return async (): Promise<{ readonly claims: number; readonly files: number }> => {
    for (const name of await readdir(directory)) {
      if (name.startsWith('.') || seen.has(name)) continue;
      seen.add(name);
      files += 1;
      claims += (await readFile(join(directory, name), 'latin1')).split('~CLM*').length - 1;
    }
    return { claims, files };
  };
};

interface Plan {
  readonly name: string;
  readonly count: number;
  readonly profile: Partial<InsurerRecord['profile']>;
}

/** Claims posted over HTTP until every one lies in the directory of a real OpenSSH server: claims per second. */
const measure = async ({ name, count, profile }: Plan): Promise<Measured> => {
  const directory = await mkdtemp(join(tmpdir(), 'sluice-bench-pg-'));
  const server = valueOf(await startEmbeddedPostgres({ dataDirectory: join(directory, 'data') }));
  const sshd = await (await ssh()).SshdProcess.start(await mkdtemp(join(tmpdir(), 'sluice-bench-sshd-')));
  const stops: (() => Promise<void>)[] = [() => sshd.stop(), () => server.stop()];
  try {
    const connection = {
      ...({ kind: 'sftp', url: `sftp://127.0.0.1:${sshd.port}`, hostKey: sshd.hostKey, user: sshd.user } as const),
      ...({ authentication: 'private-key', inbound: sshd.inbound, suffix: '.x12', production: false } as const),
      receiverId: 'BENCH',
    };
    const world = await makeWorld(server, {
      ...{ practices: 1, sinkUrl: '', keyFile: await makeKeyFile() },
      reach: { connection, token: sshd.privateKey, profile: { resolution: 'duplicate-detection', ...profile } },
    });
    const env = environmentOf(world, directory);
    const api = await run([dist('api'), '--stdin-guard'], env);
    stops.unshift(() => api.stop());
    const worker = await run([dist('worker'), '--stdin-guard'], env);
    stops.unshift(() => worker.stop());
    const pool = new Pool(`http://127.0.0.1:${api.port}`, { connections: CONNECTIONS });
    stops.unshift(() => pool.close());
    const counted = claimCounter(sshd.inbound);
    const began = performance.now();
    await submitAll({ pool, world, count, connections: CONNECTIONS });
    let there = await counted();
    for (const deadline = performance.now() + PATIENCE_MS; there.claims < count; there = await counted()) {
      if (performance.now() > deadline) throw new Error(`${there.claims} of ${count} claims are there`);
      await sleep(50);
    }
    const perSecond = (count * 1_000) / (performance.now() - began);
    if (there.claims !== count) throw new Error(`${there.claims} claims of ${count}: some went twice`);
    return {
      ...{ name: `${name}: ${count} claims in ${there.files} files`, unit: 'claims/s' },
      ...{ median: perSecond, samples: [perSecond] },
    };
  } finally {
    for (const stop of stops) await stop();
    await rm(directory, { recursive: true, force: true });
  }
};

/** Undefined where the machine has no sshd. */
export const benchSftp = async (count: number): Promise<readonly Measured[] | undefined> => {
  if ((await ssh()).sshdMissing !== undefined) return undefined;
  return [
    await measure({ name: 'SFTP, one claim an interchange', count, profile: {} }),
    await measure({ name: 'SFTP, up to fifty claims', count, profile: { claimsPerInterchange: 50 } }),
  ];
};
