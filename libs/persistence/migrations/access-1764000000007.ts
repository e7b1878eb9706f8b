import type { MigrationInterface, QueryRunner } from 'typeorm';
import { countAsOnePractice, ofOnePractice, runAll } from './statements.js';

const EVERY_TABLE = [
  'practice',
  'clinician',
  'insurer',
  'lane',
  'route',
  'staff',
  'credential',
  'reading_choice',
  'webhook_endpoint',
  'webhook_delivery',
  'webhook_told',
  'worker_heartbeat',
  'client',
  'data_key',
  'retired_key',
  'client_authority',
  'coverage',
  'client_clinician',
  'release_draft',
  'release',
  'release_reminder',
  'release_reference',
  'release_scan',
  'signing_link',
  'revocation',
  'release_relation',
  'restriction',
  'document',
  'service_index',
  'disclosure',
  'decision',
  'outbox',
  'idempotency',
  'work_item',
  'work_note',
  'saved_view',
  'control_number',
  'transmission',
  'transmission_item',
  'attempt',
  'forgotten_attempt',
  'inbox_item',
  'answer',
  'inbox',
  'quarantine',
  'ledger_head',
  'ledger_block',
  'ledger_entry',
  'ledger_checkpoint',
];

/** What the running program may do to each table. What is not here it may not do; nowhere may it truncate. */
const APP: Readonly<Record<string, string>> = {
  practice: 'SELECT, INSERT',
  clinician: 'SELECT, INSERT',
  insurer: 'SELECT, INSERT, UPDATE (connection, token)',
  lane: 'SELECT, INSERT, UPDATE (breaker, open_until, failures, slow, answers_cursor)',
  route: 'SELECT, INSERT',
  // A hash is written and never read: the sign-in asks a function.
  staff:
    'SELECT (practice_id, id, sign_in, name, roles, clinician_id, disabled, must_change, version), INSERT, UPDATE (password_hash, roles, clinician_id, disabled, must_change, version)',
  // Never the digest: what can be listed opens no door.
  credential:
    'SELECT (practice_id, kind, subject, label, roles, created_at, expires_at, revoked_at), UPDATE (revoked_at)',
  reading_choice: 'SELECT, INSERT, UPDATE (revoked_at)',
  webhook_endpoint: 'SELECT, INSERT, UPDATE (url, events, enabled, gone, secrets, previous_until, removed_at)',
  // What was said never changes.
  webhook_delivery:
    'SELECT, INSERT, UPDATE (state, attempts, due_at, give_up_at, last_attempt_at, last_status, last_code), DELETE',
  webhook_told: 'SELECT, INSERT',
  worker_heartbeat: 'SELECT, INSERT, UPDATE (beat_at, quarantine, queues), DELETE',
  client: 'SELECT, INSERT',
  data_key: 'SELECT, INSERT, UPDATE (kek, wrapped, destroyed_at)',
  retired_key: 'SELECT, INSERT',
  client_authority: 'SELECT, INSERT, UPDATE (epoch)',
  coverage: 'SELECT, INSERT',
  client_clinician: 'SELECT, INSERT, UPDATE (ends_on, ended_by, ended_at)',
  release_draft: 'SELECT, INSERT, UPDATE (content), DELETE',
  release: 'SELECT, INSERT',
  release_reminder: 'SELECT, INSERT',
  release_reference: 'SELECT, INSERT',
  // Never the digest of a secret: what can be read opens no door.
  signing_link:
    'SELECT (practice_id, id, release_id, client_id, draft_digest, language, created_by, created_at, expires_at, tries, session_digest, session_until, identified, ended_because, ended_at, content), INSERT, UPDATE (tries, session_digest, session_until, identified, ended_because, ended_at)',
  release_scan: 'SELECT, INSERT, UPDATE (outcome, checked_by, checked_at)',
  revocation: 'SELECT, INSERT',
  release_relation: 'SELECT, INSERT',
  restriction: 'SELECT, INSERT',
  document: 'SELECT, INSERT, UPDATE (content)',
  service_index: 'SELECT, INSERT, DELETE',
  disclosure:
    'SELECT, INSERT, UPDATE (state, cause, curer, options, attempts, due_at, lease_until, fence, updated_at, version, lane_id, heard, first_service_on, last_service_on, total, filing_deadline)',
  decision: 'SELECT, INSERT',
  outbox: 'SELECT, INSERT, UPDATE (lane_id, slow, due_at, published_at), DELETE',
  idempotency: 'SELECT, INSERT',
  work_item: 'SELECT, INSERT, UPDATE (assignee_id, snoozed_until, notes, version)',
  work_note: 'SELECT, INSERT',
  saved_view: 'SELECT, INSERT, UPDATE (filter, columns, sort, updated_at, version, name), DELETE',
  control_number: 'SELECT, INSERT, UPDATE (taken)',
  transmission: 'SELECT, INSERT, UPDATE (bytes, attempts, unsealed_at)',
  transmission_item: 'SELECT, INSERT, UPDATE (live, bytes)',
  attempt: 'SELECT, INSERT, UPDATE (outcome, status, finished_at)',
  forgotten_attempt: 'SELECT, INSERT',
  // What was put there stays what it is; it is decided on anew, and answered once.
  inbox_item: 'SELECT, INSERT, UPDATE (epoch, valid_until, answer, answered_at)',
  answer: 'SELECT, INSERT',
  inbox: 'SELECT, INSERT, UPDATE (bytes)',
  quarantine: 'SELECT, INSERT',
  ledger_head: 'SELECT',
  ledger_block: 'SELECT',
  ledger_entry: 'SELECT',
  ledger_checkpoint: 'SELECT, INSERT',
};

