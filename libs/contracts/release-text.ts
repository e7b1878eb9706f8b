import { z } from 'zod';
import { code, line } from './scalars.js';
import { LANGUAGES } from './signing-links.js';

export const releaseTextQuery = z.strictObject({ language: z.enum(LANGUAGES).exactOptional() });

const paragraphs = z.array(z.string().max(2_000)).max(40);

/** A release as the client reads it (45 CFR 164.508(c)); the same words as on the signing page and on the copy. */
export const releaseText = z
  .strictObject({
    language: z.enum(LANGUAGES),
    title: line(200),
    intro: paragraphs,
    purposes: paragraphs,
    groups: z
      .array(
        z.strictObject({
          category: code(40),
          title: line(200),
          fields: z.array(line(300)).max(400),
          /** The client may take it out. */
          optional: z.boolean(),
        }),
      )
      .max(40),
    terms: paragraphs,
    statements: paragraphs,
  })
  .meta({ id: 'ReleaseText' });

export type ReleaseTextView = z.input<typeof releaseText>;
