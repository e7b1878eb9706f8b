import type { StaffId } from '#libs/kernel';
import type { StaffRecord } from './records.js';

/** Somebody who may sign in. The hash of the password is written here and read by the sign-in alone. */
export interface StaffAccount extends StaffRecord {
  readonly disabled: boolean;
  /** The password was given out by somebody else: it must be changed before anything else is done. */
  readonly mustChangePassword: boolean;
  /** Raised by every change. */
  readonly version: number;
}

export interface StaffAccountRepository {
  /** By name. */
  all(): Promise<readonly StaffAccount[]>;
  /** The same, kept from any change by others for the rest of this transaction. */
  lockAll(): Promise<readonly StaffAccount[]>;
  /** Writes roles, clinician, disabled and mustChangePassword, and raises the version. */
  change(account: StaffAccount): Promise<void>;
  setPassword(id: StaffId, passwordHash: string): Promise<void>;
  /** Whoever holds one is nobody from the next request on. */
  endSessions(id: StaffId): Promise<void>;
}
