import { expiringReleasesIn, inReach, renewReleaseIn, type Transaction } from '#libs/application';
import type { Renewals, RenewReleases } from '#libs/contracts';
import { failed, ok, type ReleaseId, type Result } from '#libs/kernel';
import type { RenewalUseCases } from '../use-cases/renewals.js';
import type { RequestContext } from '../use-cases/asked.js';
import { type Desk, toInstant, toPracticeContext, within } from './desk.js';
import { makeLinkIn, releaseFor } from './signing.js';

type Renewed = Renewals['rows'][number];

const renew = async (
  desk: Desk,
  transaction: Transaction,
  asked: { readonly context: RequestContext; readonly release: ReleaseId; readonly renewing: RenewReleases },
): Promise<Result<Renewed>> => {
  const { context, release, renewing } = asked;
  const known = await releaseFor(transaction, context, release);
  if (!known.ok) return known;
  const request = { context: toPracticeContext(context), release, validUntil: renewing.validUntil };
  const draft = await renewReleaseIn(desk.services, transaction, request);
  if (!draft.ok) return draft;
  if (renewing.link === undefined) return ok({ release, draft: draft.value.id, issues: [] });
  const wanted = { ...renewing.link, relation: { kind: 'supersedes', older: release } } as const;
  const link = await makeLinkIn(desk, transaction, { context, release: draft.value.id, wanted });
  return link.ok ? ok({ release, draft: draft.value.id, link: link.value, issues: [] }) : failed(...link.issues);
};

export const renewalUseCases = (desk: Desk): RenewalUseCases => ({
  listExpiringReleases: (context, days) =>
    within(desk, context, async (transaction) => {
      const found = await expiringReleasesIn(transaction, days);
      const reached = await inReach(
        transaction,
        context.reach,
        found.map(({ client }) => client),
      );
      return ok(
        found
          .filter(({ client }) => reached.has(client))
          .map((one) => ({
            ...one,
            reminders: one.reminders.map(({ days: at, dueAt }) => ({ days: at, dueAt: toInstant(dueAt) })),
          })),
      );
    }),

  renewReleases: async (context, renewing) => {
    const rows: Renewed[] = [];
    for (const release of renewing.releases) {
      const renewed = await within(desk, context, (transaction) =>
        renew(desk, transaction, { context, release, renewing }),
      );
      rows.push(renewed.ok ? renewed.value : { release, issues: renewed.issues.map((one) => ({ ...one })) });
    }
    return ok({ rows });
  },
});
