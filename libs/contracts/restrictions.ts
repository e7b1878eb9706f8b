import { z } from 'zod';
import { date, fieldId, instant } from './scalars.js';

const recipient = z.uuid().exactOptional();
const fields = z.array(fieldId).min(1).max(400);

/** A narrowing by the client or the clinician; without a recipient, against everybody. */
export const recordRestriction = z
  .discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('paid-in-full'), recipient, serviceDates: z.array(date).min(1).max(400) }),
    z.strictObject({ kind: z.literal('clinician-limit'), recipient, fields }),
    z.strictObject({ kind: z.literal('client-restriction'), recipient, fields }),
    z.strictObject({ kind: z.literal('confidential-communication'), recipient }),
  ])
  .meta({ id: 'RecordRestriction' });

export const restrictionView = z
  .strictObject({
    id: z.uuid(),
    revision: z.int().min(1),
    recordedAt: instant.exactOptional(),
    restriction: recordRestriction,
  })
  .meta({ id: 'Restriction' });

export type RecordRestriction = z.output<typeof recordRestriction>;
export type RestrictionView = z.input<typeof restrictionView>;
