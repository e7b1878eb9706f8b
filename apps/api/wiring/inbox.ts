import {
  answerItemIn,
  decideReportIn,
  fetchItem,
  type InboxEntry,
  isPulling,
  type ItemAnswer,
  type Page,
  receiveAnswer,
  type Visit,
} from '#libs/application';
import type { InboxAnsweredView, InboxItemView } from '#libs/contracts';
import { failed, type InboxItemId, issue, ok } from '#libs/kernel';
import type { InboxUseCases } from '../use-cases/inbox.js';
import type { Answer, RequestContext } from '../use-cases/asked.js';
import { type Desk, notFound, toInstant, within } from './desk.js';
import { settled } from './failures.js';

const toItemView = ({ arrivedAt, ...entry }: InboxEntry): InboxItemView => ({
  ...entry,
  arrivedAt: toInstant(arrivedAt),
});

/** The guard lets nobody else to these routes. */
const visitOf = ({ practice, insurer }: RequestContext): Visit => {
  if (insurer === undefined) throw new Error('an inbox was reached by somebody who is no insurer');
  return { practice, insurer };
};

export const inboxUseCases = (desk: Desk): InboxUseCases => {
  const answer = (context: RequestContext, item: InboxItemId, said: ItemAnswer): Answer<InboxAnsweredView> =>
    within(desk, context, async (transaction) => {
      const visit = visitOf(context);
      const taken = await answerItemIn(desk.services, transaction, { visit, item, answer: said });
      return taken.ok ? ok({ id: item, outcome: said.outcome }) : taken;
    });

  return {
    listInbox: (context, paging) =>
      within(desk, context, async (transaction) => {
        const { insurer } = visitOf(context);
        const isOpen = await isPulling(transaction, insurer);
        const { rows, next }: Page<InboxEntry> = isOpen ? await transaction.inbox.page(insurer, paging) : { rows: [] };
        return ok({ rows: rows.map(toItemView), ...(next === undefined ? {} : { next }) });
      }),

    fetchInboxItem: (context, item, to) =>
      settled(desk.services.log, fetchItem(desk.services, { visit: visitOf(context), item }, to)),

    acknowledgeInboxItem: (context, item, acknowledgement) =>
      answer(context, item, { outcome: 'acknowledged', ...acknowledgement }),

    rejectInboxItem: (context, item, rejection) => answer(context, item, { outcome: 'rejected', ...rejection }),

    decideInboxItem: (context, item, decision) =>
      within(desk, context, async (transaction) => {
        const visit = visitOf(context);
        const taken = await decideReportIn(desk.services, transaction, { visit, item, decision });
        return taken.ok ? ok({ id: item, outcome: 'decided' as const }) : taken;
      }),

    postInboxAnswer: (context, bytes) =>
      settled(desk.services.log, receiveAnswer(desk.services, visitOf(context), bytes)),

    listInboxCredentials: (context, insurer) =>
      within(desk, context, async ({ practice }) => {
        if (!(await practice.insurers([insurer])).has(insurer)) return notFound();
        const credentials = await practice.inboxCredentials(insurer);
        return ok(
          credentials.map(({ id, label, createdAt, expiresAt }) => ({
            ...{ id, label },
            createdAt: toInstant(createdAt),
            expiresAt: toInstant(expiresAt),
          })),
        );
      }),

    mayHaveInboxCredentials: (context, insurer) =>
      within(desk, context, async (transaction) => {
        if (!(await transaction.practice.insurers([insurer])).has(insurer)) return notFound();
        return (await isPulling(transaction, insurer)) ? ok(undefined) : failed(issue('state_conflict', ''));
      }),

    revokeInboxCredential: (context, { insurer, credential }) =>
      within(desk, context, async ({ practice, ledger }) => {
        if (!(await practice.revokeInboxCredential(insurer, credential))) return notFound();
        ledger.record({
          kind: 'settings-changed',
          actor: context.actor,
          insurer,
          subject: credential,
          codes: ['inbox_credential_revoked'],
        });
        return ok(undefined);
      }),
  };
};
