import type { Result, WebhookDeliveryId } from '#libs/kernel';
import type { SendFailure } from './transport.js';

/** One attempt to tell one endpoint one thing. */
export interface WebhookAttempt {
  readonly url: string;
  /** The `webhook-id`: the same at every attempt, so that a receiver knows a repetition. */
  readonly id: WebhookDeliveryId;
  /** When it is sent, in milliseconds; signed, so that nobody can replay it much later. */
  readonly at: number;
  /** `whsec_…`; the newest first. Each of them signs. */
  readonly secrets: readonly string[];
  readonly body: string;
}

/** Only the status line counts: what an endpoint says beyond it is neither read nor kept. */
export type WebhookOutcome =
  | { readonly kind: 'delivered'; readonly status: number }
  /** 410: whoever was there wants to hear nothing any more. */
  | { readonly kind: 'gone'; readonly status: number }
  | {
      readonly kind: 'failed';
      readonly code: SendFailure;
      readonly status?: number;
      /** How long the receiver asks to be left alone (RFC 9110 §10.2.3), in milliseconds. */
      readonly retryAfterMs?: number;
    };

/** The way out to endpoints of the practice's own systems. Never rejects. */
export interface WebhookSender {
  send(attempt: WebhookAttempt): Promise<WebhookOutcome>;
}

/** Whether anything may be sent to an address at all: `egress_denied`, `name_not_resolved`. */
export type WebhookAddressCheck = (url: string) => Promise<Result<void>>;
