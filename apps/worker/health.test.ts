import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Health } from '#libs/telemetry';
import { startHealth } from './health.js';

let broken: string | undefined;
let served: Awaited<ReturnType<typeof startHealth>>;
const health = new Health({ database: () => Promise.resolve(broken) });

beforeEach(async () => {
  broken = undefined;
  const metricsText = () => (broken === undefined ? Promise.resolve('a_total 1\n') : Promise.reject(new Error('no')));
  served = await startHealth({ health, metricsText }, 0);
});
afterEach(() => served.close());

const ask = async (path: string): Promise<{ readonly status: number; readonly body: string }> => {
  const answer = await fetch(`http://127.0.0.1:${served.port}${path}`);
  return { status: answer.status, body: await answer.text() };
};

describe('what operators ask the worker', () => {
  it('alive, ready, and not ready', async () => {
    expect(await ask('/health/live')).toEqual({ status: 200, body: '{"status":"ok","checks":{}}' });
    expect(await ask('/health/ready')).toEqual({ status: 200, body: '{"status":"ok","checks":{"database":"ok"}}' });
    broken = 'database.unreachable';
    expect(await ask('/health/ready')).toEqual({
      status: 503,
      body: '{"status":"unavailable","checks":{"database":"database.unreachable"}}',
    });
    expect((await ask('/health/live')).status).toBe(200);
  });

  it('metrics, and nothing else', async () => {
    expect(await ask('/metrics')).toEqual({ status: 200, body: 'a_total 1\n' });
    broken = 'database.unreachable';
    expect(await ask('/metrics')).toEqual({ status: 500, body: '' });
    expect((await ask('/')).status).toBe(404);
  });
});
