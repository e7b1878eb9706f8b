import { createServer, get, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import type { InsurerId } from '#libs/kernel';
import type { InsurerProfile, Pull, SendOutcome } from '#libs/application';
import { createInboxTransport } from './inbox-transport.js';
import { type Manner, type Stand, Wire } from './stand.fixture.js';

/** A response as the gateway gives it. */
const pullOver = (response: ServerResponse): Pull => ({
  waits: () => !response.destroyed && response.socket?.destroyed === false,
  give: ({ bytes, mediaType }) =>
    new Promise((resolve) => {
      response.once('finish', () => resolve(true));
      response.once('close', () => resolve(response.writableFinished));
      response.writeHead(200, { 'content-type': mediaType, 'content-length': bytes.length });
      response.end(bytes);
    }),
});

/** How long a request of an insurer takes to get here; longer, and it did not. */
const COMES_WITHIN_MS = 250;

/** An insurer that comes for every sending, over a wire that may be cut. */
export const inboxStand = async (): Promise<Stand> => {
  const transport = createInboxTransport({ monotonic: () => performance.now() });
  const received: Buffer[] = [];
  let manner: Manner = 'accepts';
  let comes: (response: ServerResponse) => void = () => undefined;
  const server = createServer((_request, response) => comes(response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const wire = await Wire.open(() => (server.address() as AddressInfo).port);

  /** Comes, and keeps what it gets whole. Undefined if nobody got here. */
  const visit = (): Promise<ServerResponse | undefined> =>
    Promise.race([
      new Promise<ServerResponse>((resolve) => {
        comes = resolve;
        const request = get({ port: wire.port, host: '127.0.0.1', agent: false }, (response) => {
          const parts: Buffer[] = [];
          response
            .on('data', (part: Buffer) => {
              parts.push(part);
              if (manner === 'breaks off') request.destroy();
            })
            .on('end', () => {
              if (response.complete && response.statusCode === 200) received.push(Buffer.concat(parts));
            })
            .on('error', () => undefined);
        });
        request.on('error', () => undefined);
        if (manner === 'unreachable') request.destroy();
      }),
      sleep(COMES_WITHIN_MS, undefined),
    ]);

  return {
    transport: {
      send: async (sealed, permit): Promise<SendOutcome> => {
        const response = await visit();
        const gone: Pull = { waits: () => false, give: () => Promise.resolve(false) };
        const outcome = await transport.send(sealed, permit, response === undefined ? gone : pullOver(response));
        if (response?.headersSent === false) response.writeHead(503).end();
        return outcome;
      },
      probe: () => Promise.resolve({ kind: 'unsupported' }),
      answers: (cursor) => Promise.resolve({ kind: 'read', answers: [], next: cursor }),
    },
    insurer: {
      id: '00000000-0000-4000-8000-0000000000cc' as InsurerId,
      profile: { inFlightCap: 4, resolution: 'idempotency-key' } as InsurerProfile,
      connection: { kind: 'inbox', receiverId: 'R', production: false },
      token: '',
    },
    wire,
    behave: (next) => {
      manner = next;
      return Promise.resolve();
    },
    received: async () => {
      await sleep(20);
      return received;
    },
    leaveAnswer: () => Promise.resolve(),
    settle: () => Promise.resolve(),
    clear: () => {
      received.length = 0;
      return Promise.resolve();
    },
    close: async () => {
      await wire.close();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
};
