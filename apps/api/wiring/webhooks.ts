import {
  changeEndpointIn,
  redeliverIn,
  registerEndpointIn,
  removeEndpointIn,
  rotateSecretIn,
  testEndpointIn,
  type Transaction,
  type WebhookDeliveryRecord,
  type WebhookEndpointRecord,
} from '#libs/application';
import type { WebhookDeliveryView, WebhookEndpointView } from '#libs/contracts';
import { ok, type Result, type WebhookDeliveryId } from '#libs/kernel';
import type { WebhookUseCases } from '../use-cases/webhooks.js';
import { createdOnce, type Desk, idIn, notFound, toInstant, toPracticeContext, within } from './desk.js';

const toEndpointView = ({
  createdAt,
  previousSecretUntil,
  events,
  ...endpoint
}: WebhookEndpointRecord): WebhookEndpointView => ({
  ...endpoint,
  events: [...events],
  createdAt: toInstant(createdAt),
  ...(previousSecretUntil === undefined ? {} : { previousSecretUntil: toInstant(previousSecretUntil) }),
});

const toDeliveryView = ({
  createdAt,
  dueAt,
  lastAttemptAt,
  ...delivery
}: WebhookDeliveryRecord): WebhookDeliveryView => ({
  ...delivery,
  createdAt: toInstant(createdAt),
  ...(dueAt === undefined ? {} : { nextAttemptAt: toInstant(dueAt) }),
  ...(lastAttemptAt === undefined ? {} : { lastAttemptAt: toInstant(lastAttemptAt) }),
});

const deliveryShown = async (
  transaction: Transaction,
  id: WebhookDeliveryId | undefined,
): Promise<Result<WebhookDeliveryView>> => {
  const delivery = id === undefined ? undefined : await transaction.webhooks.delivery(id);
  return delivery === undefined ? notFound() : ok(toDeliveryView(delivery));
};

const viewed = (result: Result<WebhookEndpointRecord>): Result<WebhookEndpointView> =>
  result.ok ? ok(toEndpointView(result.value)) : result;

export const webhookUseCases = (desk: Desk): WebhookUseCases => ({
  listWebhookEndpoints: (context) =>
    within(desk, context, async ({ webhooks }) => ok((await webhooks.endpoints()).map(toEndpointView))),

  createWebhookEndpoint: async (context, { secret, ...settings }) => {
    const allowed = await desk.mayTell(settings.url);
    if (!allowed.ok) return allowed;
    return within(desk, context, async (transaction) => {
      const request = { context: toPracticeContext(context), settings, secret };
      const endpoint = viewed(await registerEndpointIn(desk.services, transaction, request));
      return endpoint.ok ? ok({ ...endpoint.value, secret }) : endpoint;
    });
  },

  // An address that is no good any more must not keep anybody from disabling it.
  changeWebhookEndpoint: async (context, id, settings) => {
    const allowed = settings.enabled ? await desk.mayTell(settings.url) : ok(undefined);
    if (!allowed.ok) return allowed;
    return within(desk, context, async (transaction) =>
      viewed(await changeEndpointIn(transaction, { context: toPracticeContext(context), id, settings })),
    );
  },

  deleteWebhookEndpoint: (context, id) =>
    within(desk, context, (transaction) => removeEndpointIn(transaction, { context: toPracticeContext(context), id })),

  rotateWebhookSecret: (context, { endpoint: id, secret }) =>
    within(desk, context, async (transaction) => {
      const request = { context: toPracticeContext(context), id, secret };
      const endpoint = viewed(await rotateSecretIn(transaction, request));
      return endpoint.ok ? ok({ ...endpoint.value, secret }) : endpoint;
    }),

  testWebhookEndpoint: (context, id, idempotency) =>
    createdOnce(
      desk,
      { context, idempotency },
      {
        run: async (transaction) => {
          const delivery = await testEndpointIn(desk.services, transaction, id);
          return delivery.ok ? ok({ delivery: delivery.value }) : delivery;
        },
        show: (transaction, receipt) => deliveryShown(transaction, idIn<WebhookDeliveryId>(receipt, 'delivery')),
      },
    ),

  listWebhookDeliveries: (context, filter, paging) =>
    within(desk, context, async ({ webhooks }) => {
      const { rows, next } = await webhooks.page(filter, paging);
      return ok({ rows: rows.map(toDeliveryView), ...(next === undefined ? {} : { next }) });
    }),

  redeliverWebhook: (context, id) =>
    within(desk, context, async (transaction) => {
      const redelivered = await redeliverIn(transaction, { context: toPracticeContext(context), id });
      return redelivered.ok ? deliveryShown(transaction, id) : redelivered;
    }),
});
