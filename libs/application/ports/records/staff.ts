import type { ApiKeyId, ClinicianId, StaffId } from '#libs/kernel';

export type StaffRole = 'billing' | 'clinician' | 'privacy-officer' | 'administrator' | 'auditor' | 'operator';

/** An insurer is nobody's role but its own. */
export type Role = StaffRole | 'insurer';

export interface StaffRecord {
  readonly id: StaffId;
  readonly signIn: string;
  readonly name: string;
  readonly roles: readonly StaffRole[];
  readonly clinician?: ClinicianId;
}

/** The hash serves the sign-in alone (`Directory.findStaff`); nobody else may read it. */
export interface NewStaff extends StaffRecord {
  readonly passwordHash: string;
  /** Somebody else made it. */
  readonly mustChangePassword?: boolean;
}

/** A key of a program, without anything that could open the door. */
export interface ApiKeyRecord {
  readonly id: ApiKeyId;
  readonly label: string;
  readonly roles: readonly Role[];
  readonly createdAt: number;
  readonly expiresAt: number;
}
