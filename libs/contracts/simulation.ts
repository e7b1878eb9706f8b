import { z } from 'zod';
import { FORMATS } from '#libs/catalogue';
import type { ReleaseId } from '#libs/kernel';
import { date, fieldId, id, line } from './scalars.js';

/** Most documents in one simulation; the newest come first. */
export const MOST_SIMULATED = 500;

/** What the draft would do to an older release when it is signed; without it two that overlap are ambiguous, and hold. */
export const simulationQuery = z
  .strictObject({ supersedes: id<ReleaseId>().exactOptional(), addsTo: id<ReleaseId>().exactOptional() })
  .refine(({ supersedes, addsTo }) => supersedes === undefined || addsTo === undefined, {
    params: { code: 'one_relation' },
    path: ['addsTo'],
  });

const number = z.int().min(0);
const documents = z.int().min(0).max(MOST_SIMULATED);

/** Documents by what becomes of them, and the fields of all of them by what becomes of those. */
const totals = z.strictObject({
  goes: documents,
  held: documents,
  blocked: documents,
  fields: z.strictObject({ goes: number, changed: number, withheld: number, gaps: number }),
});

const standing = z.strictObject({
  outcome: z.enum(['goes', 'held', 'blocked']),
  goes: number,
  changed: number,
  withheld: number,
  gaps: number,
});

const field = { field: fieldId, label: line(200) };
const named = z.array(z.strictObject(field)).max(500);
const counted = z.array(z.strictObject({ ...field, documents })).max(500);

/**
 * What signing a draft would change for what was worked in the last ninety days: counts, fields and labels, no value.
 * Nothing is kept and nothing is sent.
 */
export const releaseSimulation = z
  .strictObject({
    release: z.uuid(),
    client: z.uuid(),
    from: date,
    to: date,
    before: totals,
    after: totals,
    /**
     * In all documents, the commonest first: fields that may go after and not before, and the other way round, whatever
     * else keeps the document. A field that goes in a lesser form goes.
     */
    newlyGoes: counted,
    newlyStays: counted,
    documents: z
      .array(
        z.strictObject({
          document: z.uuid(),
          /** The disclosure whose insurer, format and choices are simulated. */
          disclosure: z.uuid(),
          kind: z.enum(['invoice', 'treatment-report']),
          insurer: z.strictObject({ id: z.uuid(), name: line(200) }),
          format: z.enum(FORMATS),
          firstServiceOn: date,
          lastServiceOn: date,
          before: standing,
          after: standing,
          newlyGoes: named,
          newlyStays: named,
        }),
      )
      .max(MOST_SIMULATED),
    /** There are more documents than were simulated. */
    truncated: z.boolean(),
  })
  .meta({ id: 'ReleaseSimulation' });

export type ReleaseSimulation = z.input<typeof releaseSimulation>;
export type SimulationQuery = z.output<typeof simulationQuery>;
