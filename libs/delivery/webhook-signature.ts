import { createHmac } from 'node:crypto';
import type { WebhookAttempt } from '#libs/application';

const PREFIX = 'whsec_';
const SHORTEST = 24;
const LONGEST = 64;

/** A defect, not an input: secrets are made here. Says nothing of the secret. */
const keyOf = (secret: string): Buffer => {
  const encoded = secret.startsWith(PREFIX) ? secret.slice(PREFIX.length) : '';
  const key = Buffer.from(encoded, 'base64');
  if (key.length < SHORTEST || key.length > LONGEST || key.toString('base64') !== encoded)
    throw new Error('a webhook secret was not made by us');
  return key;
};

/**
 * The headers of Standard Webhooks 1.0: HMAC-SHA256 over `id.timestamp.body`, one signature for each secret in force,
 * divided by spaces. The timestamp is in whole seconds.
 */
export const webhookHeaders = ({
  id,
  at,
  secrets,
  body,
}: Pick<WebhookAttempt, 'at' | 'secrets' | 'body'> & { readonly id: string }) => {
  const timestamp = String(Math.floor(at / 1_000));
  const signatures = secrets.map((secret) => {
    const digest = createHmac('sha256', keyOf(secret)).update(`${id}.${timestamp}.${body}`, 'utf8').digest('base64');
    return `v1,${digest}`;
  });
  return { 'webhook-id': id, 'webhook-timestamp': timestamp, 'webhook-signature': signatures.join(' ') };
};
