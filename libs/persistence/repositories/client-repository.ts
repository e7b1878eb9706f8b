import type { ClientRecord, ClientRepository, CoverageRecord, DataKey, Page, PageRequest } from '#libs/application';
import type { ClientId, CoverageId, InsurerId } from '#libs/kernel';
import { limitOf, pageOf, placeAfter } from '../cursor.js';
import type { Row } from '../row.js';
import type { Scope } from '../scope.js';
import { instantOf, packBlobs } from '../sql.js';
import { required } from '../vault.js';

const identityPlace = (client: ClientId, revision: number) =>
  ({ class: 'identity', row: revision === 1 ? `${client}/identity` : `${client}/identity/${revision}` }) as const;
const termsPlace = (coverage: CoverageId) => ({ class: 'coverage', row: `${coverage}/terms` }) as const;

type Terms = Pick<CoverageRecord, 'terms' | 'funding' | 'fundingEvidence' | 'assignmentSigned'>;

/** Who each is now: what was recorded last, or with the client. */
const CLIENT = `c.id, c.code, coalesce(latest.content, c.identity) AS identity, coalesce(latest.revision, 1) AS revision
  FROM client c LEFT JOIN LATERAL (
    SELECT i.revision, i.content FROM client_identity i
      WHERE i.practice_id = c.practice_id AND i.client_id = c.id ORDER BY i.revision DESC LIMIT 1
  ) AS latest ON true`;

/** Clients and coverages. Whose key was destroyed is no longer there. */
export class ClientRows implements ClientRepository {
  constructor(private readonly scope: Scope) {}

  add(client: ClientRecord): Promise<void> {
    return this.addMany([client]);
  }

  async addMany(clients: readonly ClientRecord[]): Promise<void> {
    if (clients.length === 0) return;
    const { sql, practice, vault } = this.scope;
    const made = clients.map((client) => {
      const { locker, stored } = vault.make(client.id);
      return { stored, identity: locker.close(identityPlace(client.id, 1), client.identity) };
    });
    const identities = packBlobs(made.map((one) => one.identity));
    const wrapped = packBlobs(made.map(({ stored }) => stored.wrapped));
    await sql.run(
      `WITH given AS (
        SELECT id, code, kek, substr($5::bytea, i_start, i_size) AS identity, substr($6::bytea, w_start, w_size) AS wrapped
          FROM unnest($2::uuid[], $3::text[], $4::text[], $7::integer[], $8::integer[], $9::integer[], $10::integer[])
            AS g (id, code, kek, i_start, i_size, w_start, w_size)
      ), added AS (
        INSERT INTO client (practice_id, id, code, identity) SELECT $1, id, code, identity FROM given
          RETURNING id
      ), keyed AS (
        INSERT INTO data_key (practice_id, client_id, kek, wrapped)
          SELECT $1, id, kek, wrapped FROM given JOIN added USING (id)
      )
      INSERT INTO client_authority (practice_id, client_id, epoch) SELECT $1, id, 0 FROM added`,
      [
        practice,
        clients.map((client) => client.id),
        clients.map((client) => client.code),
        made.map(({ stored }) => stored.kek),
        identities.bytes,
        wrapped.bytes,
        identities.starts,
        identities.sizes,
        wrapped.starts,
        wrapped.sizes,
      ],
    );
  }

  async amend(client: ClientRecord, recorded: { readonly by: string; readonly at: number }): Promise<void> {
    const { sql, practice, vault } = this.scope;
    const { id, identity, revision } = client;
    const content = required(await vault.lockers([id]), id).close(identityPlace(id, revision), identity);
    await sql.run(
      `INSERT INTO client_identity (practice_id, client_id, revision, recorded_by, recorded_at, content)
        VALUES ($1, $2, $3, $4, $5, $6)`,
      [practice, id, revision, recorded.by, instantOf(recorded.at), content],
    );
  }

  async identityAt(client: ClientId, revision: number): Promise<ClientRecord['identity'] | undefined> {
    const [row] = await this.scope.sql.rows(
      revision === 1
        ? 'SELECT identity AS content FROM client WHERE practice_id = $1 AND id = $2 AND $3::integer = 1'
        : 'SELECT content FROM client_identity WHERE practice_id = $1 AND client_id = $2 AND revision = $3',
      [this.scope.practice, client, revision],
    );
    const locker = (await this.scope.vault.lockers([client])).get(client);
    if (row === undefined || locker === undefined) return undefined;
    return locker.open(identityPlace(client, revision), row.bytes('content')) as ClientRecord['identity'];
  }

  addCoverage(coverage: CoverageRecord): Promise<void> {
    return this.addCoverages([coverage]);
  }

