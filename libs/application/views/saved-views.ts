import { failed, issue, ok, type Result, type SavedViewId, type StaffId } from '#libs/kernel';
import type { SavedViewRecord } from '../ports/records.js';
import type { Services } from '../ports/services.js';
import type { Transaction } from '../ports/store.js';

export const MOST_VIEWS = 50;

type Content = Pick<SavedViewRecord, 'name' | 'filter' | 'columns' | 'sort'>;

/** By name. */
export const viewsOf = async (transaction: Transaction, staff: StaffId): Promise<readonly SavedViewRecord[]> =>
  [...(await transaction.views.of(staff))].sort((one, other) => one.name.localeCompare(other.name, 'en'));

export const viewIn = async (
  transaction: Transaction,
  at: { readonly staff: StaffId; readonly id: SavedViewId },
): Promise<Result<SavedViewRecord>> => {
  const view = (await transaction.views.of(at.staff)).find(({ id }) => id === at.id);
  return view === undefined ? failed(issue('not_found', '')) : ok(view);
};

/** `view_name_taken`: nobody should have to guess which of two it was. */
const mayHave = (others: readonly SavedViewRecord[], { name }: Content): Result<void> =>
  others.some((one) => one.name === name) ? failed(issue('view_name_taken', '/name')) : ok(undefined);

/** Also `too_many_views`. */
export const createViewIn = async (
  services: Services,
  transaction: Transaction,
  request: { readonly staff: StaffId; readonly content: Content },
): Promise<Result<SavedViewId>> => {
  const { staff, content } = request;
  await transaction.views.lock(staff);
  const others = await transaction.views.of(staff);
  if (others.length >= MOST_VIEWS) return failed(issue('too_many_views', ''));
  const allowed = mayHave(others, content);
  if (!allowed.ok) return allowed;
  const id = services.ids.uuid() as SavedViewId;
  const { now } = transaction;
  await transaction.views.add({ ...content, id, staff, createdAt: now, updatedAt: now, version: 1 });
  return ok(id);
};

export const changeViewIn = async (
  transaction: Transaction,
  request: {
    readonly staff: StaffId;
    readonly id: SavedViewId;
    readonly content: Content;
    readonly version: number;
  },
): Promise<Result<SavedViewRecord>> => {
  const { staff, id, content, version } = request;
  await transaction.views.lock(staff);
  const all = await transaction.views.of(staff);
  const view = all.find((one) => one.id === id);
  if (view === undefined) return failed(issue('not_found', ''));
  const allowed = mayHave(
    all.filter((one) => one.id !== id),
    content,
  );
  if (!allowed.ok) return allowed;
  const { sort: _before, ...kept } = view;
  const changed: SavedViewRecord = { ...kept, ...content, updatedAt: transaction.now, version: version + 1 };
  return (await transaction.views.change(changed, version)) ? ok(changed) : failed(issue('precondition_failed', ''));
};

export const deleteViewIn = async (
  transaction: Transaction,
  at: { readonly staff: StaffId; readonly id: SavedViewId },
): Promise<Result<void>> => ((await transaction.views.remove(at)) ? ok(undefined) : failed(issue('not_found', '')));
