import { createHash } from 'node:crypto';
import { failed, issue, ok, type Result } from '#libs/kernel';
import { readAnswer, takeIn } from '../answers/collect-answers.js';
import { reconsider } from '../holds/reconsider.js';
import type { Services } from '../ports/services.js';
import { type Visit, visitorOf } from './fetch-item.js';

/** Answers that are handed in have no name of their own: the same bytes are the same answer. */
export const HANDED_IN = 'inbox';

/**
 * Takes in an X12 answer that an insurer brings, by the same reader and the same matching as any other. What it says of
 * nobody we know is set aside, and the insurer is told the same either way. `answer_unreadable` keeps nothing.
 */
export const receiveAnswer = async (
  services: Services,
  visit: Visit,
  bytes: Uint8Array,
): Promise<Result<{ readonly digest: string }>> => {
  const incoming = { id: HANDED_IN, mediaType: 'application/edi-x12', bytes } as const;
  const heard = readAnswer(incoming);
  if (!heard.ok) return failed(issue('answer_unreadable', ''));
  const context = visitorOf(visit);
  const { practice, insurer } = visit;
  const taken = await services.store.inPractice(context, async (transaction) => {
    const lane = (await transaction.lanes.ofInsurers([insurer])).get(insurer)?.id;
    if (lane === undefined) return undefined;
    return takeIn(services, transaction, { practice, lane, lanes: [lane], via: 'insurer', incoming, heard });
  });
  if (taken === undefined) return failed(issue('not_found', ''));
  if (taken.decidedFor.length > 0)
    await services.store.inPractice(context, (transaction) => reconsider(services, transaction, taken.decidedFor));
  return ok({ digest: createHash('sha256').update(bytes).digest('hex') });
};
