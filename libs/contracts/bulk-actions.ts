import { z } from 'zod';
import type { DisclosureId, StaffId } from '#libs/kernel';
import { choose } from './choices.js';
import { problem } from './problems.js';
import { date, id } from './scalars.js';
import { CURERS, DELIVERY_STATES } from './words.js';

const MOST_ITEMS = 500;

/** `version`, where given, must still be the disclosure's, and for `assign` and `snooze` the worklist item's. */
const items = z
  .array(z.strictObject({ id: id<DisclosureId>(), version: z.int().min(0).max(2_147_483_647).exactOptional() }))
  .min(1)
  .max(MOST_ITEMS);

/** The same to each of several disclosures, as the single request would do it, and only where that may be done. */
export const bulkAction = z
  .discriminatedUnion('action', [
    z.strictObject({ action: z.literal('cancel'), items }),
    z.strictObject({ action: z.literal('choose'), items, choice: choose }),
    z.strictObject({ action: z.literal('assign'), items, staff: id<StaffId>().nullable() }),
    z.strictObject({ action: z.literal('snooze'), items, until: date.nullable() }),
  ])
  .meta({ id: 'BulkAction' });

const count = z.int().min(0).max(MOST_ITEMS);

const place = {
  /** Place in `items`, from 0. */
  index: z
    .int()
    .min(0)
    .max(MOST_ITEMS - 1),
  id: z.uuid(),
};

/** The problem that the single route would have given. */
const refused = z.strictObject({ ...place, outcome: z.literal('refused'), problem });

/** How the disclosure stands, or in a dry run would stand, afterwards. */
const standing = {
  state: z.enum(DELIVERY_STATES),
  cause: z.string().max(120).exactOptional(),
  curer: z.enum(CURERS).exactOptional(),
  /** Another disclosure that was made of the same document; `state` is then its state. */
  replacement: z.uuid().exactOptional(),
};

/**
 * Of those not refused: `ready` go or are on their way, `waiting` are held or blocked with the gap of `curers`, and
 * `revoked` are those of them whose release the client revoked; `closed` are cancelled or parked or at rest.
 */
const summary = z.strictObject({
  done: count,
  ready: count,
  waiting: count,
  revoked: count,
  closed: count,
  refused: count,
  curers: z.strictObject({ client: count, chart: count, office: count, practice: count, nobody: count }),
});

export const bulkActed = z
  .strictObject({
    summary,
    results: z
      .array(
        z.discriminatedUnion('outcome', [
          z.strictObject({
            ...place,
            outcome: z.literal('done'),
            ...standing,
            /** A release that was drafted. */
            release: z.uuid().exactOptional(),
            /** Done by an earlier request with the same key. */
            replayed: z.boolean(),
          }),
          refused,
        ]),
      )
      .max(MOST_ITEMS),
  })
  .meta({ id: 'BulkActed' });

/** A dry run: nothing is kept. */
export const bulkRehearsed = z
  .strictObject({
    summary,
    results: z
      .array(
        z.discriminatedUnion('outcome', [
          z.strictObject({ ...place, outcome: z.literal('would'), ...standing }),
          refused,
        ]),
      )
      .max(MOST_ITEMS),
  })
  .meta({ id: 'BulkRehearsed' });

export type BulkAction = z.output<typeof bulkAction>;
export type BulkActed = z.input<typeof bulkActed>;
export type BulkRehearsed = z.input<typeof bulkRehearsed>;
