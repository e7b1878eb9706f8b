import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { deliverWebhooks } from '#libs/application';
import { GatewayClient } from '#libs/client';
import type { Role, WebhookMessage } from '#libs/contracts';
import { createWebhookSender } from '#libs/delivery';
import { systemClock, systemIds } from '#libs/settings';
import { cureAHold } from '../../docs/examples/cure-a-hold.js';
import { receiveWebhooks } from '../../docs/examples/receive-a-webhook.js';
import { submitAnInvoice } from '../../docs/examples/submit-an-invoice.js';
import { ago, Stage } from '../support/stage.js';
import { gatewayOf, keyOf, listen, type StageGateway } from '../support/stage-gateway.js';

/** The examples of docs/examples, against the real gateway and the real store. */
let stage: Stage;
let app: StageGateway;
let baseUrl: string;
let receiver: Server | undefined;

beforeAll(async () => {
  stage = await Stage.open();
  app = await gatewayOf(stage);
  baseUrl = await listen(app);
});

afterAll(async () => {
  receiver?.closeAllConnections();
  receiver?.close();
  await app.close();
  await stage.close();
});

const as = async (role: Role): Promise<GatewayClient> => {
  const secret = await keyOf(stage, role);
  return new GatewayClient({ baseUrl, proof: { kind: 'key', secret }, newIdempotencyKey: () => systemIds.uuid() });
};

it('an invoice is previewed and submitted, its hold is cured, and a webhook tells it', async () => {
  const told: WebhookMessage[] = [];
  // The secret comes with the endpoint, and the endpoint needs to know the port.
  const listening = createServer();
  receiver = listening;
  await new Promise<void>((resolve) => listening.listen(0, '127.0.0.1', resolve));
  const { port } = listening.address() as AddressInfo;
  const administrator = await as('administrator');
  const { secret } = await administrator.ask('createWebhookEndpoint', {
    body: { url: `http://127.0.0.1:${port}/`, events: ['disclosure.accepted', 'disclosure.moved'] },
  });
  const example = receiveWebhooks(secret, (message) => told.push(message), systemClock);
  listening.on('request', (request, response) => void example.emit('request', request, response));

  const party = await stage.client('harbor-mutual');
  const submitted = await submitAnInvoice(await as('billing'), {
    ...party,
    clinician: stage.clinicians.oregon,
    number: 'INV-EXAMPLE',
    issuedOn: ago(1),
    currency: 'USD',
    placeOfService: '11',
    diagnoses: [{ id: 'D1', code: 'F331' }],
    lines: [
      {
        ...{ id: 'L1', date: ago(12), procedure: '90834', modifiers: [], units: 1, charge: 14_000 },
        ...{ pointers: ['D1'], character: 'individual' },
      },
    ],
    total: 14_000,
  });
  expect(submitted).toMatchObject({ outcome: 'deny', disclosures: [{ state: 'held' }] });
  const disclosure = submitted.disclosures[0]?.id ?? '';
  const state = await cureAHold(
    await as('privacy-officer'),
    { client: party.client, disclosure },
    {
      terms: {
        recipient: { kind: 'party', id: stage.insurer('harbor-mutual').id, class: 'insurer' },
        preset: 'claim-basic',
        purposes: [],
        grants: [],
        validFrom: ago(30),
        validUntil: '2099-12-31',
        statements: ['revocation', 'conditioning', 'redisclosure'],
        blanket: false,
        parentConsentedToTreatment: 'unknown',
      },
      signing: {
        signatures: [{ role: 'client', signedOn: ago(1), authorityDocumented: false, witnessed: false }],
        evidence: { kind: 'typed', digest: 'a'.repeat(64) },
      },
    },
  );
  expect(state).toBe('ready');

  const webhooks = createWebhookSender({ allowLoopback: true });
  await deliverWebhooks({ ...stage.services, webhooks }, stage.practice);
  const states = told.map(({ type, data }) => [type, 'state' in data ? data.state : undefined]);
  expect(states.sort()).toEqual([
    ['disclosure.accepted', 'held'],
    ['disclosure.moved', 'ready'],
  ]);
  const deliveries: string[] = [];
  for await (const { state: became } of administrator.all('listWebhookDeliveries', { query: { limit: '1' } }))
    deliveries.push(became);
  expect(deliveries).toEqual(['delivered', 'delivered']);
});
