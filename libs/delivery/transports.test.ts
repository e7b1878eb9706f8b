import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { InsurerProfile, InsurerRecord, Permit, Transport } from '#libs/application';
import type { Sealed } from '#libs/disclosure';
import type { InsurerId, TransmissionId } from '#libs/kernel';
import { createHttpsTransport } from './https-transport.js';

/**
 * What every way out must keep, whatever it speaks. A new transport adds its stand to `stands` at the end of this file.
 */
interface Stand {
  readonly transport: Transport;
  readonly insurer: InsurerRecord;
  behave(manner: Manner): void;
  /** Whole payloads that the insurer has in hands, in order. */
  received(): readonly Buffer[];
  close(): Promise<void>;
}

const MANNERS = [
  'accepts',
  'refuses',
  'unreachable',
  'takes it and says nothing',
  'breaks off',
  'talks nonsense',
] as const;
type Manner = (typeof MANNERS)[number];

const canary = 'QUILLMARLOWE1999';
const bytes = Buffer.from(`ISA*00*${canary}~`.repeat(500));
const digest = createHash('sha256').update(bytes).digest('hex');
const transmission = '00000000-0000-4000-8000-000000000001' as TransmissionId;

const sealed = (): Sealed => {
  const stand: unknown = {
    record: {
      transmission,
      ...{ idempotencyKey: 'key-0001', reference: 'ref-0001', format: 'x12-837p', mediaType: 'application/edi-x12' },
      ...{ bytes, digest, contentDigest: 'c0ffee' },
    },
  };
  return stand as Sealed;
};

class OnePermit {
  readonly transmission = transmission;
  readonly attempt = 'attempt-1';
  asked = 0;

  constructor(private readonly alive = true) {}

  use(): boolean {
    this.asked += 1;
    return this.alive && this.asked === 1;
  }
}

const asPermit = (given: unknown): Permit => given as Permit;

const insurerAt = (url: string): InsurerRecord => ({
  id: '00000000-0000-4000-8000-0000000000aa' as InsurerId,
  profile: { inFlightCap: 4, resolution: 'probe' } as InsurerProfile,
  connection: { url, receiverId: 'R', production: false },
  token: 'invented-token',
});

const bodyOf = async (request: IncomingMessage): Promise<Buffer> => {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
};

