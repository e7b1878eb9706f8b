import { join } from 'node:path';
import { failed, issue, ok, type Result } from '#libs/kernel';
import { projectRoot, type Settings } from '#libs/settings';
import type { PreparedDemo } from '../demo/prepare-demo.js';
import type { OpenServices } from '../store/open-services.js';
import { Child, type Plan } from './child.js';
import { childEnvironment } from './child-environment.js';
import { choosePort } from './ports.js';
import { healthOf, readsOurDatabase, waitUntilReady } from './readiness.js';
import type { Roll } from './roll.js';
import type { Screen } from './screen.js';

interface Foundation {
  readonly settings: Settings;
  readonly ownerUrl: string;
  readonly open: OpenServices;
  readonly roll: Roll;
  readonly screen: Screen;
  readonly over: AbortSignal;
  readonly undo: (() => Promise<void>)[];
  readonly demo: PreparedDemo | undefined;
}

const scriptOf = (name: Plan['name']): string => join(projectRoot(), 'dist', 'apps', name, 'main.js');

const STDIN_GUARD = '--stdin-guard';

const ports = async ({ settings }: Foundation): Promise<Result<{ readonly api: number; readonly health: number }>> => {
  const orAnother = settings.environment !== 'production';
  const api = await choosePort({ name: 'SLUICE_API_PORT', ...settings.api, orAnother });
  if (!api.ok) return api;
  const health = await choosePort({
    name: 'SLUICE_WORKER_HEALTH_PORT',
    host: '127.0.0.1',
    port: settings.worker.healthPort,
    orAnother,
  });
  if (!health.ok) return health;
  return health.value === api.value
    ? failed(issue('up.port-taken', 'SLUICE_WORKER_HEALTH_PORT'))
    : ok({ api: api.value, health: health.value });
};

/** Starts a child and sees to it that it ends before what it stands on. */
const begin = (foundation: Foundation, plan: Plan): Child => {
  const { settings, roll, screen, undo } = foundation;
  const child = new Child(plan, {
    logDirectory: join(settings.stateDirectory, 'logs'),
    started: ({ name, script }, pid) => roll.enter({ name, pid, script }),
    ended: ({ name }, again) =>
      screen.say(
        again
          ? `The ${name} ended and is started again.`
          : `The ${name} keeps ending; see ${join(settings.stateDirectory, 'logs', `${name}.log`)}.`,
      ),
  });
  const kill = (): void => child.kill();
  process.once('exit', kill);
  undo.push(async () => {
    await child.stop();
    process.off('exit', kill);
  });
  child.start();
  return child;
};

const startSandbox = async (foundation: Foundation, demo: PreparedDemo): Promise<Result<void>> => {
  const { sandbox, control } = demo;
  const args = [
    '--port',
    String(sandbox.port),
    '--host',
    foundation.settings.sandbox.host,
    '--ledger',
    sandbox.ledgerFile,
    '--insurers',
    sandbox.insurersFile,
    STDIN_GUARD,
  ];
  const child = begin(foundation, { name: 'sandbox', script: scriptOf('sandbox'), args, environment: {} });
  return waitUntilReady(child, () => control.isOurs(), foundation.over);
};

/** The address by which a person on this machine reaches the gateway. */
const addressOf = (host: string, port: number): string => {
  const reachable = host === '0.0.0.0' || host === '::' ? '127.0.0.1' : host;
  return `http://${reachable.includes(':') ? `[${reachable}]` : reachable}:${port}`;
};

const isOurGateway = async (address: string, { open, demo }: Foundation): Promise<boolean> => {
  const practice = demo?.practice ?? (await open.directory.practices())[0];
  return practice === undefined || readsOurDatabase(address, open, practice);
};

/** Insurers, gateway and worker, each ready before the next. `up.not-ready`, `up.port-taken`, `up.foreign-gateway`. */
export const startHouse = async (foundation: Foundation): Promise<Result<{ readonly address: string }>> => {
  const { settings, ownerUrl, demo, roll, screen, over } = foundation;
  const chosen = await ports(foundation);
  if (!chosen.ok) return chosen;
  if (demo !== undefined) {
    const sandbox = await startSandbox(foundation, demo);
    if (!sandbox.ok) return sandbox;
  }
  const { api: apiPort, health: healthPort } = chosen.value;
  const environment = childEnvironment(settings, {
    ownerUrl,
    apiPort,
    healthPort,
    sandboxPort: demo?.sandbox.port ?? 0,
  });
  const address = addressOf(settings.api.host, apiPort);
  const api = begin(foundation, { name: 'api', script: scriptOf('api'), args: [STDIN_GUARD], environment });
  const worker = begin(foundation, { name: 'worker', script: scriptOf('worker'), args: [STDIN_GUARD], environment });
  const apiReady = await waitUntilReady(api, healthOf(address), over);
  if (!apiReady.ok) return apiReady;
  if (!(await isOurGateway(address, foundation))) return failed(issue('up.foreign-gateway', address));
  const workerReady = await waitUntilReady(worker, healthOf(`http://127.0.0.1:${healthPort}`), over);
  if (!workerReady.ok) return workerReady;
  roll.answersAt(address);
  screen.say(demo === undefined ? 'Gateway and worker are up.' : 'Insurers, gateway and worker are up.');
  return ok({ address });
};
