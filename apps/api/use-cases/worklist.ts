import type { StaffName, WorklistCounts, WorklistItem, WorklistQueue, WorkNote, WorkState } from '#libs/contracts';
import type { PlainDate, StaffId } from '#libs/kernel';
import type { Answer, Created, Idempotency, PageOf, Paging, RequestContext } from './asked.js';

/** Everything in reach, or what of it is assigned to whoever asks. */
export type WorklistScope = 'mine' | 'all';

/** What waits for somebody. */
export interface WorklistUseCases {
  countWorklist(context: RequestContext, scope: WorklistScope): Answer<WorklistCounts>;
  listWorklist(
    context: RequestContext,
    wanted: { readonly queue: WorklistQueue; readonly scope: WorklistScope; readonly snoozed: boolean },
    paging: Paging,
  ): Answer<PageOf<WorklistItem>>;
  readWork(context: RequestContext, item: string): Answer<WorkState>;
  /** `version`, where given, must still be the item’s, else `precondition_failed`. */
  assignWork(
    context: RequestContext,
    assignment: { readonly item: string; readonly staff: StaffId | null; readonly version?: number },
  ): Answer<WorkState>;
  snoozeWork(
    context: RequestContext,
    snooze: { readonly item: string; readonly until: PlainDate | null; readonly version?: number },
  ): Answer<WorkState>;
  listNotes(context: RequestContext, item: string): Answer<readonly WorkNote[]>;
  writeNote(
    context: RequestContext,
    note: { readonly item: string; readonly text: string },
    idempotency: Idempotency,
  ): Answer<Created<WorkNote>>;
  listStaff(context: RequestContext): Answer<readonly StaffName[]>;
}
