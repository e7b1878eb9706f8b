import { z } from 'zod';
import type { ClientId, DisclosureId } from '#libs/kernel';
import { code, id, instant, paging } from './scalars.js';
import { LEDGER_BREAKS, LEDGER_KINDS } from './words.js';

export const ledgerQuery = z.strictObject({
  ...paging,
  client: id<ClientId>().exactOptional(),
  disclosure: id<DisclosureId>().exactOptional(),
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

/** The outcome of walking the whole chain; `broken` is the first place at which it does not hold. */
export const ledgerVerification = z
  .strictObject({
    blocks: z.int().min(0),
    entries: z.int().min(0),
    checkpoints: z.int().min(0),
    head: z.string().max(128),
    holds: z.boolean(),
    broken: z.strictObject({ height: z.int().min(0), code: z.enum(LEDGER_BREAKS) }).exactOptional(),
  })
  .meta({ id: 'LedgerVerification' });

export type LedgerQuery = z.output<typeof ledgerQuery>;
export type LedgerRowView = z.input<typeof ledgerRow>;
export type LedgerVerificationView = z.input<typeof ledgerVerification>;
