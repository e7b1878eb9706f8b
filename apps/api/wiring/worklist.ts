import {
  assignWorkIn,
  countExpiringIn,
  type DisclosureRecord,
  expiringWorkIn,
  notesIn,
  overviewsOf,
  readWorkIn,
  snoozeWorkIn,
  type StaffRecord,
  type Transaction,
  type WantedQueue,
  type WorkRecord,
  type WorkRequest,
  writeNoteIn,
} from '#libs/application';
import { reachOf } from '#libs/access';
import { words, type WorklistItem, type WorkState } from '#libs/contracts';
import { failed, issue, ok, type Result, type StaffId } from '#libs/kernel';
import type { WorklistScope, WorklistUseCases } from '../use-cases/worklist.js';
import type { PageOf, Paging, RequestContext } from '../use-cases/asked.js';
import { createdOnce, type Desk, notFound, toPracticeContext, within } from './desk.js';
import { toSummary } from './disclosure-mappers.js';
import { boundedCount } from './list-query.js';
import { staffOf } from './practice.js';
import { type StaffNames, toExpiringItem, toNote, toWork } from './work-mappers.js';

const DAY = 86_400_000;

const staffIn = async (transaction: Transaction): Promise<ReadonlyMap<StaffId, StaffRecord>> =>
  new Map((await transaction.practice.staff()).map((one) => [one.id, one] as const));

/** Nothing is assigned to a program, so `mine` is nothing to it. */
const wantedBy = (context: RequestContext, scope: WorklistScope): Omit<WantedQueue, 'snoozed'> => {
  const { reach } = context;
  if (scope === 'all') return { reach };
  const assignee = staffOf(context.actor);
  return assignee === undefined ? { reach: { kind: 'nothing' } } : { reach, assignee };
};

const requestOf = (
  context: RequestContext,
  asked: { readonly item: string; readonly version?: number },
): WorkRequest => ({
  context: toPracticeContext(context),
  reach: context.reach,
  item: asked.item,
  ...(asked.version === undefined ? {} : { version: asked.version }),
});

const itemsOf = async (
  transaction: Transaction,
  records: readonly DisclosureRecord[],
  staff: StaffNames,
): Promise<WorklistItem[]> => {
  const overviews = await overviewsOf(transaction, records);
  const works = await transaction.work.byIds(records.map(({ id }) => id));
  return overviews.map((one) => {
    const work: WorkRecord = works.get(one.id) ?? {
      ...{ id: one.id, kind: 'disclosure', client: one.client },
      ...{ notes: 0, version: 0 },
    };
    return {
      kind: 'disclosure',
      ...toWork(work, staff),
      ageDays: Math.max(0, Math.floor((transaction.now - one.createdAt) / DAY)),
      nextStep: one.nextStep,
      disclosure: toSummary(one),
    };
  });
};

/** A practice has few releases that end within a month: they are read whole, and paged by the last one shown. */
const expiringPage = async (
  transaction: Transaction,
  wanted: WantedQueue,
  { after, limit }: Paging,
): Promise<Result<PageOf<WorklistItem>>> => {
  const all = await expiringWorkIn(transaction, wanted);
  const keyOf = (one: (typeof all)[number]): string => `${one.validUntil}.${one.release}`;
  if (after !== undefined && !/^\d{4}-\d\d-\d\d\.[0-9a-f-]{36}$/.test(after))
    return failed(issue('cursor_invalid', '?/after'));
  const behind = after === undefined ? all : all.filter((one) => keyOf(one) > after);
  const shown = behind.slice(0, limit);
  const last = shown.at(-1);
  const staff = await staffIn(transaction);
  return ok({
    rows: shown.map((one) => toExpiringItem(one, staff)),
    ...(behind.length > limit && last !== undefined ? { next: keyOf(last) } : {}),
  });
};

const stateShown = async (transaction: Transaction, work: Result<WorkRecord>): Promise<Result<WorkState>> =>
  work.ok ? ok({ kind: work.value.kind, ...toWork(work.value, await staffIn(transaction)) }) : work;

