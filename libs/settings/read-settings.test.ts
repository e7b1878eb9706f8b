import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { describeSettings, projectRoot, readSettings, type Settings } from './index.js';

const read = (environment: Record<string, string>): Settings => {
  const result = readSettings(environment);
  if (!result.ok) throw new Error(result.issues.map((found) => `${found.code} ${found.path}`).join());
  return result.value;
};

const refused = (environment: Record<string, string>): readonly string[] => {
  const result = readSettings(environment);
  return result.ok ? [] : result.issues.map((found) => `${found.code} ${found.path}`);
};

const databaseUrl = 'postgres://gate:hunter2@db.example:5432/sluice?password=hunter3';
const redisUrl = 'rediss://default:hunter4@queue.example:6380';
const production = {
  SLUICE_ENVIRONMENT: 'production',
  DATABASE_URL: databaseUrl,
  SLUICE_KEY_FILE: '/etc/sluice/keys.json',
};

describe('a bare start', () => {
  it('needs nothing, and keeps everything under the project', () => {
    const settings = read({ HOME: '/home/anyone', PORT: 'abc' });
    const state = join(projectRoot(), '.sluice');
    expect(settings.environment).toBe('demo');
    expect(settings.database).toEqual({ kind: 'embedded', dataDirectory: join(state, 'postgres') });
    expect(settings.redis).toEqual({ kind: 'none' });
    expect(settings.keys).toEqual({ kind: 'file', path: join(state, 'keys.json') });
    expect(settings.api.host).toBe('127.0.0.1');
    expect(settings.sandbox.enabled).toBe(true);
    expect(settings.egress.allowLoopback).toBe(true);
  });

  it('goes to real servers with two variables alone', () => {
    const settings = read({ DATABASE_URL: databaseUrl, REDIS_URL: redisUrl });
    expect(settings.database).toEqual({ kind: 'url', url: databaseUrl });
    expect(settings.redis).toEqual({ kind: 'url', url: redisUrl });
    expect(settings.environment).toBe('demo');
  });

  it('takes an empty variable for an absent one, as compose files write them', () => {
    expect(read({ DATABASE_URL: '', REDIS_URL: '', SLUICE_API_PORT: '' })).toEqual(read({}));
  });

  it('moves everything with the state directory', () => {
    const settings = read({ SLUICE_STATE_DIRECTORY: '/srv/gate' });
    expect(settings.database).toEqual({ kind: 'embedded', dataDirectory: '/srv/gate/postgres' });
    expect(settings.keys.path).toBe('/srv/gate/keys.json');
    expect(settings.sandbox.stateDirectory).toBe('/srv/gate/sandbox');
  });
});

