import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { answered } from './answered.js';
import { gatewayAt, signedIn } from './open-gateway.js';

const id = '6f3f6a50-6d2c-4a50-9f4e-0c9d6b1f0a01';
const session = {
  practice: { id, name: 'Invented', timeZone: 'UTC' },
  actor: `staff:${id}`,
  roles: ['billing'],
  actions: [],
  mustChangePassword: false,
  expiresAt: '2026-11-20T12:00:00Z',
};
const problem = (code: string, status: number, issues: readonly object[] = []) => ({
  ...{ type: `/problems/${code}`, title: 'No.', status, code, correlation: id, issues },
});

let answer: (response: ServerResponse) => void;
let seen: IncomingMessage | undefined;
let url = '';

const server = createServer((request, response) => {
  seen = request;
  answer(response);
});

const json =
  (status: number, body: unknown, headers: Record<string, string> = {}) =>
  (response: ServerResponse) =>
    void response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body));

const readSession = () => answered(gatewayAt(url).ask('readSession', {}));

beforeAll(async () => {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  url = `http://127.0.0.1:${typeof address === 'object' ? (address?.port ?? 0) : 0}`;
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

describe('the gateway, as the command line speaks to it', () => {
  it('is signed in to by name and password, and shown the cookie and the header that changes need from then on', async () => {
    answer = json(200, session, { 'set-cookie': 'sluice=sls_invented; Path=/; HttpOnly' });
    const gateway = await signedIn(url, { signIn: 'billing', password: 'invented password' });
    if (!gateway.ok) throw new Error(gateway.issues[0]?.code);
    answer = json(200, session);
    expect((await gateway.value.ask('readSession', {})).actor).toBe(session.actor);
    expect(seen?.headers).toMatchObject({ cookie: 'sluice=sls_invented', 'sluice-request': '1' });
    expect(await signedIn(url, { signIn: 'billing', password: 'x' })).toMatchObject({
      issues: [{ code: 'api.unreadable-answer', path: 'set-cookie' }],
    });
  });

  it('gives the codes and paths of a problem, and what to do about it', async () => {
    const issue = { code: 'too_small', path: '/lines', severity: 'error', fix: 'Bill something.' };
    answer = json(422, problem('invalid_request', 422, [issue]));
    expect(await readSession()).toMatchObject({
      ok: false,
      issues: [{ code: 'too_small', path: '/lines', rule: 'Bill something.' }],
    });
    answer = json(422, problem('invalid_request', 422, [{ ...issue, rule: 'at least 1' }]));
    expect(await readSession()).toMatchObject({ issues: [{ rule: 'Bill something. (at least 1)' }] });
    answer = json(401, problem('not_signed_in', 401));
    expect(await readSession()).toMatchObject({ ok: false, issues: [{ code: 'not_signed_in' }] });
  });

  it('is told in our own words when it gives no answer, or nobody is there', async () => {
    answer = json(200, { hello: 'there' });
    expect(await readSession()).toMatchObject({ ok: false, issues: [{ code: 'api.unreadable-answer' }] });
    expect(await answered(gatewayAt('http://127.0.0.1:1').ask('readSession', {}))).toMatchObject({
      ok: false,
      issues: [{ code: 'api.unreachable' }],
    });
  });

  it('passes on what should not have happened', async () => {
    await expect(answered(Promise.reject(new RangeError('our own mistake')))).rejects.toThrow(RangeError);
  });
});
