import { z } from 'zod';
import type { ReleaseId } from '#libs/kernel';
import { id, instant } from './scalars.js';

/** Languages in which a client can read and sign. */
export const LANGUAGES = ['en', 'es'] as const;
const FACTORS = ['birth-date', 'code'] as const;
/** Days that a link may live. */
const LONGEST_DAYS = 14;

export const signingTerms = {
  language: z.enum(LANGUAGES),
  /** Days until it can no longer be used. */
  days: z.int().min(1).max(LONGEST_DAYS),
  /** Asked of the client before a word is shown; a `code` is told by telephone. */
  factor: z.enum(FACTORS),
};

export const createSigningLink = z
  .strictObject({
    ...signingTerms,
    /** What the release does to an older one once it is signed. */
    relation: z.strictObject({ kind: z.enum(['adds_to', 'supersedes']), older: id<ReleaseId>() }).exactOptional(),
  })
  .meta({ id: 'CreateSigningLink' });

const link = {
  id: z.uuid(),
  release: z.uuid(),
  language: z.enum(LANGUAGES),
  factor: z.enum(FACTORS),
  createdAt: instant,
  expiresAt: instant,
};

/** `path` holds the secret: it is shown here and never again, as is the `code`. */
export const signingLinkMade = z
  .strictObject({
    ...link,
    path: z.string().max(100),
    code: z
      .string()
      .regex(/^\d{6}$/)
      .max(6)
      .exactOptional(),
  })
  .meta({ id: 'SigningLinkMade' });

export const signingLinkView = z
  .strictObject({
    ...link,
    createdBy: z.string().max(60),
    /** Wrong answers so far. */
    tries: z.int().min(0).max(3),
    status: z.enum(['open', 'expired', 'used', 'tries', 'withdrawn', 'replaced']),
  })
  .meta({ id: 'SigningLink' });

export type CreateSigningLink = z.output<typeof createSigningLink>;
export type SigningLinkMade = z.input<typeof signingLinkMade>;
export type SigningLinkView = z.input<typeof signingLinkView>;
