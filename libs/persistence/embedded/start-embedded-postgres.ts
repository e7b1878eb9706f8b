import { realpath, rm } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { failed, issue, ok, type Result } from '#libs/kernel';
import { type Binaries, findBinaries } from './binaries.js';
import { initialise, stateOfDirectory } from './initialise.js';
import { freePort, launch, stopServer } from './launch.js';
import { postmasterPath, readPostmasterFile } from './postmaster-file.js';
import { isAlive, isOccupied, markOf, markOfServer, type ProcessMark, waitUntil } from './processes.js';
import { HOST, isOurServer, ownerUrl, provision, superuserUrl } from './server-connection.js';
import { canReach, makePassable, outsideDirectory, type ServerUser, serverUser } from './server-user.js';
import { besides, newState, readState, type ServerState, withoutOwner, writeState } from './state-file.js';
import { withStartLock } from './start-lock.js';
import { keepRunning } from './keep-running.js';

/** What the launcher is doing; for progress and the log. */
export type EmbeddedStep = 'initialising' | 'starting' | 'recovering' | 'adopting' | 'restarting' | 'gone';

export interface EmbeddedOptions {
  /** Beside it stand `<it>.json` (passwords, 0600), `<it>.log` and, while starting, `<it>.lock`. */
  readonly dataDirectory: string;
  readonly log?: (step: EmbeddedStep) => void;
  /** `false`, for tests only: faster, and a power cut may lose everything. */
  readonly durable?: boolean;
}

export interface EmbeddedPostgres {
  readonly host: string;
  readonly port: number;
  /** The role that owns the database and migrates it; not a superuser. Holds a password: never to be logged. */
  readonly ownerUrl: string;
  /** Holds a password: never to be logged. */
  readonly superuserUrl: string;
  /** Where the data really is: outside the project if the server's user cannot enter that. */
  readonly dataDirectory: string;
  /** Holds the passwords. */
  readonly stateFile: string;
  /** The server was already running when it was asked for. */
  readonly adopted: boolean;
  /**
   * Stops the server if this process is responsible for it: it started it, or the process that did is dead. A server
   * that another living process looks after is left running.
   */
  stop(): Promise<void>;
}

interface Site {
  readonly binaries: Binaries;
  readonly user: ServerUser;
  readonly files: ReturnType<typeof besides>;
  readonly durable: boolean;
  readonly log: (step: EmbeddedStep) => void;
}

interface Running {
  readonly state: ServerState;
  readonly server: ProcessMark;
  readonly adopted: boolean;
}

const START_ATTEMPTS = 20;

/**
 * Starts the private Postgres of an installation for which no other was configured, or takes over the one that a killed
 * process left running. Safe to call from several processes at once: one starts, the others share.
 *
 * Codes: `embedded.platform-unsupported`, `.user-missing`, `.binaries-unusable`, `.directory-foreign` (something else is
 * there), `.state-missing` and `.state-unreadable` (the passwords are lost), `.directory-unusable`, `.initialise-failed`,
 * `.directory-busy`, `.start-failed`, `.provision-failed`, `.start-locked`. Paths are file names.
 */
export const startEmbeddedPostgres = async (options: EmbeddedOptions): Promise<Result<EmbeddedPostgres>> => {
  const requested = resolve(options.dataDirectory);
  try {
    await makePassable(dirname(requested));
    const dataDirectory = join(await realpath(dirname(requested)), basename(requested));
    const files = besides(dataDirectory);
    const known = await readState(files.state);
    if (!known.ok) return known;
    const user = await serverUser(known.value?.dataDirectory ?? dataDirectory);
    if (!user.ok) return user;
    const binaries = await findBinaries(user.value);
    if (!binaries.ok) return binaries;
    const site: Site = {
      binaries: binaries.value,
      user: user.value,
      files,
      durable: options.durable ?? true,
      log: options.log ?? (() => undefined),
    };
    return await withStartLock(files.lock, () => startAt(dataDirectory, site));
  } catch {
    return failed(issue('embedded.directory-unusable', requested));
  }
};

const startAt = async (dataDirectory: string, site: Site): Promise<Result<EmbeddedPostgres>> => {
  const prepared = await prepare(dataDirectory, site);
  if (!prepared.ok) return prepared;
  const running = await obtain(prepared.value, site);
  if (!running.ok) return running;
  const provisioned = await provision(running.value.state);
  if (!provisioned.ok) return provisioned;
  return ok(await handle(running.value, site));
};

