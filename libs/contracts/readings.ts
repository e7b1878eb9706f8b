import { z } from 'zod';
import { FORMATS, PURPOSES } from '#libs/catalogue';
import { code, fieldId, instant, line } from './scalars.js';

const choice = z
  .discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('literal') }),
    z.strictObject({ kind: z.literal('reading'), reading: code(80), version: code(40) }),
  ])
  .meta({ id: 'ReadingChoice' });

/** The privacy officer takes a ceiling by its letter, or by one of its readings. Their session is the signature. */
export const chooseReading = z.strictObject({ ceiling: code(80), choice }).meta({ id: 'ChooseReading' });

export const readingView = z
  .strictObject({
    id: z.uuid(),
    ceiling: code(80),
    choice,
    signedBy: z.uuid(),
    signedAt: instant,
    revokedAt: instant.exactOptional(),
  })
  .meta({ id: 'Reading' });

const perInsurer = z
  .array(
    z.strictObject({
      insurer: z.strictObject({ id: z.uuid(), name: z.string().max(200) }),
      disclosures: z.int().min(1),
    }),
  )
  .max(1_000);

/** What a choice, or its revocation, would do to what has not been sent. Nothing is kept. */
export const readingEffect = z
  .strictObject({
    /** Disclosures that were decided once more, and whether there were more than that. */
    looked: z.int().min(0),
    truncated: z.boolean(),
    /** Held or blocked now, and would go. */
    wouldGo: perInsurer,
    /** Would go now, and would be held. */
    wouldHold: perInsurer,
    staysHeld: z.int().min(0),
  })
  .meta({ id: 'ReadingEffect' });

/** A statutory cap as it stands for this practice. */
export const ceilingView = z
  .strictObject({
    id: code(80),
    version: code(40),
    jurisdiction: code(20),
    citation: line(300),
    textAsOf: line(40),
    verification: z.enum(['verified', 'unverified']),
    enabled: z.boolean(),
    /** Whether a licence of one of the practice’s clinicians falls under it. */
    concernsPractice: z.boolean(),
    fields: z.array(fieldId).max(400),
    readings: z
      .array(
        z.strictObject({
          id: code(80),
          version: code(40),
          format: z.enum(FORMATS),
          purpose: z.enum(PURPOSES),
          fields: z.array(z.strictObject({ field: fieldId, argument: z.string().max(2_000) })).max(400),
        }),
      )
      .max(20),
    /** What the practice chose, if it has; until then claims that need a reading hold. */
    chosen: choice.exactOptional(),
  })
  .meta({ id: 'Ceiling' });

export type ChooseReading = z.output<typeof chooseReading>;
export type ReadingView = z.input<typeof readingView>;
export type ReadingEffectView = z.input<typeof readingEffect>;
export type CeilingView = z.input<typeof ceilingView>;
