import type { MigrationInterface, QueryRunner } from 'typeorm';
import { dropAll, keyMadeLast, runAll } from './statements.js';

const TABLES = [
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
];

/** The practice, those who work there, the insurers it deals with. Nothing here is about a client. */
export class Practice1764000000001 implements MigrationInterface {
  up(runner: QueryRunner): Promise<void> {
    return runAll(runner, [
      `CREATE TABLE practice (
        practice_id uuid NOT NULL,
        name text NOT NULL,
        npi text NOT NULL,
        tax_id text NOT NULL,
        taxonomy text NOT NULL,
        address jsonb NOT NULL,
        phone text NOT NULL,
        contact_name text NOT NULL,
        submitter_id text NOT NULL,
        part2_program boolean NOT NULL,
        CONSTRAINT pk_practice PRIMARY KEY (practice_id)
      )`,
      `CREATE TABLE clinician (
        practice_id uuid NOT NULL,
        id uuid NOT NULL,
        first_name text NOT NULL,
        last_name text NOT NULL,
        credential text NOT NULL,
        npi text NOT NULL,
        taxonomy text NOT NULL,
        jurisdiction text NOT NULL,
        profession text NOT NULL,
        supervisor_id uuid,
        CONSTRAINT pk_clinician PRIMARY KEY (practice_id, id),
        CONSTRAINT fk_clinician_practice FOREIGN KEY (practice_id) REFERENCES practice (practice_id),
        CONSTRAINT fk_clinician_supervisor FOREIGN KEY (practice_id, supervisor_id) REFERENCES clinician (practice_id, id)
      )`,
      `CREATE TABLE insurer (
        practice_id uuid NOT NULL,
        id uuid NOT NULL,
        profile jsonb NOT NULL,
        connection jsonb NOT NULL,
        token bytea NOT NULL,
        CONSTRAINT pk_insurer PRIMARY KEY (practice_id, id),
        CONSTRAINT fk_insurer_practice FOREIGN KEY (practice_id) REFERENCES practice (practice_id)
      )`,
      `CREATE TABLE lane (
        practice_id uuid NOT NULL,
        id uuid NOT NULL,
        insurer_id uuid NOT NULL,
        route text NOT NULL,
        breaker text NOT NULL,
        open_until timestamptz(3) NOT NULL,
        failures integer NOT NULL,
        slow boolean NOT NULL,
        answers_cursor text NOT NULL,
        CONSTRAINT fk_lane_insurer FOREIGN KEY (practice_id, insurer_id) REFERENCES insurer (practice_id, id),
        CONSTRAINT ck_lane_route CHECK (route IN ('direct', 'clearinghouse')),
        CONSTRAINT ck_lane_breaker CHECK (breaker IN ('closed', 'open', 'half-open', 'stopped'))
      )`,
      `CREATE UNIQUE INDEX uq_lane_direct ON lane (practice_id, insurer_id) WHERE route = 'direct'`,
      keyMadeLast('lane'),
      `CREATE TABLE route (
        practice_id uuid NOT NULL,
        id uuid NOT NULL,
        arrival bigserial NOT NULL,
        insurer_id uuid NOT NULL,
        lane_id uuid NOT NULL,
        recorded_by text NOT NULL,
        recorded_at timestamptz(3) NOT NULL,
        agent jsonb,
        connection jsonb,
        token bytea,
        CONSTRAINT pk_route PRIMARY KEY (practice_id, id),
        CONSTRAINT fk_route_insurer FOREIGN KEY (practice_id, insurer_id) REFERENCES insurer (practice_id, id),
        CONSTRAINT fk_route_lane FOREIGN KEY (practice_id, lane_id) REFERENCES lane (practice_id, id),
        CONSTRAINT ck_route_agent CHECK (num_nulls(agent, connection, token) IN (0, 3))
      )`,
      `CREATE INDEX ix_route_insurer ON route (practice_id, insurer_id)`,
      `CREATE TABLE staff (
        practice_id uuid NOT NULL,
        id uuid NOT NULL,
        sign_in text NOT NULL,
        name text NOT NULL,
        password_hash text NOT NULL,
        roles text[] NOT NULL,
        clinician_id uuid,
        disabled boolean NOT NULL,
        must_change boolean NOT NULL,
        version integer NOT NULL,
        CONSTRAINT pk_staff PRIMARY KEY (practice_id, id),
        CONSTRAINT uq_staff_sign_in UNIQUE (sign_in),
        CONSTRAINT fk_staff_practice FOREIGN KEY (practice_id) REFERENCES practice (practice_id),
        CONSTRAINT fk_staff_clinician FOREIGN KEY (practice_id, clinician_id) REFERENCES clinician (practice_id, id)
      )`,
      `CREATE TABLE credential (
        digest text NOT NULL,
        practice_id uuid NOT NULL,
        kind text NOT NULL,
        subject text NOT NULL,
        label text,
        roles text[] NOT NULL,
        created_at timestamptz(3) NOT NULL,
        expires_at timestamptz(3) NOT NULL,
        revoked_at timestamptz(3),
        CONSTRAINT pk_credential PRIMARY KEY (digest),
        CONSTRAINT fk_credential_practice FOREIGN KEY (practice_id) REFERENCES practice (practice_id),
        CONSTRAINT ck_credential_kind CHECK (kind IN ('session', 'api-key')),
        CONSTRAINT ck_credential_label CHECK ((kind = 'api-key') = (label IS NOT NULL))
      )`,
      `CREATE UNIQUE INDEX ix_credential_api_key ON credential (practice_id, subject) WHERE kind = 'api-key'`,
      `CREATE TABLE reading_choice (
        practice_id uuid NOT NULL,
        id text NOT NULL,
        ceiling text NOT NULL,
        reading text,
        reading_version text,
        signed_by uuid NOT NULL,
        signed_at timestamptz(3) NOT NULL,
        revoked_at timestamptz(3),
        CONSTRAINT pk_reading_choice PRIMARY KEY (practice_id, id),
        CONSTRAINT fk_reading_choice_signer FOREIGN KEY (practice_id, signed_by) REFERENCES staff (practice_id, id),
        CONSTRAINT ck_reading_choice_version CHECK ((reading IS NULL) = (reading_version IS NULL))
      )`,
      `CREATE TABLE webhook_endpoint (
        practice_id uuid NOT NULL,
        id uuid NOT NULL,
        url text NOT NULL,
        events text[] NOT NULL,
        enabled boolean NOT NULL,
        gone boolean NOT NULL,
        secrets bytea,
        previous_until timestamptz(3),
        created_at timestamptz(3) NOT NULL,
        removed_at timestamptz(3),
        CONSTRAINT fk_webhook_endpoint_practice FOREIGN KEY (practice_id) REFERENCES practice (practice_id),
        CONSTRAINT ck_webhook_endpoint_removed CHECK ((secrets IS NULL) = (removed_at IS NOT NULL))
      )`,
      keyMadeLast('webhook_endpoint'),
      `CREATE TABLE webhook_delivery (
        practice_id uuid NOT NULL,
        id uuid NOT NULL,
        endpoint_id uuid NOT NULL,
        event text NOT NULL,
        body text NOT NULL,
        state text NOT NULL,
        attempts integer NOT NULL,
        due_at timestamptz(3) NOT NULL,
        give_up_at timestamptz(3) NOT NULL,
        created_at timestamptz(3) NOT NULL,
        last_attempt_at timestamptz(3),
        last_status integer,
        last_code text,
        CONSTRAINT fk_webhook_delivery_endpoint FOREIGN KEY (practice_id, endpoint_id) REFERENCES webhook_endpoint (practice_id, id),
        CONSTRAINT ck_webhook_delivery_state CHECK (state IN ('pending', 'delivered', 'failed'))
      )`,
      `CREATE INDEX ix_webhook_delivery_due ON webhook_delivery (practice_id, endpoint_id, due_at, id) WHERE state = 'pending'`,
      `CREATE INDEX ix_webhook_delivery_page ON webhook_delivery (practice_id, created_at, id)`,
      keyMadeLast('webhook_delivery'),
      `CREATE TABLE webhook_told (
        practice_id uuid NOT NULL,
        endpoint_id uuid NOT NULL,
        event text NOT NULL,
        about uuid NOT NULL,
        CONSTRAINT pk_webhook_told PRIMARY KEY (practice_id, endpoint_id, event, about),
        CONSTRAINT fk_webhook_told_endpoint FOREIGN KEY (practice_id, endpoint_id) REFERENCES webhook_endpoint (practice_id, id)
      )`,
      // Counts of queues are those of the whole installation.
      `CREATE TABLE worker_heartbeat (
        practice_id uuid NOT NULL,
        worker_id uuid NOT NULL,
        started_at timestamptz(3) NOT NULL,
        beat_at timestamptz(3) NOT NULL,
        quarantine text,
        queues jsonb NOT NULL,
        CONSTRAINT pk_worker_heartbeat PRIMARY KEY (practice_id, worker_id),
        CONSTRAINT fk_worker_heartbeat_practice FOREIGN KEY (practice_id) REFERENCES practice (practice_id)
      )`,
    ]);
  }

  down(runner: QueryRunner): Promise<void> {
    return dropAll(runner, TABLES);
  }
}