describe('a variable that is wrong', () => {
  it.each([
    ['DATABASE_URL', 'mysql://db.example/sluice'],
    ['DATABASE_URL', 'postgres:sluice'],
    ['DATABASE_URL', 'hunter2'],
    ['REDIS_URL', 'http://queue.example'],
    ['SLUICE_ENVIRONMENT', 'staging'],
    ['SLUICE_API_PORT', '65536'],
    ['SLUICE_API_PORT', '-1'],
    ['SLUICE_API_PORT', '80a'],
    ['SLUICE_API_PORT', '1e3'],
    ['SLUICE_API_HOST', 'a host'],
    ['SLUICE_API_TRUSTED_PROXIES', 'proxy.example'],
    ['SLUICE_API_TRUSTED_PROXIES', '0.0.0.0/0'],
    ['SLUICE_API_TRUSTED_PROXIES', '10.0.3.1/24'],
    ['SLUICE_API_TRUSTED_PROXIES', '::/0'],
    ['SLUICE_API_TRUSTED_PROXIES', '10.0.3.1,'],
    ['SLUICE_WORKER_DISPATCH_CONCURRENCY', '0'],
    ['SLUICE_WORKER_LEASE_SECONDS', '4'],
    ['SLUICE_WORKER_CHECKPOINT_MINUTES', '0'],
    ['SLUICE_EGRESS_ALLOW_LOOPBACK', 'yes'],
    ['SLUICE_LOG_LEVEL', 'trace'],
    ['SLUICE_EGRESS_PRIVATE_NETWORKS', '10.8.0.0'],
    ['SLUICE_EGRESS_PRIVATE_NETWORKS', '10.8.0.0/33'],
    ['SLUICE_EGRESS_PRIVATE_NETWORKS', '10.8.0.1/16'],
    ['SLUICE_EGRESS_PRIVATE_NETWORKS', '10.0.0.0/7'],
    ['SLUICE_EGRESS_PRIVATE_NETWORKS', '0.0.0.0/0'],
    ['SLUICE_EGRESS_PRIVATE_NETWORKS', '127.0.0.0/8'],
    ['SLUICE_EGRESS_PRIVATE_NETWORKS', '169.254.0.0/16'],
    ['SLUICE_EGRESS_PRIVATE_NETWORKS', '8.8.8.0/24'],
    ['SLUICE_EGRESS_PRIVATE_NETWORKS', '10.8.0.0/16,'],
    ['SLUICE_EGRESS_PRIVATE_NETWORKS', '::ffff:10.8.0.0/112'],
    ['SLUICE_EGRESS_PRIVATE_NETWORKS', 'fe80::/64'],
    ['SLUICE_EGRESS_PRIVATE_NETWORKS', 'fd12::1/32'],
    ['SLUICE_EGRESS_PRIVATE_NETWORKS', 'fd12::/129'],
    ['SLUICE_EGRESS_PRIVATE_NETWORKS', 'fd12::%eth0/64'],
  ])('%s=%s is refused by name, with the rule and without the value', (name, value) => {
    const result = readSettings({ [name]: value });
    expect(result).toMatchObject({ ok: false, issues: [{ code: 'settings.invalid', path: name }] });
    expect(JSON.stringify(result)).not.toContain(`"${value}"`);
    expect(!result.ok && result.issues[0]?.rule).toBeTruthy();
  });

  it('lists the proxies before the gateways, in one spelling, and says which', () => {
    expect(read({}).api.trustedProxies).toEqual([]);
    const settings = read({ SLUICE_API_TRUSTED_PROXIES: '10.0.3.1, 192.168.7.0/24,FD12:3456::1' });
    expect(settings.api.trustedProxies).toEqual(['10.0.3.1/32', '192.168.7.0/24', 'fd12:3456::1/128']);
    expect(describeSettings(settings)).toContain(
      'proxies before the api: 10.0.3.1/32, 192.168.7.0/24, fd12:3456::1/128',
    );
  });

  it('lists private networks, in production as well, and says which', () => {
    expect(read({}).egress.privateNetworks).toEqual([]);
    const given = { ...production, SLUICE_EGRESS_PRIVATE_NETWORKS: '10.8.0.0/16, FD12:3456::/32,192.168.7.9/32' };
    const settings = read(given);
    expect(settings.egress.privateNetworks).toEqual(['10.8.0.0/16', 'fd12:3456::/32', '192.168.7.9/32']);
    expect(describeSettings(settings)).toContain(
      'private networks of insurers: 10.8.0.0/16, fd12:3456::/32, 192.168.7.9/32',
    );
  });

  it('is named together with all others', () => {
    expect(refused({ SLUICE_API_PORT: 'x', SLUICE_LOG_LEVEL: 'x', SLUICE_API_PROT: '80' })).toEqual([
      'settings.invalid SLUICE_API_PORT',
      'settings.invalid SLUICE_LOG_LEVEL',
      'settings.unknown-variable SLUICE_API_PROT',
    ]);
  });

  it('may be so only beside another', () => {
    expect(refused({ SLUICE_API_PORT: '9000', SLUICE_WORKER_HEALTH_PORT: '9000' })).toEqual([
      'settings.port-used-twice SLUICE_WORKER_HEALTH_PORT',
    ]);
    expect(refused({ SLUICE_API_PORT: '0', SLUICE_WORKER_HEALTH_PORT: '0' })).toEqual([]);
    expect(refused({ DATABASE_URL: databaseUrl, SLUICE_DATA_DIRECTORY: '/srv/data' })).toEqual([
      'settings.contradiction SLUICE_DATA_DIRECTORY',
    ]);
  });
});

describe('production', () => {
  it('starts with a database and a key file, without sandbox and without a way to this machine', () => {
    const settings = read(production);
    expect(settings.sandbox.enabled).toBe(false);
    expect(settings.egress.allowLoopback).toBe(false);
  });

  it('refuses to guess where data and keys are', () => {
    expect(refused({ SLUICE_ENVIRONMENT: 'production' })).toEqual([
      'settings.required-in-production DATABASE_URL',
      'settings.required-in-production SLUICE_KEY_FILE',
    ]);
  });

  it('refuses what only a demonstration may do', () => {
    expect(refused({ ...production, SLUICE_SANDBOX: 'true', SLUICE_EGRESS_ALLOW_LOOPBACK: 'true' })).toEqual([
      'settings.not-in-production SLUICE_SANDBOX',
      'settings.not-in-production SLUICE_EGRESS_ALLOW_LOOPBACK',
    ]);
  });
});

describe('the description', () => {
  it('says where everything is and no secret', () => {
    const lines = describeSettings(read({ ...production, REDIS_URL: redisUrl })).join('\n');
    expect(lines).toContain('database: postgres://db.example:5432/sluice\n');
    expect(lines).toContain('redis: rediss://queue.example:6380\n');
    expect(lines).toContain('/etc/sluice/keys.json');
    expect(lines).not.toMatch(/hunter|gate:|default/);
  });

  it('describes a bare start in words', () => {
    const lines = describeSettings(read({})).join('\n');
    expect(lines).toContain('database: built in, ');
    expect(lines).toContain('redis: none');
  });
});
