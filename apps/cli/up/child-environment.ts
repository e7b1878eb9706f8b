import type { Settings } from '#libs/settings';

/** What was decided at this start and not before. */
export interface Chosen {
  readonly ownerUrl: string;
  readonly apiPort: number;
  readonly healthPort: number;
  readonly sandboxPort: number;
}

/** Our settings once more, as the variables by which a child reads them; of our own environment it sees nothing. */
export const childEnvironment = (settings: Settings, chosen: Chosen): Readonly<Record<string, string>> => {
  const { worker, sandbox, redis } = settings;
  return {
    DATABASE_URL: chosen.ownerUrl,
    ...(redis.kind === 'url' ? { REDIS_URL: redis.url } : {}),
    SLUICE_ENVIRONMENT: settings.environment,
    SLUICE_STATE_DIRECTORY: settings.stateDirectory,
    SLUICE_API_HOST: settings.api.host,
    SLUICE_API_PORT: String(chosen.apiPort),
    ...(settings.api.trustedProxies.length === 0
      ? {}
      : { SLUICE_API_TRUSTED_PROXIES: settings.api.trustedProxies.join(',') }),
    SLUICE_WORKER_HEALTH_PORT: String(chosen.healthPort),
    SLUICE_WORKER_DISPATCH_CONCURRENCY: String(worker.dispatchConcurrency),
    SLUICE_WORKER_RELAY_INTERVAL_MS: String(worker.relayIntervalMs),
    SLUICE_WORKER_SWEEP_INTERVAL_MS: String(worker.sweepIntervalMs),
    SLUICE_WORKER_LEASE_SECONDS: String(worker.leaseSeconds),
    SLUICE_WORKER_CHECKPOINT_MINUTES: String(worker.checkpointMinutes),
    SLUICE_WORKER_JOURNAL_DIRECTORY: worker.journalDirectory,
    SLUICE_KEY_FILE: settings.keys.path,
    SLUICE_SANDBOX: String(sandbox.enabled),
    SLUICE_SANDBOX_HOST: sandbox.host,
    SLUICE_SANDBOX_PORT: String(chosen.sandboxPort),
    SLUICE_EGRESS_ALLOW_LOOPBACK: String(settings.egress.allowLoopback),
    ...(settings.egress.privateNetworks.length === 0
      ? {}
      : { SLUICE_EGRESS_PRIVATE_NETWORKS: settings.egress.privateNetworks.join(',') }),
    SLUICE_LOG_LEVEL: settings.logLevel,
  };
};
