import { createHash, X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { type AddressInfo, createServer as createPlainServer, type Server, type Socket } from 'node:net';
import { createServer as createTlsServer } from 'node:tls';
import { afterEach, describe, expect, it } from 'vitest';
import type { InsurerProfile, InsurerRecord, Permit, SendOutcome, WebConnection, WebService } from '#libs/application';
import type { Sealed } from '#libs/disclosure';
import type { InsurerId, TransmissionId } from '#libs/kernel';
import { createHttpsTransport, type HttpsTransport, type HttpsTransportOptions } from './https-transport.js';

const fixture = (name: string): string => readFileSync(new URL(`./fixtures/${name}.pem`, import.meta.url), 'utf8');
const authority = fixture('authority');
const pinOf = (name: string): string =>
  createHash('sha256')
    .update(new X509Certificate(fixture(name)).publicKey.export({ type: 'spki', format: 'der' }))
    .digest('base64');

const bytes = Buffer.from('ISA*00*INVENTED~'.repeat(40));
const sha256 = (data: Uint8Array) => createHash('sha256').update(data).digest();
const transmission = '00000000-0000-4000-8000-000000000001' as TransmissionId;

/** Only a sealing makes sealed bytes and only INTENT a permit; here neither is what is tested. */
const sealed = (overrides: Partial<Sealed['record']> = {}): Sealed => {
  const stand: unknown = {
    record: {
      transmission,
      idempotencyKey: 'key-0001',
      reference: 'ref-0001',
      format: 'x12-837p',
      mediaType: 'application/edi-x12',
      bytes,
      digest: sha256(bytes).toString('hex'),
      contentDigest: 'c0ffee',
      ...overrides,
    },
  };
  return stand as Sealed;
};

const permit = (use: (now: number) => boolean = () => true, of = transmission): Permit => {
  const stand: unknown = { transmission: of, attempt: 'attempt-1', use };
  return stand as Permit;
};

const insurer = (
  connection: Partial<WebService>,
  profile: Partial<InsurerProfile> = {},
): InsurerRecord<WebConnection> => ({
  id: '00000000-0000-4000-8000-0000000000aa' as InsurerId,
  profile: { inFlightCap: 4, resolution: 'idempotency-key', ...profile } as InsurerProfile,
  connection: { url: 'https://insurer.example', receiverId: 'R', production: false, ...connection },
  token: 'invented-token',
});

type Reply = (socket: Socket, request: Buffer) => void;

interface Behaviour {
  readonly reply?: Reply;
  /** Called with everything received so far, until the request is whole. */
  readonly meanwhile?: (socket: Socket, received: Buffer) => void;
  readonly certificate?: 'insurer' | 'elsewhere';
  readonly encrypted?: boolean;
}

const isWhole = (request: Buffer): boolean => {
  const end = request.indexOf('\r\n\r\n');
  if (end < 0) return false;
  const length = Number(/content-length: (\d+)/i.exec(request.subarray(0, end).toString('latin1'))?.[1] ?? 0);
  return request.length >= end + 4 + length;
};

class Insurer {
  readonly requests: string[] = [];
  readonly sockets = new Set<Socket>();
  connections = 0;
  received = 0;
  most = 0;

  constructor(readonly server: Server) {}

  get port(): number {
    return (this.server.address() as AddressInfo).port;
  }
}

let opened: Insurer[] = [];
let transports: HttpsTransport[] = [];

const open = async (behaviour: Behaviour): Promise<Insurer> => {
  const name = behaviour.certificate ?? 'insurer';
  const server =
    behaviour.encrypted === false
      ? createPlainServer()
      : createTlsServer({ cert: fixture(name), key: fixture(`${name}-key`) });
  const found = new Insurer(server);
  server.on('connection', (socket: Socket) => {
    found.connections += 1;
    found.sockets.add(socket);
    found.most = Math.max(found.most, found.sockets.size);
    socket.on('error', () => undefined).on('close', () => found.sockets.delete(socket));
  });
  server.on('tlsClientError', () => undefined);
  server.on(behaviour.encrypted === false ? 'connection' : 'secureConnection', (socket: Socket) => {
    let request = Buffer.alloc(0);
    socket.on('error', () => undefined);
    socket.on('data', (chunk: Buffer) => {
      request = Buffer.concat([request, chunk]);
      found.received += chunk.length;
      behaviour.meanwhile?.(socket, request);
      if (!isWhole(request)) return;
      const whole = request;
      request = Buffer.alloc(0);
      found.requests.push(whole.toString('latin1'));
      behaviour.reply?.(socket, whole);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  opened.push(found);
  return found;
};

const transport = (options: Partial<HttpsTransportOptions> = {}): HttpsTransport => {
  const made = createHttpsTransport({
    monotonic: () => 0,
    clock: { now: () => 1_790_000_000_000 },
    ids: { uuid: () => '00000000-0000-4000-8000-00000000beef' },
    allowLoopback: true,
    resolve: () => Promise.resolve(['127.0.0.1']),
    ...options,
    timeouts: { connect: 300, headers: 250, body: 250, ...options.timeouts },
  });
  transports.push(made);
  return made;
};

const http = (status: string, body = '', headers = ''): Reply => {
  const text = `HTTP/1.1 ${status}\r\ncontent-length: ${Buffer.byteLength(body)}\r\n${headers}\r\n${body}`;
  return (socket) => void socket.write(text);
};
const receipt = '{"receipt":"r-1","duplicate":false}';
const accepted = http('202 Accepted', receipt);

const sendTo = async (behaviour: Behaviour, to: Partial<WebService> = {}) => {
  const server = await open(behaviour);
  const outcome = await transport().send(
    sealed(),
    permit(),
    insurer({ url: `https://insurer.example:${server.port}/v2/`, certificateAuthority: authority, ...to }),
  );
  return { outcome, server };
};

const closedPort = async (): Promise<number> => {
  const server = await open({ encrypted: false });
  const { port } = server;
  await new Promise((resolve) => server.server.close(resolve));
  return port;
};

afterEach(async () => {
  for (const made of transports) await made.close();
  for (const { server, sockets } of opened) {
    for (const socket of sockets) socket.destroy();
    server.close();
  }
  transports = [];
  opened = [];
});

describe('what is sent', () => {
  it('is the sealed bytes, and headers that say nothing else', async () => {
    const { outcome, server } = await sendTo({ reply: accepted });
    expect(outcome).toEqual({ kind: 'accepted', status: 202 });
    const [head, body] = (server.requests[0] ?? '').split('\r\n\r\n');
    expect(body).toBe(bytes.toString('latin1'));
    expect(head?.split('\r\n')).toEqual([
      'POST /v2/claims HTTP/1.1',
      `host: insurer.example:${server.port}`,
      'connection: keep-alive',
      'content-type: application/edi-x12',
      'idempotency-key: key-0001',
      'sluice-reference: ref-0001',
      `content-digest: sha-256=:${sha256(bytes).toString('base64')}:`,
      'authorization: Bearer invented-token',
      `content-length: ${bytes.length}`,
    ]);
  });

  it.each([
    ['x12-837p', '/claims'],
    ['treatment-report', '/treatment-reports'],
    ['statement', '/statements'],
    ['receipt', '/statements'],
  ] as const)('goes, as %s, to %s', async (format, path) => {
    const server = await open({ reply: accepted });
    const to = insurer({ url: `https://insurer.example:${server.port}`, certificateAuthority: authority });
    await transport().send(sealed({ format }), permit(), to);
    expect(server.requests[0]).toMatch(new RegExp(`^POST ${path} HTTP`));
  });

  it('is the same on the second attempt', async () => {
    const server = await open({ reply: accepted });
    const to = insurer(
      { url: `https://insurer.example:${server.port}`, certificateAuthority: authority },
      { inFlightCap: 1 },
    );
    const https = transport();
    await https.send(sealed(), permit(), to);
    await https.send(sealed(), permit(), to);
    expect(server.requests[1]).toBe(server.requests[0]);
    expect(server.connections).toBe(1);
  });

  it('has a connection of its own where nobody could find out what became of it', async () => {
    const server = await open({ reply: accepted });
    const to = insurer(
      { url: `https://insurer.example:${server.port}`, certificateAuthority: authority },
      { resolution: 'none' },
    );
    const https = transport();
    await https.send(sealed(), permit(), to);
    await https.send(sealed(), permit(), to);
    expect(server.connections).toBe(2);
    expect(server.requests[0]).toContain('connection: close');
  });

  it('is never more at once than the insurer allows', async () => {
    const server = await open({ reply: (socket, request) => setTimeout(() => accepted(socket, request), 30) });
    const to = insurer(
      { url: `https://insurer.example:${server.port}`, certificateAuthority: authority },
      { inFlightCap: 3 },
    );
    const https = transport();
    const outcomes = await Promise.all(Array.from({ length: 20 }, () => https.send(sealed(), permit(), to)));
    expect(outcomes.every(({ kind }) => kind === 'accepted')).toBe(true);
    expect(server.most).toBe(3);
  });

  it('does not go by a proxy of the environment', async () => {
    const proxy = await open({ encrypted: false });
    const before = process.env['HTTPS_PROXY'];
    process.env['HTTPS_PROXY'] = `http://127.0.0.1:${proxy.port}`;
    const { outcome } = await sendTo({ reply: accepted });
    if (before === undefined) delete process.env['HTTPS_PROXY'];
    else process.env['HTTPS_PROXY'] = before;
    expect(outcome.kind).toBe('accepted');
    expect(proxy.connections).toBe(0);
  });
});

describe('a permit', () => {
  it('is asked once, with the connection at hand, on the clock that was handed in', async () => {
    const server = await open({ reply: accepted });
    const asked: number[] = [];
    const use = (now: number) => {
      asked.push(now, server.connections);
      return true;
    };
    const to = insurer({ url: `https://insurer.example:${server.port}`, certificateAuthority: authority });
    await transport({ monotonic: () => 4711 }).send(sealed(), permit(use), to);
    expect(asked).toEqual([4711, 1]);
  });

  it.each([
    ['that is too late', permit(() => false)],
    ['for something else', permit(() => true, '00000000-0000-4000-8000-000000000002' as TransmissionId)],
  ])('%s lets no byte out', async (_name, given) => {
    const server = await open({ reply: accepted });
    const to = insurer({ url: `https://insurer.example:${server.port}`, certificateAuthority: authority });
    const outcome = await transport().send(sealed(), given, to);
    expect(outcome).toEqual({ kind: 'not-sent', code: 'permit_expired' });
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(server.received).toBe(0);
  });

  it('is not even asked for bytes that are not those that were sealed', async () => {
    let asked = 0;
    const counting = permit(() => (asked += 1) > 0);
    const damaged = sealed({ bytes: Buffer.concat([bytes, Buffer.from('x')]) });
    expect(await transport().send(damaged, counting, insurer({}))).toEqual({
      kind: 'refused',
      code: 'unknown_failure',
    });
    expect(asked).toBe(0);
  });
});

describe('before the first byte', () => {
  it('a name that does not resolve is not sent', async () => {
    const https = transport({ resolve: () => Promise.reject(new Error('ENOTFOUND')) });
    expect(await https.send(sealed(), permit(), insurer({}))).toEqual({ kind: 'not-sent', code: 'name_not_resolved' });
  });

  it('a refused connection is not sent', async () => {
    const url = `https://insurer.example:${await closedPort()}`;
    expect(await transport().send(sealed(), permit(), insurer({ url }))).toEqual({
      kind: 'not-sent',
      code: 'connection_refused',
    });
  });

  it('an address that does not answer is followed by the next one', async () => {
    const server = await open({ reply: accepted });
    const https = transport({ resolve: () => Promise.resolve(['127.0.0.2', '127.0.0.1']) });
    const to = insurer({ url: `https://insurer.example:${server.port}`, certificateAuthority: authority });
    expect((await https.send(sealed(), permit(), to)).kind).toBe('accepted');
  });

  it.each([
    ['a name server that does not answer', { resolve: () => new Promise<never>(() => undefined) }],
    ['a handshake that is not answered', {}],
  ])('%s is not sent', async (_name, options) => {
    const server = await open({ encrypted: false });
    const to = insurer({ url: `https://insurer.example:${server.port}`, certificateAuthority: authority });
    expect(await transport(options).send(sealed(), permit(), to)).toEqual({
      kind: 'not-sent',
      code: 'connect_timeout',
    });
  });

  it.each([
    ['somebody else’s certificate', { certificate: 'elsewhere' as const }, {}],
    ['a certificate of an unknown authority', {}, { certificateAuthority: undefined }],
  ])('%s is not sent', async (_name, behaviour, connection) => {
    const server = await open({ reply: accepted, ...behaviour });
    const { certificateAuthority, ...rest } = { certificateAuthority: authority, ...connection };
    const trusted = certificateAuthority === undefined ? {} : { certificateAuthority };
    const to = insurer({ url: `https://insurer.example:${server.port}`, ...rest, ...trusted });
    expect(await transport().send(sealed(), permit(), to)).toEqual({ kind: 'not-sent', code: 'tls_failed' });
    expect(server.received).toBe(0);
  });

  it('what is no TLS is not sent', async () => {
    const { outcome } = await sendTo({
      encrypted: false,
      meanwhile: (socket) => void socket.end('HTTP/1.1 200 OK\r\n\r\n'),
    });
    expect(outcome).toEqual({ kind: 'not-sent', code: 'tls_failed' });
  });

  it('a connection closed in the handshake is not sent', async () => {
    const { outcome } = await sendTo({ encrypted: false, meanwhile: (socket) => void socket.destroy() });
    expect(outcome).toEqual({ kind: 'not-sent', code: 'connection_closed' });
  });

  it('the right key is spoken to, by name and by address', async () => {
    expect((await sendTo({ reply: accepted }, { pin: pinOf('insurer') })).outcome.kind).toBe('accepted');
    const server = await open({ reply: accepted });
    const to = insurer({
      url: `https://127.0.0.1:${server.port}`,
      certificateAuthority: authority,
      pin: pinOf('insurer'),
    });
    expect((await transport().send(sealed(), permit(), to)).kind).toBe('accepted');
  });

  it.each([
    ['another key', pinOf('elsewhere')],
    ['a pin that is none', 'bm8='],
  ])('%s is refused', async (_name, pin) => {
    const { outcome, server } = await sendTo({ reply: accepted }, { pin });
    expect(outcome).toEqual({ kind: 'refused', code: 'tls_pin_mismatch' });
    expect(server.received).toBe(0);
  });

  it.each([
    ['an address inside', { resolve: () => Promise.resolve(['10.0.0.1']) }, {}],
    ['this machine, unless allowed', { allowLoopback: false }, {}],
    ['what is no HTTPS', {}, { url: 'ftp://insurer.example' }],
    ['no encryption', { allowLoopback: false }, { url: 'http://insurer.example' }],
  ])('%s is refused', async (_name, options, connection) => {
    expect(await transport(options).send(sealed(), permit(), insurer(connection))).toEqual({
      kind: 'refused',
      code: 'egress_denied',
    });
  });

  it('a header that cannot be written is not sent', async () => {
    const server = await open({ reply: accepted });
    const to = { ...insurer({ url: `https://insurer.example:${server.port}` }), token: 'a\r\nb: c' };
    expect(await transport().send(sealed(), permit(), to)).toEqual({ kind: 'not-sent', code: 'unknown_failure' });
  });
});

const head = (text: string) => Buffer.byteLength(text);

describe('a client certificate', () => {
  const openMutual = async (): Promise<Insurer> => {
    const server = createTlsServer({
      cert: fixture('insurer'),
      key: fixture('insurer-key'),
      ca: fixture('practice'),
      requestCert: true,
    });
    const found = new Insurer(server);
    server.on('tlsClientError', () => undefined);
    server.on('secureConnection', (socket: Socket) => {
      found.sockets.add(socket);
      socket
        .on('error', () => undefined)
        .on('data', (chunk: Buffer) => {
          found.received += chunk.length;
          found.requests.push(chunk.toString('latin1'));
          accepted(socket, chunk);
        });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    opened.push(found);
    return found;
  };
  const mutual = (port: number, identity: string, authorityOfServer = authority): InsurerRecord<WebConnection> => ({
    ...insurer({}),
    connection: {
      kind: 'https-mtls',
      url: `https://insurer.example:${port}`,
      receiverId: 'R',
      production: false,
      clientCertificate: fixture(identity),
      certificateAuthority: authorityOfServer,
    },
    token: fixture(`${identity}-key`),
  });

  it('says who asks, and no header does', async () => {
    const server = await openMutual();
    expect(await transport().send(sealed(), permit(), mutual(server.port, 'practice'))).toEqual({
      kind: 'accepted',
      status: 202,
    });
    expect(server.requests.join('')).not.toMatch(/authorization/i);
    expect(server.requests.join('')).not.toContain('PRIVATE KEY');
  });

  it('that the insurer does not know is no way in, and nobody was told that it took anything', async () => {
    const server = await openMutual();
    const outcome = await transport().send(sealed(), permit(), mutual(server.port, 'elsewhere'));
    expect(outcome.kind).not.toBe('accepted');
    expect(server.received).toBe(0);
  });

  it('goes to nobody whom the registered authority does not vouch for', async () => {
    const server = await openMutual();
    const outcome = await transport().send(sealed(), permit(), mutual(server.port, 'practice', fixture('elsewhere')));
    expect(outcome).toEqual({ kind: 'not-sent', code: 'tls_failed' });
    expect(server.received).toBe(0);
  });
});

describe('after the first byte', () => {
  const rows: readonly (readonly [string, Behaviour, SendOutcome])[] = [
    [
      '200 with HTML',
      { reply: http('200 OK', '<html>It works!</html>') },
      { kind: 'ambiguous', code: 'unreadable_response', status: 200 },
    ],
    [
      '202 after an interim response',
      {
        reply: (socket, request) => {
          socket.write('HTTP/1.1 103 Early Hints\r\n\r\n');
          accepted(socket, request);
        },
      },
      { kind: 'accepted', status: 202 },
    ],
    [
      '302',
      { reply: http('302 Found', '', 'location: /elsewhere\r\n') },
      { kind: 'refused', code: 'redirect_refused', status: 302 },
    ],
    [
      '307 to itself',
      { reply: http('307 Temporary Redirect', '', 'location: /v2/claims\r\n') },
      { kind: 'refused', code: 'redirect_refused', status: 307 },
    ],
    ['422', { reply: http('422 Unprocessable Content', '{}') }, { kind: 'refused', code: 'rejected', status: 422 }],
    ['401', { reply: http('401 Unauthorized', '{}') }, { kind: 'refused', code: 'unauthorized', status: 401 }],
    ['409', { reply: http('409 Conflict', '{}') }, { kind: 'ambiguous', code: 'unknown_failure', status: 409 }],
    ['500', { reply: http('500 Internal Server Error') }, { kind: 'ambiguous', code: 'unknown_failure', status: 500 }],
    [
      '503',
      { reply: http('503 Service Unavailable', '', 'retry-after: 3\r\n') },
      { kind: 'not-sent', code: 'unavailable', retryAfterMs: 3_000 },
    ],
    ['429', { reply: http('429 Too Many Requests') }, { kind: 'not-sent', code: 'too_many_requests' }],
    [
      '503 that breaks off',
      { reply: (socket) => void socket.end('HTTP/1.1 503 Nope\r\ncontent-length: 50\r\n\r\n{') },
      { kind: 'ambiguous', code: 'connection_closed', status: 503 },
    ],
    [
      '202 that breaks off',
      { reply: (socket) => void socket.end('HTTP/1.1 202 Accepted\r\ncontent-length: 90\r\n\r\n{"rec') },
      { kind: 'ambiguous', code: 'connection_closed', status: 202 },
    ],
    [
      'garbage',
      { reply: (socket) => void socket.end('\x00\x01 nothing of HTTP\r\n\r\n') },
      { kind: 'ambiguous', code: 'unreadable_response' },
    ],
    [
      'a header without end',
      { reply: (socket) => void socket.write(`HTTP/1.1 200 OK\r\nx: ${'y'.repeat(40_000)}`) },
      { kind: 'ambiguous', code: 'unreadable_response' },
    ],
    [
      'a body without end',
      {
        reply: (socket) =>
          void socket.write(`HTTP/1.1 202 OK\r\ncontent-length: 9000000\r\n\r\n${'y'.repeat(2_000_000)}`),
      },
      { kind: 'ambiguous', code: 'unreadable_response', status: 202 },
    ],
    ['silence', {}, { kind: 'ambiguous', code: 'response_timeout' }],
    [
      'an answer that is late',
      { reply: (socket, request) => setTimeout(() => accepted(socket, request), 400) },
      { kind: 'ambiguous', code: 'response_timeout' },
    ],
    [
      'a close instead of an answer',
      { reply: (socket) => void socket.end() },
      { kind: 'ambiguous', code: 'connection_closed' },
    ],
    [
      'an upgrade nobody asked for',
      { reply: (socket) => void socket.write('HTTP/1.1 101 Switching\r\nupgrade: x\r\nconnection: upgrade\r\n\r\n') },
      { kind: 'ambiguous', code: 'connection_closed' },
    ],
  ];

  it.each(rows)('%s', async (_name, behaviour, expected) => {
    const { outcome, server } = await sendTo(behaviour);
    expect(outcome).toEqual(expected);
    expect(server.requests).toHaveLength(1);
  });

  it('a reset instead of an answer', async () => {
    const server = await open({ encrypted: false, reply: (socket) => void socket.resetAndDestroy() });
    const to = insurer({ url: `http://localhost:${server.port}` });
    expect(await transport().send(sealed(), permit(), to)).toEqual({ kind: 'ambiguous', code: 'connection_closed' });
  });

  it('an answer that drips runs out of time however busy it is', async () => {
    const { outcome } = await sendTo({
      reply: (socket) => {
        socket.write(`HTTP/1.1 202 Accepted\r\ncontent-length: ${head(receipt)}\r\n\r\n`);
        let sent = 0;
        const timer = setInterval(() => socket.write(receipt[sent++] ?? ' '), 40);
        socket.on('close', () => clearInterval(timer));
      },
    });
    expect(outcome).toEqual({ kind: 'ambiguous', code: 'response_timeout', status: 202 });
  });

  it('an answer has its own time after its header', async () => {
    const server = await open({
      reply: (socket) => {
        socket.write(`HTTP/1.1 202 Accepted\r\ncontent-length: ${head(receipt)}\r\n\r\n`);
        setTimeout(() => socket.write(receipt), 400);
      },
    });
    const to = insurer({ url: `https://insurer.example:${server.port}`, certificateAuthority: authority });
    const https = transport({ timeouts: { headers: 200, body: 5_000 } });
    expect(await https.send(sealed(), permit(), to)).toEqual({ kind: 'accepted', status: 202 });
  });

  it.each([1, 2, 200, 500, bytes.length])(
    'a close after %i bytes is ambiguous and nothing is sent again',
    async (count) => {
      const { outcome, server } = await sendTo({
        meanwhile: (socket, received) => {
          if (received.length >= count) socket.destroy();
        },
      });
      expect(outcome).toEqual({ kind: 'ambiguous', code: 'connection_closed' });
      expect(server.connections).toBe(1);
    },
  );

  it('a body that is never read is ambiguous', async () => {
    const large = Buffer.alloc(24 * 1024 * 1024, 'x');
    const server = await open({ meanwhile: (socket) => void socket.pause() });
    const to = insurer({ url: `https://insurer.example:${server.port}`, certificateAuthority: authority });
    const given = sealed({ bytes: large, digest: sha256(large).toString('hex') });
    expect(await transport().send(given, permit(), to)).toEqual({ kind: 'ambiguous', code: 'response_timeout' });
  });

  it('closing the transport is ambiguous too', async () => {
    const https = transport({ timeouts: { headers: 5_000 } });
    const server = await open({ reply: () => void https.close() });
    const to = insurer({ url: `https://insurer.example:${server.port}`, certificateAuthority: authority });
    expect((await https.send(sealed(), permit(), to)).kind).toBe('ambiguous');
  });
});

describe('a probe', () => {
  const digest = 'a'.repeat(64);
  it.each([
    ['200 OK', `{"known":true,"sha256":"${digest}"}`, { kind: 'known', digest }],
    ['404 Not Found', '{"known":false}', { kind: 'unseen' }],
    ['404 Not Found', '<html>no such page</html>', { kind: 'failed', code: 'unreadable_response' }],
    ['404 Not Found', '{"known":false,"hint":"x"}', { kind: 'failed', code: 'unreadable_response' }],
    ['200 OK', '{"known":false}', { kind: 'failed', code: 'unreadable_response' }],
    ['200 OK', `{"known":true,"sha256":"${'A'.repeat(64)}"}`, { kind: 'failed', code: 'unreadable_response' }],
    ['501 Not Implemented', '', { kind: 'unsupported' }],
    ['401 Unauthorized', '', { kind: 'failed', code: 'unauthorized' }],
    ['302 Found', '', { kind: 'failed', code: 'redirect_refused' }],
    ['503 Service Unavailable', '', { kind: 'failed', code: 'unavailable' }],
    ['500 Oops', '', { kind: 'failed', code: 'unknown_failure' }],
  ] as const)('answered %s %s', async (status, body, expected) => {
    const server = await open({ reply: http(status, body) });
    const to = insurer({ url: `https://insurer.example:${server.port}/base`, certificateAuthority: authority });
    expect(await transport().probe('a key/with?everything', to)).toEqual(expected);
    expect(server.requests[0]).toMatch(/^GET \/base\/transmissions\/a%20key%2Fwith%3Feverything HTTP/);
  });

  it('that is not answered has failed', async () => {
    const url = `https://insurer.example:${await closedPort()}`;
    expect(await transport().probe('key', insurer({ url }))).toEqual({ kind: 'failed', code: 'connection_refused' });
  });
});

describe('answers', () => {
  const answer = { id: 'a-1', mediaType: 'application/edi-x12', body: Buffer.from('TA1*~').toString('base64') };
  const read = async (body: unknown, status = '200 OK') => {
    const server = await open({ reply: http(status, typeof body === 'string' ? body : JSON.stringify(body)) });
    const to = insurer({ url: `https://insurer.example:${server.port}`, certificateAuthority: authority });
    return { result: await transport().answers('c&1', to), server };
  };

  it('are read after a cursor', async () => {
    const { result, server } = await read({ answers: [answer], next: 'c2' });
    expect(result).toEqual({
      kind: 'read',
      answers: [{ id: 'a-1', mediaType: 'application/edi-x12', bytes: Buffer.from('TA1*~') }],
      next: 'c2',
    });
    expect(server.requests[0]).toMatch(/^GET \/answers\?after=c%261&limit=100 HTTP/);
  });

  it.each([
    '<html></html>',
    '',
    { answers: [] },
    { answers: [answer], next: 'c', more: 1 },
    { answers: [{ ...answer, mediaType: 'text/html' }], next: 'c' },
    { answers: [{ ...answer, body: '!!' }], next: 'c' },
    { answers: [{ ...answer, extra: 1 }], next: 'c' },
    { answers: [answer, { id: 'a-2' }], next: 'c' },
    { answers: Array.from({ length: 101 }, () => answer), next: 'c' },
  ])('that are not understood are not read, %#', async (body) =>
    expect((await read(body)).result).toEqual({ kind: 'failed', code: 'unreadable_response' }),
  );

  it.each([
    ['401 Unauthorized', 'unauthorized'],
    ['404 Not Found', 'rejected'],
    ['204 No Content', 'unreadable_response'],
  ] as const)('are not read from %s', async (status, code) =>
    expect((await read('', status)).result).toEqual({ kind: 'failed', code }),
  );
});
