import type { ReleaseRecord } from '../records/release.js';

/** What a file brought, by what tells one from another there. */
export interface ImportRepository {
  /** Until the end of the transaction nobody else imports into this practice. */
  lock(): Promise<void>;
  /** References under which a release was imported already, also one that has been signed since. */
  releasesThere(references: readonly string[]): Promise<ReadonlySet<string>>;
  addRelease(reference: string, release: ReleaseRecord): Promise<void>;
}
