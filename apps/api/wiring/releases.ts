import {
  draftReleaseIn,
  endReleaseIn,
  isInReach,
  ledgerEvents,
  relateReleasesIn,
  releaseStanding,
  type ReleaseStanding,
  releaseStandings,
  releaseTag,
  restrictIn,
  reviseDraftIn,
  revokeReleaseIn,
  signReleaseIn,
  type Transaction,
} from '#libs/application';
import { type ClientId, failed, issue, isUuid, ok, type ReleaseId, type Result } from '#libs/kernel';
import type { ReleaseView, RestrictionView } from '#libs/contracts';
import type { ReleaseUseCases } from '../use-cases/releases.js';
import type { Answer, RequestContext } from '../use-cases/asked.js';
import { clientFor, createdOnce, type Desk, idIn, notFound, toPracticeContext, within } from './desk.js';
import {
  concernsRelease,
  fromDraftRelease,
  fromRecordRestriction,
  fromSignRelease,
  toReleaseEvent,
  toReleaseView,
  toRestrictionView,
} from './release-mappers.js';

const standingFor = async (
  desk: Desk,
  asked: { readonly transaction: Transaction; readonly context: RequestContext },
  id: ReleaseId,
): Promise<Result<ReleaseStanding>> => {
  const { transaction, context } = asked;
  const standing = await releaseStanding(desk.services, transaction, id);
  return standing !== undefined && (await isInReach(transaction, context.reach, standing.record.client))
    ? ok(standing)
    : notFound();
};

const tagOf = async (transaction: Transaction, { record }: ReleaseStanding): Promise<string> => {
  const key = (await transaction.clients.keys([record.client])).get(record.client);
  return key === undefined ? '' : releaseTag(record, key.digestSalt);
};

/** Whoever changes or signs what they have read does it to that and to nothing else. */
const isAsRead = async (
  transaction: Transaction,
  standing: ReleaseStanding,
  tag: string | undefined,
): Promise<Result<void>> =>
  tag === undefined || (await tagOf(transaction, standing)) === tag
    ? ok(undefined)
    : failed(issue('precondition_failed', ''));

/** Changes one release and shows it as it stands afterwards. */
const changed = (
  desk: Desk,
  asked: { readonly context: RequestContext; readonly id: ReleaseId; readonly tag?: string | undefined },
  change: (transaction: Transaction) => Promise<Result<unknown>>,
): Answer<ReleaseView> =>
  within(desk, asked.context, async (transaction) => {
    await transaction.authority.holdDraft(asked.id);
    const before = await standingFor(desk, { transaction, context: asked.context }, asked.id);
    if (!before.ok) return before;
    const asRead = await isAsRead(transaction, before.value, asked.tag);
    if (!asRead.ok) return asRead;
    const done = await change(transaction);
    if (!done.ok) return done;
    const after = await releaseStanding(desk.services, transaction, asked.id);
    return after === undefined ? notFound() : ok(toReleaseView(after));
  });

const restrictionsOf = async (transaction: Transaction, client: ClientId): Promise<readonly RestrictionView[]> =>
  ((await transaction.authority.read([client])).get(client)?.restrictions ?? []).map(toRestrictionView);

