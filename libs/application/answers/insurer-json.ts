import { failed, issue, ok, type Result, unreachable } from '#libs/kernel';
import { z } from 'zod';
import type { Heard } from './heard.js';

/** Printable ASCII, as every reference of ours is: a database takes not every character that JSON can write. */
const reference = z.string().regex(/^[\x20-\x7e]{1,64}$/);
const date = z.string().regex(/^\d{4}-\d{2}-\d{2}$/);

const answer = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('treatment-report-decision'),
    reference,
    decision: z.enum(['approved', 'modified', 'pended', 'denied']),
    authorizationNumber: z.string().max(50).optional(),
    sessionsApproved: z.number().int().min(0).max(999).optional(),
    from: date.optional(),
    to: date.optional(),
    missing: z.array(z.string().max(80)).max(100).optional(),
  }),
  z.strictObject({ kind: z.literal('statement-received'), reference }),
]);

/** Reads what an insurer answers to reports and statements; anything else is unreadable, never guessed at. */
export const readInsurerJson = (bytes: Uint8Array): Result<Heard> => {
  let value: unknown;
  try {
    value = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    return failed(issue('answer_not_json', ''));
  }
  const read = answer.safeParse(value);
  if (!read.success) return failed(issue('answer_unreadable', ''));
  const about = { kind: 'reference', value: read.data.reference } as const;
  switch (read.data.kind) {
    case 'statement-received':
      return ok({ about, kind: 'statement-received', detail: {} });
    case 'treatment-report-decision': {
      const { decision, authorizationNumber, sessionsApproved, missing } = read.data;
      return ok({
        about,
        kind: `report-${decision}`,
        detail: {
          ...(authorizationNumber ? { authorizationNumber } : {}),
          ...(sessionsApproved === undefined ? {} : { sessionsApproved }),
          ...(missing ? { codes: missing } : {}),
        },
      });
    }
    default:
      return unreachable(read.data);
  }
};
