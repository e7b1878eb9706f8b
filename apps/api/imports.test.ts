import { once } from 'node:events';
import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Gateway, openGateway } from './gateway.fixture.js';
import { INVOICE } from './samples.fixture.js';
import type { SentFile } from './use-cases/imports.js';

let gateway: Gateway;
let port: number;

beforeAll(async () => {
  gateway = await openGateway({ patienceMs: 300 });
  await gateway.app.listen(0, '127.0.0.1');
  port = (gateway.app.getHttpServer().address() as { port: number }).port;
});
afterAll(() => gateway.close());

const post = (url: string, type: string, payload: string | Buffer) =>
  gateway.app.inject({
    method: 'POST',
    url,
    headers: { ...gateway.session(['billing']), 'content-type': type, 'idempotency-key': 'k' },
    payload,
  });

const lastFile = async (): Promise<string> => {
  const [sent] = (gateway.useCases.calls.at(-1)?.given ?? []) as readonly SentFile[];
  const parts: Uint8Array[] = [];
  for await (const part of sent?.file ?? []) parts.push(part);
  return Buffer.concat(parts).toString();
};

describe('a file', () => {
  it('is handed on as it comes, byte for byte', async () => {
    const answer = await post('/v1/imports/clients', 'text/csv; charset=utf-8', '\uFEFFcode\r\n=1,"');
    expect([answer.statusCode, answer.json().kind]).toEqual([200, 'clients']);
    expect(gateway.useCases.calls.at(-1)?.given[1]).toEqual({
      key: 'k',
      route: 'POST /v1/imports/clients',
      status: 200,
    });
    expect(await lastFile()).toBe('\uFEFFcode\r\n=1,"');
  });

  it('that is only to be rehearsed needs no key', async () => {
    const answer = await gateway.app.inject({
      method: 'POST',
      url: '/v1/imports/clients?dry-run=true',
      headers: { ...gateway.session(['billing']), 'content-type': 'text/csv' },
      payload: 'code\n',
    });
    expect([answer.statusCode, answer.json().dryRun]).toEqual([200, true]);
    expect(gateway.useCases.calls.at(-1)?.name).toBe('rehearseImport');
  });

  it.each([
    ['/v1/imports/clients', 'application/json', '{}'],
    ['/v1/imports/clients', 'text/csv; charset=iso-8859-1', 'code'],
    ['/v1/imports/clients', 'application/pdf', '%PDF-1.7'],
    ['/v1/invoices', 'text/csv', JSON.stringify(INVOICE)],
  ])('to %s as %s is refused', async (url, type, payload) => {
    const answer = await post(url, type, payload);
    expect([answer.statusCode, answer.json().code]).toEqual([415, 'unsupported_media_type']);
  });
});

/** Sends the first half of a request and then nothing. */
const half = async (headers: Record<string, string>): Promise<string> => {
  const socket = connect(port, '127.0.0.1');
  let told = '';
  socket.setEncoding('utf8').on('data', (part: string) => (told += part));
  const lines = Object.entries({ ...headers, host: 'localhost', 'content-length': '100' });
  const path = headers['content-type'] === 'text/csv' ? '/v1/imports/clients?dry-run=true' : '/v1/invoices';
  socket.write(`POST ${path} HTTP/1.1\r\n${lines.map(([name, value]) => `${name}: ${value}`).join('\r\n')}\r\n\r\n{"a`);
  await Promise.race([once(socket, 'close'), sleep(1_500)]);
  socket.destroy();
  return told;
};

describe('who sends slowly', () => {
  it('is not waited for', async () => {
    const told = await half({ ...gateway.session(['billing']), 'content-type': 'application/json' });
    expect(told).toMatch(/^HTTP\/1.1 408 [^]*"code":"request_timeout"/);
  });

  it('may take as long as the rows of a file take', async () => {
    expect(await half({ ...gateway.session(['billing']), 'content-type': 'text/csv' })).not.toContain('408');
  });
});
