import type { ImportRepository, ReleaseRecord } from '#libs/application';
import type { Scope } from '../scope.js';

/** Any number of ours that no other advisory lock begins with. */
const IMPORT_LOCK = 730_415_104;

/** References of a file are the practice's own and may be about somebody: they stand here as blind indexes. */
export class ImportRows implements ImportRepository {
  constructor(private readonly scope: Scope) {}

  async lock(): Promise<void> {
    await this.scope.sql.rows('SELECT pg_advisory_xact_lock($1, hashtext($2))', [IMPORT_LOCK, this.scope.practice]);
  }

  async releasesThere(references: readonly string[]): Promise<ReadonlySet<string>> {
    const indexes = new Map(references.map((reference) => [this.#index(reference), reference]));
    const rows = await this.scope.sql.rows(
      'SELECT reference FROM release_reference WHERE practice_id = $1 AND reference = ANY ($2::text[])',
      [this.scope.practice, [...indexes.keys()]],
    );
    return new Set(rows.flatMap((row) => indexes.get(row.text('reference')) ?? []));
  }

  async addRelease(reference: string, release: ReleaseRecord): Promise<void> {
    await this.scope.sql.run(
      'INSERT INTO release_reference (practice_id, reference, client_id, release_id) VALUES ($1, $2, $3, $4)',
      [this.scope.practice, this.#index(reference), release.client, release.id],
    );
  }

  #index(reference: string): string {
    return this.scope.keys.blindIndex(this.scope.practice, 'release-reference', reference);
  }
}
