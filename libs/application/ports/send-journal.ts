import type { DisclosureId, PracticeId } from '#libs/kernel';

/** That one attempt was permitted. Ids only. */
export interface JournalEntry {
  readonly practice: PracticeId;
  readonly disclosure: DisclosureId;
  readonly attempt: string;
}

/**
 * What was permitted, kept outside of the database. A database that comes back from a backup has forgotten what was sent
 * after the backup was made and would send it again; the journal has not.
 */
export interface SendJournal {
  /** On disk when it resolves. Nothing goes before that. */
  record(entries: readonly JournalEntry[]): Promise<void>;
  /** Oldest first, of every worker that shares the place; the newest of each first reading only, where so many are asked for. */
  entries(newest?: number): Promise<readonly JournalEntry[]>;
}
