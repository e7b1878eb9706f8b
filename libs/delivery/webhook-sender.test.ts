import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import type { WebhookDeliveryId } from '#libs/kernel';
import { createWebhookSender, type WebhookSenderOptions, webhookAddressCheck } from './webhook-sender.js';

const SECRET = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw';
const BODY = '{"type":"endpoint.test","timestamp":"2026-03-02T10:00:00.000Z","data":{}}';
const id = '00000000-0000-4000-8000-000000000001' as WebhookDeliveryId;

interface Receiver {
  readonly port: number;
  readonly requests: string[];
  readonly sockets: Set<Socket>;
  readonly server: Server;
  connections: number;
}

let receivers: Receiver[] = [];

/** Answers each request that is whole with whatever the test says, on a bare socket. */
const receiver = async (answer: (socket: Socket) => void): Promise<Receiver> => {
  const server = createServer((socket) => {
    found.connections += 1;
    found.sockets.add(socket);
    let request = '';
    socket.on('error', () => undefined).on('close', () => found.sockets.delete(socket));
    socket.on('data', (chunk: Buffer) => {
      request += chunk.toString('latin1');
      if (!request.endsWith(BODY)) return;
      found.requests.push(request);
      answer(socket);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const found: Receiver = {
    server,
    port: (server.address() as AddressInfo).port,
    requests: [],
    sockets: new Set(),
    connections: 0,
  };
  receivers.push(found);
  return found;
};

afterEach(async () => {
  await Promise.all(
    receivers.map(({ server, sockets }) => {
      for (const socket of sockets) socket.destroy();
      return new Promise((resolve) => server.close(resolve));
    }),
  );
  receivers = [];
});

const send = (url: string, options: Partial<WebhookSenderOptions> = {}) =>
  createWebhookSender({ allowLoopback: true, timeouts: { connect: 300, answer: 300 }, ...options }).send({
    url,
    id,
    at: 1_614_265_330_000,
    secrets: [SECRET],
    body: BODY,
  });

const http =
  (status: string, rest = 'content-length: 0\r\n\r\n') =>
  (socket: Socket) =>
    void socket.write(`HTTP/1.1 ${status}\r\n${rest}`);

const sendTo = async (answer: (socket: Socket) => void) => {
  const found = await receiver(answer);
  return { found, outcome: await send(`http://127.0.0.1:${found.port}/hooks`) };
};

describe('a webhook', () => {
  it('is one POST with the three headers, and nothing that says more', async () => {
    const { found, outcome } = await sendTo(http('204 No Content', '\r\n'));
    expect(outcome).toEqual({ kind: 'delivered', status: 204 });
    const [head = '', body] = (found.requests[0] ?? '').split('\r\n\r\n');
    expect(body).toBe(BODY);
    const signature = 'webhook-signature: v1,';
    const lines = head.split('\r\n').map((line) => (line.startsWith(signature) ? signature : line));
    expect(lines.sort()).toEqual(
      [
        'POST /hooks HTTP/1.1',
        `host: 127.0.0.1:${found.port}`,
        'connection: close',
        'content-type: application/json',
        'user-agent: Sluice',
        `webhook-id: ${id}`,
        'webhook-timestamp: 1614265330',
        signature,
        `content-length: ${Buffer.byteLength(BODY)}`,
      ].sort(),
    );
  });

  it.each([
    ['200 OK', { kind: 'delivered', status: 200 }],
    ['299 Whatever', { kind: 'delivered', status: 299 }],
    ['410 Gone', { kind: 'gone', status: 410 }],
    ['400 Bad Request', { kind: 'failed', code: 'rejected', status: 400 }],
    ['404 Not Found', { kind: 'failed', code: 'rejected', status: 404 }],
    ['429 Too Many', { kind: 'failed', code: 'too_many_requests', status: 429 }],
    ['500 Broken', { kind: 'failed', code: 'unavailable', status: 500 }],
  ])('answered with %s is %j', async (status, expected) => {
    expect((await sendTo(http(status))).outcome).toEqual(expected);
  });

  it.each([
    ['seconds', 'retry-after: 120', 120_000],
    [
      'a date, by the clock of the receiver',
      'date: Mon, 02 Mar 2026 10:00:00 GMT\r\nretry-after: Mon, 02 Mar 2026 10:05:00 GMT',
      300_000,
    ],
    ['a date that is over', 'date: Mon, 02 Mar 2026 10:00:00 GMT\r\nretry-after: Mon, 02 Mar 2026 09:00:00 GMT', 0],
    ['more than a day', 'retry-after: 999999999', 86_400_000],
    ['words', 'retry-after: when I say so', undefined],
    ['a number that is none', 'retry-after: -5', undefined],
  ])('is told to wait by %s', async (_how, header, retryAfterMs) => {
    for (const rest of ['content-length: 0\r\n\r\n', 'content-length: 4\r\n\r\nbusy']) {
      const { outcome } = await sendTo(http('503 Busy', `${header}\r\n${rest}`));
      const expected = { kind: 'failed', code: 'unavailable', status: 503 };
      expect(outcome).toEqual(retryAfterMs === undefined ? expected : { ...expected, retryAfterMs });
    }
  });

  it.each(['301 Moved', '302 Found', '307 Temporary', '308 Permanent'])(
    'follows nobody elsewhere: %s',
    async (status) => {
      const other = await receiver(http('200 OK'));
      const { outcome } = await sendTo(
        http(status, `location: http://127.0.0.1:${other.port}/\r\ncontent-length: 0\r\n\r\n`),
      );
      expect(outcome).toMatchObject({ kind: 'failed', code: 'redirect_refused' });
      expect(other.connections).toBe(0);
    },
  );

  it('does not read what ten megabytes of answer say', async () => {
    let written = 0;
    const { outcome } = await sendTo((socket) => {
      socket.write(`HTTP/1.1 200 OK\r\ncontent-length: ${10 * 1024 * 1024}\r\n\r\n`);
      const pour = (): void => {
        while (!socket.destroyed && written < 10 * 1024 * 1024) {
          written += 65_536;
          if (!socket.write(Buffer.alloc(65_536, 0x61))) {
            socket.once('drain', pour);
            return;
          }
        }
      };
      pour();
    });
    expect(outcome).toEqual({ kind: 'delivered', status: 200 });
    expect(written).toBeLessThan(10 * 1024 * 1024);
  });

  it('is over in time with one who never answers', async () => {
    const before = performance.now();
    expect((await sendTo(() => undefined)).outcome).toEqual({ kind: 'failed', code: 'response_timeout' });
    expect(performance.now() - before).toBeLessThan(2_000);
  });

  it('is over in time with one who drips a header', async () => {
    let timer: NodeJS.Timeout | undefined;
    const { outcome } = await sendTo((socket) => {
      socket.write('HTTP/1.1 200 OK\r\n');
      timer = setInterval(() => void socket.write('x: y\r\n'), 20);
    });
    clearInterval(timer);
    expect(outcome).toEqual({ kind: 'failed', code: 'response_timeout' });
  });

  it.each([
    ['hangs up', (socket: Socket) => void socket.destroy(), 'connection_closed'],
    ['speaks no HTTP', (socket: Socket) => void socket.write('SSH-2.0-Invented\r\n\r\n'), 'unreadable_response'],
  ])('has failed when the receiver %s', async (_name, answer, code) => {
    expect((await sendTo(answer)).outcome).toMatchObject({ kind: 'failed', code });
  });

  it.each([
    ['http://127.0.0.1:1/', 'egress_denied'],
    ['https://10.0.0.1/', 'egress_denied'],
    ['https://169.254.169.254/latest/meta-data', 'egress_denied'],
    ['https://[::ffff:127.0.0.1]/', 'egress_denied'],
    ['https://[fd00::1]/', 'egress_denied'],
    ['https://user:secret@hooks.example/', 'egress_denied'],
    ['https://hooks.example/?token=1', 'egress_denied'],
    ['ftp://hooks.example/', 'egress_denied'],
  ])('never goes to %s', async (url, code) => {
    expect(await send(url, { allowLoopback: false })).toEqual({ kind: 'failed', code });
    expect(await webhookAddressCheck({ allowLoopback: false })(url)).toMatchObject({
      ok: false,
      issues: [{ code, path: '/url' }],
    });
  });

  it('never goes to a private network, also one in which insurers are reached', async () => {
    const rules = { allowLoopback: false, privateNetworks: ['10.0.0.0/8', 'fd12::/16'] };
    for (const url of ['https://10.0.0.1/', 'https://[fd12::1]/']) {
      expect(await send(url, rules)).toEqual({ kind: 'failed', code: 'egress_denied' });
      expect(await webhookAddressCheck(rules)(url)).toMatchObject({ ok: false, issues: [{ code: 'egress_denied' }] });
    }
  });

  it('goes by the address behind the name, at each attempt anew', async () => {
    const found = await receiver(http('200 OK'));
    const answers = [['93.184.216.34'], ['127.0.0.1']];
    const resolve = () => Promise.resolve(answers.shift() ?? []);
    const url = `https://hooks.example:${found.port}/`;
    expect(await webhookAddressCheck({ allowLoopback: false, resolve })(url)).toEqual({ ok: true, value: undefined });
    expect(await send(url, { allowLoopback: false, resolve })).toEqual({ kind: 'failed', code: 'egress_denied' });
    expect(found.connections).toBe(0);
  });
});
