import { z } from 'zod';
import { accepted, validated } from './intake.js';
import { problem } from './problems.js';
import { code } from './scalars.js';

const MOST_ITEMS = 500;

/** One invoice of a batch, under the submitter's own key; what is wrong with it is said of it alone. */
export const bulkItem = z.strictObject({ key: code(255), invoice: z.unknown() });

/** Items are held to the contract one by one, so that a wrong one sinks no other. */
export const bulkInvoices = z
  .strictObject({
    items: z
      .array(
        z.unknown().meta({
          type: 'object',
          properties: {
            key: { type: 'string', minLength: 1, maxLength: 255 },
            invoice: { $ref: '#/components/schemas/SubmitInvoice' },
          },
          required: ['key', 'invoice'],
          additionalProperties: false,
        }),
      )
      .min(1)
      .max(MOST_ITEMS),
  })
  .meta({ id: 'BulkInvoices' });

const count = z.int().min(0).max(MOST_ITEMS);
const place = {
  /** Place in `items`, from 0. */
  index: z
    .int()
    .min(0)
    .max(MOST_ITEMS - 1),
  key: code(255).exactOptional(),
};

/** The problem that the single route would have given, its pointers leading into the item. */
const refusedItem = z.strictObject({ ...place, outcome: z.literal('refused'), problem });

export const bulkSubmitted = z
  .strictObject({
    summary: z.strictObject({ ready: count, waiting: count, refused: count }),
    results: z
      .array(
        z.discriminatedUnion('outcome', [
          z.strictObject({
            ...place,
            outcome: z.literal('accepted'),
            /** Taken in by an earlier request with the same keys. */
            replayed: z.boolean(),
            accepted,
          }),
          refusedItem,
        ]),
      )
      .max(MOST_ITEMS),
  })
  .meta({ id: 'BulkSubmitted' });

/** A dry run: nothing is kept. */
export const bulkValidated = z
  .strictObject({
    summary: z.strictObject({
      ready: count,
      waiting: count,
      refused: count,
      /** Items with at least one gap that this one can cure. */
      curers: z.strictObject({ client: count, chart: count, office: count, practice: count, nobody: count }),
    }),
    results: z
      .array(
        z.discriminatedUnion('outcome', [
          z.strictObject({ ...place, outcome: z.literal('valid'), validated }),
          refusedItem,
        ]),
      )
      .max(MOST_ITEMS),
  })
  .meta({ id: 'BulkValidated' });

export type BulkSubmitted = z.input<typeof bulkSubmitted>;
export type BulkValidated = z.input<typeof bulkValidated>;
