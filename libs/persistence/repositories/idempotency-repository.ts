import type { IdempotencyRecord, IdempotencyRepository } from '#libs/application';
import type { Scope } from '../scope.js';
import { instantOf, packBlobs } from '../sql.js';

type Name = Pick<IdempotencyRecord, 'principal' | 'route' | 'key'>;

const bodyPlace = ({ principal, route, key }: Name) =>
  ({ class: 'secret', row: JSON.stringify(['idempotency', principal, route, key]) }) as const;

/** Answers that were given, by the key under which they were asked for. The bodies are under the practice's key. */
export class IdempotencyRows implements IdempotencyRepository {
  constructor(private readonly scope: Scope) {}

  async find(keys: readonly Name[]): Promise<readonly IdempotencyRecord[]> {
    if (keys.length === 0) return [];
    const { sql, practice, vault } = this.scope;
    const rows = await sql.rows(
      `SELECT i.principal, i.route, i.key, i.fingerprint, i.status, i.body FROM idempotency i
        JOIN (SELECT DISTINCT * FROM unnest($2::text[], $3::text[], $4::text[]) AS w (principal, route, key)) w
          ON i.principal = w.principal AND i.route = w.route AND i.key = w.key
        WHERE i.practice_id = $1`,
      [practice, keys.map((one) => one.principal), keys.map((one) => one.route), keys.map((one) => one.key)],
    );
    return rows.map((row) => {
      const name: Name = { principal: row.text('principal'), route: row.text('route'), key: row.text('key') };
      const body = vault.ofPractice.open(bodyPlace(name), row.bytes('body')) as string;
      return { ...name, fingerprint: row.text('fingerprint'), status: row.number('status'), body };
    });
  }

  async add(records: readonly IdempotencyRecord[]): Promise<void> {
    if (records.length === 0) return;
    const { sql, practice, vault, now } = this.scope;
    const bodies = packBlobs(records.map((one) => vault.ofPractice.close(bodyPlace(one), one.body)));
    await sql.run(
      `INSERT INTO idempotency (practice_id, created_at, principal, route, key, fingerprint, status, body)
        SELECT $1, $2, r.principal, r.route, r.key, r.fingerprint, r.status, substr($8::bytea, r.start, r.size)
        FROM unnest($3::text[], $4::text[], $5::text[], $6::text[], $7::integer[], $9::integer[], $10::integer[])
          AS r (principal, route, key, fingerprint, status, start, size)`,
      [
        practice,
        instantOf(now),
        records.map((one) => one.principal),
        records.map((one) => one.route),
        records.map((one) => one.key),
        records.map((one) => one.fingerprint),
        records.map((one) => one.status),
        bodies.bytes,
        bodies.starts,
        bodies.sizes,
      ],
    );
  }
}
