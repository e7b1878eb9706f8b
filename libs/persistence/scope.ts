import type { Keys } from '#libs/application';
import type { PracticeId } from '#libs/kernel';
import type { Sql } from './sql.js';
import type { Vault } from './vault.js';

/** What the repositories of one transaction share. */
export interface Scope {
  readonly practice: PracticeId;
  /** The database's clock when the transaction began, in milliseconds. */
  readonly now: number;
  readonly sql: Sql;
  readonly vault: Vault;
  readonly keys: Keys;
}
