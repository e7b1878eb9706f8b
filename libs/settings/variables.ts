import { z } from 'zod';
import { PRIVATE_NETWORKS_RULE, readPrivateNetworks } from './private-networks.js';
import { logLevels } from './settings.js';
import { readTrustedProxies, TRUSTED_PROXIES_RULE } from './trusted-proxies.js';

const wholeNumber = (least: number, most: number) => {
  const rule = `a whole number from ${least} to ${most}`;
  return z
    .string()
    .regex(/^\d{1,9}$/, rule)
    .transform(Number)
    .pipe(z.number().min(least, rule).max(most, rule));
};

const port = wholeNumber(0, 65_535);
const flag = z.enum(['true', 'false'], { error: 'true or false' }).transform((text) => text === 'true');
const host = z.string().regex(/^[\w.:-]{1,255}$/, 'a host name or an IP address');
const path = z.string().regex(/^[^\0]{1,4096}$/, 'a path');

const privateNetworks = z.string().transform((text, context): readonly string[] => {
  const networks = readPrivateNetworks(text);
  if (networks !== undefined) return networks;
  context.addIssue({ code: 'custom', message: PRIVATE_NETWORKS_RULE });
  return z.NEVER;
});

const trustedProxies = z.string().transform((text, context): readonly string[] => {
  const proxies = readTrustedProxies(text);
  if (proxies !== undefined) return proxies;
  context.addIssue({ code: 'custom', message: TRUSTED_PROXIES_RULE });
  return z.NEVER;
});

const serverUrl = (protocols: readonly string[], rule: string) =>
  z.string().refine(
    (text) => {
      if (!URL.canParse(text)) return false;
      const url = new URL(text);
      return protocols.includes(url.protocol) && url.hostname !== '';
    },
    { error: rule },
  );

/**
 * Every variable that the program knows, and the only ones: a misspelt `SLUICE_` variable must not be passed over in
 * silence. Each message is a rule and never a value.
 */
export const variables = z.strictObject({
  DATABASE_URL: serverUrl(['postgres:', 'postgresql:'], 'postgres://role:password@host:port/database').optional(),
  REDIS_URL: serverUrl(['redis:', 'rediss:'], 'redis://host:port or rediss://host:port').optional(),
  SLUICE_ENVIRONMENT: z.enum(['demo', 'production', 'test'], { error: 'demo, production or test' }).default('demo'),
  SLUICE_STATE_DIRECTORY: path.default('.sluice'),
  SLUICE_DATA_DIRECTORY: path.optional(),
  SLUICE_API_HOST: host.default('127.0.0.1'),
  SLUICE_API_PORT: port.default(8080),
  SLUICE_API_TRUSTED_PROXIES: trustedProxies.optional(),
  SLUICE_WORKER_HEALTH_PORT: port.default(8081),
  SLUICE_WORKER_DISPATCH_CONCURRENCY: wholeNumber(1, 500).default(16),
  SLUICE_WORKER_RELAY_INTERVAL_MS: wholeNumber(10, 60_000).default(200),
  SLUICE_WORKER_SWEEP_INTERVAL_MS: wholeNumber(100, 600_000).default(5_000),
  SLUICE_WORKER_LEASE_SECONDS: wholeNumber(5, 3_600).default(60),
  SLUICE_WORKER_CHECKPOINT_MINUTES: wholeNumber(1, 1_440).default(60),
  SLUICE_WORKER_JOURNAL_DIRECTORY: path.optional(),
  SLUICE_KEY_FILE: path.optional(),
  SLUICE_SANDBOX: flag.optional(),
  SLUICE_SANDBOX_HOST: host.default('127.0.0.1'),
  SLUICE_SANDBOX_PORT: port.default(8090),
  SLUICE_EGRESS_ALLOW_LOOPBACK: flag.optional(),
  SLUICE_EGRESS_PRIVATE_NETWORKS: privateNetworks.optional(),
  SLUICE_LOG_LEVEL: z.enum(logLevels, { error: logLevels.join(', ') }).default('info'),
  /** Read by the property tests only. */
  SLUICE_PROPERTY_RUNS: wholeNumber(1, 100_000_000).optional(),
});

export type Variables = z.output<typeof variables>;
