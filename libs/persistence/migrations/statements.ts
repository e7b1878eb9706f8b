import type { QueryRunner } from 'typeorm';

/** Runs the statements of a migration one after the other. */
export const runAll = async (runner: QueryRunner, statements: readonly string[]): Promise<void> => {
  for (const statement of statements) await runner.query(statement);
};

/** After the first transaction on a pooled connection an unset setting is an empty text, not NULL. */
const OF_PRACTICE = `practice_id = NULLIF(current_setting('sluice.practice', true), '')::uuid`;

/** Puts a table behind row-level security, for its owner too: nobody sees rows but those of the practice that is set. */
export const ofOnePractice = (table: string): readonly string[] => [
  `REVOKE ALL ON ${table} FROM PUBLIC`,
  `ALTER TABLE ${table} ENABLE ROW LEVEL SECURITY`,
  `ALTER TABLE ${table} FORCE ROW LEVEL SECURITY`,
  `CREATE POLICY of_practice ON ${table} USING (${OF_PRACTICE}) WITH CHECK (${OF_PRACTICE})`,
];

/** Drops tables again, the last one made first. */
export const dropAll = (runner: QueryRunner, tables: readonly string[]): Promise<void> =>
  runAll(
    runner,
    tables.toReversed().map((table) => `DROP TABLE ${table}`),
  );

/**
 * The primary key of a table that other tables refer to and that has further indexes beginning with the practice. It is
 * made after them: while a table is all but empty these indexes look equally good, of equals the planner takes the
 * newest, and a connection's foreign-key checks keep the plan with which they began. With the key made first, each
 * check walked all rows of the practice (measured: eight times slower after two thousand claims).
 */
export const keyMadeLast = (table: string): string =>
  `ALTER TABLE ${table} ADD CONSTRAINT pk_${table} PRIMARY KEY (practice_id, id)`;

/**
 * Tells the planner, until the server has counted for itself, that one practice may have all rows of each table. Nothing
 * known, it takes a practice for a two-hundredth of a table, so that in a new one every index that begins with the
 * practice looks as good as the key, and a connection's foreign-key checks keep the plan with which they began
 * (measured: a millisecond a row after a thousand claims, against five microseconds). And that a column which tells rows
 * of a practice apart has as many values as rows, that one which refers to them has nearly as many: else fifty ids
 * seem to be a quarter of a table, which is then read whole. PostgreSQL 18 takes such advice; an older one learns with its
 * first ANALYZE.
 */
export const countAsOnePractice = `
  DO $$
    DECLARE
      named text;
      apart record;
    BEGIN
      IF current_setting('server_version_num')::integer < 180000 THEN
        RETURN;
      END IF;
      FOR named IN
        SELECT table_name FROM information_schema.columns
        WHERE table_schema = 'public' AND column_name = 'practice_id'
      LOOP
        PERFORM pg_restore_attribute_stats(
          'schemaname', 'public', 'relname', named, 'attname', 'practice_id', 'inherited', false,
          'null_frac', 0::real, 'avg_width', 16, 'n_distinct', 1::real
        );
      END LOOP;
      FOR apart IN
        SELECT c.relname, a.attname, -1::real AS among FROM pg_index i
          JOIN pg_class c ON c.oid = i.indrelid AND c.relnamespace = 'public'::regnamespace
          JOIN pg_attribute p ON p.attrelid = c.oid AND p.attnum = i.indkey[0] AND p.attname = 'practice_id'
          JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = i.indkey[1]
          WHERE i.indisunique AND i.indnkeyatts = 2 AND i.indpred IS NULL
        UNION
        SELECT 'disclosure', 'state', 8::real
        UNION
        SELECT table_name, column_name, -0.5::real FROM information_schema.columns
          WHERE table_schema = 'public' AND column_name IN ('disclosure_id', 'document_id', 'transmission_id')
          ORDER BY 1, 2, 3 DESC
      LOOP
        PERFORM pg_restore_attribute_stats(
          'schemaname', 'public', 'relname', apart.relname::text, 'attname', apart.attname::text, 'inherited', false,
          'null_frac', 0::real, 'avg_width', 16, 'n_distinct', apart.among
        );
      END LOOP;
    END $$`;
