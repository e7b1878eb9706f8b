import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ApiClient } from './api-client.js';

const id = '6f3f6a50-6d2c-4a50-9f4e-0c9d6b1f0a01';
const session = {
  practice: { id, name: 'Invented' },
  actor: `staff:${id}`,
  roles: ['billing'],
  actions: [],
  expiresAt: '2026-11-20T12:00:00Z',
};

let answer: (request: IncomingMessage, response: ServerResponse) => void;
let seen: IncomingMessage | undefined;
let url = '';

const server = createServer((request, response) => {
  seen = request;
  answer(request, response);
});

const json =
  (status: number, body: unknown, headers: Record<string, string> = {}) =>
  (_request: IncomingMessage, response: ServerResponse) => {
    response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body));
  };

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

describe('the client of the gateway', () => {
  it('signs in by name and password, and shows the cookie and the header that changes need from then on', async () => {
    answer = json(200, session, { 'set-cookie': 'sluice=sls_invented; Path=/; HttpOnly' });
    const signedIn = await new ApiClient(url).signIn({ signIn: 'billing', password: 'invented password' });
    if (!signedIn.ok) throw new Error(signedIn.issues[0]?.code);
    answer = json(200, session);
    expect(await signedIn.value.ask('readSession')).toMatchObject({ ok: true, value: { actor: session.actor } });
    expect(seen?.headers).toMatchObject({ cookie: 'sluice=sls_invented', 'sluice-request': '1' });
  });

  it('fills in path and query, and sends the key of a request that creates', async () => {
    answer = json(200, session);
    const client = new ApiClient(url, { kind: 'key', secret: 'slk_invented' });
    await client.ask('readDisclosure', { params: { id: 'a/b' }, query: { limit: '5' } });
    expect(seen?.url).toBe('/v1/disclosures/a%2Fb?limit=5');
    expect(seen?.headers).toMatchObject({ authorization: 'Bearer slk_invented' });
    await client.ask('submitInvoice', { body: {}, idempotencyKey: 'k1' });
    expect(seen?.method).toBe('POST');
    expect(seen?.headers).toMatchObject({ 'content-type': 'application/json', 'idempotency-key': 'k1' });
  });

  it('gives the codes and paths of a problem', async () => {
    answer = json(422, { code: 'invalid_request', issues: [{ code: 'too_small', path: '/lines', severity: 'error' }] });
    expect(await new ApiClient(url).ask('readSession')).toMatchObject({
      ok: false,
      issues: [{ code: 'too_small', path: '/lines' }],
    });
    answer = json(401, { code: 'not_signed_in', issues: [] });
    expect(await new ApiClient(url).ask('readSession')).toMatchObject({
      ok: false,
      issues: [{ code: 'not_signed_in' }],
    });
  });

  it('takes nothing for an answer that is not one by the contract', async () => {
    answer = json(200, { hello: 'there' });
    expect(await new ApiClient(url).ask('readSession')).toMatchObject({
      ok: false,
      issues: [{ code: 'api.unreadable-answer' }],
    });
    answer = (_request, response) => void response.end('<html>');
    expect(await new ApiClient(url).ask('readSession')).toMatchObject({
      ok: false,
      issues: [{ code: 'api.unreadable-answer' }],
    });
  });

  it('follows nobody elsewhere, and says when nobody is there', async () => {
    answer = (_request, response) => void response.writeHead(302, { location: url }).end();
    expect(await new ApiClient(url).ask('readSession')).toMatchObject({
      ok: false,
      issues: [{ code: 'api.unreachable' }],
    });
    expect(await new ApiClient('http://127.0.0.1:1').ask('readSession')).toMatchObject({
      ok: false,
      issues: [{ code: 'api.unreachable' }],
    });
  });
});
