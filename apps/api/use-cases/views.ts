import type { SavedView, SaveView } from '#libs/contracts';
import type { SavedViewId } from '#libs/kernel';
import type { Answer, Created, Idempotency, RequestContext } from './asked.js';

/** Saved views of whoever asks. */
export interface ViewUseCases {
  listViews(context: RequestContext): Answer<readonly SavedView[]>;
  createView(context: RequestContext, view: SaveView, idempotency: Idempotency): Answer<Created<SavedView>>;
  changeView(
    context: RequestContext,
    change: { readonly id: SavedViewId; readonly view: SaveView; readonly version: number },
  ): Answer<SavedView>;
  deleteView(context: RequestContext, id: SavedViewId): Answer<void>;
}
