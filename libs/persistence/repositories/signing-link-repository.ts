import type { SigningLinkRecord, SigningLinkRepository } from '#libs/application';
import type { ClientId, ReleaseId, SigningLinkId } from '#libs/kernel';
import type { Row } from '../row.js';
import type { Scope } from '../scope.js';
import { instantOf } from '../sql.js';
import type { Locker } from '../vault.js';

const place = (link: SigningLinkId) => ({ class: 'release', row: `signing-link/${link}` }) as const;

type Content = Pick<SigningLinkRecord, 'factor' | 'relation'>;

const COLUMNS = `id, release_id, client_id, draft_digest, language, created_by, created_at, expires_at, tries,
  session_digest, session_until, identified, ended_because, ended_at, content`;

const linkOf = (row: Row, locker: Locker): SigningLinkRecord => {
  const id = row.text('id') as SigningLinkId;
  const session = row.optionalText('session_digest');
  const because = row.optionalText('ended_because');
  return {
    id,
    release: row.text('release_id') as ReleaseId,
    client: row.text('client_id') as ClientId,
    draftDigest: row.text('draft_digest'),
    language: row.text('language') as SigningLinkRecord['language'],
    createdBy: row.text('created_by'),
    createdAt: row.instant('created_at'),
    expiresAt: row.instant('expires_at'),
    tries: row.number('tries'),
    ...(locker.open(place(id), row.bytes('content')) as Content),
    ...(session === undefined
      ? {}
      : { session: { digest: session, until: row.instant('session_until'), identified: row.flag('identified') } }),
    ...(because === undefined
      ? {}
      : {
          ended: {
            because: because as NonNullable<SigningLinkRecord['ended']>['because'],
            at: row.instant('ended_at'),
          },
        }),
  };
};

/** Links by which clients sign. The secret of none is kept. */
export class SigningLinkRows implements SigningLinkRepository {
  constructor(private readonly scope: Scope) {}

  async add(link: SigningLinkRecord, token: string): Promise<void> {
    const { sql, practice, vault } = this.scope;
    const locker = await vault.lockerOf(link.client);
    const content: Content = {
      factor: link.factor,
      ...(link.relation === undefined ? {} : { relation: link.relation }),
    };
    await sql.run(
      `INSERT INTO signing_link (practice_id, id, release_id, client_id, token_digest, draft_digest, language, created_by,
          created_at, expires_at, tries, identified, content)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, 0, false, $11)`,
      [
        practice,
        link.id,
        link.release,
        link.client,
        token,
        link.draftDigest,
        link.language,
        link.createdBy,
        instantOf(link.createdAt),
        instantOf(link.expiresAt),
        locker.close(place(link.id), content),
      ],
    );
  }

  async hold(id: SigningLinkId): Promise<SigningLinkRecord | undefined> {
    const [link] = await this.#read('id = $2 FOR UPDATE', id);
    return link;
  }

  of(release: ReleaseId): Promise<readonly SigningLinkRecord[]> {
    return this.#read('release_id = $2 ORDER BY created_at DESC, id', release);
  }

  async begin(id: SigningLinkId, session: { readonly digest: string; readonly until: number }): Promise<void> {
    await this.scope.sql.run(
      `UPDATE signing_link SET session_digest = $3, session_until = $4, identified = false
        WHERE practice_id = $1 AND id = $2`,
      [this.scope.practice, id, session.digest, instantOf(session.until)],
    );
  }

  async identify(id: SigningLinkId): Promise<void> {
    await this.scope.sql.run('UPDATE signing_link SET identified = true WHERE practice_id = $1 AND id = $2', [
      this.scope.practice,
      id,
    ]);
  }

  async countTry(id: SigningLinkId): Promise<void> {
    await this.scope.sql.run('UPDATE signing_link SET tries = tries + 1 WHERE practice_id = $1 AND id = $2', [
      this.scope.practice,
      id,
    ]);
  }

  async end(ids: readonly SigningLinkId[], ended: NonNullable<SigningLinkRecord['ended']>): Promise<void> {
    await this.scope.sql.run(
      `UPDATE signing_link SET ended_because = $3, ended_at = $4
        WHERE practice_id = $1 AND id = ANY ($2::uuid[]) AND ended_because IS NULL`,
      [this.scope.practice, ids, ended.because, instantOf(ended.at)],
    );
  }

  async #read(where: string, by: string): Promise<readonly SigningLinkRecord[]> {
    const { sql, practice, vault } = this.scope;
    const rows = await sql.rows(`SELECT ${COLUMNS} FROM signing_link WHERE practice_id = $1 AND ${where}`, [
      practice,
      by,
    ]);
    const lockers = await vault.lockers(rows.map((row) => row.text('client_id') as ClientId));
    return rows.flatMap((row) => {
      const locker = lockers.get(row.text('client_id') as ClientId);
      return locker === undefined ? [] : [linkOf(row, locker)];
    });
  }
}
