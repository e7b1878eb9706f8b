import type { ApiKeyId, ClinicianId, InboxCredentialId, InsurerId, LaneId, TimeZone } from '#libs/kernel';
import type { ReadingChoice } from '#libs/release';
import type { InboxCredentialRecord } from '../records/inbox.js';
import type { InsurerRecord } from '../records/insurer.js';
import type { ClinicianRecord, PracticeRecord, ReadingRecord } from '../records/practice.js';
import type { ApiKeyRecord, NewStaff, StaffRecord } from '../records/staff.js';

export interface PracticeRepository {
  get(): Promise<PracticeRecord>;
  /** Asked for once in a transaction. */
  timeZone(): Promise<TimeZone>;
  /** False for one that the database has no clock for under this very name. */
  setTimeZone(zone: TimeZone): Promise<boolean>;
  clinicians(ids?: readonly ClinicianId[]): Promise<ReadonlyMap<ClinicianId, ClinicianRecord>>;
  insurers(ids?: readonly InsurerId[]): Promise<ReadonlyMap<InsurerId, InsurerRecord>>;
  readings(): Promise<readonly ReadingRecord[]>;
  /** Choices in force now. */
  choices(): Promise<readonly ReadingChoice[]>;
  addReading(reading: ReadingRecord): Promise<void>;
  revokeReading(id: string, at: number): Promise<boolean>;
  addClinician(clinician: ClinicianRecord): Promise<void>;
  /** Also makes the insurer's lane. */
  addInsurer(insurer: InsurerRecord, lane: LaneId): Promise<void>;
  changeConnection(id: InsurerId, to: Pick<InsurerRecord, 'connection' | 'token'>): Promise<void>;
  staff(): Promise<readonly StaffRecord[]>;
  addStaff(staff: NewStaff): Promise<void>;
  /** Those that work now, newest first. */
  apiKeys(): Promise<readonly ApiKeyRecord[]>;
  revokeApiKey(id: ApiKeyId): Promise<boolean>;
  /** Those of an insurer that work now, newest first. */
  inboxCredentials(insurer: InsurerId): Promise<readonly InboxCredentialRecord[]>;
  /** With every access token that they were exchanged for. False for credentials that do not work (any more). */
  revokeInboxCredential(insurer: InsurerId, id: InboxCredentialId): Promise<boolean>;
}
