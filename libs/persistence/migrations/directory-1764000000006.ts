import type { MigrationInterface, QueryRunner } from 'typeorm';
import { runAll } from './statements.js';

const FUNCTIONS = [
  'find_sign_in(text)',
  'put_credential(text, text, uuid, text, text, text[], timestamptz)',
  'find_credential(text)',
  'revoke_credential(text)',
  'find_signing_link(text)',
  'list_practices()',
];

/**
 * What may be asked before the practice is known. Each answers one question about one row, as the owner of the tables;
 * the running program cannot list sign-in names across practices, password hashes or digests of credentials.
 */
export class Directory1764000000006 implements MigrationInterface {
  up(runner: QueryRunner): Promise<void> {
    return runAll(runner, [
      `CREATE FUNCTION find_sign_in(name_given text) RETURNS TABLE (practice_id uuid, id uuid, password_hash text, roles text[], name text, must_change boolean)
        LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
          SELECT s.practice_id, s.id, s.password_hash, s.roles, s.name, s.must_change FROM staff s
          WHERE s.sign_in = name_given AND NOT s.disabled
        $$`,
      `CREATE FUNCTION put_credential(new_digest text, new_kind text, of_practice uuid, new_subject text, new_label text, new_roles text[], until timestamptz) RETURNS void
        LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp AS $$
          INSERT INTO credential (digest, kind, practice_id, subject, label, roles, created_at, expires_at)
          VALUES (new_digest, new_kind, of_practice, new_subject, new_label, new_roles, now(), until)
        $$`,
      // A session is worth what the person is now: disabled it ends, and other roles count at once.
      `CREATE FUNCTION find_credential(digest_given text) RETURNS TABLE (kind text, practice_id uuid, subject text, roles text[], expires_at timestamptz, must_change boolean)
        LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
          SELECT c.kind, c.practice_id, c.subject, coalesce(s.roles, c.roles), c.expires_at, coalesce(s.must_change, false)
          FROM credential c
          LEFT JOIN staff s ON s.practice_id = c.practice_id
            AND s.id = CASE WHEN c.kind = 'session' THEN substr(c.subject, 7)::uuid END
          WHERE c.digest = digest_given AND c.revoked_at IS NULL AND c.expires_at > now()
            AND (c.kind <> 'session' OR NOT s.disabled)
        $$`,
      `CREATE FUNCTION revoke_credential(digest_given text) RETURNS void
        LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp AS $$
          UPDATE credential SET revoked_at = now() WHERE digest = digest_given AND revoked_at IS NULL
        $$`,
      `CREATE FUNCTION find_signing_link(digest_given text) RETURNS TABLE (practice_id uuid, id uuid)
        LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
          SELECT l.practice_id, l.id FROM signing_link l
          WHERE l.token_digest = digest_given OR l.session_digest = digest_given
        $$`,
      `CREATE FUNCTION list_practices() RETURNS TABLE (practice_id uuid)
        LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
          SELECT p.practice_id FROM practice p ORDER BY p.practice_id
        $$`,
    ]);
  }

  down(runner: QueryRunner): Promise<void> {
    return runAll(
      runner,
      FUNCTIONS.map((signature) => `DROP FUNCTION ${signature}`),
    );
  }
}
