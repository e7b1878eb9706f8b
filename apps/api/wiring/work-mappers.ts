import type { ExpiringWork, SavedViewRecord, StaffRecord, WorkNoteRecord, WorkRecord } from '#libs/application';
import { type SavedView, saveView, type WorklistItem, type WorkNote, type WorkState } from '#libs/contracts';
import type { StaffId } from '#libs/kernel';
import { toInstant } from './desk.js';
import { staffOf } from './practice.js';

export type StaffNames = ReadonlyMap<StaffId, Pick<StaffRecord, 'name'>>;

const assigneeOf = ({ assignee }: WorkRecord, staff: StaffNames): Pick<WorkState, 'assignee'> => {
  const name = assignee === undefined ? undefined : staff.get(assignee)?.name;
  return assignee === undefined || name === undefined ? {} : { assignee: { id: assignee, name } };
};

/** What every item says, whatever it is about. */
export const toWork = (work: WorkRecord, staff: StaffNames): Omit<WorkState, 'kind'> => ({
  id: work.id,
  notes: work.notes,
  version: work.version,
  ...assigneeOf(work, staff),
  ...(work.snoozedUntil === undefined ? {} : { snoozedUntil: work.snoozedUntil }),
});

const EXPIRING_DAYS = 30;

export const toExpiringItem = (one: ExpiringWork, staff: StaffNames): WorklistItem => ({
  kind: 'release',
  ...toWork(one.work, staff),
  ageDays: Math.max(0, EXPIRING_DAYS - one.daysLeft),
  nextStep: 'Ask the client for a new release before this one ends; nothing goes after its last day.',
  release: {
    id: one.release,
    client: {
      id: one.client.id,
      code: one.client.code,
      name: `${one.client.identity.firstName} ${one.client.identity.lastName}`,
    },
    validUntil: one.validUntil,
    daysLeft: one.daysLeft,
  },
});

export const toNote = ({ id, text, author, writtenAt }: WorkNoteRecord, staff: StaffNames): WorkNote => {
  const writer = staffOf(author);
  const name = writer === undefined ? undefined : staff.get(writer)?.name;
  return {
    id,
    text,
    author,
    writtenAt: toInstant(writtenAt),
    ...(name === undefined ? {} : { authorName: name }),
  };
};

/** Held to the contract once more: what was saved may name a column that there is no longer. */
export const toSavedView = (view: SavedViewRecord): SavedView | undefined => {
  const { name, filter, columns, sort } = view;
  const read = saveView.safeParse({ name, filter, columns, ...(sort === undefined ? {} : { sort }) });
  return read.success
    ? {
        ...read.data,
        id: view.id,
        createdAt: toInstant(view.createdAt),
        updatedAt: toInstant(view.updatedAt),
        version: view.version,
      }
    : undefined;
};