type AssigneeGiven = Pick<Parameters<typeof assignWorkIn>[1], 'to'>;

/** Who is to have it, and whose clients they may see. */
const assigneeIn = async (transaction: Transaction, id: StaffId | null): Promise<Result<AssigneeGiven>> => {
  if (id === null) return ok<AssigneeGiven>({});
  const staff = (await staffIn(transaction)).get(id);
  return staff === undefined
    ? failed(issue('assignee_unknown', '/staff'))
    : ok({ to: { staff: id, reach: reachOf(staff) } });
};

export const assignIn = async (
  transaction: Transaction,
  context: RequestContext,
  asked: { readonly item: string; readonly staff: StaffId | null; readonly version?: number },
): Promise<Result<WorkRecord>> => {
  const assignee = await assigneeIn(transaction, asked.staff);
  return assignee.ok ? assignWorkIn(transaction, { ...requestOf(context, asked), ...assignee.value }) : assignee;
};

export const snoozeIn = (
  transaction: Transaction,
  context: RequestContext,
  asked: Parameters<WorklistUseCases['snoozeWork']>[1],
): Promise<Result<WorkRecord>> =>
  snoozeWorkIn(transaction, {
    ...requestOf(context, asked),
    ...(asked.until === null ? {} : { until: asked.until }),
  });

export const worklistUseCases = (desk: Desk): WorklistUseCases => ({
  countWorklist: (context, scope) =>
    within(desk, context, async (transaction) => {
      const wanted = wantedBy(context, scope);
      const found = await transaction.lists.countQueues(wanted);
      const expiring = await countExpiringIn(transaction, wanted);
      return ok({
        queues: words.WORKLIST_QUEUES.map((queue) => {
          const { open, snoozed } =
            queue === 'release-expiring' ? expiring : (found.get(queue) ?? { open: 0, snoozed: 0 });
          return { queue, count: boundedCount(open), snoozed: boundedCount(snoozed) };
        }),
      });
    }),

  listWorklist: (context, { queue, scope, snoozed }, paging) =>
    within(desk, context, async (transaction) => {
      const wanted = { ...wantedBy(context, scope), snoozed };
      if (queue === 'release-expiring') return expiringPage(transaction, wanted, paging);
      const { rows, next } = await transaction.lists.queue(queue, wanted, paging);
      const items = await itemsOf(transaction, rows, await staffIn(transaction));
      return ok({ rows: items, ...(next === undefined ? {} : { next }) });
    }),

  readWork: (context, item) =>
    within(desk, context, async (transaction) =>
      stateShown(transaction, await readWorkIn(transaction, requestOf(context, { item }))),
    ),

  assignWork: (context, asked) =>
    within(desk, context, async (transaction) => stateShown(transaction, await assignIn(transaction, context, asked))),

  snoozeWork: (context, asked) =>
    within(desk, context, async (transaction) => stateShown(transaction, await snoozeIn(transaction, context, asked))),

  listNotes: (context, item) =>
    within(desk, context, async (transaction) => {
      const notes = await notesIn(transaction, requestOf(context, { item }));
      if (!notes.ok) return notes;
      const staff = await staffIn(transaction);
      return ok(notes.value.map((one) => toNote(one, staff)));
    }),

  writeNote: (context, { item, text }, idempotency) =>
    createdOnce(
      desk,
      { context, idempotency },
      {
        run: async (transaction) => {
          const written = await writeNoteIn(desk.services, transaction, { ...requestOf(context, { item }), text });
          return written.ok ? ok({ note: written.value }) : written;
        },
        show: async (transaction, receipt) => {
          const notes = await notesIn(transaction, requestOf(context, { item }));
          if (!notes.ok) return notes;
          const note = notes.value.find(({ id }) => id === receipt['note']);
          return note === undefined ? notFound() : ok(toNote(note, await staffIn(transaction)));
        },
      },
    ),

  listStaff: (context) =>
    within(desk, context, async (transaction) =>
      ok((await transaction.practice.staff()).map(({ id, name, roles }) => ({ id, name, roles: [...roles] }))),
    ),
});
