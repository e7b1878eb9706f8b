export interface IdempotencyRecord {
  readonly principal: string;
  readonly route: string;
  readonly key: string;
  readonly fingerprint: string;
  readonly status: number;
  readonly body: string;
}

export interface IdempotencyRepository {
  find(keys: readonly Pick<IdempotencyRecord, 'principal' | 'route' | 'key'>[]): Promise<readonly IdempotencyRecord[]>;
  /** Fails with the database's unique violation when a concurrent transaction was first. */
  add(records: readonly IdempotencyRecord[]): Promise<void>;
}
