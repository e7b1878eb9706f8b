import { Client } from 'undici';
import type { WebhookAddressCheck, WebhookOutcome, WebhookSender } from '#libs/application';
import { failed, issue, ok } from '#libs/kernel';
import { type EgressRules, registeredUrl, resolveDestination } from './egress-guard.js';
import { exchange, type Exchange } from './exchange.js';
import { guardedConnector } from './guarded-connect.js';
import { retryAfter } from './retry-after.js';
import { webhookHeaders } from './webhook-signature.js';

const PATIENCE_MS = 5_000;
const LARGEST_HEADER = 16 * 1024;

/** An endpoint is an address that people of a practice type in: no network of the operator's is open to it. */
type WebhookRules = Pick<EgressRules, 'allowLoopback' | 'resolve'>;

const withoutNetworks = ({ allowLoopback, resolve }: WebhookRules): WebhookRules => ({
  allowLoopback,
  ...(resolve === undefined ? {} : { resolve }),
});

export interface WebhookSenderOptions extends WebhookRules {
  /** In milliseconds; 5 seconds each unless said. */
  readonly timeouts?: { readonly connect?: number; readonly answer?: number };
}

const outcomeOfStatus = (status: number): WebhookOutcome => {
  if (status >= 200 && status < 300) return { kind: 'delivered', status };
  if (status === 410) return { kind: 'gone', status };
  if (status >= 300 && status < 400) return { kind: 'failed', code: 'redirect_refused', status };
  if (status === 429) return { kind: 'failed', code: 'too_many_requests', status };
  return { kind: 'failed', code: status >= 500 ? 'unavailable' : 'rejected', status };
};

/** A body that is too large or never ends breaks the exchange off; by then the status is known, and it is what counts. */
const outcomeOf = (result: Exchange): WebhookOutcome => {
  if (result.kind !== 'not-started' && result.status !== undefined) {
    const outcome = outcomeOfStatus(result.status);
    const retryAfterMs = retryAfter(result.headers ?? {});
    return outcome.kind === 'failed' && retryAfterMs !== undefined ? { ...outcome, retryAfterMs } : outcome;
  }
  return { kind: 'failed', code: result.kind === 'answered' ? 'unknown_failure' : result.failure };
};

/**
 * Tells endpoints of the practice's own systems what happened, on a connection of its own each time, behind the same
 * egress guard as insurers. Follows no redirect, uses no proxy, reads no answer beyond its header, retries nothing.
 */
export const createWebhookSender = (options: WebhookSenderOptions): WebhookSender => ({
  send: async (attempt) => {
    const url = registeredUrl(attempt.url, options);
    if (!url.ok) return { kind: 'failed', code: 'egress_denied' };
    const { timeouts } = options;
    const client = new Client(url.value.origin, {
      pipelining: 1,
      allowH2: false,
      maxHeaderSize: LARGEST_HEADER,
      strictContentLength: true,
      connect: guardedConnector(
        { url: attempt.url },
        { ...withoutNetworks(options), connectTimeoutMs: timeouts?.connect ?? PATIENCE_MS },
      ),
    });
    const result = await exchange(
      client,
      {
        method: 'POST',
        path: url.value.pathname,
        headers: { 'content-type': 'application/json', 'user-agent': 'Sluice', ...webhookHeaders(attempt) },
        body: Buffer.from(attempt.body, 'utf8'),
        alone: true,
        mayStart: () => true,
      },
      {
        headersTimeoutMs: timeouts?.answer ?? PATIENCE_MS,
        bodyTimeoutMs: timeouts?.answer ?? PATIENCE_MS,
        largestBody: 0,
      },
    );
    await client.destroy().catch(() => undefined);
    return outcomeOf(result);
  },
});

/** Asked when an address is registered, so that a person is told at once. At each attempt it is asked anew. */
export const webhookAddressCheck =
  (rules: WebhookRules): WebhookAddressCheck =>
  async (url) => {
    const destination = await resolveDestination(url, withoutNetworks(rules));
    return destination.ok ? ok(undefined) : failed(issue(destination.issues[0]?.code ?? 'egress_denied', '/url'));
  };
