import type { AuthorityRepository, ReleaseRecord } from '#libs/application';
import type { ClientId, ReleaseId } from '#libs/kernel';
import type { Authority, ReleaseRelation, Restriction, Revocation, SignedRelease } from '#libs/release';
import { DatabaseError } from '../database-error.js';
import type { Row } from '../row.js';
import type { Scope } from '../scope.js';
import { instantOf } from '../sql.js';
import type { Locker } from '../vault.js';

const draftPlace = (id: string) => ({ class: 'release', row: `${id}/draft` }) as const;
const signedPlace = (id: string, revision: number) => ({ class: 'release', row: `${id}/${revision}` }) as const;
const signaturePlace = (id: string, revision: number) =>
  ({ class: 'release', row: `${id}/${revision}/signature` }) as const;
const restrictionPlace = (id: string, revision: number) =>
  ({ class: 'release', row: `restriction/${id}/${revision}` }) as const;

const openRelease = (locker: Locker, row: Row): ReleaseRecord => {
  const id = row.text('id');
  const place = row.text('status') === 'draft' ? draftPlace(id) : signedPlace(id, row.number('revision'));
  return locker.open(place, row.bytes('content')) as ReleaseRecord;
};

/** Drafts, and of what was signed the last revision of each. */
const PAPERS = `
  SELECT 'draft' AS status, id, 0 AS revision, client_id, created_at, content FROM release_draft WHERE practice_id = $1
  UNION ALL
  SELECT 'signed', id, revision, client_id, created_at, content FROM (
    SELECT DISTINCT ON (id) * FROM release WHERE practice_id = $1 ORDER BY id, revision DESC
  ) AS latest`;

const byClient = (rows: readonly Row[]): ReadonlyMap<ClientId, readonly Row[]> => {
  const grouped = new Map<ClientId, Row[]>();
  for (const row of rows) {
    const client = row.text('client_id') as ClientId;
    const known = grouped.get(client);
    if (known === undefined) grouped.set(client, [row]);
    else known.push(row);
  }
  return grouped;
};

/** The day of which a reminder is sent beforehand: none of a paper that has ended already. */
const lastDayOf = ({ validUntil, expiryEvent, knownFalseAt }: SignedRelease): string | null =>
  knownFalseAt === undefined && expiryEvent?.occurredAt === undefined ? (validUntil ?? null) : null;

/** Releases, revocations, relations and restrictions. A trigger of each table raises the client's epoch. */
export class AuthorityRows implements AuthorityRepository {
  constructor(private readonly scope: Scope) {}

  async lockShared(clients: readonly ClientId[]): Promise<ReadonlyMap<ClientId, number>> {
    const rows = await this.scope.sql.rows(
      `SELECT client_id, epoch FROM client_authority WHERE practice_id = $1 AND client_id = ANY ($2::uuid[])
        ORDER BY client_id FOR SHARE`,
      [this.scope.practice, clients],
    );
    return new Map(rows.map((row) => [row.text('client_id') as ClientId, row.number('epoch')]));
  }

  async hold(client: ClientId): Promise<void> {
    await this.scope.sql.run('SELECT 1 FROM client_authority WHERE practice_id = $1 AND client_id = $2 FOR UPDATE', [
      this.scope.practice,
      client,
    ]);
  }

