import type { ClientIdentity } from '#libs/billing';
import type { ClientId, ClinicianId, CoverageId, InsurerId, PlainDate, TreatmentId } from '#libs/kernel';
import type { DataKey } from '../keys.js';
import type { Page, PageRequest } from '../paging.js';
import type { ClientRecord, CoverageRecord, TreatmentRecord } from '../records/client.js';

export interface ClientRepository {
  /** Makes the client's data key and its authority row (epoch 0). */
  add(client: ClientRecord): Promise<void>;
  addMany(clients: readonly ClientRecord[]): Promise<void>;
  /** Records the identity as the revision it bears, beside those before, which stay. `unique_violation` where there is one already. */
  amend(client: ClientRecord, recorded: { readonly by: string; readonly at: number }): Promise<void>;
  /** Who the client was as of a revision. */
  identityAt(client: ClientId, revision: number): Promise<ClientIdentity | undefined>;
  addCoverage(coverage: CoverageRecord): Promise<void>;
  addCoverages(coverages: readonly CoverageRecord[]): Promise<void>;
  /** Of each, in order, whether the client has a coverage with this insurer and member id. */
  coveragesThere(
    asked: readonly { readonly client: ClientId; readonly insurer: InsurerId; readonly memberId: string }[],
  ): Promise<readonly boolean[]>;
  byIds(ids: readonly ClientId[]): Promise<ReadonlyMap<ClientId, ClientRecord>>;
  byCode(code: string): Promise<ClientRecord | undefined>;
  coverages(ids: readonly CoverageId[]): Promise<ReadonlyMap<CoverageId, CoverageRecord>>;
  coveragesOf(client: ClientId): Promise<readonly CoverageRecord[]>;
  keys(ids: readonly ClientId[]): Promise<ReadonlyMap<ClientId, DataKey>>;
  page(request: PageRequest): Promise<Page<ClientRecord>>;
  /** Whose codes are taken, also by clients who were forgotten. */
  idsByCode(codes: readonly string[]): Promise<ReadonlyMap<string, ClientId | 'forgotten'>>;
  /**
   * Bumps the client's epoch, destroys the data key, and drops the bytes in which insurers answered about the client:
   * one file answers for many, so those are not under the client's key.
   */
  forget(client: ClientId): Promise<void>;
  /** Data keys that are not wrapped under the current key-encryption key. */
  countStaleKeys(): Promise<number>;
  /** Wraps up to `limit` of them anew, each in one step. Gives how many it took; a key that was destroyed meanwhile stays so. */
  rewrapKeys(limit: number): Promise<number>;
  /**
   * From here on the database takes no data key under these key-encryption keys. `false`, and nothing changes, while
   * there is one.
   */
  retireKeys(keks: readonly string[]): Promise<boolean>;
}

/** Who treats whom. A row is ended once and stays. */
export interface TreatmentRepository {
  /** `unique_violation` when the clinician treats the client already, without an end. */
  add(treatment: TreatmentRecord): Promise<void>;
  byId(id: TreatmentId): Promise<TreatmentRecord | undefined>;
  /** False when it was ended before. */
  end(ended: Required<Pick<TreatmentRecord, 'id' | 'until' | 'endedBy' | 'endedAt'>>): Promise<boolean>;
  /** Newest first, ended ones too. */
  of(client: ClientId): Promise<readonly TreatmentRecord[]>;
  /** Those of the clients whom the clinician treats on that day. */
  treatedBy(clinician: ClinicianId, clients: readonly ClientId[], on: PlainDate): Promise<ReadonlySet<ClientId>>;
}