/** Sees to it that there is a state file and an initialised data directory, and says where. */
const prepare = async (dataDirectory: string, site: Site): Promise<Result<ServerState>> => {
  const known = await readState(site.files.state);
  if (!known.ok) return known;
  let state = known.value;
  if (state === undefined) {
    const found = await stateOfDirectory(dataDirectory);
    if (found !== 'empty') {
      const code = found === 'foreign' ? 'embedded.directory-foreign' : 'embedded.state-missing';
      return failed(issue(code, found === 'foreign' ? dataDirectory : site.files.state));
    }
    const fresh = newState();
    const reachable = await canReach(site.user, dirname(dataDirectory));
    state = { ...fresh, dataDirectory: reachable ? dataDirectory : outsideDirectory(fresh.instance) };
    // The passwords are written before the first file of the cluster: a cluster without them would be lost.
    await writeState(site.files.state, state);
  }
  await makePassable(dirname(state.dataDirectory));
  const found = await stateOfDirectory(state.dataDirectory);
  if (found === 'foreign') return failed(issue('embedded.directory-foreign', state.dataDirectory));
  if (found === 'empty') {
    site.log('initialising');
    const made = await initialise(state.dataDirectory, { ...site, superuserPassword: state.superuserPassword });
    if (!made.ok) return made;
  }
  return ok({ ...state, dataDirectory: await realpath(state.dataDirectory) });
};

/** A server of ours on this directory: the one that runs, else a new one. */
const obtain = async (state: ServerState, site: Site, samePort = false): Promise<Result<Running>> => {
  const adopted = await adopt(state, site);
  if (adopted !== undefined) return ok(adopted);

  if (!(await waitUntil(async () => !(await isOccupied(state.dataDirectory)), 30_000))) {
    return failed(issue('embedded.directory-busy', state.dataDirectory));
  }
  // Nobody works in the directory, so the file speaks of a dead server. Postgres would believe a process that was given
  // the same number since, and refuse to start.
  const stale = await readPostmasterFile(state.dataDirectory);
  if (stale !== undefined && (await markOfServer(stale.pid, state.dataDirectory)) === undefined) {
    site.log('recovering');
    await rm(postmasterPath(state.dataDirectory), { force: true });
  }
  return startNew(state, site, samePort);
};

/** Takes the running server if it answers as ours; one that is ending or does not answer is waited out or stopped. */
const adopt = async (state: ServerState, site: Site): Promise<Running | undefined> => {
  const first = await readPostmasterFile(state.dataDirectory);
  const server = first && (await markOfServer(first.pid, state.dataDirectory));
  if (server === undefined) return undefined;
  await waitUntil(async () => {
    const file = await readPostmasterFile(state.dataDirectory);
    return file?.pid !== server.pid || file.status !== 'starting' || !(await isAlive(server));
  }, 120_000);
  const file = await readPostmasterFile(state.dataDirectory);
  if (file?.status === 'stopping') await waitUntil(async () => !(await isAlive(server)), 60_000);
  if (!(await isAlive(server))) return undefined;

  const found: ServerState = { ...state, port: file?.port ?? 0 };
  if (file?.pid === server.pid && (await isOurServer(found))) {
    site.log('adopting');
    return { state: found, server, adopted: true };
  }
  await stopServer(server);
  return undefined;
};

const startNew = async (state: ServerState, site: Site, samePort: boolean): Promise<Result<Running>> => {
  site.log(samePort ? 'restarting' : 'starting');
  let port = samePort ? state.port : await freePort(state.port);
  for (let attempt = 1; ; attempt += 1) {
    const launched = await launch({ ...site, dataDirectory: state.dataDirectory, logFile: site.files.log, port });
    if (launched.ok) {
      const started: ServerState = { ...state, port };
      if (await isOurServer(started)) return ok({ state: started, server: launched.value, adopted: false });
      await stopServer(launched.value);
      return failed(issue('embedded.start-failed', site.files.log));
    }
    const code = launched.issues[0]?.code;
    if (attempt === START_ATTEMPTS || (code !== 'embedded.port-taken' && code !== 'embedded.directory-busy'))
      return launched;
    if (samePort) await sleep(250);
    else if (code === 'embedded.port-taken') port = await freePort(0);
  }
};

const handle = async (running: Running, site: Site): Promise<EmbeddedPostgres> => {
  const { state, adopted } = running;
  const described = {
    host: HOST,
    port: state.port,
    ownerUrl: ownerUrl(state),
    superuserUrl: superuserUrl(state),
    dataDirectory: state.dataDirectory,
    stateFile: site.files.state,
    adopted,
  };
  if (adopted && state.owner !== undefined && (await isAlive(state.owner))) {
    return { ...described, stop: () => Promise.resolve() };
  }
  const unowned = withoutOwner(state);
  const self = await markOf(process.pid);
  await writeState(site.files.state, self === undefined ? unowned : { ...unowned, owner: self });

  const guard = keepRunning(running.server, async () => {
    const again = await withStartLock(site.files.lock, () => obtain(state, site, true));
    // Whoever holds our addresses could not follow a server that went elsewhere.
    if (again.ok && again.value.state.port === state.port) return again.value.server;
    site.log('gone');
    return undefined;
  });
  let stopped: Promise<void> | undefined;
  const stop = async (): Promise<void> => {
    await guard.stop();
    await writeState(site.files.state, unowned).catch(() => undefined);
  };
  return { ...described, stop: () => (stopped ??= stop()) };
};
