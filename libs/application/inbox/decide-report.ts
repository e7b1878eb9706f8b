import { type InboxItemId, canonical, failed, issue, ok, type Result } from '#libs/kernel';
import { readAnswer, takeIn } from '../answers/collect-answers.js';
import type { Services } from '../ports/services.js';
import type { Transaction } from '../ports/store.js';
import { FETCHED } from './answer-item.js';
import type { Visit } from './fetch-item.js';
import { HANDED_IN } from './receive-answer.js';

/** What an insurer decides on a report, in the words in which it answers to one that was sent to it. */
export interface ReportDecision {
  readonly decision: 'approved' | 'modified' | 'pended' | 'denied';
  readonly authorizationNumber?: string;
  readonly sessionsApproved?: number;
  readonly from?: string;
  readonly to?: string;
  readonly missing?: readonly string[];
}

/**
 * Takes down what an insurer decided on a report that it fetched, by the reader and the matching of decisions that are
 * collected, so that the same again changes nothing. `not_found` for what is not this insurer's, `not_a_report`,
 * `state_conflict` for what was never fetched, `temporarily_unavailable` while it is being fetched.
 */
export const decideReportIn = async (
  services: Services,
  transaction: Transaction,
  said: { readonly visit: Visit; readonly item: InboxItemId; readonly decision: ReportDecision },
): Promise<Result<void>> => {
  const { practice, insurer } = said.visit;
  const item = await transaction.inbox.byId(insurer, said.item);
  if (item === undefined) return failed(issue('not_found', ''));
  const record = (await transaction.disclosures.lock([item.disclosure])).get(item.disclosure);
  const transmission = (await transaction.transmissions.byIds([item.transmission])).get(item.transmission);
  if (
    transmission === undefined ||
    record === undefined ||
    transmission.attempts === 0 ||
    !FETCHED.includes(record.state)
  )
    return failed(issue('state_conflict', ''));
  if (record.format !== 'treatment-report') return failed(issue('not_a_report', ''));
  // Whoever gives it writes down what became of the fetch, and must not find more than was true when it began.
  if (record.state === 'sending') return failed(issue('temporarily_unavailable', ''));
  const answer = { kind: 'treatment-report-decision', reference: transmission.reference, ...said.decision };
  const bytes = new TextEncoder().encode(canonical(answer));
  const incoming = { id: HANDED_IN, mediaType: 'application/json', bytes } as const;
  const heard = readAnswer(incoming);
  if (!heard.ok) return failed(issue('answer_unreadable', ''));
  const { lane } = item;
  await takeIn(services, transaction, { practice, lane, lanes: [lane], via: 'insurer', incoming, heard });
  return ok(undefined);
};
