import type { MigrationInterface, QueryRunner } from 'typeorm';
import { dropAll, keyMadeLast, runAll } from './statements.js';

const TABLES = [
  'control_number',
  'transmission',
  'transmission_item',
  'attempt',
  'forgotten_attempt',
  'inbox_item',
  'answer',
  'inbox',
  'quarantine',
];

/** Sealed bytes, attempts to send them, and what came back. */
export class Transmission1764000000004 implements MigrationInterface {
  up(runner: QueryRunner): Promise<void> {
    return runAll(runner, [
      `CREATE TABLE control_number (
        practice_id uuid NOT NULL,
        pair text NOT NULL,
        taken integer NOT NULL,
        CONSTRAINT pk_control_number PRIMARY KEY (practice_id, pair),
        CONSTRAINT fk_control_number_practice FOREIGN KEY (practice_id) REFERENCES practice (practice_id),
        CONSTRAINT ck_control_number_taken CHECK (taken BETWEEN 1 AND 999999999)
      )`,
      `CREATE TABLE transmission (
        practice_id uuid NOT NULL,
        id uuid NOT NULL,
        lane_id uuid NOT NULL,
        addressee text NOT NULL,
        format text NOT NULL,
        media_type text NOT NULL,
        bytes bytea,
        digest text NOT NULL,
        content_digest text NOT NULL,
        idempotency_key text NOT NULL,
        reference text NOT NULL,
        interchange_control_number text,
        group_control_number text,
        set_control_number text,
        batch_reference text,
        attempts integer NOT NULL,
        created_at timestamptz(3) NOT NULL,
        unsealed_at timestamptz(3),
        CONSTRAINT uq_transmission_idempotency_key UNIQUE (practice_id, idempotency_key),
        CONSTRAINT uq_transmission_interchange UNIQUE (practice_id, lane_id, interchange_control_number),
        CONSTRAINT fk_transmission_lane FOREIGN KEY (practice_id, lane_id) REFERENCES lane (practice_id, id),
        CONSTRAINT ck_transmission_unsealed CHECK ((bytes IS NULL) = (unsealed_at IS NOT NULL))
      )`,
      `CREATE INDEX ix_transmission_group ON transmission (practice_id, lane_id, group_control_number)`,
      `CREATE INDEX ix_transmission_batch ON transmission (practice_id, lane_id, batch_reference)`,
      `CREATE INDEX ix_transmission_reference ON transmission (practice_id, lane_id, reference)`,
      keyMadeLast('transmission'),
      `CREATE TABLE transmission_item (
        practice_id uuid NOT NULL,
        transmission_id uuid NOT NULL,
        disclosure_id uuid NOT NULL,
        client_id uuid NOT NULL,
        patient_control_number text,
        line_origins bytea NOT NULL,
        live boolean NOT NULL,
        ordinal integer,
        set_control_number text,
        batch_reference text,
        content_digest text,
        bytes bytea,
        CONSTRAINT pk_transmission_item PRIMARY KEY (practice_id, transmission_id, disclosure_id),
        CONSTRAINT uq_transmission_item_patient_control UNIQUE (practice_id, patient_control_number),
        CONSTRAINT fk_transmission_item_transmission FOREIGN KEY (practice_id, transmission_id) REFERENCES transmission (practice_id, id),
        CONSTRAINT fk_transmission_item_disclosure FOREIGN KEY (practice_id, disclosure_id) REFERENCES disclosure (practice_id, id)
      )`,
      // What is sealed anew while the old bytes may still go would go twice.
      `CREATE UNIQUE INDEX uq_transmission_item_live ON transmission_item (practice_id, disclosure_id) WHERE live`,
      `CREATE TABLE attempt (
        practice_id uuid NOT NULL,
        id text NOT NULL,
        transmission_id uuid NOT NULL,
        number integer NOT NULL,
        fence text NOT NULL,
        outcome text NOT NULL,
        status integer,
        permitted_at timestamptz(3) NOT NULL,
        finished_at timestamptz(3),
        CONSTRAINT pk_attempt PRIMARY KEY (practice_id, id),
        CONSTRAINT uq_attempt_number UNIQUE (practice_id, transmission_id, number),
        CONSTRAINT fk_attempt_transmission FOREIGN KEY (practice_id, transmission_id) REFERENCES transmission (practice_id, id),
        CONSTRAINT ck_attempt_outcome CHECK (outcome IN ('permitted', 'accepted', 'not-sent', 'refused', 'ambiguous', 'expired'))
      )`,
      // Permitted after the moment that a restored database is of; only the journal of sends knew.
      `CREATE TABLE forgotten_attempt (
        practice_id uuid NOT NULL,
        id text NOT NULL,
        noted_at timestamptz(3) NOT NULL,
        CONSTRAINT pk_forgotten_attempt PRIMARY KEY (practice_id, id),
        CONSTRAINT fk_forgotten_attempt_practice FOREIGN KEY (practice_id) REFERENCES practice (practice_id)
      )`,
      `CREATE TABLE inbox_item (
        practice_id uuid NOT NULL,
        id uuid NOT NULL,
        insurer_id uuid NOT NULL,
        lane_id uuid NOT NULL,
        transmission_id uuid NOT NULL,
        disclosure_id uuid NOT NULL,
        client_id uuid NOT NULL,
        arrival integer NOT NULL,
        arrived_at timestamptz(3) NOT NULL,
        epoch integer NOT NULL,
        valid_until timestamptz(3) NOT NULL,
        answer text,
        answered_at timestamptz(3),
        CONSTRAINT pk_inbox_item PRIMARY KEY (practice_id, id),
        CONSTRAINT uq_inbox_item_transmission UNIQUE (practice_id, transmission_id),
        CONSTRAINT uq_inbox_item_arrival UNIQUE (practice_id, insurer_id, arrival),
        CONSTRAINT fk_inbox_item_insurer FOREIGN KEY (practice_id, insurer_id) REFERENCES insurer (practice_id, id),
        CONSTRAINT fk_inbox_item_lane FOREIGN KEY (practice_id, lane_id) REFERENCES lane (practice_id, id),
        CONSTRAINT fk_inbox_item_transmission FOREIGN KEY (practice_id, transmission_id) REFERENCES transmission (practice_id, id),
        CONSTRAINT fk_inbox_item_disclosure FOREIGN KEY (practice_id, disclosure_id) REFERENCES disclosure (practice_id, id),
        CONSTRAINT ck_inbox_item_answered CHECK ((answer IS NULL) = (answered_at IS NULL))
      )`,
      `CREATE INDEX ix_inbox_item_client ON inbox_item (practice_id, client_id) WHERE answer IS NULL`,
      `CREATE TABLE answer (
        practice_id uuid NOT NULL,
        id text NOT NULL,
        arrival bigserial NOT NULL,
        disclosure_id uuid NOT NULL,
        transmission_id uuid NOT NULL,
        client_id uuid NOT NULL,
        kind text NOT NULL,
        received_at timestamptz(3) NOT NULL,
        incoming text,
        layer text NOT NULL,
        claim_number text,
        detail bytea NOT NULL,
        CONSTRAINT ck_answer_layer CHECK (layer IN ('insurer', 'clearinghouse')),
        CONSTRAINT pk_answer PRIMARY KEY (practice_id, id),
        CONSTRAINT fk_answer_disclosure FOREIGN KEY (practice_id, disclosure_id) REFERENCES disclosure (practice_id, id),
        CONSTRAINT fk_answer_transmission FOREIGN KEY (practice_id, transmission_id) REFERENCES transmission (practice_id, id)
      )`,
      `CREATE INDEX ix_answer_disclosure ON answer (practice_id, disclosure_id)`,
      `CREATE INDEX ix_answer_claim_number ON answer (practice_id, claim_number) WHERE claim_number IS NOT NULL`,
      `CREATE TABLE inbox (
        practice_id uuid NOT NULL,
        lane_id uuid NOT NULL,
        digest text NOT NULL,
        media_type text NOT NULL,
        received_at timestamptz(3) NOT NULL,
        bytes bytea,
        CONSTRAINT pk_inbox PRIMARY KEY (practice_id, lane_id, digest),
        CONSTRAINT fk_inbox_lane FOREIGN KEY (practice_id, lane_id) REFERENCES lane (practice_id, id)
      )`,
      `CREATE INDEX ix_inbox_received ON inbox (practice_id, lane_id, received_at)`,
      `CREATE TABLE quarantine (
        practice_id uuid NOT NULL,
        lane_id uuid NOT NULL,
        digest text NOT NULL,
        code text NOT NULL,
        received_at timestamptz(3) NOT NULL,
        CONSTRAINT pk_quarantine PRIMARY KEY (practice_id, lane_id, digest, code),
        CONSTRAINT fk_quarantine_lane FOREIGN KEY (practice_id, lane_id) REFERENCES lane (practice_id, id)
      )`,
    ]);
  }

  down(runner: QueryRunner): Promise<void> {
    return dropAll(runner, TABLES);
  }
}
