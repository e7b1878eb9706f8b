import { z } from 'zod';
import type { IncomingAnswer, ProbeOutcome, SendFailure } from '#libs/application';
import type { FormatId } from '#libs/catalogue';
import { unreachable } from '#libs/kernel';
import type { Exchange } from './exchange.js';

/** Answers asked for at once. */
export const ANSWERS_PER_READING = 100;

/** Where a format is handed in, below the insurer's base address. */
export const submissionPath = (format: FormatId): string => {
  switch (format) {
    case 'x12-837p':
      return '/claims';
    case 'treatment-report':
      return '/treatment-reports';
    case 'statement':
    case 'receipt':
      return '/statements';
    default:
      return unreachable(format);
  }
};

export const probePath = (idempotencyKey: string): string => `/transmissions/${encodeURIComponent(idempotencyKey)}`;

export const answersPath = (cursor: string): string =>
  `/answers?after=${encodeURIComponent(cursor)}&limit=${ANSWERS_PER_READING}`;

/** An insurer may say more in its receipt than that it is one; nothing of it is kept. */
const receipt = z.looseObject({ receipt: z.string().min(1).max(200) });

const known = z.strictObject({ known: z.literal(true), sha256: z.string().regex(/^[0-9a-f]{64}$/) });
const absent = z.strictObject({ known: z.literal(false) });

const answers = z.strictObject({
  answers: z
    .array(
      z.strictObject({
        id: z.string().min(1).max(200),
        mediaType: z.enum(['application/edi-x12', 'application/json']),
        body: z.base64(),
      }),
    )
    .max(ANSWERS_PER_READING),
  next: z.string().regex(/^[\x20-\x7e]{0,1000}$/),
});

const utf8 = new TextDecoder('utf-8', { fatal: true });

const parsed = (body: Uint8Array): unknown => {
  try {
    return JSON.parse(utf8.decode(body));
  } catch {
    return undefined;
  }
};

export const isReceipt = (body: Uint8Array): boolean => receipt.safeParse(parsed(body)).success;

/** Why a reading brought nothing. */
export const failureOf = (result: Exchange): SendFailure => {
  if (result.kind !== 'answered') return result.failure;
  const { status } = result;
  if (status === 401 || status === 403) return 'unauthorized';
  if (status === 429) return 'too_many_requests';
  if (status === 503) return 'unavailable';
  if (status >= 300 && status < 400) return 'redirect_refused';
  if (status >= 400 && status < 500) return 'rejected';
  return status >= 500 ? 'unknown_failure' : 'unreadable_response';
};

/**
 * Absence must be said in so many words: a 404 of some proxy proves nothing. Even then an earlier request may be under way
 * on the insurer's side.
 */
export const probeOutcomeOf = (result: Exchange): ProbeOutcome => {
  if (result.kind === 'answered') {
    const body = parsed(result.body);
    const found = result.status === 200 ? known.safeParse(body) : undefined;
    if (found?.success === true) return { kind: 'known', digest: found.data.sha256 };
    if (result.status === 404)
      return absent.safeParse(body).success ? { kind: 'unseen' } : { kind: 'failed', code: 'unreadable_response' };
    if (result.status === 501) return { kind: 'unsupported' };
  }
  return { kind: 'failed', code: failureOf(result) };
};

export type ReadAnswers =
  | { readonly kind: 'read'; readonly answers: readonly IncomingAnswer[]; readonly next: string }
  | { readonly kind: 'failed'; readonly code: SendFailure };

/** All or nothing: a page with one unreadable answer is not read, and the cursor stays where it is. */
export const answersOf = (result: Exchange): ReadAnswers => {
  if (result.kind !== 'answered' || result.status !== 200) return { kind: 'failed', code: failureOf(result) };
  const page = answers.safeParse(parsed(result.body));
  if (!page.success) return { kind: 'failed', code: 'unreadable_response' };
  return {
    kind: 'read',
    answers: page.data.answers.map(({ id, mediaType, body }) => ({
      id,
      mediaType,
      bytes: Buffer.from(body, 'base64'),
    })),
    next: page.data.next,
  };
};
