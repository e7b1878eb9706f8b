import { z } from 'zod';
import { FORMATS, PURPOSES } from '#libs/catalogue';
import type { DocumentId } from '#libs/kernel';
import { code, id } from './scalars.js';
import { issueShape } from './problems.js';
import { CURERS, DELIVERY_STATES } from './words.js';

/** On a submit: checks everything and keeps nothing. */
export const validateQuery = z.strictObject({ validate: z.literal('only').exactOptional() });

/** `amends`: the document that this would replace, whose services are its own and no second billing. */
export const previewQuery = z.strictObject({ amends: id<DocumentId>().exactOptional() });

const acceptedDisclosure = z.strictObject({
  id: z.uuid(),
  insurer: z.uuid(),
  format: z.enum(FORMATS),
  purpose: z.enum(PURPOSES),
  state: z.enum(DELIVERY_STATES),
  nextStep: z.string().min(1).max(500),
});

/** The document is stored, with its disclosures under way. */
export const accepted = z
  .strictObject({
    document: z.uuid(),
    disclosures: z.array(acceptedDisclosure).min(1).max(20),
    warnings: z.array(issueShape).max(1_000),
  })
  .meta({ id: 'Accepted' });

/** The document would be accepted; what would hold it, in codes. */
export const validated = z
  .strictObject({
    valid: z.literal(true),
    outcome: z.enum(['send', 'hold', 'deny']),
    gaps: z
      .array(
        z.strictObject({
          code: code(120),
          cause: code(120),
          curer: z.enum(CURERS),
          sentence: z.string().min(1).max(500),
        }),
      )
      .max(2_000),
    warnings: z.array(issueShape).max(1_000),
  })
  .meta({ id: 'Validated' });

export type Accepted = z.input<typeof accepted>;
export type Validated = z.input<typeof validated>;
