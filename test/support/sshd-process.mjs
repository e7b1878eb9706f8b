/** The machine's sshd as a process of the tests' own: loopback, a free port, an ordinary user, keys and files in one directory. */
import { spawn, spawnSync } from 'node:child_process';
import {
  chmodSync,
  chownSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { createHash } from 'node:crypto';
import { connect, createServer } from 'node:net';
import { userInfo } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

const host = '127.0.0.1';
const program = ['/usr/sbin/sshd', '/usr/local/sbin/sshd'].find((path) => existsSync(path));

/** Why what needs an SSH server is skipped, and counted as not run; undefined where there is one. */
export const sshdMissing = program === undefined ? 'NOT RUN: there is no sshd on this machine' : undefined;

/** A program of the machine's, to its end. */
export const run = (name, ...args) => spawnSync(name, args, { encoding: 'utf8' });

const freePort = () =>
  new Promise((resolve, reject) => {
    const probe = createServer().once('error', reject);
    probe.listen(0, host, () => {
      const { port } = probe.address();
      probe.close(() => resolve(port));
    });
  });

const isListening = (port) =>
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

/** Root becomes somebody who may not write everywhere. */
const ordinaryUser = () => {
  const { username, uid } = userInfo();
  if (uid !== 0) return { name: username };
  const usable = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .map((line) => line.split(':'))
    .find(([, , id = '0', , , , shell = '']) => Number(id) > 0 && /\/(?:bash|sh|zsh|dash)$/.test(shell));
  return usable === undefined
    ? { name: username }
    : { name: usable[0], uid: Number(usable[2]), gid: Number(usable[3]) };
};

const configOf = (root, port, gated) =>
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

/** Through the gate (sftp-gate.mjs), or with the server's own SFTP. */
export class SshdProcess {
  static async start(root, { gated = false } = {}) {
    chmodSync(root, 0o755);
    const server = new SshdProcess(root, gated);
    for (const directory of [server.inbound, server.outbound, join(server.outbound, 'taken')]) {
      mkdirSync(directory);
      server.own(directory);
    }
    server.misbehave(undefined);
    copyFileSync(new URL('sftp-gate.mjs', import.meta.url), join(root, 'sftp-gate.mjs'));
    server.newKey('host');
    server.newKey('client');
    copyFileSync(join(root, 'client.pub'), join(root, 'authorized'));
    server.privateKey = readFileSync(join(root, 'client'), 'utf8');
    for (let attempt = 0; attempt < 5; attempt += 1) {
      server.port = await freePort();
      if (await server.listen()) return server;
    }
    throw new Error('sshd is installed but does not start');
  }

  constructor(root, gated) {
    Object.assign(this, { root, gated, inbound: join(root, 'in'), outbound: join(root, 'out') });
    const { name, ...ids } = ordinaryUser();
    this.user = name;
    this.ids = ids;
    process.on('exit', () => this.child?.kill('SIGKILL'));
  }

  own(path) {
    if (this.ids.uid !== undefined) chownSync(path, this.ids.uid, this.ids.gid);
  }

  /** As `ssh-keygen -l` shows it. */
  get hostKey() {
    const [, blob = ''] = readFileSync(join(this.root, 'host.pub'), 'utf8').split(' ');
    return `SHA256:${createHash('sha256').update(Buffer.from(blob, 'base64')).digest('base64').replace(/=+$/, '')}`;
  }

  newKey(name) {
    const file = join(this.root, name);
    for (const path of [file, `${file}.pub`]) rmSync(path, { force: true });
    const { status } = run('ssh-keygen', '-q', '-t', 'ed25519', '-N', '', '-C', 'invented', '-f', file);
    if (status !== 0) throw new Error('ssh-keygen failed');
    if (name === 'host') this.own(file);
  }

  misbehave(manner) {
    const file = join(this.root, 'manner.json');
    writeFileSync(file, JSON.stringify(manner ?? null));
    this.own(file);
  }

  async listen() {
    writeFileSync(join(this.root, 'config'), configOf(this.root, this.port, this.gated));
    this.child = spawn(program, ['-D', '-e', '-f', join(this.root, 'config')], { stdio: 'ignore', ...this.ids });
    const deadline = performance.now() + 10_000;
    while (this.child.exitCode === null && performance.now() < deadline) {
      if (await isListening(this.port)) return true;
      await sleep(20);
    }
    await this.halt();
    return false;
  }

  async halt() {
    const { child } = this;
    if (child === undefined || child.exitCode !== null || child.signalCode !== null) return;
    const ended = new Promise((resolve) => child.once('exit', resolve));
    child.kill('SIGTERM');
    const timer = setTimeout(() => child.kill('SIGKILL'), 5_000);
    await ended;
    clearTimeout(timer);
  }

  /** From now on it is another server, by its key, at the same address. */
  async changeHostKey() {
    await this.halt();
    this.newKey('host');
    if (!(await this.listen())) throw new Error('sshd does not start again');
  }

  async stop() {
    await this.halt();
    rmSync(this.root, { recursive: true, force: true });
  }
}
