import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';

/** A credential at the moment it is made: `secret` is shown once, `digest` is kept. */
export interface NewSecret {
  readonly secret: string;
  /** SHA-256, hex. A fast hash is right for 256 random bits (OWASP ASVS 5.0, 6.5.2). */
  readonly digest: string;
}

const SHAPES = { 'api-key': /^slk_[A-Za-z0-9_-]{43}$/, session: /^sls_[A-Za-z0-9_-]{43}$/ } as const;

export type SecretKind = keyof typeof SHAPES;

export const newSecret = (kind: SecretKind): NewSecret => {
  const secret = `${kind === 'api-key' ? 'slk' : 'sls'}_${randomBytes(32).toString('base64url')}`;
  return { secret, digest: digestSecret(secret) };
};

/** What signs messages to an endpoint: `whsec_` and 32 random bytes in base64 (Standard Webhooks 1.0 asks for 24 to 64). */
export const newWebhookSecret = (): string => `whsec_${randomBytes(32).toString('base64')}`;

/** Whether a text could be such a secret; what could not is refused before anything is looked up. */
export const isSecret = (kind: SecretKind, text: string): boolean => SHAPES[kind].test(text);

export const digestSecret = (secret: string): string => createHash('sha256').update(secret, 'utf8').digest('hex');

/** Compares two digests in a time that does not depend on where they differ. */
export const digestsEqual = (left: string, right: string): boolean =>
  left.length === right.length && timingSafeEqual(Buffer.from(left, 'utf8'), Buffer.from(right, 'utf8'));