export const releaseUseCases = (desk: Desk): ReleaseUseCases => ({
  listReleases: (context, id) =>
    within(desk, context, async (transaction) => {
      const client = await clientFor(transaction, context, id);
      if (!client.ok) return client;
      return ok((await releaseStandings(desk.services, transaction, id)).map(toReleaseView));
    }),

  draftRelease: (context, { client: id, terms }, idempotency) =>
    createdOnce(
      desk,
      { context, idempotency },
      {
        run: async (transaction) => {
          const client = await clientFor(transaction, context, id);
          if (!client.ok) return client;
          const request = { context: toPracticeContext(context), client: id, draft: fromDraftRelease(terms) };
          const drafted = await draftReleaseIn(desk.services, transaction, request);
          return drafted.ok ? ok({ release: drafted.value.id }) : drafted;
        },
        show: async (transaction, receipt) => {
          const release = idIn<ReleaseId>(receipt, 'release');
          const standing =
            release === undefined ? undefined : await releaseStanding(desk.services, transaction, release);
          return standing === undefined ? notFound() : ok(toReleaseView(standing));
        },
      },
    ),

  readRelease: (context, id) =>
    within(desk, context, async (transaction) => {
      const standing = await standingFor(desk, { transaction, context }, id);
      if (!standing.ok) return standing;
      return ok({ view: toReleaseView(standing.value), tag: await tagOf(transaction, standing.value) });
    }),

  reviseRelease: (context, id, { terms, tag }) =>
    within(desk, context, async (transaction) => {
      await transaction.authority.holdDraft(id);
      const before = await standingFor(desk, { transaction, context }, id);
      if (!before.ok) return before;
      const asRead = await isAsRead(transaction, before.value, tag);
      if (!asRead.ok) return asRead;
      const revised = await reviseDraftIn(desk.services, transaction, {
        context: toPracticeContext(context),
        release: id,
        draft: fromDraftRelease(terms),
      });
      if (!revised.ok) return revised;
      const after = await standingFor(desk, { transaction, context }, id);
      return after.ok ? ok({ view: toReleaseView(after.value), tag: await tagOf(transaction, after.value) }) : after;
    }),

  readReleaseHistory: (context, id) =>
    within(desk, context, async (transaction) => {
      const standing = await standingFor(desk, { transaction, context }, id);
      if (!standing.ok) return standing;
      const { client } = standing.value.record;
      const rows = await ledgerEvents(transaction, { client }, (row) => concernsRelease(id, row));
      return ok({ events: rows.map((row) => toReleaseEvent(id, row)) });
    }),

  signRelease: (context, id, { tag, ...signing }) =>
    changed(desk, { context, id, tag }, (transaction) =>
      signReleaseIn(desk.services, transaction, {
        context: toPracticeContext(context),
        signing: fromSignRelease(id, signing),
      }),
    ),

  relateRelease: (context, id, { older, kind }) =>
    changed(desk, { context, id }, (transaction) =>
      relateReleasesIn(desk.services, transaction, { context: toPracticeContext(context), newer: id, older, kind }),
    ),

  revokeRelease: (context, id, { receivedAt, channel }) =>
    changed(desk, { context, id }, (transaction) =>
      revokeReleaseIn(desk.services, transaction, {
        context: toPracticeContext(context),
        release: id,
        receivedAt: Date.parse(receivedAt),
        channel,
      }),
    ),

  endRelease: (context, id, { because, at }) =>
    changed(desk, { context, id }, (transaction) =>
      endReleaseIn(desk.services, transaction, {
        context: toPracticeContext(context),
        release: id,
        because,
        at: Date.parse(at),
      }),
    ),

  listRestrictions: (context, id) =>
    within(desk, context, async (transaction) => {
      const client = await clientFor(transaction, context, id);
      return client.ok ? ok(await restrictionsOf(transaction, id)) : client;
    }),

  recordRestriction: (context, { client: id, restriction }, idempotency) =>
    createdOnce(
      desk,
      { context, idempotency },
      {
        run: async (transaction) => {
          const client = await clientFor(transaction, context, id);
          if (!client.ok) return client;
          const request = {
            context: toPracticeContext(context),
            client: id,
            restriction: fromRecordRestriction(restriction),
          };
          const recorded = await restrictIn(desk.services, transaction, request);
          return recorded.ok ? ok({ client: id, restriction: recorded.value.id }) : recorded;
        },
        show: async (transaction, receipt) => {
          const client = idIn<ClientId>(receipt, 'client');
          const restriction = receipt['restriction'] ?? '';
          if (client === undefined || !isUuid(restriction)) return notFound();
          const recorded = (await restrictionsOf(transaction, client)).find((one) => one.id === restriction);
          return recorded === undefined ? notFound() : ok(recorded);
        },
      },
    ),
});
