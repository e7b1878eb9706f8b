import { spawn } from 'node:child_process';
import { open, readFile, stat } from 'node:fs/promises';
import { createServer } from 'node:net';
import { failed, issue, ok, type Result } from '#libs/kernel';
import type { Binaries } from './binaries.js';
import { readPostmasterFile } from './postmaster-file.js';
import { isAlive, markOf, type ProcessMark, waitUntil } from './processes.js';
import { serverEnvironment } from './run-program.js';
import { HOST } from './server-connection.js';
import { type ServerUser, spawnAs } from './server-user.js';

export interface Launch {
  readonly binaries: Binaries;
  readonly user: ServerUser;
  readonly dataDirectory: string;
  readonly logFile: string;
  readonly port: number;
  readonly durable: boolean;
}

/** Long enough to replay the log of a busy database after a crash. */
const READY_WITHIN = 120_000;
const LARGEST_LOG = 1_000_000;

const settingsOf = (how: Launch): Readonly<Record<string, string>> => ({
  listen_addresses: HOST,
  port: String(how.port),
  unix_socket_directories: '',
  max_connections: '200',
  timezone: 'UTC',
  log_timezone: 'UTC',
  // Errors of single statements quote values, and parameters are values: neither may reach a file that is not encrypted.
  log_min_messages: 'log',
  log_min_error_statement: 'panic',
  log_error_verbosity: 'terse',
  log_parameter_max_length: '0',
  log_parameter_max_length_on_error: '0',
  log_checkpoints: 'off',
  ...(how.durable ? {} : { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' }),
});

/** A port that nobody listened on a moment ago: the wanted one if it is free, else any. */
export const freePort = async (wanted: number): Promise<number> => {
  const listenOn = (port: number): Promise<number | undefined> =>
    new Promise((resolve) => {
      const probe = createServer();
      probe.once('error', () => resolve(undefined));
      probe.listen({ host: HOST, port }, () => {
        const address = probe.address();
        probe.close(() => resolve(typeof address === 'object' ? address?.port : undefined));
      });
    });
  const port = (await listenOn(wanted)) ?? (await listenOn(0));
  if (port === undefined) throw new Error('this machine has no free port on its own address');
  return port;
};

/**
 * Starts the server in its own session, so that neither a Ctrl-C in the terminal nor our own death stops it in the
 * middle of our work; its log goes to a file, because a pipe would die with us.
 * `embedded.port-taken` and `embedded.directory-busy` may be tried again; `embedded.start-failed` says all else.
 */
export const launch = async (how: Launch): Promise<Result<ProcessMark>> => {
  const size = (await stat(how.logFile).catch(() => undefined))?.size ?? 0;
  const log = await open(how.logFile, size > LARGEST_LOG ? 'w' : 'a', 0o600);
  const begin = (await log.stat()).size;
  try {
    const args = Object.entries(settingsOf(how)).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
    const child = spawn(how.binaries.postgres, ['-D', how.dataDirectory, ...args], {
      ...spawnAs(how.user),
      cwd: '/',
      detached: true,
      env: serverEnvironment,
      stdio: ['ignore', log.fd, log.fd],
    });
    const run = { ended: false };
    child.once('error', () => (run.ended = true));
    child.once('exit', () => (run.ended = true));
    child.unref();
    const isReady = async (): Promise<boolean> => {
      const file = await readPostmasterFile(how.dataDirectory);
      return file?.pid === child.pid && file?.status === 'ready';
    };
    const settled = await waitUntil(async () => run.ended || (await isReady()), READY_WITHIN);
    const mark = child.pid === undefined || run.ended ? undefined : await markOf(child.pid);
    if (settled && mark !== undefined) return ok(mark);
    if (mark !== undefined) await stopServer(mark);
    return failed(issue(await causeIn(how.logFile, begin), how.dataDirectory));
  } finally {
    await log.close();
  }
};

const causeIn = async (logFile: string, begin: number): Promise<string> => {
  const written = (await readFile(logFile, 'utf8')).slice(begin);
  if (written.includes('could not bind')) return 'embedded.port-taken';
  return /still in use|another postmaster/.test(written) ? 'embedded.directory-busy' : 'embedded.start-failed';
};

/**
 * Fast shutdown (SIGINT): open transactions are rolled back, what was committed is on disk. A server that does not end
 * within 30 seconds is stopped at once (SIGQUIT) and recovers at its next start.
 */
export const stopServer = async (server: ProcessMark): Promise<void> => {
  for (const [signal, milliseconds] of [
    ['SIGINT', 30_000],
    ['SIGQUIT', 10_000],
  ] as const) {
    if (!(await isAlive(server))) return;
    try {
      process.kill(server.pid, signal);
    } catch {
      return;
    }
    if (await waitUntil(async () => !(await isAlive(server)), milliseconds)) return;
  }
};
