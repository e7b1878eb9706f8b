import { z } from 'zod';
import { CONNECTION_KINDS } from './insurer-connection.js';
import { code, instant } from './scalars.js';

export const CHECK_STEPS = ['address', 'connect', 'tls', 'host-key', 'authenticate', 'list', 'write'] as const;

/** Who was reached, how, and when. */
const reached = {
  insurer: z.uuid(),
  route: z.enum(['direct', 'clearinghouse']),
  kind: z.enum(CONNECTION_KINDS),
  at: instant,
};

/** A connection that was opened and closed; nothing about any client was said. */
export const connectionCheck = z
  .strictObject({
    ...reached,
    ok: z.boolean(),
    /** In order; after the first that failed the others are `skipped`. Only what this kind of connection has. */
    steps: z
      .array(
        z.strictObject({
          step: z.enum(CHECK_STEPS),
          outcome: z.enum(['ok', 'failed', 'skipped']),
          code: code(80).exactOptional(),
          /** HTTP status of an answer. */
          status: z.int().min(100).max(999).exactOptional(),
        }),
      )
      .max(CHECK_STEPS.length),
  })
  .meta({ id: 'ConnectionCheck' });

/** A claim about nobody, marked as a test, and what became of it at once. Answers that come later are set aside. */
export const testClaim = z
  .strictObject({
    ...reached,
    /** ISA13, by which the insurer finds it. */
    interchange: z.string().regex(/^\d{9}$/),
    /** `ambiguous`: nobody knows whether it arrived; it is not repeated. */
    outcome: z.enum(['accepted', 'not-sent', 'refused', 'ambiguous']),
    code: code(80).exactOptional(),
    /** HTTP status of the answer. */
    status: z.int().min(100).max(999).exactOptional(),
  })
  .meta({ id: 'TestClaim' });

export type ConnectionCheck = z.input<typeof connectionCheck>;
export type TestClaim = z.input<typeof testClaim>;
