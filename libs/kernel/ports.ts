/** The time, as milliseconds since the epoch (UTC). The database's clock where a law depends on it. */
export interface Clock {
  now(): number;
}

/** New identifiers that say nothing about anybody. */
export interface IdSource {
  uuid(): string;
}
