import { join, resolve } from 'node:path';
import { failed, issue, type Issue, ok, type Result } from '#libs/kernel';
import { projectRoot } from './project-root.js';
import type { Settings } from './settings.js';
import { type Variables, variables } from './variables.js';

type Environment = Readonly<Record<string, string | undefined>>;

const isOurs = (name: string): boolean => name === 'DATABASE_URL' || name === 'REDIS_URL' || name.startsWith('SLUICE_');

/**
 * The settings from environment variables; an empty one counts as absent. `DATABASE_URL` and `REDIS_URL` are enough to
 * leave the built-in servers. Relative paths start at the project.
 *
 * All that is wrong is said at once, by the variable's name and never its value: `settings.invalid` with the rule,
 * `settings.unknown-variable`, `settings.port-used-twice`, `settings.contradiction`, and in production
 * `settings.required-in-production` and `settings.not-in-production`.
 */
export const readSettings = (environment: Environment = process.env): Result<Settings> => {
  const given = Object.entries(environment).filter(
    ([name, value]) => isOurs(name) && value !== undefined && value !== '',
  );
  const parsed = variables.safeParse(Object.fromEntries(given));
  if (!parsed.success) {
    return failed(
      ...parsed.error.issues.flatMap((found) =>
        found.code === 'unrecognized_keys'
          ? found.keys.map((name) => issue('settings.unknown-variable', name))
          : [issue('settings.invalid', String(found.path[0]), found.message)],
      ),
    );
  }
  const issues = [
    ...conflicts(parsed.data),
    ...(parsed.data.SLUICE_ENVIRONMENT === 'production' ? dangers(parsed.data) : []),
  ];
  return issues.length === 0 ? ok(settingsFrom(parsed.data)) : failed(...issues);
};

const isSandboxOn = (given: Variables): boolean => given.SLUICE_SANDBOX ?? given.SLUICE_ENVIRONMENT !== 'production';

const conflicts = (given: Variables): readonly Issue[] => {
  const issues: Issue[] = [];
  if (given.DATABASE_URL !== undefined && given.SLUICE_DATA_DIRECTORY !== undefined) {
    issues.push(issue('settings.contradiction', 'SLUICE_DATA_DIRECTORY', 'not together with DATABASE_URL'));
  }
  const ports = [
    ['SLUICE_API_PORT', given.SLUICE_API_PORT],
    ['SLUICE_WORKER_HEALTH_PORT', given.SLUICE_WORKER_HEALTH_PORT],
    ...(isSandboxOn(given) ? [['SLUICE_SANDBOX_PORT', given.SLUICE_SANDBOX_PORT] as const] : []),
  ] as const;
  ports.forEach(([name, port], index) => {
    if (port !== 0 && ports.slice(0, index).some(([, taken]) => taken === port)) {
      issues.push(issue('settings.port-used-twice', name));
    }
  });
  return issues;
};

/** What a demonstration may do and a practice must not: keep its keys beside its data, or practise on real clients. */
const dangers = (given: Variables): readonly Issue[] => {
  const issues: Issue[] = [];
  for (const name of ['DATABASE_URL', 'SLUICE_KEY_FILE'] as const) {
    if (given[name] === undefined) issues.push(issue('settings.required-in-production', name));
  }
  for (const name of ['SLUICE_SANDBOX', 'SLUICE_EGRESS_ALLOW_LOOPBACK'] as const) {
    if (given[name] === true) issues.push(issue('settings.not-in-production', name));
  }
  return issues;
};

const settingsFrom = (given: Variables): Settings => {
  const root = projectRoot();
  const stateDirectory = resolve(root, given.SLUICE_STATE_DIRECTORY);
  const isPractising = given.SLUICE_ENVIRONMENT !== 'production';
  return {
    environment: given.SLUICE_ENVIRONMENT,
    database:
      given.DATABASE_URL === undefined
        ? {
            kind: 'embedded',
            dataDirectory: resolve(root, given.SLUICE_DATA_DIRECTORY ?? join(stateDirectory, 'postgres')),
          }
        : { kind: 'url', url: given.DATABASE_URL },
    redis: given.REDIS_URL === undefined ? { kind: 'none' } : { kind: 'url', url: given.REDIS_URL },
    api: {
      host: given.SLUICE_API_HOST,
      port: given.SLUICE_API_PORT,
      trustedProxies: given.SLUICE_API_TRUSTED_PROXIES ?? [],
    },
    worker: {
      healthPort: given.SLUICE_WORKER_HEALTH_PORT,
      dispatchConcurrency: given.SLUICE_WORKER_DISPATCH_CONCURRENCY,
      relayIntervalMs: given.SLUICE_WORKER_RELAY_INTERVAL_MS,
      sweepIntervalMs: given.SLUICE_WORKER_SWEEP_INTERVAL_MS,
      leaseSeconds: given.SLUICE_WORKER_LEASE_SECONDS,
      checkpointMinutes: given.SLUICE_WORKER_CHECKPOINT_MINUTES,
      journalDirectory: resolve(root, given.SLUICE_WORKER_JOURNAL_DIRECTORY ?? join(stateDirectory, 'journal')),
    },
    keys: { kind: 'file', path: resolve(root, given.SLUICE_KEY_FILE ?? join(stateDirectory, 'keys.json')) },
    sandbox: {
      enabled: isSandboxOn(given),
      host: given.SLUICE_SANDBOX_HOST,
      port: given.SLUICE_SANDBOX_PORT,
      stateDirectory: join(stateDirectory, 'sandbox'),
    },
    egress: {
      allowLoopback: given.SLUICE_EGRESS_ALLOW_LOOPBACK ?? isPractising,
      privateNetworks: given.SLUICE_EGRESS_PRIVATE_NETWORKS ?? [],
    },
    stateDirectory,
    logLevel: given.SLUICE_LOG_LEVEL,
  };
};
