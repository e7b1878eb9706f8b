import { z } from 'zod';
import { CONNECTION_KINDS } from './insurer-connection.js';
import { code, instant } from './scalars.js';

export const CHECK_STEPS = ['address', 'connect', 'tls', 'host-key', 'authenticate', 'list', 'write'] as const;

/** A connection that was opened and closed; nothing about any client was said. */
export const connectionCheck = z
  .strictObject({
    insurer: z.uuid(),
    route: z.enum(['direct', 'clearinghouse']),
    kind: z.enum(CONNECTION_KINDS),
    at: instant,
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

export type ConnectionCheck = z.input<typeof connectionCheck>;
