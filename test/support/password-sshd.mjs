import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { run } from './sshd-process.mjs';

/** The one on which the client library itself stands; nothing but this uses its server. */
const ssh2 = createRequire(createRequire(import.meta.url).resolve('ssh2-sftp-client'))('ssh2');

const sftpServer = ['/usr/lib/openssh/sftp-server', '/usr/libexec/sftp-server', '/usr/lib/ssh/sftp-server'].find(
  (path) => existsSync(path),
);

/** Why what needs a password at an SSH server is skipped, and counted as not run; undefined where it can be. */
export const passwordSshdMissing = sftpServer === undefined ? 'NOT RUN: there is no sftp-server here' : undefined;

const USER = 'lantern';

/**
 * A server that lets one user in by password and by nothing else, with the machine's own SFTP behind it. The machine's sshd
 * would need a password of a system account, which no test may set.
 */
export class PasswordSshd {
  static async start(password) {
    const root = await mkdtemp(join(tmpdir(), 'sluice-password-sshd-'));
    for (const directory of ['in', 'out', 'out/taken']) await mkdir(join(root, directory));
    const file = join(root, 'host');
    if (run('ssh-keygen', '-q', '-t', 'ed25519', '-N', '', '-C', 'invented', '-f', file).status !== 0)
      throw new Error('ssh-keygen failed');
    const blob = Buffer.from((await readFile(`${file}.pub`, 'utf8')).split(' ')[1] ?? '', 'base64');
    const found = new PasswordSshd({
      root,
      password,
      hostKey: `SHA256:${createHash('sha256').update(blob).digest('base64').replace(/=+$/, '')}`,
    });
    found.server = new ssh2.Server({ hostKeys: [await readFile(file)] }, (connection) => found.take(connection));
    found.server.listen(0, '127.0.0.1');
    await once(found.server, 'listening');
    found.port = found.server.address().port;
    return found;
  }

  constructor(parts) {
    // It takes no key.
    Object.assign(this, parts, { user: USER, privateKey: '', tried: [], connections: new Set() });
    Object.assign(this, { inbound: join(this.root, 'in'), outbound: join(this.root, 'out') });
  }

  misbehave() {
    throw new Error('this server behaves');
  }

  async stop() {
    for (const connection of this.connections) connection.end();
    await new Promise((resolve) => this.server.close(resolve));
    await rm(this.root, { recursive: true, force: true });
  }

  take(connection) {
    this.connections.add(connection);
    connection.on('error', () => undefined).on('close', () => this.connections.delete(connection));
    connection.on('authentication', (attempt) => {
      const { method, username, password } = attempt;
      this.tried.push(method);
      if (method === 'password' && username === USER && password === this.password) attempt.accept();
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
