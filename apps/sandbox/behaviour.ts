import { z } from 'zod';

/** No delay that the sandbox keeps is longer, in milliseconds. */
const LONGEST_DELAY = 600_000;

const delay = z.int().min(0).max(LONGEST_DELAY);

/** What every mode may set beside itself. */
const always = {
  /** Milliseconds after which answers to what arrives now can be collected. */
  answerDelayMs: delay.default(0),
  /** Nothing new can be collected until this is off again. */
  answersPaused: z.boolean().default(false),
  /** Whole per cent of each charge that a remittance pays. */
  paidPercent: z.int().min(0).max(100).default(80),
  /** What a treatment report is answered in the modes that answer one. */
  decision: z.enum(['approved', 'modified', 'pended', 'denied']).default('approved'),
};

/** Where a failing mode also touches collecting and probing, or only what is sent in. */
const scope = z.enum(['everything', 'submissions']).default('everything');

/**
 * How an insurer behaves. `lossy` and `silent` and `nonsense` take in what they get and adjudicate it: only the sender
 * does not learn of it. `deaf` takes it in and never answers.
 */
export const behaviourSchema = z.discriminatedUnion('mode', [
  z.strictObject({ mode: z.literal('answers'), ...always }),
  z.strictObject({ mode: z.literal('deaf'), ...always }),
  z.strictObject({ mode: z.literal('deny'), ...always }),
  z.strictObject({
    mode: z.literal('over-asking'),
    ...always,
    /** Catalogue ids that the insurer wants before it decides. */
    missing: z.array(z.string().max(100)).max(50).default(['progress.note', 'history.trauma']),
  }),
  z.strictObject({ mode: z.literal('down'), ...always, scope, refuse: z.boolean().default(false) }),
  z.strictObject({ mode: z.literal('silent'), ...always, scope }),
  z.strictObject({ mode: z.literal('lossy'), ...always, every: z.int().min(1).max(1_000_000).default(1) }),
  z.strictObject({
    mode: z.literal('slow'),
    ...always,
    scope,
    delayMs: delay.default(1000),
    /** One byte at a time, so many milliseconds apart. */
    dripMs: z.int().min(1).max(LONGEST_DELAY).optional(),
  }),
  z.strictObject({
    mode: z.literal('nonsense'),
    ...always,
    of: z.enum(['both', 'responses', 'answers']).default('both'),
  }),
  z.strictObject({ mode: z.literal('redirect'), ...always, scope }),
]);

export type Behaviour = z.output<typeof behaviourSchema>;
