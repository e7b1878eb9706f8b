import { z } from 'zod';
import { FORMATS, PURPOSES } from '#libs/catalogue';
import { date, digest, fieldId, instant, line, paging } from './scalars.js';

/** By the day on which it was sent; both days belong to it. */
export const accountingQuery = z.strictObject({ ...paging, from: date.exactOptional(), to: date.exactOptional() });

/** One disclosure that left (45 CFR 164.528(b)(2): when, to whom, what, why). Fields, never values. */
export const accountingRow = z
  .strictObject({
    disclosure: z.uuid(),
    sentAt: instant,
    recipient: z.strictObject({ id: z.uuid(), name: line(200) }),
    purpose: z.enum(PURPOSES),
    format: z.enum(FORMATS),
    fields: z.array(z.strictObject({ field: fieldId, label: line(200), form: fieldId.exactOptional() })).max(500),
    /** Releases that it rests on. */
    releases: z.array(z.uuid()).max(50),
    /** Of the bytes that were sent. */
    digest: digest.exactOptional(),
  })
  .meta({ id: 'AccountingRow' });

export type AccountingQuery = z.output<typeof accountingQuery>;
export type AccountingRow = z.input<typeof accountingRow>;
