import { z } from 'zod';
import { FORMATS } from '#libs/catalogue';
import { submitInvoice } from './invoices.js';
import { issueShape } from './problems.js';
import { code, fieldId } from './scalars.js';
import { CURERS } from './words.js';

/** Most invoices in one run. */
export const MOST_SHADOWED = 500;

/** Invoices as they would be submitted. */
export const shadowRun = z
  .strictObject({ invoices: z.array(submitInvoice).min(1).max(MOST_SHADOWED) })
  .meta({ id: 'ShadowRun' });

const count = z.int().min(0).max(MOST_SHADOWED);

/** Documents by what would become of them; of those that go, in how many something is changed or withheld. */
const counts = z.strictObject({
  goes: count,
  changed: count,
  withheld: count,
  held: count,
  blocked: count,
  refused: count,
});

const gap = {
  cause: code(120),
  curer: z.enum(CURERS),
  sentence: z.string().min(1).max(500),
  field: fieldId.exactOptional(),
  /** Place in the format. */
  position: z.string().max(80).exactOptional(),
};

/** What would have gone. Nothing was stored, nothing was sent; where and why, and no value. */
export const shadowReport = z
  .strictObject({
    counts,
    byInsurer: z.array(z.strictObject({ insurer: z.uuid(), name: z.string().max(200), counts })).max(MOST_SHADOWED),
    byCurer: z.strictObject({ client: count, chart: count, office: count, practice: count, nobody: count }),
    /** Alike with alike, the commonest first, and in how many documents. */
    gaps: z.array(z.strictObject({ ...gap, documents: count })).max(10_000),
    /** In the order in which they were sent; `index` from 0. */
    documents: z
      .array(
        z.strictObject({
          index: z
            .int()
            .min(0)
            .max(MOST_SHADOWED - 1),
          outcome: z.enum(['goes', 'held', 'blocked', 'refused']),
          insurer: z.uuid().exactOptional(),
          format: z.enum(FORMATS).exactOptional(),
          /** Fields that would go, go as something lesser, or stay. */
          fields: z.strictObject({
            goes: z.int().min(0),
            changed: z.int().min(0),
            withheld: z.int().min(0),
          }),
          gaps: z.array(z.strictObject(gap)).max(2_000),
          issues: z.array(issueShape).max(1_000),
        }),
      )
      .max(MOST_SHADOWED),
  })
  .meta({ id: 'ShadowReport' });

export type ShadowRun = z.output<typeof shadowRun>;
export type ShadowReport = z.input<typeof shadowReport>;
