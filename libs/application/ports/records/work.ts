import type { ClientId, PlainDate, SavedViewId, StaffId, WorkNoteId } from '#libs/kernel';

/** Something that may wait for a person: who has taken it, until when it is put off. It begins at version 0. */
export interface WorkRecord {
  /** Of the disclosure or the release that it is about. */
  readonly id: string;
  readonly kind: 'disclosure' | 'release';
  readonly client: ClientId;
  readonly assignee?: StaffId;
  readonly snoozedUntil?: PlainDate;
  readonly notes: number;
  readonly version: number;
}

/** What somebody wrote about an item; stored under the client's key and never changed. */
export interface WorkNoteRecord {
  readonly id: WorkNoteId;
  readonly item: string;
  readonly client: ClientId;
  readonly author: string;
  readonly writtenAt: number;
  readonly text: string;
}

/** How one member of staff looks at the list of disclosures. The name is stored encrypted. */
export interface SavedViewRecord {
  readonly id: SavedViewId;
  readonly staff: StaffId;
  readonly name: string;
  /** Members of the list's query, as the query says them. */
  readonly filter: Readonly<Record<string, string>>;
  readonly columns: readonly string[];
  readonly sort?: string;
  readonly createdAt: number;
  readonly updatedAt: number;
  readonly version: number;
}
