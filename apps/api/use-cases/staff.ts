import type { ChangeStaffRoles, CreateStaffAccount, StaffAccountView } from '#libs/contracts';
import type { StaffId } from '#libs/kernel';
import type { Answer, RequestContext } from './asked.js';

/** One account; `version`, where given, must still be its version, else `precondition_failed`. */
export interface AboutStaff {
  readonly id: StaffId;
  readonly version?: number;
}

/** Who may sign in. `last_administrator`: nobody would be left to administer. Passwords come as hashes, made by the gateway. */
export interface StaffUseCases {
  listStaffAccounts(context: RequestContext): Answer<readonly StaffAccountView[]>;
  readStaffAccount(context: RequestContext, id: StaffId): Answer<StaffAccountView>;
  /** `duplicate` for a sign-in name that somebody has; `unknown_reference` for a clinician who is not there. */
  createStaffAccount(
    context: RequestContext,
    account: CreateStaffAccount & { readonly passwordHash: string },
  ): Answer<StaffAccountView>;
  changeStaffRoles(context: RequestContext, about: AboutStaff, change: ChangeStaffRoles): Answer<StaffAccountView>;
  disableStaff(context: RequestContext, about: AboutStaff): Answer<StaffAccountView>;
  enableStaff(context: RequestContext, about: AboutStaff): Answer<StaffAccountView>;
  resetPassword(
    context: RequestContext,
    reset: AboutStaff & { readonly passwordHash: string },
  ): Answer<StaffAccountView>;
  /** Ends every session of the asker; `forbidden` for a program. */
  changeOwnPassword(context: RequestContext, passwordHash: string): Answer<void>;
  /** By what name the asker signs in. */
  ownSignIn(context: RequestContext): Answer<string>;
}
