import { createHash, X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import type { InsurerProfile } from '#libs/application';
import type { InsurerId } from '#libs/kernel';
import { createTransport } from './create-transport.js';
import { type Manner, type Stand, Wire } from './stand.fixture.js';

const fixture = (name: string): string => readFileSync(new URL(`./fixtures/${name}.pem`, import.meta.url), 'utf8');

const pinOf = (name: string): string =>
  createHash('sha256')
    .update(new X509Certificate(fixture(name)).publicKey.export({ type: 'spki', format: 'der' }))
    .digest('base64');

const bodyOf = async (request: IncomingMessage): Promise<Buffer> => {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
};

/** An insurer's service over HTTPS. */
export const httpsStand = async (): Promise<Stand> => {
  let manner: Manner = 'accepts';
  const taken = new Map<string, Buffer>();
  const received: Buffer[] = [];
  const answers: Buffer[] = [];
  const json = (response: ServerResponse, status: number, value: unknown) =>
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(value));
  const submit = async (request: IncomingMessage, response: ServerResponse) => {
    if (manner === 'breaks off') {
      request.once('data', () => request.socket.destroy());
      return;
    }
    const body = await bodyOf(request);
    const refusal = { refuses: 422, 'has no room': 503, 'lets nobody in': 401 }[manner as string];
    if (refusal !== undefined) {
      json(response, refusal, {});
      return;
    }
    if (body.length < Number(request.headers['content-length'])) return;
    received.push(body);
    taken.set(String(request.headers['idempotency-key']), body);
    if (manner === 'accepts') json(response, 202, { receipt: 'r', duplicate: false });
    else if (manner === 'talks nonsense') response.writeHead(200).end('<html>');
  };
  const read = (request: IncomingMessage, response: ServerResponse) => {
    const [path = '', query = ''] = (request.url ?? '').split('?');
    if (path === '/answers') {
      const from = Number(new URLSearchParams(query).get('after'));
      const rows = answers.slice(from).map((bytes, index) => ({
        ...{ id: `a${from + index}`, mediaType: 'application/edi-x12', body: bytes.toString('base64') },
      }));
      json(response, 200, { answers: rows, next: String(answers.length) });
      return;
    }
    const found = taken.get(path.replace('/transmissions/', ''));
    if (found === undefined) json(response, 404, { known: false });
    else json(response, 200, { known: true, sha256: createHash('sha256').update(found).digest('hex') });
  };
  const server = createServer({ cert: fixture('insurer'), key: fixture('insurer-key') }, (request, response) => {
    request.on('error', () => undefined);
    if (request.method === 'POST') submit(request, response).catch(() => undefined);
    else read(request, response);
  });
  server.on('tlsClientError', () => undefined);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const wire = await Wire.open(() => (server.address() as AddressInfo).port);
  const transport = createTransport({
    monotonic: () => performance.now(),
    clock: { now: () => 0 },
    ids: { uuid: () => '00000000-0000-4000-8000-00000000beef' },
    allowLoopback: true,
    resolve: () => (manner === 'unreachable' ? Promise.reject(new Error('ENOTFOUND')) : Promise.resolve(['127.0.0.1'])),
    timeouts: { connect: 1_000, headers: 300, body: 300 },
  });
  const registered = (pin: string) => ({
    id: '00000000-0000-4000-8000-0000000000aa' as InsurerId,
    profile: { inFlightCap: 4, resolution: 'probe' } as InsurerProfile,
    connection: {
      ...{ url: `https://insurer.example:${wire.port}`, receiverId: 'R', production: false },
      ...{ certificateAuthority: fixture('authority'), pin },
    },
    token: 'invented-token',
  });
  return {
    transport,
    wire,
    get insurer() {
      return registered(pinOf(manner === 'is somebody else' ? 'elsewhere' : 'insurer'));
    },
    behave: async (next) => {
      manner = next;
      if (next === 'unreachable') await wire.breakAll();
    },
    received: () => Promise.resolve([...received]),
    leaveAnswer: (bytes) => {
      answers.push(bytes);
      return Promise.resolve();
    },
    settle: () => Promise.resolve(),
    clear: () => {
      received.length = 0;
      taken.clear();
      return Promise.resolve();
    },
    close: async () => {
      await transport.close();
      await wire.close();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
};
