import type { MigrationInterface, QueryRunner } from 'typeorm';
import { dropAll, runAll } from './statements.js';

const TABLES = ['ledger_head', 'ledger_block', 'ledger_entry', 'ledger_checkpoint'];

/**
 * The ledger. Nobody but its owner writes to these tables: the running program calls `append_block`, which takes the
 * practice's head, so that blocks follow each other, and computes leaves and the block's hash as ledger/hashes.ts does.
 * It alone writes blocks and entries, both at once, so that entries need no foreign key to say that they have a block.
 * Only checkpoints the running program adds itself: they are worth what their signature is worth.
 */
export class Ledger1764000000005 implements MigrationInterface {
  up(runner: QueryRunner): Promise<void> {
    return runAll(runner, [
      `CREATE TABLE ledger_head (
        practice_id uuid NOT NULL,
        height bigint NOT NULL,
        hash bytea NOT NULL,
        CONSTRAINT pk_ledger_head PRIMARY KEY (practice_id),
        CONSTRAINT fk_ledger_head_practice FOREIGN KEY (practice_id) REFERENCES practice (practice_id)
      )`,
      `CREATE TABLE ledger_block (
        practice_id uuid NOT NULL,
        height bigint NOT NULL,
        previous bytea NOT NULL,
        root bytea NOT NULL,
        hash bytea NOT NULL,
        entries integer NOT NULL,
        written_at timestamptz(3) NOT NULL,
        CONSTRAINT pk_ledger_block PRIMARY KEY (practice_id, height),
        CONSTRAINT fk_ledger_block_practice FOREIGN KEY (practice_id) REFERENCES practice (practice_id)
      )`,
      `CREATE TABLE ledger_entry (
        practice_id uuid NOT NULL,
        height bigint NOT NULL,
        position integer NOT NULL,
        client_id uuid,
        disclosure_id uuid,
        leaf bytea NOT NULL,
        body text NOT NULL,
        CONSTRAINT pk_ledger_entry PRIMARY KEY (practice_id, height, position)
      )`,
      `CREATE INDEX ix_ledger_entry_client ON ledger_entry (practice_id, client_id, height, position) WHERE client_id IS NOT NULL`,
      `CREATE INDEX ix_ledger_entry_disclosure ON ledger_entry (practice_id, disclosure_id, height, position) WHERE disclosure_id IS NOT NULL`,
      `CREATE TABLE ledger_checkpoint (
        practice_id uuid NOT NULL,
        height bigint NOT NULL,
        hash bytea NOT NULL,
        signed_at timestamptz(3) NOT NULL,
        signature bytea NOT NULL,
        CONSTRAINT pk_ledger_checkpoint PRIMARY KEY (practice_id, height),
        CONSTRAINT fk_ledger_checkpoint_block FOREIGN KEY (practice_id, height) REFERENCES ledger_block (practice_id, height)
      )`,
      `CREATE FUNCTION begin_ledger() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
        BEGIN
          INSERT INTO ledger_head VALUES (NEW.practice_id, 0, decode(repeat('00', 32), 'hex'));
          RETURN NULL;
        END $$`,
      `CREATE TRIGGER begin_ledger AFTER INSERT ON practice FOR EACH ROW EXECUTE FUNCTION begin_ledger()`,
      `CREATE FUNCTION append_block(of_practice uuid, new_root bytea, bodies text) RETURNS bigint
        LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
        DECLARE
          head ledger_head;
          written timestamptz(3) := date_trunc('milliseconds', clock_timestamp());
          block_hash bytea;
          entries integer := length(bodies) - length(replace(bodies, E'\\n', '')) + 1;
        BEGIN
          SELECT * INTO STRICT head FROM ledger_head WHERE practice_id = of_practice FOR UPDATE;
          block_hash := sha256(
            convert_to('sluice.ledger.block.v1', 'UTF8') || '\\x00'::bytea || uuid_send(of_practice) || int8send(head.height + 1)
            || head.hash || new_root || int4send(entries)
            || int8send((extract(epoch FROM written) * 1000)::bigint)
          );
          INSERT INTO ledger_block (practice_id, height, previous, root, hash, entries, written_at)
            VALUES (of_practice, head.height + 1, head.hash, new_root, block_hash, entries, written);
          INSERT INTO ledger_entry (practice_id, height, position, client_id, disclosure_id, leaf, body)
            SELECT of_practice, head.height + 1, entry.position - 1, named.client, named.disclosure,
              sha256('\\x00'::bytea || convert_to(entry.body, 'UTF8')), entry.body
            FROM string_to_table(bodies, E'\\n') WITH ORDINALITY AS entry (body, position)
            CROSS JOIN LATERAL jsonb_to_record(entry.body::jsonb) AS named (client uuid, disclosure uuid);
          UPDATE ledger_head SET height = head.height + 1, hash = block_hash WHERE practice_id = of_practice;
          RETURN head.height + 1;
        END $$`,
    ]);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runAll(runner, [
      'DROP TRIGGER begin_ledger ON practice',
      'DROP FUNCTION begin_ledger',
      'DROP FUNCTION append_block',
    ]);
    await dropAll(runner, TABLES);
  }
}
