import { createTransport, admit, afterAttempt } from '#libs/delivery';
import { openFileKeys } from '#libs/access';
import { type Log, type Metrics, NumberReserve, type Outbox, type SendingServices } from '#libs/application';
import { ok, type Result } from '#libs/kernel';
import { openOutbox, openStore, type OpenStore, runtimeUrls, startEmbeddedPostgres } from '#libs/persistence';
import { openQueueEngine, type QueueEngine } from '#libs/queue';
import { loadRules, projectRoot, type Settings, systemClock, systemIds, systemRandom } from '#libs/settings';
import { createLogger, createMetrics, type LogEvent } from '#libs/telemetry';

export interface OpenWorker {
  readonly services: SendingServices;
  readonly directory: OpenStore['directory'];
  readonly outbox: Outbox;
  readonly engine: QueueEngine;
  readonly metricsText: () => Promise<string>;
  readonly isReady: () => Promise<boolean>;
  /** Breaks what is under way with insurers. */
  breakOff(): Promise<void>;
  close(): Promise<void>;
}

const DEMO_TIMING = { answerTimeoutMs: 8_000, retryBaseMs: 500, retryCapMs: 4_000 };
const TIMING = { answerTimeoutMs: 24 * 3_600_000, retryBaseMs: 5_000, retryCapMs: 15 * 60_000 };

/** The owner's address of the database: given, or that of the embedded server, which another process of ours owns. */
const ownerUrl = async (settings: Settings): Promise<Result<string>> => {
  if (settings.database.kind === 'url') return ok(settings.database.url);
  const server = await startEmbeddedPostgres({ dataDirectory: settings.database.dataDirectory });
  return server.ok ? ok(server.value.ownerUrl) : server;
};

/** Log and metrics by allow-list, in the shape that use cases know. What is not in the catalogues is dropped there. */
const telemetryOf = (
  settings: Settings,
): { readonly log: Log; readonly metrics: Metrics; readonly text: () => Promise<string> } => {
  const logger = createLogger({ level: settings.logLevel });
  const metrics = createMetrics({ ofProcess: true });
  return {
    log: {
      event: (event, fields) => logger.write({ event, ...fields } as LogEvent),
      failure: (event, error, fields) => logger.write({ event, ...fields } as LogEvent, error),
    },
    metrics: {
      count: (name, labels = {}, by) =>
        metrics.count(name as 'http_requests_total', labels as { code: string; state: string }, by),
      observe: (name, seconds, labels = {}) =>
        metrics.observe(name as 'http_request_seconds', labels as { code: string }, seconds),
    },
    text: () => metrics.text(),
  };
};

/** Opens everything that the worker stands on, or says by code what is wrong. */
export const openWorker = async (settings: Settings): Promise<Result<OpenWorker>> => {
  const keys = openFileKeys(settings.keys.path, systemClock);
  if (!keys.ok) return keys;
  const rules = await loadRules(projectRoot());
  if (!rules.ok) return rules;
  const owner = await ownerUrl(settings);
  if (!owner.ok) return owner;
  const password = (role: string): string => keys.value.databasePassword(role);
  const urls = runtimeUrls(owner.value, { app: password('app'), relay: password('relay'), queue: password('queue') });
  const opened = await openStore({ appUrl: urls.appUrl, keys: keys.value, poolSize: POOL_SIZE });
  if (!opened.ok) return opened;
  const outbox = await openOutbox({ relayUrl: urls.relayUrl });
  if (!outbox.ok) {
    await opened.value.close();
    return outbox;
  }
  const { log, metrics, text } = telemetryOf(settings);
  const { redis } = settings;
  const engine = await openQueueEngine(
    redis.kind === 'url' ? { kind: 'redis', url: redis.url } : { kind: 'postgres', url: urls.queueUrl },
    { clock: systemClock, log },
  );
  if (!engine.ok) {
    await Promise.all([opened.value.close(), outbox.value.close()]);
    return engine;
  }
  for (const warning of engine.value.warnings) log.event('queue.warned', { code: warning.code });
  const monotonic = (): number => performance.now();
  const transport = createTransport({
    monotonic,
    clock: systemClock,
    ids: systemIds,
    allowLoopback: settings.egress.allowLoopback,
  });
  const services: SendingServices = {
    store: opened.value.store,
    keys: keys.value,
    book: rules.value.book,
    ids: systemIds,
    clock: systemClock,
    log,
    metrics,
    transport,
    lanes: { admit, afterAttempt },
    numbers: new NumberReserve(opened.value.store),
    random: systemRandom,
    monotonic,
    timing: {
      leaseMs: settings.worker.leaseSeconds * 1_000,
      ...(settings.environment === 'production' ? TIMING : DEMO_TIMING),
    },
  };
  return ok({
    services,
    directory: opened.value.directory,
    outbox: outbox.value,
    engine: engine.value,
    metricsText: text,
    isReady: () => opened.value.ping(),
    breakOff: () => transport.close(),
    close: async () => {
      await outbox.value.close();
      await opened.value.close();
    },
  });
};

/** Connections of the application's pool: few, and named. */
const POOL_SIZE = 8;
