import { z } from 'zod';
import { behaviourSchema } from './behaviour.js';

const capabilities = z.strictObject({
  /** The same key and bytes are answered with the same receipt and not adjudicated again. */
  idempotencyKey: z.boolean().default(true),
  /** A repeated ISA13 is answered TA1 R 025 and not adjudicated again. */
  duplicateDetection: z.boolean().default(true),
  /** A sender may ask what became of a transmission. */
  probe: z.boolean().default(true),
});

/** One insurer of the sandbox. Names go into X12 as they are, hence the narrow alphabet. */
export const insurerSchema = z.strictObject({
  id: z.string().regex(/^[a-z0-9][a-z0-9-]{0,63}$/),
  name: z.string().regex(/^[A-Z0-9]([A-Z0-9 ]{0,58}[A-Z0-9])?$/),
  payerId: z.string().regex(/^[A-Z0-9]{2,20}$/),
  token: z.string().min(8).max(512),
  capabilities: capabilities.prefault({}),
  /** Member ids that begin like this are refused as unknown. */
  unknownMemberPrefixes: z.array(z.string().min(1).max(80)).max(100).default([]),
  /** ISA08 that this insurer answers to; any if absent. */
  receiverId: z.string().min(1).max(15).optional(),
  behaviour: behaviourSchema.prefault({ mode: 'answers' }),
});

/** One in front of insurers: whoever it has in its list by a payer id gets what bears that id. */
const clearinghouseSchema = z.strictObject({
  id: z.string().regex(/^[a-z0-9][a-z0-9-]{0,63}$/),
  name: z.string().regex(/^[A-Z0-9]([A-Z0-9 ]{0,58}[A-Z0-9])?$/),
  /** ISA08 that it answers to. */
  receiverId: z.string().min(1).max(15),
  token: z.string().min(8).max(512),
  payers: z.array(z.strictObject({ payerId: z.string().min(1).max(80), insurer: z.string() })).max(500),
  /** It takes files as well: `in`, `out` and `refused` in this directory; with a port by SFTP, if the machine has sshd. */
  files: z.strictObject({ directory: z.string().min(1), port: z.int().min(0).max(65_535).optional() }).optional(),
});

export type ClearinghouseProfile = z.output<typeof clearinghouseSchema>;
export type ClearinghouseConfiguration = z.input<typeof clearinghouseSchema>;
export type InsurerProfile = z.output<typeof insurerSchema>;
export type InsurerConfiguration = z.input<typeof insurerSchema>;

/** The file that `--insurers` names. */
export const insurersFileSchema = z.strictObject({
  /** Bearer token of the control endpoints. */
  controlToken: z.string().min(8).max(512),
  insurers: z.array(insurerSchema).min(1).max(500),
  clearinghouses: z.array(clearinghouseSchema).max(20).default([]),
});
