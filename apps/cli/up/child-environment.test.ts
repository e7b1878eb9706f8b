import { describe, expect, it } from 'vitest';
import { readSettings } from '#libs/settings';
import { childEnvironment } from './child-environment.js';

const settings = readSettings({
  SLUICE_LOG_LEVEL: 'warn',
  SLUICE_WORKER_LEASE_SECONDS: '30',
  SLUICE_STATE_DIRECTORY: '/tmp/sluice-nowhere',
});
if (!settings.ok) throw new Error('the settings are wrong');
const chosen = {
  ownerUrl: 'postgres://owner:invented@127.0.0.1:5433/sluice',
  apiPort: 4001,
  healthPort: 4002,
  sandboxPort: 4003,
};

describe('the environment of a child', () => {
  it('says to it what was said to us, on the ports and the database of this start', () => {
    const read = readSettings(childEnvironment(settings.value, chosen));
    if (!read.ok) throw new Error(JSON.stringify(read.issues));
    const { api, worker, sandbox, ...rest } = settings.value;
    expect(read.value).toEqual({
      ...rest,
      database: { kind: 'url', url: chosen.ownerUrl },
      api: { ...api, port: 4001 },
      worker: { ...worker, healthPort: 4002 },
      sandbox: { ...sandbox, port: 4003 },
    });
  });

  it('holds nothing else', () => {
    for (const name of Object.keys(childEnvironment(settings.value, chosen)))
      expect(name).toMatch(/^(SLUICE_|DATABASE_URL$)/);
  });
});
