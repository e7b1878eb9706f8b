import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Connection, Server } from 'ssh2';
import { run } from '../../test/support/sshd-process.mjs';

/** The one that the client library itself stands on; its server is used by nothing but this. */
const ssh2 = createRequire(createRequire(import.meta.url).resolve('ssh2-sftp-client'))('ssh2') as {
  readonly Server: typeof Server;
};

const sftpServer = ['/usr/lib/openssh/sftp-server', '/usr/libexec/sftp-server', '/usr/lib/ssh/sftp-server'].find(
  (path) => existsSync(path),
);

/** Why what needs a password at an SSH server is skipped, and counted as not run; undefined where it can be. */
export const passwordSshdMissing = sftpServer === undefined ? 'NOT RUN: there is no sftp-server here' : undefined;

export const USER = 'lantern';

/**
 * A server that lets one user in by password and by nothing else, with the machine's own SFTP behind it. The machine's sshd
 * would need a password of a system account, which no test may set.
 */
export class PasswordSshd {
  readonly user = USER;
  /** It takes none. */
  readonly privateKey = '';
  /** Ways in which somebody tried to come in. */
  readonly tried: string[] = [];
  private readonly connections = new Set<Connection>();

  private constructor(
    readonly root: string,
    readonly hostKey: string,
    private readonly server: Server,
  ) {}

  static async start(password: string): Promise<PasswordSshd> {
    const root = await mkdtemp(join(tmpdir(), 'sluice-password-sshd-'));
    for (const directory of ['in', 'out', 'out/taken']) await mkdir(join(root, directory));
    const file = join(root, 'host');
    if (run('ssh-keygen', '-q', '-t', 'ed25519', '-N', '', '-C', 'invented', '-f', file).status !== 0)
      throw new Error('ssh-keygen failed');
    const blob = Buffer.from((await readFile(`${file}.pub`, 'utf8')).split(' ')[1] ?? '', 'base64');
    const hostKey = `SHA256:${createHash('sha256').update(blob).digest('base64').replace(/=+$/, '')}`;
    const server = new ssh2.Server({ hostKeys: [await readFile(file)] }, (connection) =>
      found.take(connection, password),
    );
    const found: PasswordSshd = new PasswordSshd(root, hostKey, server);
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    return found;
  }

  get port(): number {
    return (this.server.address() as AddressInfo).port;
  }

  get inbound(): string {
    return join(this.root, 'in');
  }

  get outbound(): string {
    return join(this.root, 'out');
  }

  misbehave(): void {
    throw new Error('this server behaves');
  }

  async stop(): Promise<void> {
    for (const connection of this.connections) connection.end();
    await new Promise<void>((resolve) => this.server.close(() => resolve()));
    await rm(this.root, { recursive: true, force: true });
  }

  private take(connection: Connection, password: string): void {
    this.connections.add(connection);
    connection.on('error', () => undefined).on('close', () => this.connections.delete(connection));
    connection.on('authentication', (attempt) => {
      this.tried.push(attempt.method);
      if (attempt.method === 'password' && attempt.username === USER && attempt.password === password) attempt.accept();
      else attempt.reject(['password']);
    });
    connection.on('session', (accept) => {
      accept().on('subsystem', (open, refuse, { name }) => {
        if (name !== 'sftp') {
          refuse();
          return;
        }
        const channel = open();
        const inner = spawn(sftpServer ?? '', [], { stdio: ['pipe', 'pipe', 'ignore'] });
        channel.pipe(inner.stdin.on('error', () => undefined));
        inner.stdout.pipe(channel);
        channel.on('close', () => inner.kill());
      });
    });
  }
}
