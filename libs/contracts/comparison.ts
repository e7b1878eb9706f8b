import { z } from 'zod';
import { FORMATS } from '#libs/catalogue';
import { cell, locus } from './explanations.js';
import { code, instant, line } from './scalars.js';

/** `hidden`: it goes in both, and your roles may not see the value, and so not whether it is the same. */
export const CHANGES = ['same', 'added', 'removed', 'changed', 'hidden'] as const;

const number = z.int().min(0);

const row = z
  .strictObject({
    locus,
    label: line(200),
    category: code(40),
    change: z.enum(CHANGES),
    /** What went before. */
    before: cell.exactOptional(),
    /** What goes, or went, now. */
    after: cell.exactOptional(),
  })
  .meta({ id: 'ComparisonRow' });

/** Of a disclosure whose outcome is not `send` nothing goes. */
const side = z.strictObject({
  disclosure: z.uuid(),
  format: z.enum(FORMATS),
  outcome: z.enum(['send', 'hold', 'deny']),
  createdAt: instant,
});

/** What goes in a disclosure beside what went in the one before it. */
export const comparison = z
  .strictObject({
    now: side,
    /** The claim that it corrects, or the last report on this client that this insurer was sent before; absent where there is none. */
    previous: z.strictObject({ ...side.shape, because: z.enum(['corrects', 'previous-report']) }).exactOptional(),
    rows: z.array(row).max(5_000),
    counts: z.strictObject({ same: number, added: number, removed: number, changed: number, hidden: number }),
  })
  .meta({ id: 'Comparison' });

export type Comparison = z.input<typeof comparison>;
export type ComparisonRow = z.input<typeof row>;
