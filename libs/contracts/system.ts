import { z } from 'zod';
import { code, instant, line } from './scalars.js';

const number = z.int().min(0);

/** What waits, and what failed: ids, codes and counts of the practice. Nothing about a client. */
export const systemQueues = z
  .strictObject({
    at: instant,
    outbox: z.strictObject({
      /** In the outbox, due or not. */
      waiting: number,
      due: number,
      /** Due and not handed to the queue. */
      unpublished: number,
      /** Of the oldest that is due, since it was. */
      oldestSeconds: number.exactOptional(),
    }),
    lanes: z
      .array(
        z.strictObject({
          id: z.uuid(),
          insurer: z.strictObject({ id: z.uuid(), name: line(200) }),
          route: z.enum(['direct', 'clearinghouse']),
          breaker: z.enum(['closed', 'open', 'half-open', 'stopped']),
          openUntil: instant.exactOptional(),
          failures: number,
          slow: z.boolean(),
          /** Disclosures under way on it. */
          ready: number,
          sealed: number,
          sending: number,
          unknown: number,
        }),
      )
      .max(10_000),
    /** Hint jobs as the workers last reported them: of the whole installation. Empty while no worker has. */
    queues: z
      .array(
        z.strictObject({
          name: code(60),
          waiting: number,
          active: number,
          delayed: number,
          failed: number,
          reportedAt: instant,
        }),
      )
      .max(50),
    /** Attempts that did not end with the insurer having it, newest first. */
    failures: z
      .array(
        z.strictObject({
          attempt: z.string().max(80),
          transmission: z.uuid(),
          lane: z.uuid(),
          insurer: z.uuid(),
          outcome: z.enum(['not-sent', 'refused', 'ambiguous', 'expired']),
          status: z.int().min(100).max(999).exactOptional(),
          at: instant,
        }),
      )
      .max(100),
  })
  .meta({ id: 'SystemQueues' });

export const SYSTEM_CHECKS = ['api', 'database', 'worker', 'ledger-head', 'checkpoint', 'quarantine'] as const;

/** Named checks. `warning`: it works, and somebody should look; `failed`: it does not. */
export const systemHealth = z
  .strictObject({
    at: instant,
    status: z.enum(['ok', 'warning', 'failed']),
    checks: z
      .array(
        z.strictObject({
          name: z.enum(SYSTEM_CHECKS),
          status: z.enum(['ok', 'warning', 'failed']),
          code: code(80).exactOptional(),
          /** When what is checked last happened: a heartbeat, a checkpoint, a block. */
          last: instant.exactOptional(),
          /** Workers, blocks, things set aside. */
          count: number.exactOptional(),
        }),
      )
      .max(SYSTEM_CHECKS.length),
  })
  .meta({ id: 'SystemHealth' });

export type SystemQueues = z.input<typeof systemQueues>;
export type SystemHealth = z.input<typeof systemHealth>;
