import type { MigrationInterface, QueryRunner } from 'typeorm';
import { dropAll, ofOnePractice, runAll } from './statements.js';

/** Who a client is, each time that it was recorded anew. The first stands with the client. */
export class ClientIdentity1764000000009 implements MigrationInterface {
  up(runner: QueryRunner): Promise<void> {
    return runAll(runner, [
      `CREATE TABLE client_identity (
        practice_id uuid NOT NULL,
        client_id uuid NOT NULL,
        revision integer NOT NULL,
        recorded_by text NOT NULL,
        recorded_at timestamptz(3) NOT NULL,
        content bytea NOT NULL,
        CONSTRAINT pk_client_identity PRIMARY KEY (practice_id, client_id, revision),
        CONSTRAINT fk_client_identity_client FOREIGN KEY (practice_id, client_id) REFERENCES client (practice_id, id),
        CONSTRAINT ck_client_identity_revision CHECK (revision > 1)
      )`,
      ...ofOnePractice('client_identity'),
      'GRANT SELECT, INSERT ON client_identity TO sluice_app',
    ]);
  }

  down(runner: QueryRunner): Promise<void> {
    return dropAll(runner, ['client_identity']);
  }
}
