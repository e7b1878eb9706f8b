import { changeViewIn, createViewIn, deleteViewIn, type Transaction, viewIn, viewsOf } from '#libs/application';
import type { SavedView, SaveView } from '#libs/contracts';
import { failed, issue, ok, type Result, type SavedViewId, type StaffId } from '#libs/kernel';
import type { ViewUseCases } from '../use-cases/views.js';
import type { RequestContext } from '../use-cases/asked.js';
import { createdOnce, type Desk, idIn, notFound, within } from './desk.js';
import { staffOf } from './practice.js';
import { toSavedView } from './work-mappers.js';

/** Members that were left out are absent, as the record has them. */
const contentOf = ({ name, filter, columns, sort }: SaveView) => ({
  name,
  filter: { ...filter },
  columns,
  ...(sort === undefined ? {} : { sort }),
});

const shown = async (
  transaction: Transaction,
  at: { readonly staff: StaffId; readonly id: SavedViewId },
): Promise<Result<SavedView>> => {
  const view = await viewIn(transaction, at);
  if (!view.ok) return view;
  const known = toSavedView(view.value);
  return known === undefined ? notFound() : ok(known);
};

/** Views belong to people. */
const asPerson = <T>({ actor }: RequestContext, work: (staff: StaffId) => Promise<Result<T>>): Promise<Result<T>> => {
  const staff = staffOf(actor);
  return staff === undefined ? Promise.resolve(failed(issue('forbidden', ''))) : work(staff);
};

export const viewUseCases = (desk: Desk): ViewUseCases => ({
  listViews: (context) =>
    asPerson(context, (staff) =>
      within(desk, context, async (transaction) =>
        ok((await viewsOf(transaction, staff)).flatMap((view) => toSavedView(view) ?? [])),
      ),
    ),

  createView: (context, view, idempotency) =>
    createdOnce(
      desk,
      { context, idempotency },
      {
        run: (transaction) =>
          asPerson(context, async (staff) => {
            const made = await createViewIn(desk.services, transaction, { staff, content: contentOf(view) });
            return made.ok ? ok({ view: made.value }) : made;
          }),
        show: (transaction, receipt) =>
          asPerson(context, async (staff) => {
            const id = idIn<SavedViewId>(receipt, 'view');
            return id === undefined ? notFound() : shown(transaction, { staff, id });
          }),
      },
    ),

  changeView: (context, { id, view, version }) =>
    asPerson(context, (staff) =>
      within(desk, context, async (transaction) => {
        const changed = await changeViewIn(transaction, { staff, id, content: contentOf(view), version });
        return changed.ok ? shown(transaction, { staff, id }) : changed;
      }),
    ),

  deleteView: (context, id) =>
    asPerson(context, (staff) => within(desk, context, (transaction) => deleteViewIn(transaction, { staff, id }))),
});
