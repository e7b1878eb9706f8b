import {
  admit,
  afterAttempt,
  createTransport,
  createWebhookSender,
  type OpenJournal,
  openSendJournal,
} from '#libs/delivery';
import { openFileKeys } from '#libs/access';
import { NumberReserve, type SendingServices, type WebhookSender } from '#libs/application';
import { ok, type Result } from '#libs/kernel';
import {
  openOutbox,
  type OpenOutbox,
  openStore,
  type OpenStore,
  reachDatabase,
  rolePasswords,
  runtimeUrls,
} from '#libs/persistence';
import { openQueueEngine, type QueueEngine } from '#libs/queue';
import { loadRules, projectRoot, type Settings, systemClock, systemIds, systemRandom } from '#libs/settings';
import { createLogger, createMetrics, logForUseCases, type Metrics, metricsForUseCases } from '#libs/telemetry';

export interface OpenWorker {
  readonly services: SendingServices;
  readonly directory: OpenStore['directory'];
  readonly webhooks: WebhookSender;
  readonly outbox: OpenOutbox;
  readonly journal: OpenJournal;
  readonly engine: QueueEngine;
  readonly metrics: Metrics;
  readonly ping: OpenStore['ping'];
  /** Breaks what is under way with insurers. */
  breakOff(): Promise<void>;
  close(): Promise<void>;
}

const DEMO_TIMING = { answerTimeoutMs: 8_000, retryBaseMs: 500, retryCapMs: 4_000, absenceMs: 2_000 };
const TIMING = {
  answerTimeoutMs: 24 * 3_600_000,
  ...{ retryBaseMs: 5_000, retryCapMs: 15 * 60_000, absenceMs: 15 * 60_000 },
};

/** Opens everything that the worker stands on, or says by code what is wrong. */
export const openWorker = async (settings: Settings): Promise<Result<OpenWorker>> => {
  const keys = openFileKeys(settings.keys.path, systemClock);
  if (!keys.ok) return keys;
  const rules = await loadRules(projectRoot());
  if (!rules.ok) return rules;
  const database = await reachDatabase(settings.database);
  if (!database.ok) return database;
  const passwords = rolePasswords((role) => keys.value.databasePassword(role));
  const urls = runtimeUrls(database.value.ownerUrl, passwords);
  const opened = await openStore({ appUrl: urls.appUrl, keys: keys.value, poolSize: POOL_SIZE });
  if (!opened.ok) return opened;
  const outbox = await openOutbox({ relayUrl: urls.relayUrl });
  if (!outbox.ok) {
    await opened.value.close();
    return outbox;
  }
  const log = logForUseCases(createLogger({ level: settings.logLevel }));
  const metrics = createMetrics({ ofProcess: true });
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
  const journal = openSendJournal({
    directory: settings.worker.journalDirectory,
    keepDays: JOURNAL_DAYS,
    clock: systemClock,
    ids: systemIds,
  });
  const monotonic = (): number => performance.now();
  const transport = createTransport({
    monotonic,
    clock: systemClock,
    ids: systemIds,
    ...settings.egress,
  });
  const services: SendingServices = {
    store: opened.value.store,
    keys: keys.value,
    book: rules.value.book,
    ids: systemIds,
    clock: systemClock,
    log,
    metrics: metricsForUseCases(metrics),
    transport,
    lanes: { admit, afterAttempt },
    numbers: new NumberReserve(opened.value.store),
    journal,
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
    webhooks: createWebhookSender({ allowLoopback: settings.egress.allowLoopback }),
    outbox: outbox.value,
    journal,
    engine: engine.value,
    metrics,
    ping: () => opened.value.ping(),
    breakOff: () => transport.close(),
    close: async () => {
      await journal.close();
      await outbox.value.close();
      await opened.value.close();
    },
  });
};

/** As long as a backup is ever worth restoring. */
const JOURNAL_DAYS = 400;

/** Connections of the application's pool: few, and named. */
const POOL_SIZE = 8;
