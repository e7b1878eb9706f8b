import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { chmodSync, chownSync, copyFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer, type Socket } from 'node:net';
import { userInfo } from 'node:os';
import { join } from 'node:path';
import type { Owner } from './clearinghouse-directory.js';

const PROGRAM = ['/usr/sbin/sshd', '/usr/local/sbin/sshd', '/opt/homebrew/sbin/sshd'].find((path) => existsSync(path));

/** Where files can be brought to, as whoever brings them has to know it. */
export interface FileServer {
  readonly host: string;
  readonly port: number;
  /** As `ssh-keygen -l` shows it. */
  readonly hostKey: string;
  readonly user: string;
  /** Whose the files are, where that is not whoever runs the sandbox. */
  readonly owner: Owner | undefined;
  /** The private key that is let in. */
  readonly keyFile: string;
  close(): Promise<void>;
}

interface Account {
  readonly name: string;
  readonly owner?: Owner;
}

/** OpenSSH lets nobody in but whoever runs it, unless root does; and root becomes somebody who may not write everywhere. */
const fileAccount = (): Account => {
  const { username, uid } = userInfo();
  if (uid !== 0) return { name: username };
  const found = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .map((line) => line.split(':'))
    .find(([, , id = '0', , , , shell = '']) => Number(id) > 0 && /\/(?:bash|sh|zsh|dash)$/.test(shell));
  const [name, , id, group] = found ?? [];
  return name === undefined ? { name: username } : { name, owner: { uid: Number(id), gid: Number(group) } };
};

const CONFIGURATION = (directory: string): string =>
  [
    `HostKey ${join(directory, 'host')}`,
    'PidFile none',
    `AuthorizedKeysFile ${join(directory, 'authorized')}`,
    'StrictModes no',
    'UsePAM no',
    'PasswordAuthentication no',
    'KbdInteractiveAuthentication no',
    'DisableForwarding yes',
    'PermitRootLogin yes',
    'Subsystem sftp internal-sftp',
    'ForceCommand internal-sftp',
  ].join('\n');

const makeKey = (path: string): void => {
  if (existsSync(path)) return;
  const { status } = spawnSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-C', 'invented', '-f', path]);
  if (status !== 0) throw new Error('ssh-keygen failed');
};

const fingerprintOf = (file: string): string => {
  const [, blob = ''] = readFileSync(file, 'utf8').split(' ');
  return `SHA256:${createHash('sha256').update(Buffer.from(blob, 'base64')).digest('base64').replace(/=+$/, '')}`;
};

/**
 * The machine's OpenSSH server over the files of one directory, with keys of its own that it keeps there. Each connection
 * has an `sshd -i` that ends with it, so that nothing is left when the sandbox is killed. Undefined where the machine has none.
 */
export const startFileServer = async (
  directory: string,
  at: { readonly host: string; readonly port: number },
): Promise<FileServer | undefined> => {
  if (PROGRAM === undefined) return undefined;
  const account = fileAccount();
  mkdirSync(directory, { recursive: true });
  chmodSync(directory, 0o755);
  const [hostKey, keyFile, configuration] = ['host', 'client', 'sshd.conf'].map((name) => join(directory, name));
  if (hostKey === undefined || keyFile === undefined || configuration === undefined) throw new Error('impossible');
  for (const key of [hostKey, keyFile]) makeKey(key);
  copyFileSync(`${keyFile}.pub`, join(directory, 'authorized'));
  const { owner } = account;
  if (owner !== undefined) chownSync(hostKey, owner.uid, owner.gid);
  writeFileSync(configuration, CONFIGURATION(directory));
  const open = new Set<Socket>();
  const server = createServer((socket) => {
    const child = spawn(PROGRAM, ['-i', '-e', '-f', configuration], {
      stdio: ['pipe', 'pipe', 'ignore'],
      ...owner,
    });
    open.add(socket);
    const end = (): void => {
      open.delete(socket);
      socket.destroy();
      child.kill();
    };
    for (const stream of [socket, child.stdin, child.stdout]) stream.on('error', end);
    child.once('error', end).once('exit', end);
    socket.once('close', end);
    socket.pipe(child.stdin);
    child.stdout.pipe(socket);
  });
  const port = await new Promise<number>((resolve, reject) => {
    server.once('error', reject).listen(at.port, at.host, () => {
      const address = server.address();
      resolve(typeof address === 'object' && address !== null ? address.port : at.port);
    });
  });
  return {
    host: at.host,
    port,
    hostKey: fingerprintOf(`${hostKey}.pub`),
    user: account.name,
    owner,
    keyFile,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of open) socket.destroy();
      }),
  };
};
