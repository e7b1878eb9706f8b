import type { ClinicianId, PracticeId, StaffId, TimeZone } from '#libs/kernel';
import type { Licence } from '#libs/release';

/** The practice itself: nothing here is about a client, and all of it is stored in clear. */
export interface PracticeRecord {
  readonly id: PracticeId;
  readonly name: string;
  readonly npi: string;
  readonly taxId: string;
  readonly taxonomy: string;
  readonly address: { readonly line: string; readonly city: string; readonly region: string; readonly postal: string };
  readonly phone: string;
  readonly contactName: string;
  readonly submitterId: string;
  readonly part2Program: boolean;
  /** In it days begin and end: those of releases, “today”, the days on its documents. */
  readonly timeZone: TimeZone;
}

export interface ClinicianRecord extends Licence {
  readonly id: ClinicianId;
  readonly firstName: string;
  readonly lastName: string;
  readonly credential: string;
  readonly npi: string;
  readonly taxonomy: string;
  readonly supervisor?: ClinicianId;
}

export interface ReadingRecord {
  readonly id: string;
  readonly ceiling: string;
  readonly choice: 'literal' | { readonly reading: string; readonly version: string };
  readonly signedBy: StaffId;
  readonly signedAt: number;
  readonly revokedAt?: number;
}
