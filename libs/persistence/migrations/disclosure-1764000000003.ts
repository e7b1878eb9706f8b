import type { MigrationInterface, QueryRunner } from 'typeorm';
import { dropAll, keyMadeLast, runAll } from './statements.js';

const TABLES = [
  'document',
  'service_index',
  'disclosure',
  'decision',
  'outbox',
  'idempotency',
  'work_item',
  'work_note',
  'saved_view',
];

/** As `TRANSITIONS` of libs/disclosure stood when this was written; a later table needs a later migration. */
const TRANSITIONS: readonly (readonly [from: string, to: string])[] = [
  ['drafted', 'held ready blocked cancelled'],
  ['held', 'held ready blocked parked cancelled superseded'],
  ['ready', 'sealed sending held blocked parked cancelled superseded'],
  ['sealed', 'sending ready held blocked parked cancelled superseded'],
  ['sending', 'sent unknown sealed held blocked parked'],
  ['unknown', 'sending sent sealed parked received'],
  ['parked', 'ready sealed sent received held cancelled superseded'],
  ['sent', 'received superseded'],
  ['received', 'superseded'],
  ['blocked', 'held ready parked cancelled superseded'],
];

const MOVES = TRANSITIONS.flatMap(([from, to]) => to.split(' ').map((next) => `"${from} ${next}"`));

