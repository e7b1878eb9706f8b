import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { chmod, chown, copyFile, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { connect, createServer } from 'node:net';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

const program = ['/usr/sbin/sshd', '/usr/local/sbin/sshd'].find((path) => existsSync(path));

/** Why a suite that needs an SSH server is skipped, and counted as not run; undefined where there is one. */
export const sshdMissing = program === undefined ? 'NOT RUN: there is no sshd on this machine' : undefined;

/** In CI the server is installed: a suite that cannot run there has failed. */
export const mustHaveSshd = (): void => {
  if (sshdMissing !== undefined && process.env['CI'] === 'true') throw new Error(sshdMissing);
};

/** What happens at the first request of this kind; `thenDark`: and nobody is let in any more. */
export interface Misbehaviour {
  readonly at: 'open' | 'write' | 'fsync' | 'fstat' | 'close' | 'stat' | 'remove' | 'rename';
  readonly act: 'die-before' | 'die-after' | 'fail' | 'talk-nonsense';
  /** For `fail`: a status code of the protocol. */
  readonly status?: number;
  readonly thenDark?: boolean;
}

export interface OwnSshd {
  readonly port: number;
  readonly user: string;
  /** PEM, of the one user who may come in. */
  readonly privateKey: string;
  /** `SHA256:…`, as `ssh-keygen -l` shows it. */
  readonly hostKey: string;
  /** Where files are put, and where answers are left. */
  readonly inbound: string;
  readonly outbound: string;
  readonly root: string;
  /** What the server does instead of answering, from now on; see sftp-gate.mjs. */
  misbehave(manner: Misbehaviour | undefined): Promise<void>;
  /** From now on it is another server, by its key, at the same address. */
  changeHostKey(): Promise<void>;
  stop(): Promise<void>;
}

/** A program of the machine's, to its end. */
export const run = (name: string, ...args: readonly string[]) => spawnSync(name, args, { encoding: 'utf8' });

const host = '127.0.0.1';

const freePort = (): Promise<number> =>
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

const isListening = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect({ host, port });
    socket.setTimeout(1_000, () => socket.destroy());
    socket.once('data', () => {
      resolve(true);
      socket.destroy();
    });
    socket.once('error', () => resolve(false));
    socket.once('close', () => resolve(false));
  });

const newKey = async (file: string): Promise<void> => {
  await rm(file, { force: true });
  await rm(`${file}.pub`, { force: true });
  const made = run('ssh-keygen', '-q', '-t', 'ed25519', '-N', '', '-C', 'invented', '-f', file);
  if (made.status !== 0) throw new Error('ssh-keygen failed');
};

const fingerprint = async (file: string): Promise<string> => {
  const [, blob = ''] = (await readFile(`${file}.pub`, 'utf8')).split(' ');
  return `SHA256:${createHash('sha256').update(Buffer.from(blob, 'base64')).digest('base64').replace(/=+$/, '')}`;
};

interface Place {
  readonly root: string;
  /** Through sftp-gate.mjs, which can be told to misbehave, to the machine's sftp-server. */
  readonly gated: boolean;
}

/** A server without rights of its own would do; as root it must be told apart from the machine's. */
const configOf = ({ root, gated }: Place, port: number): string =>
  [
    `Port ${port}`,
    `ListenAddress ${host}`,
    `HostKey ${root}/host`,
    'PidFile none',
    `AuthorizedKeysFile ${root}/authorized`,
    'StrictModes no',
    'UsePAM no',
    'PasswordAuthentication no',
    'KbdInteractiveAuthentication no',
    'AllowTcpForwarding no',
    'MaxStartups 200',
    'MaxSessions 200',
    'PermitRootLogin yes',
    gated ? `Subsystem sftp ${process.execPath} ${root}/sftp-gate.mjs ${root}` : 'Subsystem sftp internal-sftp',
  ].join('\n');

const stopChild = async (child: ChildProcess): Promise<void> => {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  child.kill('SIGTERM');
  const timer = setTimeout(() => child.kill('SIGKILL'), 5_000);
  await ended;
  clearTimeout(timer);
};

const startOn = async (place: Place, port: number, user: { uid?: number; gid?: number }): Promise<ChildProcess> => {
  const { root } = place;
  await writeFile(join(root, 'config'), configOf(place, port));
  const child = spawn(program ?? '', ['-D', '-e', '-f', join(root, 'config')], { stdio: 'ignore', ...user });
  const deadline = performance.now() + 10_000;
  while (child.exitCode === null && performance.now() < deadline) {
    if (await isListening(port)) return child;
    await sleep(20);
  }
  await stopChild(child);
  throw new Error('sshd is installed but does not start');
};

/** As root the server is started as an ordinary user, so that what may not be written cannot be. */
const ordinaryUser = (): { readonly name: string; readonly uid?: number; readonly gid?: number } => {
  const { username, uid } = userInfo();
  if (uid !== 0) return { name: username };
  const found = run('getent', 'passwd').stdout;
  const usable = found
    .split('\n')
    .map((line) => line.split(':'))
    .find(([, , id = '0', , , , shell = '']) => Number(id) > 0 && !/nologin|false|sync$/.test(shell));
  const [name, , id, group] = usable ?? [];
  return name === undefined ? { name: username } : { name, uid: Number(id), gid: Number(group) };
};

/** A real OpenSSH server of the tests' own: loopback, a free port, own keys, files in a directory of its own. */
export const startSshd = async ({ gated = false } = {}): Promise<OwnSshd> => {
  const root = await mkdtemp(join(tmpdir(), 'sluice-sshd-'));
  const place = { root, gated };
  await chmod(root, 0o755);
  const { name, ...ids } = ordinaryUser();
  const own = async (path: string) => {
    if (ids.uid !== undefined && ids.gid !== undefined) await chown(path, ids.uid, ids.gid);
  };
  const inbound = join(root, 'in');
  const outbound = join(root, 'out');
  for (const directory of [inbound, outbound, join(outbound, 'taken')]) {
    await mkdir(directory);
    await own(directory);
  }
  const manner = join(root, 'manner.json');
  const misbehave = async (wanted: Misbehaviour | undefined) => {
    await writeFile(manner, JSON.stringify(wanted ?? null));
    await own(manner);
  };
  await misbehave(undefined);
  await copyFile(new URL('sftp-gate.mjs', import.meta.url), join(root, 'sftp-gate.mjs'));
  const hostFile = join(root, 'host');
  const renewHostKey = async () => {
    await newKey(hostFile);
    await own(hostFile);
  };
  await renewHostKey();
  await newKey(join(root, 'client'));
  await writeFile(join(root, 'authorized'), await readFile(join(root, 'client.pub')));
  let port = await freePort();
  let child: ChildProcess | undefined;
  for (let attempt = 0; child === undefined; attempt += 1) {
    try {
      child = await startOn(place, port, ids);
    } catch (error) {
      if (attempt === 4) throw error;
      port = await freePort();
    }
  }
  let running = child;
  return {
    port,
    user: name,
    root,
    inbound,
    outbound,
    privateKey: await readFile(join(root, 'client'), 'utf8'),
    hostKey: await fingerprint(hostFile),
    misbehave,
    changeHostKey: async () => {
      await stopChild(running);
      await renewHostKey();
      running = await startOn(place, port, ids);
    },
    stop: async () => {
      await stopChild(running);
      await rm(root, { recursive: true, force: true });
    },
  };
};