const httpsStand = async (): Promise<Stand> => {
  let manner: Manner = 'accepts';
  const taken = new Map<string, Buffer>();
  const received: Buffer[] = [];
  const json = (response: ServerResponse, status: number, value: unknown) =>
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(value));
  const submit = async (request: IncomingMessage, response: ServerResponse) => {
    if (manner === 'breaks off') {
      request.once('data', () => request.socket.destroy());
      return;
    }
    const body = await bodyOf(request);
    if (manner === 'refuses') {
      json(response, 422, { code: 'malformed' });
      return;
    }
    received.push(body);
    taken.set(String(request.headers['idempotency-key']), body);
    if (manner === 'accepts') json(response, 202, { receipt: 'r', duplicate: false });
    else if (manner === 'talks nonsense') response.writeHead(200).end('<html>');
  };
  const read = (request: IncomingMessage, response: ServerResponse) => {
    const [path = '', query = ''] = (request.url ?? '').split('?');
    if (path === '/answers') {
      const answer = { id: 'a1', mediaType: 'application/json', body: Buffer.from('{}').toString('base64') };
      json(
        response,
        200,
        query.startsWith('after=&') ? { answers: [answer], next: 'n1' } : { answers: [], next: 'n1' },
      );
      return;
    }
    const found = taken.get(path.replace('/transmissions/', ''));
    if (found === undefined) json(response, 404, { known: false });
    else json(response, 200, { known: true, sha256: createHash('sha256').update(found).digest('hex') });
  };
  const server = createServer((request, response) => {
    request.on('error', () => undefined);
    if (request.method === 'POST') submit(request, response).catch(() => undefined);
    else read(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const transport = createHttpsTransport({
    monotonic: () => 0,
    clock: { now: () => 0 },
    ids: { uuid: () => transmission },
    allowLoopback: true,
    resolve: () => (manner === 'unreachable' ? Promise.reject(new Error('ENOTFOUND')) : Promise.resolve(['127.0.0.1'])),
    timeouts: { headers: 200, body: 200 },
  });
  return {
    transport,
    insurer: insurerAt(`http://insurer.example:${port}`),
    behave: (next) => (manner = next),
    received: () => received,
    close: async () => {
      await transport.close();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
};

const stands: readonly (readonly [string, () => Promise<Stand>])[] = [['HTTPS', httpsStand]];

describe.each(stands)('over %s', (_name, open) => {
  let stand: Stand;
  const send = (given = new OnePermit()) => stand.transport.send(sealed(), asPermit(given), stand.insurer);

  beforeEach(async () => {
    stand = await open();
  });
  afterEach(() => stand.close());

  it('the sealed bytes arrive, whole and once', async () => {
    expect(await send()).toMatchObject({ kind: 'accepted' });
    expect(stand.received()).toEqual([bytes]);
  });

  it('a second attempt brings the same bytes', async () => {
    await send();
    await send();
    expect(stand.received()).toEqual([bytes, bytes]);
  });

  it('a permit is asked exactly once, and serves once', async () => {
    const given = new OnePermit();
    await send(given);
    expect(given.asked).toBe(1);
    expect(await send(given)).toEqual({ kind: 'not-sent', code: 'permit_expired' });
    expect(stand.received()).toHaveLength(1);
  });

  it('without a living permit nothing arrives', async () => {
    expect(await send(new OnePermit(false))).toEqual({ kind: 'not-sent', code: 'permit_expired' });
    expect(stand.received()).toHaveLength(0);
  });

  it.each([
    ['accepts', 'accepted'],
    ['refuses', 'refused'],
    ['unreachable', 'not-sent'],
    ['takes it and says nothing', 'ambiguous'],
    ['breaks off', 'ambiguous'],
    ['talks nonsense', 'ambiguous'],
  ] as const)('an insurer that %s is %s', async (manner, kind) => {
    stand.behave(manner);
    expect((await send()).kind).toBe(kind);
  });

  it('an unreachable insurer leaves the permit unused', async () => {
    stand.behave('unreachable');
    const given = new OnePermit();
    await send(given);
    expect(given.asked).toBe(0);
  });

  it('no outcome tells anything of what was sent', async () => {
    for (const manner of MANNERS) {
      stand.behave(manner);
      const told = JSON.stringify(await send());
      expect(told).not.toContain(canary);
      expect(told).not.toContain('invented-token');
    }
  });

  it('a probe knows what was taken, also without an answer, and nothing else', async () => {
    stand.behave('takes it and says nothing');
    await send();
    expect([{ kind: 'known', digest }, { kind: 'unsupported' }]).toContainEqual(
      await stand.transport.probe('key-0001', stand.insurer),
    );
    expect([{ kind: 'absent' }, { kind: 'unsupported' }]).toContainEqual(
      await stand.transport.probe('key-0002', stand.insurer),
    );
  });

  it('a probe of an insurer that cannot be reached proves nothing', async () => {
    stand.behave('unreachable');
    expect((await stand.transport.probe('key-0001', stand.insurer)).kind).toBe('failed');
  });

  it('answers can be read again, and the cursor moves on', async () => {
    const first = await stand.transport.answers('', stand.insurer);
    expect(await stand.transport.answers('', stand.insurer)).toEqual(first);
    if (first.kind !== 'read') throw new Error('not read');
    expect(first.answers).toHaveLength(1);
    expect(await stand.transport.answers(first.next, stand.insurer)).toMatchObject({ kind: 'read', answers: [] });
  });
});
