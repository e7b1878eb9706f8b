import { z } from 'zod';
import { FORMATS } from '#libs/catalogue';
import { line, occurrence } from './scalars.js';

/** What a person can do about a disclosure that waits. */
export const CHOICE_KINDS = [
  'draft-amendment',
  'smaller-format',
  'use-markers',
  'exclude-lines',
  'receipt',
  'keep-holding',
  'insurer-has-it',
  'send-again',
] as const;

/**
 * `draft-amendment` drafts a release with what is missing; `smaller-format` and `receipt` make another document of it;
 * `insurer-has-it` and `send-again` record what the insurer said of one that is parked.
 */
export const choose = z
  .discriminatedUnion('choice', [
    z.strictObject({ choice: z.literal('draft-amendment') }),
    z.strictObject({ choice: z.literal('smaller-format'), format: z.enum(FORMATS) }),
    z.strictObject({ choice: z.literal('use-markers') }),
    z.strictObject({ choice: z.literal('exclude-lines'), lines: z.array(occurrence).min(1).max(50) }),
    z.strictObject({ choice: z.literal('receipt') }),
    z.strictObject({ choice: z.literal('keep-holding') }),
    z.strictObject({ choice: z.literal('insurer-has-it'), reference: line(50).exactOptional() }),
    z.strictObject({ choice: z.literal('send-again') }),
  ])
  .meta({ id: 'Choose' });

export type Choose = z.output<typeof choose>;
