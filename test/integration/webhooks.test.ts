import { randomUUID } from 'node:crypto';
import { createServer, type IncomingHttpHeaders, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { newWebhookSecret, reachOf } from '#libs/access';
import {
  announceExpiring,
  deliverWebhooks,
  type WebhookEvent,
  type WebhookOutcome,
  type WebhookSender,
} from '#libs/application';
import { ROUTES, WEBHOOK_MESSAGES, words } from '#libs/contracts';
import { createWebhookSender } from '#libs/delivery';
import { plainDate, type WebhookDeliveryId, type WebhookEndpointId } from '#libs/kernel';
import type { UseCases } from '../../apps/api/use-cases.js';
import type { RequestContext } from '../../apps/api/use-cases/asked.js';
import { createUseCases } from '../../apps/api/wiring/create-use-cases.js';
import { ago, Stage, valueOf } from '../support/stage.js';

let stage: Stage;
let useCases: UseCases;
let administrator: RequestContext;
let server: Server;
let address: string;

interface Received {
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

let received: Received[] = [];
let answer: (response: ServerResponse) => void = () => undefined;

beforeAll(async () => {
  stage = await Stage.open();
  useCases = createUseCases(stage.services, { allowLoopback: true });
  const actor = stage.context.actor;
  const roles = ['administrator'] as const;
  administrator = { practice: stage.practice, actor, principal: actor, roles, reach: reachOf({ roles }) };
  server = createServer((request, response) => {
    let body = '';
    request.setEncoding('utf8').on('data', (chunk: string) => (body += chunk));
    request.on('end', () => {
      received.push({ headers: request.headers, body });
      answer(response);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  address = `http://127.0.0.1:${(server.address() as AddressInfo).port}/hooks`;
});

afterAll(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
  await stage.close();
});

beforeEach(() => {
  received = [];
  answer = (response) => void response.writeHead(204).end();
});

afterEach(async () => {
  for (const { id } of valueOf(await useCases.listWebhookEndpoints(administrator)))
    valueOf(await useCases.deleteWebhookEndpoint(administrator, id as WebhookEndpointId));
});

const endpoint = async (events: readonly WebhookEvent[] = words.WEBHOOK_EVENTS, url = address) => {
  const made = valueOf(
    await useCases.createWebhookEndpoint(administrator, { url, events: [...events], secret: newWebhookSecret() }),
  );
  return { ...made, id: made.id as WebhookEndpointId };
};

const real = createWebhookSender({ allowLoopback: true, timeouts: { connect: 500, answer: 500 } });

/** What the worker does in one round. */
const round = (webhooks: WebhookSender = real) => deliverWebhooks({ ...stage.services, webhooks }, stage.practice);

const deliveries = async (of: WebhookEndpointId) =>
  valueOf(await useCases.listWebhookDeliveries(administrator, { endpoint: of }, { limit: 100 })).rows;

/** Time passes for what waits. */
const later = (what: string) =>
  stage.database.asSuperuser(`UPDATE webhook_delivery SET ${what} WHERE practice_id = $1 AND state = 'pending'`, [
    stage.practice,
  ]);

const always = (outcome: WebhookOutcome, seen: string[] = []): WebhookSender => ({
  send: ({ id }) => {
    seen.push(id);
    return Promise.resolve(outcome);
  },
});

const bodies = () =>
  received.map(({ body }) => JSON.parse(body) as { type: keyof typeof WEBHOOK_MESSAGES; data: object });

/** A claim that is held for want of a release, then signed for, sent and answered. */
const story = async (canary = 'Heldenfels') => {
  const party = await stage.client('harbor-mutual', { lastName: canary });
  const { disclosure } = await stage.submit(stage.invoice(party, { number: `INV-${randomUUID().slice(0, 8)}` }));
  const release = await stage.release(party.client, 'harbor-mutual');
  await stage.dispatch(disclosure);
  await expect
    .poll(
      async () => {
        await stage.collect();
        const read = await stage.services.store.inPractice(stage.context, ({ answers }) => answers.of([disclosure]));
        return read.get(disclosure)?.length ?? 0;
      },
      { timeout: 5_000 },
    )
    .toBeGreaterThan(0);
  return { party, disclosure, release };
};

describe('endpoints are told what happens', () => {
  it('in ids, states and times, by the contract, and by nothing that a client could be known by', async () => {
    const { id } = await endpoint();
    const { party, disclosure, release } = await story('CANARYSURNAME');
    while ((await round()) > 0);
    const told = bodies();
    for (const one of told) expect(WEBHOOK_MESSAGES[one.type].safeParse(one).error?.issues ?? []).toEqual([]);
    expect(told).toContainEqual(
      expect.objectContaining({
        type: 'disclosure.accepted',
        data: expect.objectContaining({ disclosure, state: 'held', cause: 'no_release' }),
      }),
    );
    for (const state of ['ready', 'sent'])
      expect(told).toContainEqual(expect.objectContaining({ type: 'disclosure.moved', data: { disclosure, state } }));
    expect(told).toContainEqual(
      expect.objectContaining({ type: 'disclosure.answered', data: { disclosure, answer: 'claim-accepted' } }),
    );
    expect(told).toContainEqual(expect.objectContaining({ type: 'release.signed', data: { release: release.id } }));
    expect(told.some(({ data }) => 'state' in data && ['sealed', 'sending'].includes(String(data.state)))).toBe(false);
    const everything = JSON.stringify(received);
    for (const secret of [
      'CANARY',
      party.client,
      party.coverage,
      'Ottilie',
      'ZZ000111',
      'F331',
      '90834',
      '14000',
      'INV-',
    ])
      expect(everything).not.toContain(secret);
    expect((await deliveries(id)).every(({ state }) => state === 'delivered')).toBe(true);
  });

  it('alike, whatever the values are that stay', async () => {
    await endpoint();
    const lengths = async (change: Parameters<Stage['client']>[1]) => {
      received = [];
      const party = await stage.client('harbor-mutual', change);
      await stage.submit(stage.invoice(party));
      while ((await round()) > 0);
      const uuid = /[0-9a-f]{8}-[0-9a-f-]{27}/g;
      return received.map(({ body }) => body.replaceAll(uuid, 'ID').replaceAll(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, 'AT'));
    };
    const first = await lengths({ lastName: 'A', firstName: 'B' });
    expect(first).toHaveLength(1);
    expect(
      await lengths({ lastName: 'Longer'.repeat(9), firstName: 'Ünïcode', birthDate: plainDate('1950-01-01') }),
    ).toEqual(first);
  });

  it('only of what they asked for, and of nothing that was undone', async () => {
    const { id } = await endpoint(['release.revoked']);
    const party = await stage.client('harbor-mutual');
    const release = await stage.release(party.client, 'harbor-mutual');
    expect(await deliveries(id)).toEqual([]);
    const officer: RequestContext = { ...administrator, roles: ['privacy-officer'], reach: { kind: 'practice' } };
    await expect(
      stage.services.store.inPractice(stage.context, ({ ledger }) => {
        ledger.record({ kind: 'release-revoked', actor: 'worker', subject: release.id });
        return Promise.reject(new Error('undone'));
      }),
    ).rejects.toThrow('undone');
    expect(await deliveries(id)).toEqual([]);
    valueOf(
      await useCases.revokeRelease(
        officer,
        release.id,
        ROUTES.revokeRelease.body.parse({ receivedAt: new Date().toISOString(), channel: 'letter' }),
      ),
    );
    expect(await deliveries(id)).toMatchObject([{ event: 'release.revoked', state: 'pending', attempts: 0 }]);
  });

  it('once of each release that ends within thirty days', async () => {
    const { id } = await endpoint(['release.expiring']);
    const party = await stage.client('harbor-mutual');
    const soon = await stage.release(party.client, 'harbor-mutual', { validUntil: ago(-20) });
    await stage.release((await stage.client('harbor-mutual')).client, 'harbor-mutual', { validUntil: ago(-40) });
    for (let times = 0; times < 2; times += 1) await announceExpiring(stage.services, stage.practice);
    await round();
    expect(bodies()).toEqual([
      { type: 'release.expiring', timestamp: expect.any(String) as string, data: { release: soon.id } },
    ]);
    expect(await deliveries(id)).toHaveLength(1);
  });
});

describe('a message', () => {
  const test = async (id: WebhookEndpointId) =>
    valueOf(
      await useCases.testWebhookEndpoint(administrator, id, {
        key: randomUUID(),
        route: 'POST /v1/webhook-endpoints/{id}/test',
        fingerprint: 'f',
        status: 202,
      }),
    ).body;

  it('goes again under the same id and with the same body until it is taken, and waits longer each time', async () => {
    const { id } = await endpoint();
    const { id: message } = await test(id);
    answer = (response) => void response.writeHead(503).end();
    await round();
    const [once] = await deliveries(id);
    expect(once).toMatchObject({
      id: message,
      state: 'pending',
      attempts: 1,
      lastStatus: 503,
      lastCode: 'unavailable',
    });
    const waited = Date.parse(once?.nextAttemptAt ?? '') - Date.parse(once?.lastAttemptAt ?? '');
    expect(waited).toBeGreaterThanOrEqual(2_000);
    expect(waited).toBeLessThanOrEqual(6_000);
    expect(await round()).toBe(0);
    await later('attempts = 9, due_at = now()');
    await round();
    const [tenth] = await deliveries(id);
    expect(Date.parse(tenth?.nextAttemptAt ?? '') - Date.parse(tenth?.lastAttemptAt ?? '')).toBeGreaterThan(
      20 * 60_000,
    );
    answer = (response) => void response.writeHead(200).end();
    await later('due_at = now()');
    await round();
    expect(await deliveries(id)).toMatchObject([{ id: message, state: 'delivered', attempts: 11, lastStatus: 200 }]);
    expect(new Set(received.map(({ headers }) => headers['webhook-id']))).toEqual(new Set([message]));
    expect(new Set(received.map(({ body }) => body)).size).toBe(1);
    expect(received).toHaveLength(3);
  });

  it.each([
    ['seconds', 1_800, 1_800],
    ['fewer than we wait ourselves', 0, 1],
    ['for ever: no longer than the longest wait of ours', 999_999_999, 8 * 3_600],
  ])('waits as long as the receiver asks, in %s', async (_how, asked, expected) => {
    const { id } = await endpoint();
    await test(id);
    answer = (response) => void response.writeHead(429, { 'retry-after': String(asked) }).end('later');
    await round();
    const [once] = await deliveries(id);
    expect(once).toMatchObject({ state: 'pending', attempts: 1, lastStatus: 429, lastCode: 'too_many_requests' });
    const waited = (Date.parse(once?.nextAttemptAt ?? '') - Date.parse(once?.lastAttemptAt ?? '')) / 1_000;
    expect(waited).toBeGreaterThanOrEqual(expected);
    expect(waited).toBeLessThanOrEqual(expected + 6);
  });

  it('is tried once more at the end of the three days, however long the receiver asks to wait', async () => {
    const { id } = await endpoint();
    await test(id);
    await later(`give_up_at = now() + interval '10 minutes'`);
    await round(always({ kind: 'failed', code: 'unavailable', status: 503, retryAfterMs: 86_400_000 }));
    const [once] = await deliveries(id);
    expect(once?.state).toBe('pending');
    const waits = Date.parse(once?.nextAttemptAt ?? '') - Date.parse(once?.lastAttemptAt ?? '');
    expect(waits).toBeGreaterThan(9 * 60_000);
    expect(waits).toBeLessThanOrEqual(10 * 60_000);
  });

  it('fails after three days', async () => {
    const { id } = await endpoint();
    await test(id);
    await later(`give_up_at = now() + interval '1 second'`);
    await round(always({ kind: 'failed', code: 'connection_refused' }));
    expect(await deliveries(id)).toMatchObject([{ state: 'failed', attempts: 1, lastCode: 'connection_refused' }]);
    expect(await round()).toBe(0);
  });

  it('goes again, the same, when a worker died between sending and writing that down', async () => {
    const { id } = await endpoint();
    const { id: message } = await test(id);
    const dying: WebhookSender = {
      send: async (attempt) => {
        await real.send(attempt);
        throw new Error('died');
      },
    };
    await round(dying);
    expect(await deliveries(id)).toMatchObject([{ state: 'pending', attempts: 1 }]);
    expect(await round()).toBe(0);
    await later('due_at = now()');
    expect(await round()).toBe(1);
    expect(received.map(({ headers }) => headers['webhook-id'])).toEqual([message, message]);
    expect(await deliveries(id)).toMatchObject([{ state: 'delivered', attempts: 2 }]);
  });

  it('is marked by whoever has the lease, and by nobody who lost it', async () => {
    const { id } = await endpoint();
    await test(id);
    const slow: WebhookSender = {
      send: async () => {
        await later('due_at = now()');
        await round(always({ kind: 'failed', code: 'unavailable' }));
        return { kind: 'delivered', status: 200 };
      },
    };
    await round(slow);
    expect(await deliveries(id)).toMatchObject([{ state: 'pending', attempts: 2, lastCode: 'unavailable' }]);
  });

  it('is taken by one of two workers', async () => {
    const { id } = await endpoint();
    for (let count = 0; count < 5; count += 1) await test(id);
    const seen: string[] = [];
    await Promise.all([1, 2].map(() => round(always({ kind: 'delivered', status: 200 }, seen))));
    expect(seen).toHaveLength(5);
    expect(new Set(seen).size).toBe(5);
  });

  it('is sent again by hand once it is over, and not before', async () => {
    const { id } = await endpoint();
    const { id: message } = await test(id);
    const again = () => useCases.redeliverWebhook(administrator, message as WebhookDeliveryId);
    expect(await again()).toMatchObject({ ok: false, issues: [{ code: 'state_conflict' }] });
    await round();
    expect(await again()).toMatchObject({ ok: true, value: { state: 'pending', attempts: 0 } });
    await round();
    expect(received.map(({ headers }) => headers['webhook-id'])).toEqual([message, message]);
    const unknown = await useCases.redeliverWebhook(administrator, randomUUID() as WebhookDeliveryId);
    expect(unknown).toMatchObject({ ok: false, issues: [{ code: 'not_found' }] });
  });

  it('leaves nothing of what the endpoint said', async () => {
    const { id } = await endpoint();
    await test(id);
    answer = (response) => void response.writeHead(400, 'CANARYREASON', { 'x-said': 'CANARYHEADER' }).end('CANARYBODY');
    await round();
    const rows = await stage.database.asSuperuser('SELECT * FROM webhook_delivery WHERE endpoint_id = $1', [id]);
    expect(rows).toHaveLength(1);
    expect(JSON.stringify(rows)).not.toContain('CANARY');
  });

  it('that nobody takes does not keep others waiting', async () => {
    const deaf = await endpoint(['release.signed'], `${address}/deaf`);
    const { id } = await endpoint(['release.signed']);
    for (let count = 0; count < 15; count += 1) await test(deaf.id);
    await test(id);
    const seen: string[] = [];
    await round({
      send: ({ url }) => {
        seen.push(url);
        return Promise.resolve({ kind: 'delivered', status: 200 });
      },
    });
    expect(seen.filter((url) => url.endsWith('/deaf'))).toHaveLength(10);
    expect(seen).toContain(address);
  });
});

describe('an endpoint', () => {
  const signaturesOf = ({ headers }: Received | { headers: IncomingHttpHeaders }) =>
    String(headers['webhook-signature']).split(' ');
  const test = (id: WebhookEndpointId) =>
    useCases.testWebhookEndpoint(administrator, id, { key: randomUUID(), route: 'r', fingerprint: 'f', status: 202 });

  it('has a secret that is shown once and stored encrypted', async () => {
    const { id, secret } = await endpoint();
    expect(Buffer.from(secret.slice(6), 'base64')).toHaveLength(32);
    const listed = valueOf(await useCases.listWebhookEndpoints(administrator));
    expect(JSON.stringify(listed)).not.toContain(secret.slice(6));
    const [row] = await stage.database.asSuperuser('SELECT secrets FROM webhook_endpoint WHERE id = $1', [id]);
    const stored = row?.['secrets'] as Buffer;
    expect(stored.includes(Buffer.from(secret.slice(6), 'base64'))).toBe(false);
    expect(stored.includes(Buffer.from(secret))).toBe(false);
  });

  it('hears both secrets for a day after a rotation, and then the new one', async () => {
    const { id } = await endpoint();
    await test(id);
    await round();
    const rotated = valueOf(
      await useCases.rotateWebhookSecret(administrator, { endpoint: id, secret: newWebhookSecret() }),
    );
    const overlap = Date.parse(rotated.previousSecretUntil ?? '') - Date.now();
    expect(Math.abs(overlap - 24 * 3_600_000)).toBeLessThan(60_000);
    await test(id);
    await round();
    await stage.database.asSuperuser('UPDATE webhook_endpoint SET previous_until = now() WHERE id = $1', [id]);
    await test(id);
    await round();
    expect(received.map((one) => signaturesOf(one).length)).toEqual([1, 2, 1]);
  });

  it('that answers 410 is told nothing more until a person enables it', async () => {
    const { id } = await endpoint();
    await test(id);
    answer = (response) => void response.writeHead(410).end();
    await round();
    expect(valueOf(await useCases.listWebhookEndpoints(administrator))).toMatchObject([{ enabled: false, gone: true }]);
    expect(await deliveries(id)).toMatchObject([{ state: 'failed', lastStatus: 410, lastCode: 'gone' }]);
    await stage.release((await stage.client('harbor-mutual')).client, 'harbor-mutual');
    expect(await deliveries(id)).toHaveLength(1);
    expect(await test(id)).toMatchObject({ ok: false, issues: [{ code: 'state_conflict' }] });
    valueOf(
      await useCases.changeWebhookEndpoint(administrator, id, {
        url: address,
        events: ['release.signed'],
        enabled: true,
      }),
    );
    expect(valueOf(await useCases.listWebhookEndpoints(administrator))).toMatchObject([{ enabled: true, gone: false }]);
    const entries = await stage.services.store.inPractice(stage.context, ({ ledger }) =>
      ledger.page({}, { limit: 100 }),
    );
    const codes = entries.rows
      .filter(({ entry }) => entry.subject === `webhook:${id}`)
      .map(({ entry }) => entry.codes?.[0]);
    expect(codes).toEqual(['webhook_endpoint_changed', 'webhook_endpoint_gone', 'webhook_endpoint_added']);
  });

  it('that is removed is told nothing, and its secrets are gone', async () => {
    const { id } = await endpoint();
    await test(id);
    valueOf(await useCases.deleteWebhookEndpoint(administrator, id));
    expect(await round()).toBe(0);
    expect(await deliveries(id)).toMatchObject([{ state: 'failed', lastCode: 'endpoint_removed' }]);
    const [row] = await stage.database.asSuperuser('SELECT secrets FROM webhook_endpoint WHERE id = $1', [id]);
    expect(row?.['secrets']).toBeNull();
    expect(await useCases.deleteWebhookEndpoint(administrator, id)).toMatchObject({
      ok: false,
      issues: [{ code: 'not_found' }],
    });
  });

  it.each([
    'http://127.0.0.1:9/',
    'https://10.1.2.3/',
    'https://[::1]/',
    'https://localhost/',
    'https://a:b@hooks.example/',
  ])('is not taken down at %s', async (url) => {
    const strict = createUseCases(stage.services);
    const settings = { url, events: ['release.signed' as const] };
    expect(
      await strict.createWebhookEndpoint(administrator, { ...settings, secret: newWebhookSecret() }),
    ).toMatchObject({ ok: false, issues: [{ code: 'egress_denied', path: '/url' }] });
  });

  it('is one of twenty at most', async () => {
    for (let count = 0; count < 20; count += 1) await endpoint(['release.signed']);
    const more = await useCases.createWebhookEndpoint(administrator, {
      url: address,
      events: ['release.signed'],
      secret: newWebhookSecret(),
    });
    expect(more).toMatchObject({ ok: false, issues: [{ code: 'too_many_endpoints' }] });
  });

  it('keeps what is over for thirty days', async () => {
    const { id } = await endpoint(['release.signed']);
    await test(id);
    await round();
    await announceExpiring(stage.services, stage.practice);
    expect(await deliveries(id)).toHaveLength(1);
    await stage.database.asSuperuser(
      `UPDATE webhook_delivery SET created_at = now() - interval '31 days', give_up_at = now() - interval '31 days' WHERE endpoint_id = $1`,
      [id],
    );
    await announceExpiring(stage.services, stage.practice);
    expect(await deliveries(id)).toEqual([]);
  });
});
