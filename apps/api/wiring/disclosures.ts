import {
  beginExportIn,
  type Choice,
  type DisclosureOverview,
  type DisclosureRecord,
  explainDisclosureIn,
  exportLines,
  inReach,
  isInReach,
  ledgerEvents,
  makeChoiceIn,
  overviewsOf,
  type Receipt,
  type Transaction,
} from '#libs/application';
import { type DisclosureId, ok, type ReleaseId, type Result } from '#libs/kernel';
import type { ChoiceMade } from '#libs/contracts';
import type { DisclosureUseCases } from '../use-cases/disclosures.js';
import type { RequestContext } from '../use-cases/asked.js';
import { createdOnce, type Desk, idIn, notFound, toPracticeContext, within } from './desk.js';
import { fromChoose, toDetail, toSummary } from './disclosure-mappers.js';
import { toExplanation } from './explanation-mappers.js';
import { boundedCount, COUNT_UP_TO, wantedOf } from './list-query.js';

export const recordFor = async (
  transaction: Transaction,
  context: RequestContext,
  id: DisclosureId,
): Promise<DisclosureRecord | undefined> => {
  const record = (await transaction.disclosures.byIds([id])).get(id);
  return record !== undefined && (await isInReach(transaction, context.reach, record.client)) ? record : undefined;
};

const overviewOf = async (transaction: Transaction, id: DisclosureId): Promise<Result<DisclosureOverview>> => {
  const record = (await transaction.disclosures.byIds([id])).get(id);
  const overview = record === undefined ? undefined : (await overviewsOf(transaction, [record]))[0];
  return overview === undefined ? notFound() : ok(overview);
};

const choiceShown = async (transaction: Transaction, receipt: Receipt): Promise<Result<ChoiceMade>> => {
  const id = idIn<DisclosureId>(receipt, 'disclosure');
  if (id === undefined) return notFound();
  const overview = await overviewOf(transaction, id);
  if (!overview.ok) return overview;
  const replacement = idIn<DisclosureId>(receipt, 'replacement');
  const release = idIn<ReleaseId>(receipt, 'release');
  return ok({
    disclosure: toSummary(overview.value),
    ...(replacement === undefined ? {} : { replacement }),
    ...(release === undefined ? {} : { release }),
  });
};

/** Makes a choice about a disclosure in reach, and gives what is kept of it. */
export const choiceReceipt = async (
  desk: Desk,
  transaction: Transaction,
  asked: {
    readonly context: RequestContext;
    readonly disclosure: DisclosureId;
    readonly choice: Choice;
    readonly version: number | undefined;
  },
): Promise<Result<Receipt>> => {
  const { context, disclosure, choice, version } = asked;
  if ((await recordFor(transaction, context, disclosure)) === undefined) return notFound();
  const request = {
    disclosure,
    choice,
    context: toPracticeContext(context),
    ...(version === undefined ? {} : { version }),
  };
  const made = await makeChoiceIn(desk.services, transaction, request);
  if (!made.ok) return made;
  const { disclosure: result, release } = made.value;
  return ok({
    disclosure,
    ...(result === disclosure ? {} : { replacement: result }),
    ...(release === undefined ? {} : { release }),
  });
};

const MOST_FOUND = 100;

export const disclosureUseCases = (desk: Desk): DisclosureUseCases => ({
  listDisclosures: (context, { count, ...query }, paging) =>
    within(desk, context, async (transaction) => {
      const wanted = wantedOf(context, query);
      const { rows, next } = await transaction.lists.page(wanted, paging);
      return ok({
        rows: (await overviewsOf(transaction, rows)).map(toSummary),
        ...(next === undefined ? {} : { next }),
        ...(count === undefined ? {} : { count: boundedCount(await transaction.lists.count(wanted, COUNT_UP_TO)) }),
      });
    }),

  exportDisclosures: (context, query) =>
    within(desk, context, async (transaction) => {
      const request = { context: toPracticeContext(context), wanted: wantedOf(context, query) };
      const wanted = await beginExportIn(transaction, request);
      return ok(exportLines(desk.services, request.context, wanted));
    }),

  search: (context, wanted) =>
    within(desk, context, async (transaction) => {
      if (context.reach.kind === 'nothing') return ok([]);
      const number = wanted.trim();
      const client = await transaction.clients.byCode(number);
      const found = await transaction.disclosures.find({
        ...{ number, limit: MOST_FOUND },
        ...(client === undefined ? {} : { client: client.id }),
      });
      const clients = await inReach(
        transaction,
        context.reach,
        found.map((one) => one.client),
      );
      const seen = found.filter((one) => clients.has(one.client));
      return ok((await overviewsOf(transaction, seen)).map(toSummary));
    }),

  readDisclosure: (context, id) =>
    within(desk, context, async (transaction) => {
      if ((await recordFor(transaction, context, id)) === undefined) return notFound();
      const overview = await overviewOf(transaction, id);
      if (!overview.ok) return overview;
      const transmission = (await transaction.transmissions.ofDisclosures([id])).get(id);
      const events = await ledgerEvents(transaction, { disclosure: id });
      const chain = await transaction.disclosures.chain(id);
      return ok(toDetail(overview.value, { transmission, events, chain }));
    }),

  explainDisclosure: (context, id) =>
    within(desk, context, async (transaction) => {
      if ((await recordFor(transaction, context, id)) === undefined) return notFound();
      const explained = await explainDisclosureIn(desk.services, transaction, id);
      return explained.ok ? ok(toExplanation(explained.value)) : explained;
    }),

  revealDisclosure: (context, id) =>
    within(desk, context, async (transaction) => {
      const record = await recordFor(transaction, context, id);
      if (record === undefined) return notFound();
      const explained = await explainDisclosureIn(desk.services, transaction, id);
      if (!explained.ok) return explained;
      const { client, insurer } = record;
      transaction.ledger.record({ kind: 'values-revealed', actor: context.actor, client, disclosure: id, insurer });
      return ok(toExplanation(explained.value));
    }),

  chooseForDisclosure: (context, { disclosure, choose, version }, idempotency) =>
    createdOnce(
      desk,
      { context, idempotency },
      {
        run: (transaction) =>
          choiceReceipt(desk, transaction, { context, disclosure, choice: fromChoose(choose), version }),
        show: choiceShown,
      },
    ),

  cancelDisclosure: (context, { disclosure, version }) =>
    within(desk, context, async (transaction) => {
      const made = await choiceReceipt(desk, transaction, { context, disclosure, choice: { kind: 'cancel' }, version });
      if (!made.ok) return made;
      const overview = await overviewOf(transaction, disclosure);
      return overview.ok ? ok(toSummary(overview.value)) : overview;
    }),
});
