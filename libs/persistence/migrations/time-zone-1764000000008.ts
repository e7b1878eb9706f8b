import type { MigrationInterface, QueryRunner } from 'typeorm';
import { runAll } from './statements.js';

/** The zone in which a practice's days begin and end. Until somebody says which it is, they are those of UTC, as before. */
export class TimeZone1764000000008 implements MigrationInterface {
  up(runner: QueryRunner): Promise<void> {
    return runAll(runner, [
      `ALTER TABLE practice ADD COLUMN time_zone text NOT NULL DEFAULT 'UTC'`,
      // Refuses what the server has no clock for: lists and counts of days ask it.
      `ALTER TABLE practice ADD CONSTRAINT ck_practice_time_zone CHECK (timezone(time_zone, timestamptz 'epoch') IS NOT NULL)`,
      'GRANT UPDATE (time_zone) ON practice TO sluice_app',
    ]);
  }

  down(runner: QueryRunner): Promise<void> {
    return runAll(runner, ['ALTER TABLE practice DROP COLUMN time_zone']);
  }
}
