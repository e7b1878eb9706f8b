import {
  type DisclosureId,
  failed,
  issue,
  ok,
  type PlainDate,
  type Result,
  type StaffId,
  type WorkNoteId,
} from '#libs/kernel';
import { isInReach } from '../clients/reach.js';
import type { ClientReach } from '../ports/client-reach.js';
import type { LedgerKind } from '../ports/ledger.js';
import type { WorkNoteRecord, WorkRecord } from '../ports/records.js';
import { todayIn } from '../practice/days.js';
import type { Services } from '../ports/services.js';
import type { PracticeContext, Transaction } from '../ports/store.js';

/** Notes that one item can have. */
const MOST_NOTES = 1_000;

type Item = Pick<WorkRecord, 'id' | 'kind' | 'client'>;

/** Who does something about which item, and whose clients they may see. */
export interface WorkRequest {
  readonly context: PracticeContext;
  readonly reach: ClientReach;
  /** Of the disclosure or the release. */
  readonly item: string;
  /** Must still be the item's, where given. */
  readonly version?: number;
}

const itemIn = async (transaction: Transaction, { item, reach }: WorkRequest): Promise<Result<Item>> => {
  const found = await transaction.work.subject(item);
  return found !== undefined && (await isInReach(transaction, reach, found.client))
    ? ok(found)
    : failed(issue('not_found', ''));
};

const tell = (
  transaction: Transaction,
  done: { readonly kind: LedgerKind; readonly request: WorkRequest; readonly item: Item },
  codes: readonly string[],
): void => {
  const { kind, request, item } = done;
  const about = item.kind === 'disclosure' ? { disclosure: item.id as DisclosureId } : { subject: item.id };
  transaction.ledger.record({ kind, actor: request.context.actor, client: item.client, ...about, codes });
};

const stateOf = async (transaction: Transaction, item: Item): Promise<WorkRecord> =>
  (await transaction.work.byIds([item.id])).get(item.id) ?? { ...item, notes: 0, version: 0 };

/** `not_found` for what is out of reach. */
export const readWorkIn = async (transaction: Transaction, request: WorkRequest): Promise<Result<WorkRecord>> => {
  const item = await itemIn(transaction, request);
  return item.ok ? ok(await stateOf(transaction, item.value)) : item;
};

const changeOf = (item: Item, { version }: WorkRequest) => ({ item, ...(version === undefined ? {} : { version }) });

/** `assignee_unknown` for nobody of the practice, `assignee_out_of_reach` for somebody who may not see the client. */
export const assignWorkIn = async (
  transaction: Transaction,
  request: WorkRequest & { readonly to?: { readonly staff: StaffId; readonly reach: ClientReach } },
): Promise<Result<WorkRecord>> => {
  const item = await itemIn(transaction, request);
  if (!item.ok) return item;
  const { to } = request;
  if (to !== undefined && !(await isInReach(transaction, to.reach, item.value.client)))
    return failed(issue('assignee_out_of_reach', '/staff'));
  if (!(await transaction.work.assign(changeOf(item.value, request), to?.staff)))
    return failed(issue('precondition_failed', ''));
  tell(transaction, { kind: 'work-assigned', request, item: item.value }, [to?.staff ?? 'nobody']);
  return ok(await stateOf(transaction, item.value));
};

/** `day_not_to_come` for today or before. */
export const snoozeWorkIn = async (
  transaction: Transaction,
  request: WorkRequest & { readonly until?: PlainDate },
): Promise<Result<WorkRecord>> => {
  const item = await itemIn(transaction, request);
  if (!item.ok) return item;
  const { until } = request;
  if (until !== undefined && until <= (await todayIn(transaction))) return failed(issue('day_not_to_come', '/until'));
  if (!(await transaction.work.snooze(changeOf(item.value, request), until)))
    return failed(issue('precondition_failed', ''));
  tell(transaction, { kind: 'work-snoozed', request, item: item.value }, [until ?? 'none']);
  return ok(await stateOf(transaction, item.value));
};

/** The ledger says that somebody wrote, and nothing of what. `too_many_notes`. */
export const writeNoteIn = async (
  services: Services,
  transaction: Transaction,
  request: WorkRequest & { readonly text: string },
): Promise<Result<WorkNoteId>> => {
  const item = await itemIn(transaction, request);
  if (!item.ok) return item;
  const { id, kind, client } = item.value;
  const note: WorkNoteRecord = {
    id: services.ids.uuid() as WorkNoteId,
    item: id,
    client,
    author: request.context.actor,
    writtenAt: transaction.now,
    text: request.text,
  };
  if (!(await transaction.work.addNote(note, { kind, most: MOST_NOTES }))) return failed(issue('too_many_notes', ''));
  tell(transaction, { kind: 'work-noted', request, item: item.value }, []);
  return ok(note.id);
};

export const notesIn = async (
  transaction: Transaction,
  request: WorkRequest,
): Promise<Result<readonly WorkNoteRecord[]>> => {
  const item = await itemIn(transaction, request);
  return item.ok ? ok(await transaction.work.notes(request.item)) : item;
};
