import { z } from 'zod';
import type { WebhookEndpointId } from '#libs/kernel';
import { code, id, instant, line, paging } from './scalars.js';
import { WEBHOOK_DELIVERY_STATES, WEBHOOK_EVENTS } from './words.js';

const url = line(500).regex(/^https?:\/\//);
const events = z.array(z.enum(WEBHOOK_EVENTS)).min(1).max(WEBHOOK_EVENTS.length);

/** `url` is an HTTPS address on the public internet, without credentials, query or fragment. */
export const createWebhookEndpoint = z.strictObject({ url, events }).meta({ id: 'CreateWebhookEndpoint' });

/** The endpoint as it is from now on; only the secret stays. */
export const changeWebhookEndpoint = z
  .strictObject({ url, events, enabled: z.boolean() })
  .meta({ id: 'ChangeWebhookEndpoint' });

const endpoint = {
  id: z.uuid(),
  url,
  events,
  enabled: z.boolean(),
  /** The endpoint answered 410 and is told nothing more until somebody enables it. */
  gone: z.boolean(),
  createdAt: instant,
  /** While a secret is being rotated: until then messages carry a signature under the one before as well. */
  previousSecretUntil: instant.exactOptional(),
};

export const webhookEndpoint = z.strictObject(endpoint).meta({ id: 'WebhookEndpoint' });

/** `secret` (`whsec_…`, Standard Webhooks 1.0) is shown here and never again. */
export const webhookSecret = z.strictObject({ ...endpoint, secret: z.string().max(100) }).meta({ id: 'WebhookSecret' });

export const webhookDeliveryQuery = z.strictObject({
  ...paging,
  endpoint: id<WebhookEndpointId>().exactOptional(),
  state: z.enum(WEBHOOK_DELIVERY_STATES).exactOptional(),
});

/** One message to one endpoint; `id` is its `webhook-id`. Of what the endpoint answered only the status is kept. */
export const webhookDelivery = z
  .strictObject({
    id: z.uuid(),
    endpoint: z.uuid(),
    event: z.enum([...WEBHOOK_EVENTS, 'endpoint.test']),
    state: z.enum(WEBHOOK_DELIVERY_STATES),
    /** Attempts since it was last put in line. */
    attempts: z.int().min(0),
    createdAt: instant,
    nextAttemptAt: instant.exactOptional(),
    lastAttemptAt: instant.exactOptional(),
    lastStatus: z.int().min(100).max(999).exactOptional(),
    lastCode: code(80).exactOptional(),
  })
  .meta({ id: 'WebhookDelivery' });

export type ChangeWebhookEndpoint = z.output<typeof changeWebhookEndpoint>;
export type WebhookEndpointView = z.input<typeof webhookEndpoint>;
export type WebhookSecret = z.input<typeof webhookSecret>;
export type WebhookDeliveryView = z.input<typeof webhookDelivery>;
