import { z } from 'zod';
import { date, fieldId, line } from './scalars.js';
import { CURERS } from './words.js';

/** Both days belong to it; at most 366 days. Without them: the last thirty days until today, in the practice’s time zone. */
const period = { from: date.exactOptional(), to: date.exactOptional() };

export const dashboardQuery = z.strictObject({ ...period, step: z.enum(['day', 'week']).exactOptional() });

export const askingQuery = z.strictObject(period);

const number = z.int().min(0);
const insurer = z.strictObject({ id: z.uuid(), name: line(200) });

/** Field counts are computed on demand over the newest disclosures of the period, and kept nowhere. */
const sample = z.strictObject({ disclosures: number, of: number });

/** How the practice does, as far as the asker’s roles reach. Everything is of the disclosures that came in in the period. */
export const dashboard = z
  .strictObject({
    from: date,
    to: date,
    step: z.enum(['day', 'week']),
    totals: z.strictObject({
      accepted: number,
      /** Left the practice. */
      sent: number,
      /** Wait for somebody now. */
      held: number,
      blocked: number,
      parked: number,
    }),
    /** Of those that are held or blocked now. */
    heldBy: z.strictObject({ client: number, chart: number, office: number, practice: number, nobody: number }),
    /** Of the fields that a document had, how many went, went as something lesser, or stayed; a share is withheld / (goes + changed + withheld). */
    withheld: z.strictObject({
      rows: z
        .array(z.strictObject({ insurer, disclosures: number, goes: number, changed: number, withheld: number }))
        .max(1_000),
      sample,
    }),
    /** First submissions (no corrections) that an insurer took or refused; a rate is accepted / answered. */
    firstPass: z.strictObject({ answered: number, accepted: number }),
    /** From the first byte to the first answer, in seconds; absent where nothing was answered. */
    latency: z.strictObject({
      answered: number,
      median: number.exactOptional(),
      p90: number.exactOptional(),
    }),
    /** Signed releases that end within thirty days from now. */
    expiring: number,
    /**
     * Every day, or every week from its Monday, of the period: what came in then, was sent then, was first answered then;
     * `held`: what came in then and waits now.
     */
    series: z
      .array(z.strictObject({ on: date, accepted: number, sent: number, held: number, answered: number }))
      .max(367),
  })
  .meta({ id: 'Dashboard' });

export const ASKING_CAUSES = ['release', 'ceiling', 'restriction', 'special-category', 'other'] as const;

/** Where insurers ask for more than law or clients allow: required fields that could not go, and why. */
export const asking = z
  .strictObject({
    from: date,
    to: date,
    rows: z
      .array(
        z.strictObject({
          insurer,
          field: fieldId,
          label: line(200),
          /** Disclosures to this insurer whose format or form requires the field. */
          asked: number,
          /** Of those, in how many it could not go. */
          gaps: number,
          causes: z
            .array(z.strictObject({ cause: z.enum(ASKING_CAUSES), curer: z.enum(CURERS), disclosures: number }))
            .min(1)
            .max(25),
        }),
      )
      .max(5_000),
    sample,
  })
  .meta({ id: 'Asking' });

export type DashboardQuery = z.output<typeof dashboardQuery>;
export type AskingQuery = z.output<typeof askingQuery>;
export type Dashboard = z.input<typeof dashboard>;
export type Asking = z.input<typeof asking>;
