import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

/** A Redis of the tests' own. */
export interface OwnRedis {
  readonly url: string;
  readonly port: number;
  readonly pid: number;
  stop(): Promise<void>;
}

const program = ['/usr/bin/redis-server', '/usr/local/bin/redis-server'].find((path) => existsSync(path));

const host = '127.0.0.1';

export const freePort = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, host, () => {
      const address = probe.address();
      probe.close(() =>
        typeof address === 'object' && address ? resolve(address.port) : reject(new Error('no port')),
      );
    });
  });

/** The process id that the server on the port tells, or `undefined` if nobody answers. */
const processIdAt = (port: number): Promise<number | undefined> =>
  new Promise((resolve) => {
    let said = '';
    const socket = connect({ host, port }, () => socket.write('INFO server\r\n'));
    socket.setEncoding('utf8');
    socket.setTimeout(2_000, () => socket.destroy());
    socket.on('data', (text: string) => {
      said += text;
      if (/^process_id:\d+\r$/m.test(said)) socket.destroy();
    });
    socket.once('error', () => undefined);
    socket.once('close', () => {
      const found = /^process_id:(\d+)\r$/m.exec(said)?.[1];
      resolve(found === undefined ? undefined : Number(found));
    });
  });

/** `undefined`: the port was taken in the meantime. */
const startOn = async (port: number, executable: string): Promise<OwnRedis | undefined> => {
  const directory = await mkdtemp(join(tmpdir(), 'sluice-redis-'));
  await chmod(directory, 0o700);
  const options = ['--bind', host, '--port', String(port), '--dir', directory, '--save', '', '--appendonly', 'no'];
  const child = spawn(executable, [...options, '--maxmemory-policy', 'noeviction'], { stdio: 'ignore' });
  const ended = new Promise<void>((resolve) => {
    child.once('error', () => resolve());
    child.once('exit', () => resolve());
  });
  const stop = async (): Promise<void> => {
    child.kill('SIGTERM');
    const timer = setTimeout(() => child.kill('SIGKILL'), 5_000);
    await ended;
    clearTimeout(timer);
    await rm(directory, { recursive: true, force: true });
  };
  const deadline = performance.now() + 10_000;
  while (child.pid !== undefined && child.exitCode === null && performance.now() < deadline) {
    // Whatever else may listen there is not ours to fill with jobs or to stop.
    if ((await processIdAt(port)) === child.pid) {
      return { url: `redis://${host}:${port}`, port, pid: child.pid, stop };
    }
    await sleep(20);
  }
  await stop();
  return undefined;
};

/**
 * Starts the machine's redis-server on a free port of the loopback, without persistence. `undefined` if there is none on
 * this machine: a suite that needs one is then skipped, by name.
 */
export const startRedis = async (): Promise<OwnRedis | undefined> => {
  if (program === undefined) return undefined;
  for (let attempt = 0; attempt < 5; attempt += 1) {
    const redis = await startOn(await freePort(), program);
    if (redis !== undefined) return redis;
  }
  throw new Error('redis-server is installed but does not start');
};
