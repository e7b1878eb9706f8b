import { type Happened, messagesOf } from '#libs/application';
import type { PracticeId } from '#libs/kernel';
import { instantOf, type Sql } from './sql.js';

/** Attempts go on for three days. */
export const DELIVERED_WITHIN = `interval '3 days'`;

/** Collects what one transaction does, until it is put in line. */
export class Happenings implements Happened {
  readonly added: Happened['added'][number][] = [];
  readonly moved: Happened['moved'][number][] = [];
  readonly recorded: Happened['recorded'][number][] = [];
  readonly expiring: string[] = [];
}

/**
 * Puts in line, for every endpoint that asked for it, what the transaction did: in the same transaction, so that nothing
 * is told that did not happen, and nothing that happened goes untold. One statement, and none where nothing is told of.
 */
export const putInLine = async (
  sql: Sql,
  at: { readonly practice: PracticeId; readonly now: number },
  happened: Happened,
): Promise<void> => {
  const messages = messagesOf(happened, at.now);
  if (messages.length === 0) return;
  // That a release ends is found out again every few hours, and told once.
  const once = messages.map(({ type, data }) => (type === 'release.expiring' ? data.release : null));
  await sql.run(
    `WITH asked AS (
      SELECT e.id AS endpoint_id, said.type, said.body, said.about
      FROM unnest($3::text[], $4::text[], $5::uuid[]) AS said (type, body, about)
      JOIN webhook_endpoint e ON e.practice_id = $1 AND e.enabled AND e.removed_at IS NULL AND said.type = ANY (e.events)
    ), first AS (
      INSERT INTO webhook_told (practice_id, endpoint_id, event, about)
        SELECT $1, endpoint_id, type, about FROM asked WHERE about IS NOT NULL
      ON CONFLICT DO NOTHING RETURNING endpoint_id, event, about
    )
    INSERT INTO webhook_delivery (practice_id, id, endpoint_id, event, body, state, attempts, due_at, give_up_at, created_at)
      SELECT $1, gen_random_uuid(), a.endpoint_id, a.type, a.body, 'pending', 0, $2, $2::timestamptz + ${DELIVERED_WITHIN}, $2
      FROM asked a LEFT JOIN first f ON f.endpoint_id = a.endpoint_id AND f.event = a.type AND f.about = a.about
      WHERE a.about IS NULL OR f.about IS NOT NULL`,
    [
      at.practice,
      instantOf(at.now),
      messages.map(({ type }) => type),
      messages.map((message) => JSON.stringify(message)),
      once,
    ],
  );
};
