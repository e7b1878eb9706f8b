import { isIPv4 } from 'node:net';
import { openFileKeys } from '#libs/access';
import { type PullServices, quarantineOf, type Services } from '#libs/application';
import { createInboxTransport, type OpenJournal, openSendJournal } from '#libs/delivery';
import { failed, issue, ok, type Result } from '#libs/kernel';
import { openStore, type OpenStore, reachDatabase, rolePasswords, runtimeUrls } from '#libs/persistence';
import { loadRules, projectRoot, type Settings, systemClock, systemIds } from '#libs/settings';
import {
  createLogger,
  createMetrics,
  Health,
  type Log,
  logForUseCases,
  type Metrics,
  metricsForUseCases,
} from '#libs/telemetry';
import { createApp } from './create-app.js';
import type { UseCases } from './use-cases.js';

/** Connections of the application's pool: few, and named. */
const POOL_SIZE = 8;

export interface ApiComposition {
  /** The application behind the gateway. */
  readonly useCases: (services: PullServices) => UseCases;
  readonly consoleDirectory?: string;
}

export interface RunningApi {
  readonly port: number;
  /** Takes nothing new, answers what is under way, then closes. */
  stop(): Promise<void>;
}

/** A name may begin as an address of this machine does, and lead elsewhere. */
const isLoopback = (host: string): boolean =>
  host === 'localhost' || host === '::1' || (isIPv4(host) && host.startsWith('127.'));

const listen = async (
  app: Awaited<ReturnType<typeof createApp>>,
  { host, port }: Settings['api'],
): Promise<Result<number>> => {
  try {
    await app.listen(port, host);
  } catch (error) {
    const isTaken = error instanceof Error && 'code' in error && error.code === 'EADDRINUSE';
    return failed(issue(isTaken ? 'api.port-taken' : 'api.cannot-listen', 'SLUICE_API_PORT'));
  }
  const address = app.getHttpServer().address();
  return ok(typeof address === 'object' && address !== null ? address.port : port);
};

interface Opened {
  readonly services: PullServices;
  readonly journal: OpenJournal;
  readonly store: OpenStore;
  readonly log: Log;
  readonly metrics: Metrics;
}

/** As long as a backup is ever worth restoring. */
const JOURNAL_DAYS = 400;
/** How long an insurer that has fetched may keep silent before a person asks it. */
const ACKNOWLEDGED_WITHIN_MS = { production: 24 * 3_600_000, demonstration: 8_000 };

/** What insurers that fetch are served by. A database that may have forgotten what was sent gives nothing, until it was reconciled. */
const pullServices = (
  services: Services,
  on: {
    readonly settings: Settings;
    readonly journal: OpenJournal;
    readonly directory: OpenStore['directory'];
  },
): PullServices => {
  const monotonic = (): number => performance.now();
  const { production, demonstration } = ACKNOWLEDGED_WITHIN_MS;
  let isReconciled = false;
  return {
    ...services,
    journal: on.journal,
    monotonic,
    pulls: createInboxTransport({ monotonic }),
    quarantined: async () => {
      isReconciled ||= (await quarantineOf(services, on.directory, on.journal)) === undefined;
      return !isReconciled;
    },
    timing: {
      leaseMs: on.settings.worker.leaseSeconds * 1_000,
      answerTimeoutMs: on.settings.environment === 'production' ? production : demonstration,
    },
  };
};

const open = async (settings: Settings): Promise<Result<Opened>> => {
  const keys = openFileKeys(settings.keys.path, systemClock);
  if (!keys.ok) return keys;
  const rules = await loadRules(projectRoot());
  if (!rules.ok) return rules;
  const database = await reachDatabase(settings.database);
  if (!database.ok) return database;
  const passwords = rolePasswords((role) => keys.value.databasePassword(role));
  const { appUrl } = runtimeUrls(database.value.ownerUrl, passwords);
  const store = await openStore({ appUrl, keys: keys.value, poolSize: POOL_SIZE });
  if (!store.ok) return store;
  const log = createLogger({ level: settings.logLevel });
  const metrics = createMetrics({ ofProcess: true });
  const services: Services = {
    store: store.value.store,
    keys: keys.value,
    book: rules.value.book,
    ids: systemIds,
    clock: systemClock,
    log: logForUseCases(log),
    metrics: metricsForUseCases(metrics),
  };
  const journal = openSendJournal({
    directory: settings.worker.journalDirectory,
    keepDays: JOURNAL_DAYS,
    clock: systemClock,
    ids: systemIds,
  });
  return ok({
    services: pullServices(services, { settings, journal, directory: store.value.directory }),
    journal,
    store: store.value,
    log,
    metrics,
  });
};

/** Opens all that the gateway stands on and listens, or says by code what is wrong. */
export const runApi = async (settings: Settings, composition: ApiComposition): Promise<Result<RunningApi>> => {
  const opened = await open(settings);
  if (!opened.ok) return opened;
  const { services, journal, store, log, metrics } = opened.value;
  const health = new Health({ database: async () => ((await store.ping()) ? undefined : 'database.unreachable') });
  const app = await createApp({
    useCases: composition.useCases(services),
    directory: store.directory,
    clock: systemClock,
    ids: systemIds,
    log,
    metrics,
    health,
    trustedProxies: settings.api.trustedProxies,
    isLocal: isLoopback(settings.api.host) && settings.api.trustedProxies.length === 0,
    secureCookies: settings.environment === 'production' || !isLoopback(settings.api.host),
    ...(composition.consoleDirectory === undefined ? {} : { consoleDirectory: composition.consoleDirectory }),
  });
  const stop = async (): Promise<void> => {
    await app.close();
    await journal.close();
    await store.close();
  };
  const port = await listen(app, settings.api);
  if (!port.ok) {
    await stop();
    return port;
  }
  log.write({ event: 'process.started', component: 'api', port: port.value });
  return ok({
    port: port.value,
    stop: async () => {
      health.stop();
      log.write({ event: 'process.stopping', component: 'api' });
      await stop();
      log.write({ event: 'process.stopped', component: 'api' });
    },
  });
};