  async read(clients: readonly ClientId[]): Promise<ReadonlyMap<ClientId, Authority>> {
    // One statement, so that all of it is of one moment.
    const read = this.scope.sql.rows(
      `SELECT 1 AS part, client_id, epoch AS number, NULL AS id, NULL AS other, NULL AS word, NULL::timestamptz AS one, NULL::timestamptz AS two, NULL::bytea AS content, 0::bigint AS place
        FROM client_authority WHERE practice_id = $1 AND client_id = ANY ($2::uuid[])
      UNION ALL SELECT 2, client_id, revision, id::text, NULL, NULL, NULL, NULL, content, 0 FROM (
        SELECT DISTINCT ON (id) * FROM release WHERE practice_id = $1 AND client_id = ANY ($2) ORDER BY id, revision DESC
      ) AS latest
      UNION ALL SELECT 3, client_id, 0, release_id::text, NULL, channel, received_at, recorded_at, NULL, arrival
        FROM revocation WHERE practice_id = $1 AND client_id = ANY ($2)
      UNION ALL SELECT 4, client_id, 0, newer_id::text, older_id::text, kind, recorded_at, NULL, NULL, arrival
        FROM release_relation WHERE practice_id = $1 AND client_id = ANY ($2)
      UNION ALL SELECT 5, client_id, revision, id, NULL, NULL, NULL, NULL, content, arrival FROM (
        SELECT DISTINCT ON (id) * FROM restriction WHERE practice_id = $1 AND client_id = ANY ($2) ORDER BY id, revision DESC
      ) AS last
      ORDER BY part, place, id`,
      [this.scope.practice, clients],
    );
    const [rows, lockers] = await Promise.all([read, this.scope.vault.lockers(clients)]);
    const authorities = new Map<ClientId, Authority>();
    for (const [client, parts] of byClient(rows)) {
      const locker = lockers.get(client);
      if (locker !== undefined) authorities.set(client, authorityOf(client, parts, locker));
    }
    return authorities;
  }

  async putDraft(release: ReleaseRecord): Promise<void> {
    const locker = await this.scope.vault.lockerOf(release.client);
    await this.scope.sql.run(
      `INSERT INTO release_draft (practice_id, id, client_id, created_at, content) VALUES ($1, $2, $3, $4, $5)
        ON CONFLICT (practice_id, id) DO UPDATE SET content = excluded.content
        WHERE release_draft.client_id = excluded.client_id`,
      [
        this.scope.practice,
        release.id,
        release.client,
        instantOf(release.createdAt),
        locker.close(draftPlace(release.id), release),
      ],
    );
  }

  async holdDraft(id: string): Promise<void> {
    await this.scope.sql.run('SELECT 1 FROM release_draft WHERE practice_id = $1 AND id = $2 FOR UPDATE', [
      this.scope.practice,
      id,
    ]);
  }

  async sign(release: ReleaseRecord & { readonly signed: SignedRelease }, picture?: Uint8Array): Promise<void> {
    const { sql, practice } = this.scope;
    await sql.run('DELETE FROM release_draft WHERE practice_id = $1 AND id = $2 AND client_id = $3', [
      practice,
      release.id,
      release.client,
    ]);
    await this.addRevision(release, picture);
  }

  async revise(release: ReleaseRecord & { readonly signed: SignedRelease }): Promise<void> {
    const before = { ...release, signed: { ...release.signed, revision: release.signed.revision - 1 } };
    await this.addRevision(release, await this.signaturePicture(before));
  }

  async signaturePicture({ id, client, signed }: ReleaseRecord): Promise<Uint8Array | undefined> {
    if (signed === undefined) return undefined;
    const [row] = await this.scope.sql.rows(
      'SELECT signature FROM release WHERE practice_id = $1 AND id = $2 AND revision = $3',
      [this.scope.practice, id, signed.revision],
    );
    const closed = row?.optionalBytes('signature');
    const locker = (await this.scope.vault.lockers([client])).get(client);
    return closed === undefined ? undefined : locker?.openBytes(signaturePlace(id, signed.revision), closed);
  }

  /** Oldest first. */
  async releases(client: ClientId): Promise<readonly ReleaseRecord[]> {
    const rows = await this.scope.sql.rows(
      `SELECT * FROM (${PAPERS}) AS papers WHERE client_id = $2 ORDER BY created_at, id, status`,
      [this.scope.practice, client],
    );
    const locker = (await this.scope.vault.lockers([client])).get(client);
    return locker === undefined ? [] : rows.map((row) => openRelease(locker, row));
  }

  async release(id: string): Promise<ReleaseRecord | undefined> {
    const [row] = await this.scope.sql.rows(
      `SELECT * FROM (${PAPERS}) AS papers WHERE id::text = $2 ORDER BY status DESC LIMIT 1`,
      [this.scope.practice, id],
    );
    if (row === undefined) return undefined;
    const client = row.text('client_id') as ClientId;
    const locker = (await this.scope.vault.lockers([client])).get(client);
    return locker === undefined ? undefined : openRelease(locker, row);
  }

