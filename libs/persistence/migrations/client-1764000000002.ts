import type { MigrationInterface, QueryRunner } from 'typeorm';
import { dropAll, keyMadeLast, runAll } from './statements.js';

const TABLES = [
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
];

/** Any number of ours that no other advisory lock begins with. */
const RETIREMENT_LOCK = 730_415_103;

/** Tables whose rows decide what may be told about a client. */
const AUTHORITY = ['release_draft', 'release', 'revocation', 'release_relation', 'restriction'];

/** Clients, their keys, and everything that says what may be told about them. Every `bytea` is under the client's key. */
export class Client1764000000002 implements MigrationInterface {
  up(runner: QueryRunner): Promise<void> {
    return runAll(runner, [
      `CREATE TABLE client (
        practice_id uuid NOT NULL,
        id uuid NOT NULL,
        code text NOT NULL,
        identity bytea NOT NULL,
        CONSTRAINT uq_client_code UNIQUE (practice_id, code),
        CONSTRAINT fk_client_practice FOREIGN KEY (practice_id) REFERENCES practice (practice_id)
      )`,
      keyMadeLast('client'),
      `CREATE TABLE data_key (
        practice_id uuid NOT NULL,
        client_id uuid NOT NULL,
        kek text NOT NULL,
        wrapped bytea,
        destroyed_at timestamptz(3),
        CONSTRAINT pk_data_key PRIMARY KEY (practice_id, client_id),
        CONSTRAINT fk_data_key_client FOREIGN KEY (practice_id, client_id) REFERENCES client (practice_id, id),
        CONSTRAINT ck_data_key_destroyed CHECK ((wrapped IS NULL) = (destroyed_at IS NOT NULL))
      )`,
      `CREATE TABLE retired_key (
        practice_id uuid NOT NULL,
        kek text NOT NULL,
        retired_at timestamptz(3) NOT NULL,
        CONSTRAINT pk_retired_key PRIMARY KEY (practice_id, kek),
        CONSTRAINT fk_retired_key_practice FOREIGN KEY (practice_id) REFERENCES practice (practice_id)
      )`,
      // Whoever stores a data key shares the lock, whoever retires a key-encryption key has it alone.
      `CREATE FUNCTION lock_key_retirement(of_practice uuid, alone boolean) RETURNS void LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
        BEGIN
          IF alone THEN PERFORM pg_advisory_xact_lock(${RETIREMENT_LOCK}, hashtext(of_practice::text));
          ELSE PERFORM pg_advisory_xact_lock_shared(${RETIREMENT_LOCK}, hashtext(of_practice::text));
          END IF;
        END $$`,
      // A program that does not know yet that a key was retired must not wrap a client's key in it: nobody could open it.
      `CREATE FUNCTION refuse_retired_key() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
        BEGIN
          PERFORM lock_key_retirement(NEW.practice_id, false);
          IF EXISTS (SELECT 1 FROM retired_key WHERE practice_id = NEW.practice_id AND kek = NEW.kek) THEN
            RAISE EXCEPTION 'key retired' USING ERRCODE = 'SL002';
          END IF;
          RETURN NEW;
        END $$`,
      `CREATE TRIGGER refuse_retired_key BEFORE INSERT OR UPDATE OF kek ON data_key FOR EACH ROW EXECUTE FUNCTION refuse_retired_key()`,
      `CREATE TABLE client_authority (
        practice_id uuid NOT NULL,
        client_id uuid NOT NULL,
        epoch integer NOT NULL,
        CONSTRAINT pk_client_authority PRIMARY KEY (practice_id, client_id),
        CONSTRAINT fk_client_authority_client FOREIGN KEY (practice_id, client_id) REFERENCES client (practice_id, id)
      )`,
      `CREATE TABLE coverage (
        practice_id uuid NOT NULL,
        id uuid NOT NULL,
        client_id uuid NOT NULL,
        insurer_id uuid NOT NULL,
        member_index text NOT NULL,
        terms bytea NOT NULL,
        CONSTRAINT pk_coverage PRIMARY KEY (practice_id, id),
        CONSTRAINT fk_coverage_client FOREIGN KEY (practice_id, client_id) REFERENCES client (practice_id, id),
        CONSTRAINT fk_coverage_insurer FOREIGN KEY (practice_id, insurer_id) REFERENCES insurer (practice_id, id)
      )`,
      `CREATE INDEX ix_coverage_client ON coverage (practice_id, client_id)`,
      `CREATE INDEX ix_coverage_member ON coverage (practice_id, member_index)`,
      `CREATE TABLE client_clinician (
        practice_id uuid NOT NULL,
        id uuid NOT NULL,
        client_id uuid NOT NULL,
        clinician_id uuid NOT NULL,
        starts_on date NOT NULL,
        ends_on date,
        recorded_by text NOT NULL,
        recorded_at timestamptz(3) NOT NULL,
        ended_by text,
        ended_at timestamptz(3),
        CONSTRAINT pk_client_clinician PRIMARY KEY (practice_id, id),
        CONSTRAINT fk_client_clinician_client FOREIGN KEY (practice_id, client_id) REFERENCES client (practice_id, id),
        CONSTRAINT fk_client_clinician_clinician FOREIGN KEY (practice_id, clinician_id) REFERENCES clinician (practice_id, id),
        CONSTRAINT ck_client_clinician_order CHECK (ends_on >= starts_on),
        CONSTRAINT ck_client_clinician_ended CHECK ((ends_on IS NULL) = (ended_by IS NULL) AND (ends_on IS NULL) = (ended_at IS NULL))
      )`,
      `CREATE INDEX ix_client_clinician_client ON client_clinician (practice_id, client_id, clinician_id)`,
      `CREATE UNIQUE INDEX ix_client_clinician_open ON client_clinician (practice_id, client_id, clinician_id) WHERE ends_on IS NULL`,
      `CREATE TABLE release_draft (
        practice_id uuid NOT NULL,
        id uuid NOT NULL,
        client_id uuid NOT NULL,
        created_at timestamptz(3) NOT NULL,
        content bytea NOT NULL,
        CONSTRAINT pk_release_draft PRIMARY KEY (practice_id, id),
        CONSTRAINT fk_release_draft_authority FOREIGN KEY (practice_id, client_id) REFERENCES client_authority (practice_id, client_id)
      )`,
      `CREATE INDEX ix_release_draft_client ON release_draft (practice_id, client_id)`,
      `CREATE TABLE release (
        practice_id uuid NOT NULL,
        id uuid NOT NULL,
        revision integer NOT NULL,
        client_id uuid NOT NULL,
        created_at timestamptz(3) NOT NULL,
        signed_at timestamptz(3) NOT NULL,
        valid_until date,
        content bytea NOT NULL,
        signature bytea,
        CONSTRAINT pk_release PRIMARY KEY (practice_id, id, revision),
        CONSTRAINT fk_release_authority FOREIGN KEY (practice_id, client_id) REFERENCES client_authority (practice_id, client_id)
      )`,
      `CREATE INDEX ix_release_client ON release (practice_id, client_id)`,
      `CREATE INDEX ix_release_valid_until ON release (practice_id, valid_until)`,
      `CREATE TABLE release_reminder (
        practice_id uuid NOT NULL,
        release_id uuid NOT NULL,
        client_id uuid NOT NULL,
        days integer NOT NULL,
        due_at timestamptz(3) NOT NULL,
        CONSTRAINT pk_release_reminder PRIMARY KEY (practice_id, release_id, days),
        CONSTRAINT fk_release_reminder_client FOREIGN KEY (practice_id, client_id) REFERENCES client (practice_id, id),
        CONSTRAINT ck_release_reminder_days CHECK (days IN (30, 14, 3))
      )`,
      `CREATE TABLE release_reference (
        practice_id uuid NOT NULL,
        reference text NOT NULL,
        client_id uuid NOT NULL,
        release_id uuid NOT NULL,
        CONSTRAINT pk_release_reference PRIMARY KEY (practice_id, reference),
        CONSTRAINT fk_release_reference_client FOREIGN KEY (practice_id, client_id) REFERENCES client (practice_id, id)
      )`,
      `CREATE TABLE release_scan (
        practice_id uuid NOT NULL,
        id uuid NOT NULL,
        release_id uuid NOT NULL,
        client_id uuid NOT NULL,
        media_type text NOT NULL,
        size integer NOT NULL,
        draft_digest text NOT NULL,
        attached_by text NOT NULL,
        attached_at timestamptz(3) NOT NULL,
        outcome text,
        checked_by text,
        checked_at timestamptz(3),
        content bytea NOT NULL,
        CONSTRAINT pk_release_scan PRIMARY KEY (practice_id, id),
        CONSTRAINT fk_release_scan_authority FOREIGN KEY (practice_id, client_id) REFERENCES client_authority (practice_id, client_id),
        CONSTRAINT ck_release_scan_media_type CHECK (media_type IN ('application/pdf', 'image/png', 'image/jpeg')),
        CONSTRAINT ck_release_scan_outcome CHECK (outcome IN ('accepted', 'refused')),
        CONSTRAINT ck_release_scan_checked CHECK ((outcome IS NULL) = (checked_by IS NULL) AND (outcome IS NULL) = (checked_at IS NULL)),
        CONSTRAINT ck_release_scan_second_person CHECK (checked_by <> attached_by)
      )`,
      `CREATE INDEX ix_release_scan_release ON release_scan (practice_id, release_id)`,
      `CREATE TABLE signing_link (
        practice_id uuid NOT NULL,
        id uuid NOT NULL,
        release_id uuid NOT NULL,
        client_id uuid NOT NULL,
        token_digest text NOT NULL,
        draft_digest text NOT NULL,
        language text NOT NULL,
        created_by text NOT NULL,
        created_at timestamptz(3) NOT NULL,
        expires_at timestamptz(3) NOT NULL,
        tries integer NOT NULL,
        session_digest text,
        session_until timestamptz(3),
        identified boolean NOT NULL,
        ended_because text,
        ended_at timestamptz(3),
        content bytea NOT NULL,
        CONSTRAINT pk_signing_link PRIMARY KEY (practice_id, id),
        CONSTRAINT uq_signing_link_token UNIQUE (token_digest),
        CONSTRAINT uq_signing_link_session UNIQUE (session_digest),
        CONSTRAINT fk_signing_link_authority FOREIGN KEY (practice_id, client_id) REFERENCES client_authority (practice_id, client_id),
        CONSTRAINT ck_signing_link_ended CHECK (ended_because IN ('used', 'tries', 'withdrawn', 'replaced')),
        CONSTRAINT ck_signing_link_tries CHECK (tries BETWEEN 0 AND 3)
      )`,
      `CREATE INDEX ix_signing_link_release ON signing_link (practice_id, release_id)`,
      `CREATE TABLE revocation (
        practice_id uuid NOT NULL,
        arrival bigserial NOT NULL,
        client_id uuid NOT NULL,
        release_id uuid NOT NULL,
        received_at timestamptz(3) NOT NULL,
        recorded_at timestamptz(3) NOT NULL,
        channel text NOT NULL,
        CONSTRAINT pk_revocation PRIMARY KEY (practice_id, arrival),
        CONSTRAINT fk_revocation_authority FOREIGN KEY (practice_id, client_id) REFERENCES client_authority (practice_id, client_id),
        CONSTRAINT ck_revocation_channel CHECK (channel IN ('in-person', 'letter', 'fax', 'portal', 'other'))
      )`,
      `CREATE INDEX ix_revocation_client ON revocation (practice_id, client_id)`,
      `CREATE TABLE release_relation (
        practice_id uuid NOT NULL,
        arrival bigserial NOT NULL,
        client_id uuid NOT NULL,
        kind text NOT NULL,
        newer_id uuid NOT NULL,
        older_id uuid NOT NULL,
        recorded_at timestamptz(3) NOT NULL,
        CONSTRAINT pk_release_relation PRIMARY KEY (practice_id, arrival),
        CONSTRAINT fk_release_relation_authority FOREIGN KEY (practice_id, client_id) REFERENCES client_authority (practice_id, client_id),
        CONSTRAINT ck_release_relation_kind CHECK (kind IN ('adds_to', 'supersedes')),
        CONSTRAINT ck_release_relation_two CHECK (newer_id <> older_id)
      )`,
      `CREATE INDEX ix_release_relation_client ON release_relation (practice_id, client_id)`,
      `CREATE TABLE restriction (
        practice_id uuid NOT NULL,
        id text NOT NULL,
        revision integer NOT NULL,
        arrival bigserial NOT NULL,
        client_id uuid NOT NULL,
        content bytea NOT NULL,
        CONSTRAINT pk_restriction PRIMARY KEY (practice_id, id, revision),
        CONSTRAINT fk_restriction_authority FOREIGN KEY (practice_id, client_id) REFERENCES client_authority (practice_id, client_id)
      )`,
      `CREATE INDEX ix_restriction_client ON restriction (practice_id, client_id)`,
      // Whoever writes here, by whatever path, makes every decision that was read under the old epoch stale.
      `CREATE FUNCTION raise_epoch() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
        BEGIN
          IF TG_OP <> 'INSERT' THEN
            UPDATE client_authority SET epoch = epoch + 1 WHERE practice_id = OLD.practice_id AND client_id = OLD.client_id;
          END IF;
          IF TG_OP = 'INSERT' OR (TG_OP = 'UPDATE' AND NEW.client_id <> OLD.client_id) THEN
            UPDATE client_authority SET epoch = epoch + 1 WHERE practice_id = NEW.practice_id AND client_id = NEW.client_id;
          END IF;
          RETURN NULL;
        END $$`,
      ...AUTHORITY.map(
        (table) =>
          `CREATE TRIGGER raise_epoch AFTER INSERT OR UPDATE OR DELETE ON ${table} FOR EACH ROW EXECUTE FUNCTION raise_epoch()`,
      ),
    ]);
  }

  async down(runner: QueryRunner): Promise<void> {
    await dropAll(runner, TABLES);
    await runAll(runner, [
      'DROP FUNCTION raise_epoch',
      'DROP FUNCTION refuse_retired_key',
      'DROP FUNCTION lock_key_retirement',
    ]);
  }
}
