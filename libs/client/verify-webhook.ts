import { createHmac, timingSafeEqual } from 'node:crypto';
import { WEBHOOK_MESSAGES, type WebhookMessage } from '#libs/contracts';
import { failed, issue, ok, type Result } from '#libs/kernel';

const TOLERANCE_SECONDS = 300;

export interface ReceivedWebhook {
  /** Header names in lower case. */
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  /** The bytes as they came: parsed and written again they are others. */
  readonly body: string;
  /** Milliseconds. */
  readonly now: number;
}

const isKnown = (type: unknown): type is keyof typeof WEBHOOK_MESSAGES =>
  typeof type === 'string' && Object.hasOwn(WEBHOOK_MESSAGES, type);

const messageIn = (body: string): WebhookMessage | undefined => {
  let said: unknown;
  try {
    said = JSON.parse(body);
  } catch {
    return undefined;
  }
  const type: unknown = typeof said === 'object' && said !== null && 'type' in said ? said.type : undefined;
  const read = isKnown(type) ? WEBHOOK_MESSAGES[type].safeParse(said) : undefined;
  return read?.success ? read.data : undefined;
};

const matches = (given: string, expected: Buffer): boolean => {
  const [version, signature = ''] = given.split(',');
  const bytes = Buffer.from(signature, 'base64');
  return version === 'v1' && bytes.length === expected.length && timingSafeEqual(bytes, expected);
};

/**
 * What a webhook says, if it was signed under the secret (`whsec_…`) within five minutes (Standard Webhooks 1.0). The
 * receiver keeps each `id` and does a thing once. Codes: `header_missing`, `timestamp_out_of_tolerance`,
 * `signature_mismatch`, `message_unknown`.
 */
export const verifyWebhook = (
  secret: string,
  { headers, body, now }: ReceivedWebhook,
): Result<{ readonly id: string; readonly message: WebhookMessage }> => {
  const [id, timestamp, signatures] = ['webhook-id', 'webhook-timestamp', 'webhook-signature'].map(
    (name) => headers[name],
  );
  if (typeof id !== 'string' || typeof timestamp !== 'string' || typeof signatures !== 'string')
    return failed(issue('header_missing', ''));
  if (!/^\d{1,12}$/.test(timestamp) || Math.abs(now / 1_000 - Number(timestamp)) > TOLERANCE_SECONDS)
    return failed(issue('timestamp_out_of_tolerance', 'webhook-timestamp'));
  const key = Buffer.from(secret.replace(/^whsec_/, ''), 'base64');
  const expected = createHmac('sha256', key).update(`${id}.${timestamp}.${body}`).digest();
  if (!signatures.split(' ').some((given) => matches(given, expected)))
    return failed(issue('signature_mismatch', 'webhook-signature'));
  const message = messageIn(body);
  return message === undefined ? failed(issue('message_unknown', '/type')) : ok({ id, message });
};
