import { z } from 'zod';
import { FORMATS } from '#libs/catalogue';
import { code, date, digest, instant, line, paging } from './scalars.js';
import { INBOX_REJECTIONS } from './words.js';

/** What an insurer may fetch, as it was sealed. */
export const INBOX_MEDIA = ['application/edi-x12', 'application/json', 'application/pdf'] as const;

/** Bytes of an X12 file that is posted back; the reader of answers takes no more. */
export const LARGEST_INBOX_ANSWER = 16 * 1_048_576;

export const inboxQuery = z.strictObject(paging);

/** What waits for one insurer. Nothing tells of anybody else's, of how much there is, or of what came before. */
export const inboxItem = z
  .strictObject({
    id: z.uuid(),
    format: z.enum(FORMATS),
    mediaType: z.enum(INBOX_MEDIA),
    /** In bytes. */
    size: z.int().min(1),
    /** SHA-256 of the bytes, hex. */
    digest,
    arrivedAt: instant,
    /** How often it was fetched: from 1 on there is something to acknowledge. */
    attempt: z.int().min(0),
  })
  .meta({ id: 'InboxItem' });

/** Printable, one line: the insurer's own number for what it took in. */
const reference = code(64);

export const acknowledgeInboxItem = z
  .strictObject({ reference: reference.exactOptional() })
  .meta({ id: 'AcknowledgeInboxItem' });

export const rejectInboxItem = z
  .strictObject({ reason: z.enum(INBOX_REJECTIONS), reference: reference.exactOptional() })
  .meta({ id: 'RejectInboxItem' });

const authorized = {
  authorizationNumber: line(50).exactOptional(),
  sessionsApproved: z.int().min(0).max(999).exactOptional(),
  from: date.exactOptional(),
  to: date.exactOptional(),
};

/** What an insurer decides on a treatment report; it may decide again, as after what was missing has come. */
export const decideInboxItem = z
  .discriminatedUnion('decision', [
    z.strictObject({ decision: z.enum(['approved', 'modified']), ...authorized }),
    /** `missing`: what it asks for, in its own codes. */
    z.strictObject({ decision: z.literal('pended'), missing: z.array(code(80)).max(100).exactOptional() }),
    z.strictObject({ decision: z.literal('denied') }),
  ])
  .refine((given) => !('from' in given) || given.to === undefined || (given.from ?? given.to) <= given.to, {
    path: ['to'],
    params: { code: 'range_reversed' },
  })
  .meta({ id: 'DecideInboxItem' });

export const inboxAnswered = z
  .strictObject({ id: z.uuid(), outcome: z.enum(['acknowledged', 'rejected', 'decided']) })
  .meta({ id: 'InboxAnswered' });

/** The same whatever stands in it and whatever it is about: SHA-256 of the bytes that were taken, hex. */
export const inboxAnswerTaken = z.strictObject({ digest }).meta({ id: 'InboxAnswerTaken' });

export const createInboxCredential = z
  .strictObject({
    /** Which of the insurer's systems it is for, so that somebody knows which one to revoke. */
    label: line(80),
    /** Days from now, 1 to 730. */
    days: z.int().min(1).max(730),
  })
  .meta({ id: 'CreateInboxCredential' });

const credential = { id: z.uuid(), label: line(80), expiresAt: instant };

/** `secret` is shown here and never again; `id` is the client id (RFC 6749 §2.2). */
export const inboxCredentialMade = z
  .strictObject({ ...credential, secret: z.string().max(60) })
  .meta({ id: 'InboxCredentialMade' });

/** Credentials that work: neither revoked nor expired. */
export const inboxCredentialView = z
  .strictObject({ ...credential, createdAt: instant })
  .meta({ id: 'InboxCredential' });

export type InboxItemView = z.input<typeof inboxItem>;
export type AcknowledgeInboxItem = z.output<typeof acknowledgeInboxItem>;
export type DecideInboxItem = z.output<typeof decideInboxItem>;
export type RejectInboxItem = z.output<typeof rejectInboxItem>;
export type InboxAnsweredView = z.input<typeof inboxAnswered>;
export type InboxCredentialView = z.input<typeof inboxCredentialView>;
