import type { PlainDate, StaffId } from '#libs/kernel';
import type { SavedViewRecord, WorkNoteRecord, WorkRecord } from '../records.js';

/** A change of one item; `version`, where given, must be the item's. */
export interface WorkChange {
  readonly item: Pick<WorkRecord, 'id' | 'kind' | 'client'>;
  readonly version?: number;
}

export interface WorkRepository {
  /** What an id stands for: a disclosure or a signed release of a client whose key is there. */
  subject(id: string): Promise<Pick<WorkRecord, 'id' | 'kind' | 'client'> | undefined>;
  /** Items of which nothing was ever said are absent. */
  byIds(ids: readonly string[]): Promise<ReadonlyMap<string, WorkRecord>>;
  /** False when the version is another by now. */
  assign(change: WorkChange, to: StaffId | undefined): Promise<boolean>;
  snooze(change: WorkChange, until: PlainDate | undefined): Promise<boolean>;
  /** Also counts it. False when there are `most` already. */
  addNote(note: WorkNoteRecord, about: Pick<WorkRecord, 'kind'> & { readonly most: number }): Promise<boolean>;
  /** Newest first. */
  notes(item: string): Promise<readonly WorkNoteRecord[]>;
}

/** Views of one member of staff; nobody else's are seen. */
export interface ViewRepository {
  /** In the order in which they were made. */
  of(staff: StaffId): Promise<readonly SavedViewRecord[]>;
  /** Holds off others who add for the same member of staff until the end of the transaction. */
  lock(staff: StaffId): Promise<void>;
  add(view: SavedViewRecord): Promise<void>;
  /** False when there is none of this version any more. */
  change(view: SavedViewRecord, from: number): Promise<boolean>;
  remove(view: Pick<SavedViewRecord, 'id' | 'staff'>): Promise<boolean>;
}