const FUNCTIONS = [
  'append_block(uuid, bytea, text)',
  'find_sign_in(text)',
  'put_credential(text, text, uuid, text, text, text[], timestamptz)',
  'find_credential(text)',
  'revoke_credential(text)',
  'find_signing_link(text)',
  'list_practices()',
];

/**
 * Who may do what. Every table is behind row-level security, for its owner too. The owner sees across practices only
 * where a directory function must; the relay sees the outbox; the queue has a schema of its own and nothing else.
 */
export class Access1764000000007 implements MigrationInterface {
  up(runner: QueryRunner): Promise<void> {
    return runAll(runner, [
      'REVOKE ALL ON SCHEMA public FROM PUBLIC',
      'GRANT USAGE ON SCHEMA public TO sluice_app, sluice_relay',
      ...EVERY_TABLE.flatMap(ofOnePractice),
      ...Object.entries(APP).map(([table, privileges]) => `GRANT ${privileges} ON ${table} TO sluice_app`),
      'GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO sluice_app',
      'GRANT SELECT ON schema_migration TO sluice_app, sluice_relay',
      ...FUNCTIONS.flatMap((signature) => [
        `REVOKE ALL ON FUNCTION ${signature} FROM PUBLIC`,
        `GRANT EXECUTE ON FUNCTION ${signature} TO sluice_app`,
      ]),
      'CREATE POLICY directory ON staff FOR SELECT TO CURRENT_USER USING (true)',
      'CREATE POLICY directory ON signing_link FOR SELECT TO CURRENT_USER USING (true)',
      'CREATE POLICY directory ON practice FOR SELECT TO CURRENT_USER USING (true)',
      'CREATE POLICY directory ON credential TO CURRENT_USER USING (true) WITH CHECK (true)',
      'GRANT SELECT (id, practice_id, lane_id, slow, due_at, published_at), UPDATE (published_at) ON outbox TO sluice_relay',
      'CREATE POLICY relay_reads ON outbox FOR SELECT TO sluice_relay USING (true)',
      'CREATE POLICY relay_marks ON outbox FOR UPDATE TO sluice_relay USING (true) WITH CHECK (true)',
      countAsOnePractice,
    ]);
  }

  down(runner: QueryRunner): Promise<void> {
    return runAll(runner, [
      'DROP POLICY relay_reads ON outbox',
      'DROP POLICY relay_marks ON outbox',
      ...['staff', 'practice', 'credential', 'signing_link'].map((table) => `DROP POLICY directory ON ${table}`),
      ...EVERY_TABLE.flatMap((table) => [
        `DROP POLICY of_practice ON ${table}`,
        `ALTER TABLE ${table} NO FORCE ROW LEVEL SECURITY`,
        `ALTER TABLE ${table} DISABLE ROW LEVEL SECURITY`,
        `REVOKE ALL ON ${table} FROM sluice_app, sluice_relay`,
      ]),
      'REVOKE ALL ON ALL SEQUENCES IN SCHEMA public FROM sluice_app',
      'REVOKE ALL ON schema_migration FROM sluice_app, sluice_relay',
      ...FUNCTIONS.map((signature) => `REVOKE ALL ON FUNCTION ${signature} FROM sluice_app`),
      'REVOKE ALL ON SCHEMA public FROM sluice_app, sluice_relay',
    ]);
  }
}
