import type { Credential, Directory, Role } from '#libs/application';
import type { PracticeId, SigningLinkId, StaffId } from '#libs/kernel';
import { gather } from './gather.js';
import { instantOf, type Sql } from './sql.js';

/** Every request shows a credential, so those of many requests are asked for together. */
const credentialsOver = (sql: Sql) =>
  gather<string, Credential>(async (digests) => {
    const rows = await sql.rows(
      'SELECT asked.digest, found.* FROM unnest($1::text[]) AS asked (digest) CROSS JOIN LATERAL find_credential(asked.digest) AS found',
      [digests],
    );
    return new Map(
      rows.map((row): [string, Credential] => {
        const digest = row.text('digest');
        const credential: Credential = {
          digest,
          kind: row.text('kind') as Credential['kind'],
          practice: row.text('practice_id') as PracticeId,
          subject: row.text('subject'),
          roles: row.texts('roles') as readonly Role[],
          expiresAt: row.instant('expires_at'),
          ...(row.flag('must_change') ? { mustChangePassword: true } : {}),
        };
        return [digest, credential];
      }),
    );
  });

/** Asks the directory functions of the database, one statement each. There is no table behind it that could be listed. */
export const directoryOver = (sql: Sql): Directory => ({
  findStaff: async (signIn) => {
    const [row] = await sql.rows('SELECT * FROM find_sign_in($1)', [signIn]);
    if (row === undefined) return undefined;
    return {
      practice: row.text('practice_id') as PracticeId,
      staff: row.text('id') as StaffId,
      passwordHash: row.text('password_hash'),
      roles: row.texts('roles') as readonly Role[],
      name: row.text('name'),
      mustChangePassword: row.flag('must_change'),
    };
  },
  putCredential: async (credential) => {
    await sql.rows('SELECT put_credential($1, $2, $3, $4, $5, $6, $7)', [
      credential.digest,
      credential.kind,
      credential.practice,
      credential.subject,
      credential.kind === 'api-key' ? credential.label : null,
      credential.roles,
      instantOf(credential.expiresAt),
    ]);
  },
  findCredential: credentialsOver(sql),
  revokeCredential: async (digest) => {
    await sql.rows('SELECT revoke_credential($1)', [digest]);
  },
  findSigningLink: async (digest) => {
    const [row] = await sql.rows('SELECT * FROM find_signing_link($1)', [digest]);
    return row === undefined
      ? undefined
      : { practice: row.text('practice_id') as PracticeId, link: row.text('id') as SigningLinkId };
  },
  practices: async () => {
    const rows = await sql.rows('SELECT practice_id FROM list_practices()');
    return rows.map((row) => row.text('practice_id') as PracticeId);
  },
});
