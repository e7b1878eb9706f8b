import type { ClientId, PlainDate, ReleaseId } from '#libs/kernel';

/** A signed release that will soon be over, and which reminders of it were due when. */
export interface ExpiringRelease {
  readonly release: ReleaseId;
  readonly client: ClientId;
  readonly validUntil: PlainDate;
  readonly reminders: readonly { readonly days: number; readonly dueAt: number }[];
}

/** Releases on their last days. What was revoked or replaced is over already and is not among them. */
export interface ReminderRepository {
  /** Soonest first. */
  expiring(between: { readonly from: PlainDate; readonly to: PlainDate }): Promise<readonly ExpiringRelease[]>;
  /** Gives those that were not there. */
  add(
    reminders: readonly { readonly release: ReleaseId; readonly client: ClientId; readonly days: number }[],
    at: number,
  ): Promise<readonly { readonly release: ReleaseId; readonly client: ClientId; readonly days: number }[]>;
}