/** Documents, where each disclosure of them stands, the decisions behind it, the outbox, and who works on what. */
export class Disclosure1764000000003 implements MigrationInterface {
  up(runner: QueryRunner): Promise<void> {
    return runAll(runner, [
      `CREATE TABLE document (
        practice_id uuid NOT NULL,
        id uuid NOT NULL,
        client_id uuid NOT NULL,
        kind text NOT NULL,
        created_by text NOT NULL,
        created_at timestamptz(3) NOT NULL,
        content bytea NOT NULL,
        CONSTRAINT pk_document PRIMARY KEY (practice_id, id),
        CONSTRAINT fk_document_client FOREIGN KEY (practice_id, client_id) REFERENCES client (practice_id, id),
        CONSTRAINT ck_document_kind CHECK (kind IN ('invoice', 'treatment-report'))
      )`,
      `CREATE TABLE service_index (
        practice_id uuid NOT NULL,
        hash text NOT NULL,
        document_id uuid NOT NULL,
        CONSTRAINT pk_service_index PRIMARY KEY (practice_id, hash),
        CONSTRAINT fk_service_index_document FOREIGN KEY (practice_id, document_id) REFERENCES document (practice_id, id) DEFERRABLE INITIALLY DEFERRED
      )`,
      `CREATE INDEX ix_service_index_document ON service_index (practice_id, document_id)`,
      `CREATE TABLE disclosure (
        practice_id uuid NOT NULL,
        id uuid NOT NULL,
        document_id uuid NOT NULL,
        client_id uuid NOT NULL,
        insurer_id uuid NOT NULL,
        lane_id uuid NOT NULL,
        purpose text NOT NULL,
        format text NOT NULL,
        state text NOT NULL,
        cause text,
        curer text,
        options bytea,
        attempts integer NOT NULL,
        due_at timestamptz(3) NOT NULL,
        lease_until timestamptz(3),
        fence text,
        created_at timestamptz(3) NOT NULL,
        updated_at timestamptz(3) NOT NULL,
        version integer NOT NULL,
        corrects_id uuid,
        correction text,
        frequency text,
        heard text,
        first_service_on date,
        last_service_on date,
        total bigint,
        filing_deadline date,
        CONSTRAINT fk_disclosure_document FOREIGN KEY (practice_id, document_id) REFERENCES document (practice_id, id),
        CONSTRAINT fk_disclosure_client FOREIGN KEY (practice_id, client_id) REFERENCES client (practice_id, id),
        CONSTRAINT fk_disclosure_lane FOREIGN KEY (practice_id, lane_id) REFERENCES lane (practice_id, id),
        CONSTRAINT ck_disclosure_correction CHECK (correction IN ('replacement', 'void', 'resubmission')),
        CONSTRAINT ck_disclosure_corrects CHECK ((corrects_id IS NULL) = (correction IS NULL)),
        CONSTRAINT ck_disclosure_frequency CHECK (frequency IN ('1', '7', '8')),
        CONSTRAINT ck_disclosure_said CHECK ((corrects_id IS NULL) = (frequency IS NULL)),
        CONSTRAINT ck_disclosure_state CHECK (state IN ('drafted', 'held', 'ready', 'sealed', 'sending', 'sent', 'received', 'unknown', 'parked', 'blocked', 'cancelled', 'superseded')),
        CONSTRAINT ck_disclosure_curer CHECK (curer IN ('client', 'chart', 'office', 'practice', 'nobody')),
        CONSTRAINT ck_disclosure_lease CHECK ((fence IS NULL) = (lease_until IS NULL))
      )`,
      `CREATE INDEX ix_disclosure_created ON disclosure (practice_id, created_at, id)`,
      `CREATE INDEX ix_disclosure_state ON disclosure (practice_id, state, created_at, id)`,
      `CREATE INDEX ix_disclosure_client ON disclosure (practice_id, client_id)`,
      `CREATE INDEX ix_disclosure_document ON disclosure (practice_id, document_id)`,
      `CREATE INDEX ix_disclosure_driven ON disclosure (practice_id, due_at) WHERE state IN ('ready', 'sealed', 'sending', 'unknown')`,
      `CREATE INDEX ix_disclosure_refused ON disclosure (practice_id, heard, created_at, id) WHERE heard IN ('interchange-rejected', 'set-rejected', 'claim-rejected', 'interchange-duplicate', 'claim-unbalanced', 'remittance-unbalanced')`,
      `CREATE INDEX ix_disclosure_deadline ON disclosure (practice_id, filing_deadline, id) WHERE filing_deadline IS NOT NULL`,
      `CREATE INDEX ix_disclosure_corrects ON disclosure (practice_id, corrects_id) WHERE corrects_id IS NOT NULL`,
      // Two corrections of one claim under way would be adjudicated both.
      `CREATE UNIQUE INDEX uq_disclosure_correction ON disclosure (practice_id, corrects_id) WHERE corrects_id IS NOT NULL AND state <> 'cancelled'`,
      keyMadeLast('disclosure'),
      `ALTER TABLE disclosure ADD CONSTRAINT fk_disclosure_corrects FOREIGN KEY (practice_id, corrects_id) REFERENCES disclosure (practice_id, id)`,
      `CREATE TABLE decision (
        practice_id uuid NOT NULL,
        id text NOT NULL,
        arrival bigserial NOT NULL,
        disclosure_id uuid NOT NULL,
        client_id uuid NOT NULL,
        taken_at timestamptz(3) NOT NULL,
        content bytea NOT NULL,
        CONSTRAINT pk_decision PRIMARY KEY (practice_id, id),
        CONSTRAINT fk_decision_disclosure FOREIGN KEY (practice_id, disclosure_id) REFERENCES disclosure (practice_id, id)
      )`,
      `CREATE INDEX ix_decision_disclosure ON decision (practice_id, disclosure_id)`,
      `CREATE TABLE outbox (
        id uuid NOT NULL,
        practice_id uuid NOT NULL,
        lane_id uuid NOT NULL,
        slow boolean NOT NULL,
        due_at timestamptz(3) NOT NULL,
        published_at timestamptz(3),
        CONSTRAINT pk_outbox PRIMARY KEY (id),
        CONSTRAINT fk_outbox_disclosure FOREIGN KEY (practice_id, id) REFERENCES disclosure (practice_id, id)
      )`,
      `CREATE INDEX ix_outbox_due ON outbox (lane_id, due_at, id) WHERE published_at IS NULL`,
      `CREATE TABLE idempotency (
        practice_id uuid NOT NULL,
        principal text NOT NULL,
        route text NOT NULL,
        key text NOT NULL,
        fingerprint text NOT NULL,
        status integer NOT NULL,
        body bytea NOT NULL,
        created_at timestamptz(3) NOT NULL,
        CONSTRAINT pk_idempotency PRIMARY KEY (practice_id, principal, route, key),
        CONSTRAINT fk_idempotency_practice FOREIGN KEY (practice_id) REFERENCES practice (practice_id)
      )`,
      `CREATE TABLE work_item (
        practice_id uuid NOT NULL,
        id uuid NOT NULL,
        kind text NOT NULL,
        client_id uuid NOT NULL,
        assignee_id uuid,
        snoozed_until date,
        notes integer NOT NULL,
        version integer NOT NULL,
        CONSTRAINT pk_work_item PRIMARY KEY (practice_id, id),
        CONSTRAINT fk_work_item_client FOREIGN KEY (practice_id, client_id) REFERENCES client (practice_id, id),
        CONSTRAINT fk_work_item_assignee FOREIGN KEY (practice_id, assignee_id) REFERENCES staff (practice_id, id),
        CONSTRAINT ck_work_item_kind CHECK (kind IN ('disclosure', 'release'))
      )`,
      `CREATE INDEX ix_work_item_assignee ON work_item (practice_id, assignee_id) WHERE assignee_id IS NOT NULL`,
      `CREATE TABLE work_note (
        practice_id uuid NOT NULL,
        id uuid NOT NULL,
        item_id uuid NOT NULL,
        client_id uuid NOT NULL,
        author text NOT NULL,
        written_at timestamptz(3) NOT NULL,
        content bytea NOT NULL,
        CONSTRAINT pk_work_note PRIMARY KEY (practice_id, id),
        CONSTRAINT fk_work_note_item FOREIGN KEY (practice_id, item_id) REFERENCES work_item (practice_id, id)
      )`,
      `CREATE INDEX ix_work_note_item ON work_note (practice_id, item_id, written_at)`,
      `CREATE TABLE saved_view (
        practice_id uuid NOT NULL,
        id uuid NOT NULL,
        staff_id uuid NOT NULL,
        filter jsonb NOT NULL,
        columns text[] NOT NULL,
        sort text,
        created_at timestamptz(3) NOT NULL,
        updated_at timestamptz(3) NOT NULL,
        version integer NOT NULL,
        name bytea NOT NULL,
        CONSTRAINT pk_saved_view PRIMARY KEY (practice_id, id),
        CONSTRAINT fk_saved_view_staff FOREIGN KEY (practice_id, staff_id) REFERENCES staff (practice_id, id)
      )`,
      `CREATE INDEX ix_saved_view_staff ON saved_view (practice_id, staff_id)`,
      // What is allowed is known before any function is called.
      `CREATE FUNCTION check_transition() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
        BEGIN
          RAISE EXCEPTION USING ERRCODE = 'SL001', MESSAGE = 'illegal transition';
        END $$`,
      `CREATE TRIGGER check_transition BEFORE UPDATE OF state ON disclosure FOR EACH ROW
        WHEN (OLD.state IS DISTINCT FROM NEW.state AND (OLD.state || ' ' || NEW.state) <> ALL ('{${MOVES.join(',')}}'::text[]))
        EXECUTE FUNCTION check_transition()`,
      `CREATE FUNCTION wake_relay() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
        BEGIN
          PERFORM pg_notify('sluice_outbox', '');
          RETURN NULL;
        END $$`,
      `CREATE TRIGGER wake_relay AFTER INSERT ON outbox FOR EACH STATEMENT EXECUTE FUNCTION wake_relay()`,
    ]);
  }

  async down(runner: QueryRunner): Promise<void> {
    await dropAll(runner, TABLES);
    await runAll(runner, ['DROP FUNCTION check_transition', 'DROP FUNCTION wake_relay']);
  }
}
