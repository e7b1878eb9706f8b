import { z } from 'zod';
import type { ClientId, DisclosureId } from '#libs/kernel';
import { code, date, id, instant, paging, wordsOf } from './scalars.js';
import { LEDGER_BREAKS, LEDGER_KINDS } from './words.js';

export const ledgerQuery = z.strictObject({
  ...paging,
  client: id<ClientId>().exactOptional(),
  disclosure: id<DisclosureId>().exactOptional(),
  /** Any of these kinds. */
  kind: wordsOf(LEDGER_KINDS).exactOptional(),
  /** Written on these days or between them, in the practice’s time zone. */
  from: date.exactOptional(),
  to: date.exactOptional(),
});

/**
 * A range: at most `most` blocks, from the beginning or from where `next` of the range before says. It is signed, so that
 * nobody starts behind a broken link. Without either the whole chain is walked at once.
 */
export const verifyQuery = z.strictObject({
  most: z
    .string()
    .max(5)
    .regex(/^\d{1,5}$/)
    .transform(Number)
    .pipe(z.int().min(1).max(10_000))
    .exactOptional(),
  next: z
    .string()
    .min(1)
    .max(1_000)
    .regex(/^[A-Za-z0-9_.-]*$/)
    .exactOptional(),
});

export const ledgerRow = z
  .strictObject({
    height: z.int().min(0),
    index: z.int().min(0),
    at: instant,
    kind: z.enum(LEDGER_KINDS),
    actor: z.string().max(60),
    client: z.uuid().exactOptional(),
    disclosure: z.uuid().exactOptional(),
    insurer: z.uuid().exactOptional(),
    subject: z.string().max(120).exactOptional(),
    codes: z.array(code(120)).max(500).exactOptional(),
    grounds: z.array(z.string().max(400)).max(500).exactOptional(),
    epoch: z.int().min(0).exactOptional(),
    contentDigest: z.string().max(128).exactOptional(),
    rulesetDigest: z.string().max(200).exactOptional(),
  })
  .meta({ id: 'LedgerRow' });

/** The outcome of walking the chain as far as was asked; `broken` is the first place at which it does not hold. */
export const ledgerVerification = z
  .strictObject({
    blocks: z.int().min(0),
    entries: z.int().min(0),
    checkpoints: z.int().min(0),
    head: z.string().max(128),
    /** As far as it was walked. */
    holds: z.boolean(),
    /** Height of the last block when this was asked. */
    of: z.int().min(0),
    /** There is more, and this is how to go on; absent at the end, or where it broke. */
    next: z.string().max(1_000).exactOptional(),
    broken: z.strictObject({ height: z.int().min(0), code: z.enum(LEDGER_BREAKS) }).exactOptional(),
  })
  .meta({ id: 'LedgerVerification' });

export type LedgerQuery = z.output<typeof ledgerQuery>;
export type VerifyQuery = z.output<typeof verifyQuery>;
export type LedgerRowView = z.input<typeof ledgerRow>;
export type LedgerVerificationView = z.input<typeof ledgerVerification>;
