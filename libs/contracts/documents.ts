import { z } from 'zod';
import { instant } from './scalars.js';
import { invoice } from './invoices.js';
import { issueShape } from './problems.js';
import { treatmentReport } from './treatment-reports.js';

const content = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('invoice'), invoice }),
  z.strictObject({ kind: z.literal('treatment-report'), report: treatmentReport }),
]);

/** A document as it was taken in or last amended. */
export const documentView = z
  .strictObject({ id: z.uuid(), content, createdAt: instant, disclosures: z.array(z.uuid()).max(100) })
  .meta({ id: 'Document' });

/** The whole new content, of the same kind. Only while every disclosure of it is held or blocked. */
export const amendDocument = z.strictObject({ content }).meta({ id: 'AmendDocument' });

export const amended = z
  .strictObject({ document: documentView, warnings: z.array(issueShape).max(1_000) })
  .meta({ id: 'Amended' });

export type DocumentView = z.input<typeof documentView>;
export type AmendDocument = z.output<typeof amendDocument>;
export type Amended = z.input<typeof amended>;
