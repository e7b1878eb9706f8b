import type { words } from '#libs/contracts';
import type { DeliveryState } from '#libs/disclosure';
import { canonical, failed, type InboxItemId, issue, ok, type Result } from '#libs/kernel';
import { appendAnswer } from '../answers/collect-answers.js';
import type { Services } from '../ports/services.js';
import type { Transaction } from '../ports/store.js';
import type { Visit } from './fetch-item.js';

/** What an insurer says of an item that it has fetched. */
export type ItemAnswer =
  | { readonly outcome: 'acknowledged'; readonly reference?: string }
  | {
      readonly outcome: 'rejected';
      readonly reason: (typeof words.INBOX_REJECTIONS)[number];
      readonly reference?: string;
    };

/** States in which the bytes have, or may have, reached it. */
export const FETCHED: readonly DeliveryState[] = ['sending', 'unknown', 'parked', 'sent', 'received', 'superseded'];

/** What the insurer said, so that the same can be told from another without its being readable. */
const digestOf = ({ keys }: Services, visit: Visit, answer: ItemAnswer): string =>
  keys.blindIndex(
    visit.practice,
    'inbox-answer',
    canonical([answer.outcome, answer.outcome === 'rejected' ? answer.reason : null, answer.reference ?? null]),
  );

/**
 * Takes down what an insurer says of an item, once: the same again is the same, another is a `state_conflict`, and so is
 * one about what was never fetched. `not_found` for what is not this insurer's.
 */
export const answerItemIn = async (
  services: Services,
  transaction: Transaction,
  said: { readonly visit: Visit; readonly item: InboxItemId; readonly answer: ItemAnswer },
): Promise<Result<void>> => {
  const { visit, answer } = said;
  const asked = await transaction.inbox.byId(visit.insurer, said.item);
  if (asked === undefined) return failed(issue('not_found', ''));
  const record = (await transaction.disclosures.lock([asked.disclosure])).get(asked.disclosure);
  const item = await transaction.inbox.byId(visit.insurer, said.item);
  const digest = digestOf(services, visit, answer);
  if (item?.answer !== undefined) return item.answer === digest ? ok(undefined) : failed(issue('state_conflict', ''));
  const transmission = (await transaction.transmissions.byIds([asked.transmission])).get(asked.transmission);
  if (transmission === undefined || transmission.attempts === 0 || !FETCHED.includes(record?.state ?? 'drafted'))
    return failed(issue('state_conflict', ''));
  await transaction.inbox.answer(asked.id, digest);
  await appendAnswer(services, transaction, {
    practice: visit.practice,
    transmission,
    entry: {
      kind: answer.outcome === 'acknowledged' ? 'interchange-accepted' : 'interchange-rejected',
      by: 'insurer',
      detail: {
        ...(answer.outcome === 'rejected' ? { codes: [answer.reason] } : {}),
        ...(answer.reference === undefined ? {} : { payerClaimNumber: answer.reference }),
      },
    },
  });
  return ok(undefined);
};
