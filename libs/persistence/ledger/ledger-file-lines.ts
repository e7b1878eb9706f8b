import { z } from 'zod';
import type { PracticeId } from '#libs/kernel';

const hash = z.string().regex(/^[0-9a-f]{64}$/);
const count = z.int().min(0);
const height = z.int().min(1);

const line = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('ledger'),
    version: z.literal(1),
    practice: z.uuid().transform((id) => id as PracticeId),
    /** Public half of the key that signed the checkpoints: SubjectPublicKeyInfo, DER, base64. */
    signingKey: z.base64(),
  }),
  z.strictObject({ kind: z.literal('block'), height, previous: hash, root: hash, hash, at: z.int(), entries: count }),
  /** The text of an entry, as it was hashed. */
  z.strictObject({ kind: z.literal('entry'), body: z.string() }),
  z.strictObject({ kind: z.literal('checkpoint'), height, hash, at: z.int(), signature: z.base64() }),
  z.strictObject({ kind: z.literal('end'), blocks: count, entries: count, checkpoints: count }),
]);

/** One line of an exported ledger. Instants are milliseconds since the epoch, hashes hex. */
export type FileLine = z.output<typeof line>;

export const lineOf = (content: FileLine): string => JSON.stringify(content);

/** Undefined for what no line of ours can be. */
export const readLine = (text: string): FileLine | undefined => {
  try {
    return line.parse(JSON.parse(text));
  } catch {
    return undefined;
  }
};
