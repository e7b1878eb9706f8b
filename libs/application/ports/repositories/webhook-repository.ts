import type { WebhookDeliveryId, WebhookEndpointId } from '#libs/kernel';
import type { Page, PageRequest } from '../paging.js';
import type { WebhookDeliveryRecord, WebhookEndpointRecord } from '../records/webhook.js';

/** An attempt that this worker alone makes, until its lease ends. */
export interface WebhookTask {
  readonly id: WebhookDeliveryId;
  readonly endpoint: WebhookEndpointId;
  readonly url: string;
  /** The newest first. */
  readonly secrets: readonly string[];
  readonly body: string;
  /** From 1. Whoever reports another number has lost the lease. */
  readonly attempt: number;
  /** When there is no further attempt. */
  readonly giveUpAt: number;
}

/** Endpoints of the practice's own systems, and messages to them. Messages are put in line by the store itself. */
export interface WebhookRepository {
  /** Oldest first, without those that were removed. */
  endpoints(): Promise<readonly WebhookEndpointRecord[]>;
  endpoint(id: WebhookEndpointId): Promise<WebhookEndpointRecord | undefined>;
  add(endpoint: WebhookEndpointRecord, secret: string): Promise<void>;
  /** False when it is not there. One that is enabled is not `gone` any more. */
  change(endpoint: Pick<WebhookEndpointRecord, 'id' | 'url' | 'events' | 'enabled'>): Promise<boolean>;
  /** It answered that it is gone: nothing more is put in line for it. False when it was not enabled. */
  markGone(id: WebhookEndpointId): Promise<boolean>;
  /** The secret so far signs along until then. */
  rotate(id: WebhookEndpointId, secret: string, previousUntil: number): Promise<boolean>;
  /** Destroys its secrets and gives up what waits for it. */
  remove(id: WebhookEndpointId): Promise<boolean>;
  /** Puts a message in line for one endpoint, whatever it asked to be told. */
  test(delivery: WebhookDeliveryId, endpoint: WebhookEndpointId): Promise<void>;
  /** Puts in line at the end of the transaction, for each endpoint that asked for such events and was not told before, ever. */
  announceExpiring(releases: readonly string[]): void;
  delivery(id: WebhookDeliveryId): Promise<WebhookDeliveryRecord | undefined>;
  page(
    filter: { readonly endpoint?: WebhookEndpointId; readonly state?: WebhookDeliveryRecord['state'] },
    request: PageRequest,
  ): Promise<Page<WebhookDeliveryRecord>>;
  /** Puts one that is over in line again, under the same id. False for one that is not over, or whose endpoint is not enabled. */
  redeliver(id: WebhookDeliveryId): Promise<boolean>;
  /** Takes what is due at enabled endpoints, `perEndpoint` each, for `leaseMs`; from then on another worker may take it. */
  claim(request: { readonly perEndpoint: number; readonly leaseMs: number }): Promise<readonly WebhookTask[]>;
  /** What became of an attempt. False when the lease was lost meanwhile: whoever has it now reports. */
  settle(
    task: Pick<WebhookTask, 'id' | 'attempt'>,
    outcome: {
      readonly state: WebhookDeliveryRecord['state'];
      readonly dueAt?: number;
      readonly status?: number;
      readonly code?: string;
    },
  ): Promise<boolean>;
  /** Gives up what waits for endpoints that are not enabled, once its time is over, and forgets what was over at that moment. */
  tidy(overBefore: number): Promise<void>;
}