  async addCoverages(coverages: readonly CoverageRecord[]): Promise<void> {
    if (coverages.length === 0) return;
    const { sql, practice, vault } = this.scope;
    const lockers = await vault.lockers(coverages.map(({ client }) => client));
    const blobs = packBlobs(
      coverages.map((coverage) => {
        const terms: Terms = {
          terms: coverage.terms,
          funding: coverage.funding,
          fundingEvidence: coverage.fundingEvidence,
          assignmentSigned: coverage.assignmentSigned,
        };
        return required(lockers, coverage.client).close(termsPlace(coverage.id), terms);
      }),
    );
    await sql.run(
      `INSERT INTO coverage (practice_id, id, client_id, insurer_id, member_index, terms)
        SELECT $1, id, client, insurer, member, substr($6::bytea, start, size)
          FROM unnest($2::uuid[], $3::uuid[], $4::uuid[], $5::text[], $7::integer[], $8::integer[])
            AS g (id, client, insurer, member, start, size)`,
      [
        practice,
        coverages.map(({ id }) => id),
        coverages.map(({ client }) => client),
        coverages.map(({ insurer }) => insurer),
        coverages.map((one) => this.#memberIndex({ ...one, memberId: one.terms.memberId })),
        blobs.bytes,
        blobs.starts,
        blobs.sizes,
      ],
    );
  }

  async coveragesThere(asked: Parameters<ClientRepository['coveragesThere']>[0]): Promise<readonly boolean[]> {
    const indexes = asked.map((one) => this.#memberIndex(one));
    const rows = await this.scope.sql.rows(
      'SELECT DISTINCT member_index FROM coverage WHERE practice_id = $1 AND member_index = ANY ($2::text[])',
      [this.scope.practice, indexes],
    );
    const there = new Set(rows.map((row) => row.text('member_index')));
    return indexes.map((index) => there.has(index));
  }

  /** Of client and member together: that two clients share a policy does not show. */
  #memberIndex(of: { readonly client: ClientId; readonly insurer: InsurerId; readonly memberId: string }): string {
    const { practice, keys } = this.scope;
    return keys.blindIndex(practice, 'coverage', JSON.stringify([of.client, of.insurer, of.memberId]));
  }

  async byIds(ids: readonly ClientId[]): Promise<ReadonlyMap<ClientId, ClientRecord>> {
    const rows = await this.scope.sql.rows(`SELECT ${CLIENT} WHERE c.practice_id = $1 AND c.id = ANY ($2::uuid[])`, [
      this.scope.practice,
      ids,
    ]);
    const clients = await this.#clientsOf(rows);
    return new Map(clients.map((client) => [client.id, client]));
  }

  async byCode(code: string): Promise<ClientRecord | undefined> {
    const rows = await this.scope.sql.rows(`SELECT ${CLIENT} WHERE c.practice_id = $1 AND c.code = $2`, [
      this.scope.practice,
      code,
    ]);
    return (await this.#clientsOf(rows))[0];
  }

  async coverages(ids: readonly CoverageId[]): Promise<ReadonlyMap<CoverageId, CoverageRecord>> {
    const rows = await this.scope.sql.rows(
      'SELECT id, client_id, insurer_id, terms FROM coverage WHERE practice_id = $1 AND id = ANY ($2::uuid[])',
      [this.scope.practice, ids],
    );
    const coverages = await this.#coveragesOf(rows);
    return new Map(coverages.map((coverage) => [coverage.id, coverage]));
  }

  async coveragesOf(client: ClientId): Promise<readonly CoverageRecord[]> {
    const rows = await this.scope.sql.rows(
      'SELECT id, client_id, insurer_id, terms FROM coverage WHERE practice_id = $1 AND client_id = $2 ORDER BY id',
      [this.scope.practice, client],
    );
    return this.#coveragesOf(rows);
  }

  async keys(ids: readonly ClientId[]): Promise<ReadonlyMap<ClientId, DataKey>> {
    const lockers = await this.scope.vault.lockers(ids);
    return new Map([...lockers].map(([client, locker]) => [client, locker.key]));
  }

  /** By code. */
  async page(request: PageRequest): Promise<Page<ClientRecord>> {
    const limit = limitOf(request);
    const [code] = placeAfter(request, ['text']) ?? [null];
    const rows = await this.scope.sql.rows(
      `SELECT ${CLIENT}
        WHERE c.practice_id = $1 AND ($2::text IS NULL OR code > $2)
          AND EXISTS (SELECT 1 FROM data_key k WHERE k.practice_id = $1 AND k.client_id = c.id AND k.wrapped IS NOT NULL)
        ORDER BY code LIMIT $3`,
      [this.scope.practice, code ?? null, limit + 1],
    );
    return pageOf(await this.#clientsOf(rows), limit, (client) => [client.code]);
  }

  async idsByCode(codes: readonly string[]): Promise<ReadonlyMap<string, ClientId | 'forgotten'>> {
    const rows = await this.scope.sql.rows(
      `SELECT c.code, c.id, k.wrapped IS NOT NULL AS lives FROM client c
        JOIN data_key k ON k.practice_id = c.practice_id AND k.client_id = c.id
        WHERE c.practice_id = $1 AND c.code = ANY ($2::text[])`,
      [this.scope.practice, codes],
    );
    return new Map(
      rows.map((row) => [row.text('code'), row.flag('lives') ? (row.text('id') as ClientId) : 'forgotten']),
    );
  }

  async forget(client: ClientId): Promise<void> {
    const { sql, practice } = this.scope;
    await sql.run('UPDATE client_authority SET epoch = epoch + 1 WHERE practice_id = $1 AND client_id = $2', [
      practice,
      client,
    ]);
    await sql.run(
      `UPDATE data_key SET wrapped = NULL, destroyed_at = now()
        WHERE practice_id = $1 AND client_id = $2 AND wrapped IS NOT NULL`,
      [practice, client],
    );
    // Dates and totals stand in clear for the lists: they go with the key.
    await sql.run(
      `UPDATE disclosure SET first_service_on = NULL, last_service_on = NULL, total = NULL, filing_deadline = NULL
        WHERE practice_id = $1 AND client_id = $2`,
      [practice, client],
    );
    await sql.run(
      `UPDATE inbox SET bytes = NULL WHERE practice_id = $1 AND digest IN (
        SELECT incoming FROM answer WHERE practice_id = $1 AND client_id = $2
      )`,
      [practice, client],
    );
  }

  async countStaleKeys(): Promise<number> {
    const { sql, practice, keys } = this.scope;
    const [row] = await sql.rows(
      'SELECT count(*) AS stale FROM data_key WHERE practice_id = $1 AND kek <> $2 AND wrapped IS NOT NULL',
      [practice, keys.current],
    );
    return row?.number('stale') ?? 0;
  }

  async rewrapKeys(limit: number): Promise<number> {
    const { sql, practice, keys } = this.scope;
    // Locked, so that nobody destroys one between the reading and the writing, which would bring it back.
    const rows = await sql.rows(
      `SELECT client_id, kek, wrapped FROM data_key WHERE practice_id = $1 AND kek <> $2 AND wrapped IS NOT NULL
        ORDER BY client_id LIMIT $3 FOR NO KEY UPDATE`,
      [practice, keys.current, limit],
    );
    const anew = rows.map((row) => keys.rewrap({ kek: row.text('kek'), wrapped: row.bytes('wrapped') }));
    return sql.run(
      `UPDATE data_key k SET kek = a.kek, wrapped = a.wrapped
        FROM unnest($2::uuid[], $3::text[], $4::bytea[]) AS a (client_id, kek, wrapped)
        WHERE k.practice_id = $1 AND k.client_id = a.client_id`,
      [practice, rows.map((row) => row.text('client_id')), anew.map((one) => one.kek), anew.map((one) => one.wrapped)],
    );
  }

  async retireKeys(keks: readonly string[]): Promise<boolean> {
    const { sql, practice } = this.scope;
    // Waits for whoever is storing a data key now; what is read next therefore knows of all of them.
    await sql.rows('SELECT lock_key_retirement($1, true)', [practice]);
    const used = await sql.rows(
      'SELECT 1 AS one FROM data_key WHERE practice_id = $1 AND kek = ANY ($2::text[]) AND wrapped IS NOT NULL LIMIT 1',
      [practice, keks],
    );
    if (used.length > 0) return false;
    await sql.run(
      `INSERT INTO retired_key (practice_id, kek, retired_at) SELECT $1, kek, now() FROM unnest($2::text[]) AS kek
        ON CONFLICT DO NOTHING`,
      [practice, keks],
    );
    return true;
  }

  async #clientsOf(rows: readonly Row[]): Promise<readonly ClientRecord[]> {
    const lockers = await this.scope.vault.lockers(rows.map((row) => row.text('id') as ClientId));
    return rows.flatMap((row): readonly ClientRecord[] => {
      const id = row.text('id') as ClientId;
      const locker = lockers.get(id);
      if (locker === undefined) return [];
      const revision = row.number('revision');
      const identity = locker.open(identityPlace(id, revision), row.bytes('identity')) as ClientRecord['identity'];
      return [{ id, code: row.text('code'), identity, revision }];
    });
  }

  async #coveragesOf(rows: readonly Row[]): Promise<readonly CoverageRecord[]> {
    const lockers = await this.scope.vault.lockers(rows.map((row) => row.text('client_id') as ClientId));
    return rows.flatMap((row): readonly CoverageRecord[] => {
      const id = row.text('id') as CoverageId;
      const client = row.text('client_id') as ClientId;
      const locker = lockers.get(client);
      if (locker === undefined) return [];
      const terms = locker.open(termsPlace(id), row.bytes('terms')) as Terms;
      return [{ id, client, insurer: row.text('insurer_id') as InsurerId, ...terms }];
    });
  }
}
