import { type AddressInfo, createServer, type Server, type Socket, type TcpNetConnectOpts } from 'node:net';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { InsurerRecord } from '#libs/application';
import { ConnectFailure } from './connect-failure.js';
import { type ConnectRules, guardedConnector } from './guarded-connect.js';

/** The name as the socket would look it up by itself, were it given the name; `undefined`: it goes where it is told. */
let rebound: string | undefined;

vi.mock('node:net', async (original) => {
  const net = await original<typeof import('node:net')>();
  return {
    ...net,
    connect: (options: TcpNetConnectOpts): Socket =>
      net.connect(rebound === undefined ? options : { ...options, host: rebound }),
  };
});

const VETTED = '127.0.0.1';
const ELSEWHERE = '127.0.0.2';

interface Listening {
  readonly server: Server;
  readonly port: number;
  connections: number;
  received: number;
}

const listen = (host: string, port = 0): Promise<Listening> =>
  new Promise((resolve, reject) => {
    const server = createServer((socket) => {
      found.connections += 1;
      socket.on('error', () => undefined).on('data', (chunk) => (found.received += chunk.length));
    });
    const found: Listening = {
      server,
      get port() {
        return (server.address() as AddressInfo).port;
      },
      connections: 0,
      received: 0,
    };
    server.once('error', reject);
    server.listen(port, host, () => resolve(found));
  });

/** A name that says one thing when it is checked and another from then on (DNS rebinding). */
const rebinding = () => {
  const asked: string[] = [];
  return {
    asked,
    resolve: (host: string) => Promise.resolve([asked.push(host) === 1 ? VETTED : ELSEWHERE]),
  };
};

const connectTo = (
  port: number,
  resolve: (host: string) => Promise<readonly string[]>,
  change: { readonly scheme?: 'https'; readonly rules?: Partial<ConnectRules> } = {},
) => {
  const connection: InsurerRecord['connection'] = {
    url: `${change.scheme ?? 'http'}://insurer.example:${port}`,
    receiverId: 'R',
    production: false,
  };
  const rules = { allowLoopback: true, resolve, connectTimeoutMs: 2_000, ...change.rules };
  const options = { hostname: 'insurer.example', protocol: 'http:', port: String(port) };
  return new Promise<{ readonly failure?: string; readonly socket?: Socket }>((settle) =>
    guardedConnector(connection, rules)(options, (...[error, socket]) =>
      settle(error instanceof ConnectFailure ? { failure: error.failure } : { ...(socket === null ? {} : { socket }) }),
    ),
  );
};

describe('what is connected to', () => {
  let vetted: Listening;
  let elsewhere: Listening;
  const sockets: Socket[] = [];

  beforeEach(async () => {
    rebound = undefined;
    vetted = await listen(VETTED);
    elsewhere = await listen(ELSEWHERE, vetted.port);
  });
  afterEach(async () => {
    for (const socket of sockets.splice(0)) socket.destroy();
    for (const { server } of [vetted, elsewhere]) await new Promise((resolve) => server.close(resolve));
  });

  it('is the address that was checked, whatever the name says the second time', async () => {
    const { asked, resolve } = rebinding();
    const { socket } = await connectTo(vetted.port, resolve);
    if (socket !== undefined) sockets.push(socket);
    expect(socket?.remoteAddress).toBe(VETTED);
    expect(asked).toEqual(['insurer.example']);
    expect([vetted.connections, elsewhere.connections]).toEqual([1, 0]);
  });

  it('is given up before a byte when the socket ends up at an address that was not checked', async () => {
    const { resolve } = rebinding();
    rebound = ELSEWHERE;
    const { failure, socket } = await connectTo(vetted.port, resolve);
    if (socket !== undefined) sockets.push(socket);
    expect(failure).toBe('egress_denied');
    await vi.waitFor(() => expect(elsewhere.connections).toBe(1));
    await vi.waitFor(async () =>
      expect(await new Promise((count) => elsewhere.server.getConnections((_error, open) => count(open)))).toBe(0),
    );
    expect(elsewhere.received).toBe(0);
  });

  it('is given up when a name of a private network ends up elsewhere, be that this machine or another network', async () => {
    const rules = { privateNetworks: ['10.8.0.0/16'] };
    rebound = ELSEWHERE;
    for (const allowLoopback of [true, false]) {
      const resolve = () => Promise.resolve(['10.8.0.1']);
      const asked = await connectTo(vetted.port, resolve, { scheme: 'https', rules: { ...rules, allowLoopback } });
      expect(asked.failure).toBe('egress_denied');
    }
    await vi.waitFor(() => expect(elsewhere.connections).toBe(2));
    expect(elsewhere.received).toBe(0);
    const outside = () => Promise.resolve(['10.9.0.1']);
    expect((await connectTo(vetted.port, outside, { scheme: 'https', rules })).failure).toBe('egress_denied');
    expect(elsewhere.connections).toBe(2);
  });
});
