import { createHash, randomBytes, randomInt, timingSafeEqual } from 'node:crypto';

/** A credential at the moment it is made: `secret` is shown once, `digest` is kept. */
export interface NewSecret {
  readonly secret: string;
  /** SHA-256, hex. A fast hash is right for 256 random bits (OWASP ASVS 5.0, 6.5.2). */
  readonly digest: string;
}

/** Without those that are taken for each other. */
const LETTERS = 'abcdefghjkmnpqrstuvwxyz23456789';

/** What a secret of each kind begins with, so that none is ever taken for another. */
const PREFIXES = { 'api-key': 'slk', session: 'sls', 'signing-link': 'sln', 'signing-visit': 'slv' } as const;

export type SecretKind = keyof typeof PREFIXES;

export const newSecret = (kind: SecretKind): NewSecret => {
  const secret = `${PREFIXES[kind]}_${randomBytes(32).toString('base64url')}`;
  return { secret, digest: digestSecret(secret) };
};

/** What signs messages to an endpoint: `whsec_` and 32 random bytes in base64 (Standard Webhooks 1.0 asks for 24 to 64). */
export const newWebhookSecret = (): string => `whsec_${randomBytes(32).toString('base64')}`;

/** Whether a text could be such a secret; what could not is refused before anything is looked up. */
export const isSecret = (kind: SecretKind, text: string): boolean =>
  text.startsWith(`${PREFIXES[kind]}_`) && /^[a-z]{3}_[A-Za-z0-9_-]{43}$/.test(text);

/** Six digits that somebody can be told by telephone. Only where few tries are allowed. */
export const newCode = (): string => String(randomInt(1_000_000)).padStart(6, '0');

/** A password for somebody who will change it at once: twenty-four letters and digits, read out in fours (119 bits). */
export const newPassword = (): string =>
  Array.from({ length: 6 }, () =>
    Array.from({ length: 4 }, () => LETTERS.charAt(randomInt(LETTERS.length))).join(''),
  ).join('-');

export const digestSecret = (secret: string): string => createHash('sha256').update(secret, 'utf8').digest('hex');

/** Compares two digests in a time that does not depend on where they differ. */
export const digestsEqual = (left: string, right: string): boolean =>
  left.length === right.length && timingSafeEqual(Buffer.from(left, 'utf8'), Buffer.from(right, 'utf8'));
