import { failed, issue, ok, type Result, type WebhookDeliveryId, type WebhookEndpointId } from '#libs/kernel';
import type { WebhookEndpointRecord } from '../ports/records.js';
import type { Services } from '../ports/services.js';
import type { PracticeContext, Transaction } from '../ports/store.js';

const MOST_ENDPOINTS = 20;
const OVERLAP_MS = 24 * 3_600_000;

type Settings = Pick<WebhookEndpointRecord, 'url' | 'events'>;

interface Asked {
  readonly context: PracticeContext;
  readonly id: WebhookEndpointId;
}

const noted = (transaction: Transaction, { context, id }: Asked, code: string): void =>
  transaction.ledger.record({
    kind: 'settings-changed',
    actor: context.actor,
    subject: `webhook:${id}`,
    codes: [code],
  });

const shown = async (transaction: Transaction, id: WebhookEndpointId): Promise<Result<WebhookEndpointRecord>> => {
  const endpoint = await transaction.webhooks.endpoint(id);
  return endpoint === undefined ? failed(issue('not_found', '')) : ok(endpoint);
};

/** The caller has asked the egress guard about the address. `too_many_endpoints` from the twenty-first on. */
export const registerEndpointIn = async (
  services: Pick<Services, 'ids'>,
  transaction: Transaction,
  request: { readonly context: PracticeContext; readonly settings: Settings; readonly secret: string },
): Promise<Result<WebhookEndpointRecord>> => {
  const { context, settings, secret } = request;
  if ((await transaction.webhooks.endpoints()).length >= MOST_ENDPOINTS)
    return failed(issue('too_many_endpoints', '', String(MOST_ENDPOINTS)));
  const id = services.ids.uuid() as WebhookEndpointId;
  const { url, events } = settings;
  const endpoint: WebhookEndpointRecord = {
    ...{ id, url, events: [...new Set(events)] },
    ...{ enabled: true, gone: false, createdAt: transaction.now },
  };
  await transaction.webhooks.add(endpoint, secret);
  noted(transaction, { context, id }, 'webhook_endpoint_added');
  return ok(endpoint);
};

export const changeEndpointIn = async (
  transaction: Transaction,
  request: Asked & { readonly settings: Settings & { readonly enabled: boolean } },
): Promise<Result<WebhookEndpointRecord>> => {
  const { id, settings } = request;
  const { url, events, enabled } = settings;
  if (!(await transaction.webhooks.change({ id, url, events: [...new Set(events)], enabled })))
    return failed(issue('not_found', ''));
  noted(transaction, request, enabled ? 'webhook_endpoint_changed' : 'webhook_endpoint_disabled');
  return shown(transaction, id);
};

/** For a day both secrets sign, so that a receiver can change over without losing a message. */
export const rotateSecretIn = async (
  transaction: Transaction,
  request: Asked & { readonly secret: string },
): Promise<Result<WebhookEndpointRecord>> => {
  const { id, secret } = request;
  if (!(await transaction.webhooks.rotate(id, secret, transaction.now + OVERLAP_MS)))
    return failed(issue('not_found', ''));
  noted(transaction, request, 'webhook_secret_rotated');
  return shown(transaction, id);
};

export const removeEndpointIn = async (transaction: Transaction, request: Asked): Promise<Result<void>> => {
  if (!(await transaction.webhooks.remove(request.id))) return failed(issue('not_found', ''));
  noted(transaction, request, 'webhook_endpoint_removed');
  return ok(undefined);
};

/** `state_conflict` for an endpoint that is not enabled: nothing would be sent. */
export const testEndpointIn = async (
  services: Pick<Services, 'ids'>,
  transaction: Transaction,
  id: WebhookEndpointId,
): Promise<Result<WebhookDeliveryId>> => {
  const endpoint = await shown(transaction, id);
  if (!endpoint.ok) return endpoint;
  if (!endpoint.value.enabled) return failed(issue('state_conflict', ''));
  const delivery = services.ids.uuid() as WebhookDeliveryId;
  await transaction.webhooks.test(delivery, id);
  return ok(delivery);
};

/** `state_conflict` for one that is still being delivered, or whose endpoint is not enabled. */
export const redeliverIn = async (
  transaction: Transaction,
  request: { readonly context: PracticeContext; readonly id: WebhookDeliveryId },
): Promise<Result<void>> => {
  const { context, id } = request;
  const delivery = await transaction.webhooks.delivery(id);
  if (delivery === undefined) return failed(issue('not_found', ''));
  if (!(await transaction.webhooks.redeliver(id))) return failed(issue('state_conflict', ''));
  noted(transaction, { context, id: delivery.endpoint }, 'webhook_redelivered');
  return ok(undefined);
};
