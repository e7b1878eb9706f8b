import type { words } from '#libs/contracts';
import type { WebhookDeliveryId, WebhookEndpointId } from '#libs/kernel';

/** An endpoint of the practice's own. Its secrets are stored encrypted and never listed. */
export interface WebhookEndpointRecord {
  readonly id: WebhookEndpointId;
  readonly url: string;
  readonly events: readonly WebhookEvent[];
  readonly enabled: boolean;
  /** It answered 410. */
  readonly gone: boolean;
  readonly createdAt: number;
  /** Until then the secret before signs along. */
  readonly previousSecretUntil?: number;
}

export type WebhookEvent = (typeof words.WEBHOOK_EVENTS)[number];

/** One message to one endpoint. Of what the endpoint answered, only the status. */
export interface WebhookDeliveryRecord {
  readonly id: WebhookDeliveryId;
  readonly endpoint: WebhookEndpointId;
  readonly event: WebhookEvent | 'endpoint.test';
  readonly state: (typeof words.WEBHOOK_DELIVERY_STATES)[number];
  /** Since it was last put in line. */
  readonly attempts: number;
  readonly createdAt: number;
  /** While it is pending. */
  readonly dueAt?: number;
  readonly lastAttemptAt?: number;
  readonly lastStatus?: number;
  readonly lastCode?: string;
}