  /** `release_unknown`: this client has signed no such release. */
  async revoke(revocation: Revocation & { readonly client: ClientId }): Promise<void> {
    const added = await this.scope.sql.run(
      `INSERT INTO revocation (practice_id, client_id, release_id, received_at, recorded_at, channel)
        SELECT $1, $2, $3, $4, $5, $6 WHERE EXISTS (
          SELECT 1 FROM release WHERE practice_id = $1 AND id = $3 AND client_id = $2
        )`,
      [
        this.scope.practice,
        revocation.client,
        revocation.release,
        instantOf(revocation.receivedAt),
        instantOf(revocation.recordedAt),
        revocation.channel,
      ],
    );
    if (added === 0) throw new DatabaseError('release_unknown');
  }

  /** `release_unknown`: this client has not signed both. */
  async relate(relation: ReleaseRelation & { readonly client: ClientId }): Promise<void> {
    const added = await this.scope.sql.run(
      `INSERT INTO release_relation (practice_id, client_id, kind, newer_id, older_id, recorded_at)
        SELECT $1, $2, $3, $4, $5, $6 WHERE 2 = (
          SELECT count(DISTINCT id) FROM release WHERE practice_id = $1 AND client_id = $2 AND id IN ($4, $5)
        )`,
      [
        this.scope.practice,
        relation.client,
        relation.kind,
        relation.newer,
        relation.older,
        instantOf(relation.recordedAt),
      ],
    );
    if (added === 0) throw new DatabaseError('release_unknown');
  }

  async restrict(client: ClientId, restriction: Restriction): Promise<void> {
    const locker = await this.scope.vault.lockerOf(client);
    const { id, revision } = restriction;
    await this.scope.sql.run(
      'INSERT INTO restriction (practice_id, id, revision, client_id, content) VALUES ($1, $2, $3, $4, $5)',
      [this.scope.practice, id, revision, client, locker.close(restrictionPlace(id, revision), restriction)],
    );
  }

  private async addRevision(
    release: ReleaseRecord & { readonly signed: SignedRelease },
    picture: Uint8Array | undefined,
  ): Promise<void> {
    const { sql, practice, vault } = this.scope;
    const { id, client, signed } = release;
    const locker = await vault.lockerOf(client);
    await sql.run(
      `INSERT INTO release (practice_id, id, revision, client_id, created_at, signed_at, content, valid_until, signature)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
      [
        practice,
        id,
        signed.revision,
        client,
        instantOf(release.createdAt),
        instantOf(signed.signedAt),
        locker.close(signedPlace(id, signed.revision), release),
        lastDayOf(signed),
        picture === undefined ? null : locker.closeBytes(signaturePlace(id, signed.revision), picture),
      ],
    );
  }
}

const authorityOf = (client: ClientId, parts: readonly Row[], locker: Locker): Authority => {
  const releases: SignedRelease[] = [];
  const revocations: Revocation[] = [];
  const relations: ReleaseRelation[] = [];
  const restrictions: Restriction[] = [];
  let epoch = 0;
  for (const row of parts) {
    switch (row.number('part')) {
      case 1:
        epoch = row.number('number');
        break;
      case 2:
        releases.push(signedOf(locker, row));
        break;
      case 3:
        revocations.push({
          release: row.text('id') as ReleaseId,
          receivedAt: row.instant('one'),
          recordedAt: row.instant('two'),
          channel: row.text('word') as Revocation['channel'],
        });
        break;
      case 4:
        relations.push({
          kind: row.text('word') as ReleaseRelation['kind'],
          newer: row.text('id') as ReleaseId,
          older: row.text('other') as ReleaseId,
          recordedAt: row.instant('one'),
        });
        break;
      case 5: {
        const place = restrictionPlace(row.text('id'), row.number('number'));
        restrictions.push(locker.open(place, row.bytes('content')) as Restriction);
        break;
      }
      default:
        throw new DatabaseError('unexpected_row');
    }
  }
  return { client, epoch, releases, revocations, relations, restrictions };
};

const signedOf = (locker: Locker, row: Row): SignedRelease => {
  const place = signedPlace(row.text('id'), row.number('number'));
  const { signed } = locker.open(place, row.bytes('content')) as ReleaseRecord;
  if (signed === undefined) throw new DatabaseError('unexpected_row');
  return signed;
};
