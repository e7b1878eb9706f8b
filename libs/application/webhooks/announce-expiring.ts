import { addDays, type PlainDate, type PracticeId } from '#libs/kernel';
import { todayIn } from '../practice/days.js';
import type { PageRequest, Transaction } from '../ports/store.js';
import { type ReleaseStanding, releaseStandings } from '../releases/release-standing.js';
import type { Services } from '../ports/services.js';

/** Time enough to ask the client for a new one. */
const DAYS_BEFORE = 30;
const KEPT_MS = 30 * 24 * 3_600_000;
const CLIENTS_AT_ONCE = 50;

const endsSoon = ({ status, record }: ReleaseStanding, today: PlainDate): boolean => {
  const until = record.signed?.validUntil;
  return status === 'in-force' && until !== undefined && until <= addDays(today, DAYS_BEFORE);
};

const announcePage = async (
  services: Services,
  transaction: Transaction,
  request: PageRequest,
): Promise<string | undefined> => {
  const today = await todayIn(transaction);
  const { rows, next } = await transaction.clients.page(request);
  for (const { id } of rows) {
    const standings = await releaseStandings(services, transaction, id);
    const expiring = standings.filter((one) => endsSoon(one, today));
    transaction.webhooks.announceExpiring(expiring.map(({ record }) => record.id));
  }
  return next;
};

/**
 * Tells endpoints of releases that end within thirty days: each endpoint once of each release. Their last days are
 * encrypted, so every client's papers are opened, fifty clients a transaction; nobody who asked, nothing is opened.
 */
export const announceExpiring = async (services: Services, practice: PracticeId): Promise<void> => {
  const context = { practice, actor: 'worker' };
  const isAsked = await services.store.inPractice(context, async ({ webhooks, now }) => {
    await webhooks.tidy(now - KEPT_MS);
    return (await webhooks.endpoints()).some(({ enabled, events }) => enabled && events.includes('release.expiring'));
  });
  if (!isAsked) return;
  let after: string | undefined;
  do {
    const request = { limit: CLIENTS_AT_ONCE, ...(after === undefined ? {} : { after }) };
    after = await services.store.inPractice(context, (transaction) => announcePage(services, transaction, request));
  } while (after !== undefined);
};
