import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { problem, PROBLEMS } from '#libs/contracts';
import { type Gateway, openGateway } from './gateway.fixture.js';
import { CLIENT } from './samples.fixture.js';

const place = mkdtempSync(join(tmpdir(), 'sluice-console-'));
let gateway: Gateway;
let withConsole: Gateway;

beforeAll(async () => {
  writeFileSync(join(place, 'index.html'), '<!doctype html>');
  gateway = await openGateway();
  withConsole = await openGateway({ consoleDirectory: place });
});
afterAll(async () => {
  await Promise.all([gateway.close(), withConsole.close()]);
  rmSync(place, { recursive: true });
});

type Method = 'GET' | 'HEAD' | 'POST' | 'PUT' | 'PATCH' | 'DELETE' | 'OPTIONS';

const asked = (at: Gateway, method: Method, url: string, headers: Record<string, string> = {}) =>
  at.app.inject({ method, url, headers });

const bothGateways: readonly [string, () => Gateway][] = [
  ['alone', () => gateway],
  ['that serves the console', () => withConsole],
];

describe.each(bothGateways)('a gateway %s', (_what, at) => {
  it.each<[Method, string, string]>([
    ['PATCH', '/v1/session', 'DELETE, GET, HEAD, OPTIONS, POST'],
    ['GET', '/v1/session/password', 'OPTIONS, PUT'],
    ['HEAD', '/v1/session/password', 'OPTIONS, PUT'],
    ['DELETE', `/v1/clients/${CLIENT}`, 'GET, HEAD, OPTIONS, PUT'],
    ['DELETE', '/v1/clients/CANARY?name=CANARY', 'GET, HEAD, OPTIONS, PUT'],
    ['POST', '/health/live', 'GET, HEAD, OPTIONS'],
    ['PUT', '/openapi.json', 'GET, HEAD, OPTIONS'],
  ])('says which methods there are where there is no %s (%s)', async (method, url, allow) => {
    const answer = await asked(at(), method, url);
    expect([answer.statusCode, answer.headers.allow]).toEqual([405, allow]);
    expect(answer.headers['sluice-correlation']).toBeDefined();
    if (method === 'HEAD') return;
    expect(answer.headers['content-type']).toContain('application/problem+json');
    expect(problem.parse(answer.json())).toMatchObject({ code: 'method_not_allowed', status: 405, issues: [] });
    expect(answer.body).not.toContain('CANARY');
  });

  it('answers OPTIONS with what there is, and nothing that a page of somebody else could use', async () => {
    const answer = await asked(at(), 'OPTIONS', '/v1/clients', { origin: 'https://elsewhere.example' });
    expect([answer.statusCode, answer.headers.allow, answer.body]).toEqual([204, 'GET, HEAD, OPTIONS, POST', '']);
    expect(Object.keys(answer.headers).filter((name) => name.startsWith('access-control'))).toEqual([]);
  });

  it('answers HEAD as GET, without a body', async () => {
    const [head, get] = [await asked(at(), 'HEAD', '/v1/clients'), await asked(at(), 'GET', '/v1/clients')];
    expect([head.statusCode, head.body, get.statusCode]).toEqual([401, '', 401]);
    const signedIn = at().session(['billing']);
    expect((await asked(at(), 'HEAD', '/v1/session', signedIn)).statusCode).toBe(200);
  });

  it('says the same to somebody signed in, and of a path that is none only that it is none', async () => {
    const signedIn = at().session(['billing']);
    expect((await asked(at(), 'DELETE', '/v1/clients', signedIn)).statusCode).toBe(405);
    for (const method of ['POST', 'OPTIONS', 'DELETE'] as const) {
      const answer = await asked(at(), method, '/v1/nothing/of/the/kind');
      expect([answer.statusCode, answer.headers.allow]).toEqual([404, undefined]);
    }
    expect((await asked(at(), 'GET', '/v1/nothing')).statusCode).toBe(404);
  });
});

describe('a page of the console', () => {
  it('is got and nothing else', async () => {
    expect((await asked(withConsole, 'GET', '/clients')).statusCode).toBe(200);
    expect((await asked(withConsole, 'POST', '/clients')).statusCode).toBe(404);
  });
});

describe('the code', () => {
  it('is documented with what to do', () => {
    expect(PROBLEMS).toMatchObject({ method_not_allowed: { status: 405 } });
  });
});
