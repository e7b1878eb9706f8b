import type { ChangeWebhookEndpoint, WebhookDeliveryView, WebhookEndpointView, WebhookSecret } from '#libs/contracts';
import type { WebhookDeliveryId, WebhookEndpointId } from '#libs/kernel';
import type { Answer, Created, Idempotency, PageOf, Paging, RequestContext } from './asked.js';

/** Endpoints that are told of what happens. */
export interface WebhookUseCases {
  listWebhookEndpoints(context: RequestContext): Answer<readonly WebhookEndpointView[]>;
  /** `egress_denied` or `name_not_resolved` for an address to which nothing may be sent. */
  createWebhookEndpoint(
    context: RequestContext,
    endpoint: Omit<ChangeWebhookEndpoint, 'enabled'> & { readonly secret: string },
  ): Answer<WebhookSecret>;
  changeWebhookEndpoint(
    context: RequestContext,
    id: WebhookEndpointId,
    change: ChangeWebhookEndpoint,
  ): Answer<WebhookEndpointView>;
  deleteWebhookEndpoint(context: RequestContext, id: WebhookEndpointId): Answer<void>;
  rotateWebhookSecret(
    context: RequestContext,
    rotation: { readonly endpoint: WebhookEndpointId; readonly secret: string },
  ): Answer<WebhookSecret>;
  testWebhookEndpoint(
    context: RequestContext,
    id: WebhookEndpointId,
    idempotency: Idempotency,
  ): Answer<Created<WebhookDeliveryView>>;
  listWebhookDeliveries(
    context: RequestContext,
    filter: { readonly endpoint?: WebhookEndpointId; readonly state?: WebhookDeliveryView['state'] },
    paging: Paging,
  ): Answer<PageOf<WebhookDeliveryView>>;
  redeliverWebhook(context: RequestContext, id: WebhookDeliveryId): Answer<WebhookDeliveryView>;
}
