import type { Settings } from './settings.js';

/** Host, port and database of a URL: no role, no password, and no parameters, which may hold either. */
const redacted = (text: string): string => {
  const url = new URL(text);
  return `${url.protocol}//${url.host}${url.pathname}`;
};

/** The settings as lines `name: value` that may be shown and logged. */
export const describeSettings = (settings: Settings): readonly string[] => {
  const { database, redis, worker, sandbox } = settings;
  return [
    `environment: ${settings.environment}`,
    `database: ${database.kind === 'embedded' ? `built in, ${database.dataDirectory}` : redacted(database.url)}`,
    `redis: ${redis.kind === 'none' ? 'none; the queue is in the database' : redacted(redis.url)}`,
    `api: ${settings.api.host} port ${settings.api.port}`,
    `proxies before the api: ${settings.api.trustedProxies.join(', ') || 'none'}`,
    `worker: health port ${worker.healthPort}, ${worker.dispatchConcurrency} dispatches at once, lease ${worker.leaseSeconds} s`,
    `worker intervals: relay ${worker.relayIntervalMs} ms, sweep ${worker.sweepIntervalMs} ms`,
    `ledger checkpoints: every ${worker.checkpointMinutes} min`,
    `journal of sends: ${worker.journalDirectory}`,
    `keys: file ${settings.keys.path}`,
    `sandbox: ${sandbox.enabled ? `${sandbox.host} port ${sandbox.port}` : 'off'}`,
    `egress to this machine: ${settings.egress.allowLoopback ? 'allowed' : 'refused'}`,
    `private networks of insurers: ${settings.egress.privateNetworks.join(', ') || 'none'}`,
    `state directory: ${settings.stateDirectory}`,
    `log level: ${settings.logLevel}`,
  ];
};
