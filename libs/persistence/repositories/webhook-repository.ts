import type {
  Page,
  PageRequest,
  WebhookDeliveryRecord,
  WebhookEndpointRecord,
  WebhookEvent,
  WebhookRepository,
  WebhookTask,
} from '#libs/application';
import type { WebhookMessage } from '#libs/contracts';
import type { WebhookDeliveryId, WebhookEndpointId } from '#libs/kernel';
import { limitOf, pageOf, placeAfter } from '../cursor.js';
import type { Row } from '../row.js';
import type { Scope } from '../scope.js';
import { instantOf } from '../sql.js';
import { DELIVERED_WITHIN, type Happenings } from '../webhook-line.js';

/** The newest first; the second one signs along until its time is over. */
type Secrets = readonly string[];

const secretsPlace = (endpoint: WebhookEndpointId) =>
  ({ class: 'secret', row: `${endpoint}/webhook-secrets` }) as const;

const ENDPOINT = 'id, url, events, enabled, gone, previous_until, created_at';

const endpointOf = (row: Row, now: number): WebhookEndpointRecord => {
  const previousSecretUntil = row.optionalInstant('previous_until');
  return {
    id: row.text('id') as WebhookEndpointId,
    url: row.text('url'),
    events: row.texts('events') as readonly WebhookEvent[],
    enabled: row.flag('enabled'),
    gone: row.flag('gone'),
    createdAt: row.instant('created_at'),
    ...(previousSecretUntil === undefined || previousSecretUntil <= now ? {} : { previousSecretUntil }),
  };
};

const DELIVERY = 'id, endpoint_id, event, state, attempts, due_at, created_at, last_attempt_at, last_status, last_code';

const deliveryOf = (row: Row): WebhookDeliveryRecord => {
  const state = row.text('state') as WebhookDeliveryRecord['state'];
  const lastAttemptAt = row.optionalInstant('last_attempt_at');
  const lastStatus = row.optionalNumber('last_status');
  const lastCode = row.optionalText('last_code');
  return {
    id: row.text('id') as WebhookDeliveryId,
    endpoint: row.text('endpoint_id') as WebhookEndpointId,
    event: row.text('event') as WebhookDeliveryRecord['event'],
    state,
    attempts: row.number('attempts'),
    createdAt: row.instant('created_at'),
    ...(state === 'pending' ? { dueAt: row.instant('due_at') } : {}),
    ...(lastAttemptAt === undefined ? {} : { lastAttemptAt }),
    ...(lastStatus === undefined ? {} : { lastStatus }),
    ...(lastCode === undefined ? {} : { lastCode }),
  };
};

/** Endpoints of the practice, and what waits for them. Secrets are under the practice’s key. */
export class WebhookRows implements WebhookRepository {
  constructor(
    private readonly scope: Scope,
    private readonly happened: Pick<Happenings, 'expiring'>,
  ) {}

  async endpoints(): Promise<readonly WebhookEndpointRecord[]> {
    const rows = await this.scope.sql.rows(
      `SELECT ${ENDPOINT} FROM webhook_endpoint WHERE practice_id = $1 AND removed_at IS NULL ORDER BY created_at, id`,
      [this.scope.practice],
    );
    return rows.map((row) => endpointOf(row, this.scope.now));
  }

  async endpoint(id: WebhookEndpointId): Promise<WebhookEndpointRecord | undefined> {
    const [row] = await this.scope.sql.rows(
      `SELECT ${ENDPOINT} FROM webhook_endpoint WHERE practice_id = $1 AND id = $2 AND removed_at IS NULL`,
      [this.scope.practice, id],
    );
    return row === undefined ? undefined : endpointOf(row, this.scope.now);
  }

  async add(endpoint: WebhookEndpointRecord, secret: string): Promise<void> {
    await this.scope.sql.run(
      `INSERT INTO webhook_endpoint (practice_id, id, url, events, enabled, gone, secrets, created_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
      [
        this.scope.practice,
        endpoint.id,
        endpoint.url,
        endpoint.events,
        endpoint.enabled,
        endpoint.gone,
        this.#close(endpoint.id, [secret]),
        instantOf(endpoint.createdAt),
      ],
    );
  }

  async change(endpoint: Parameters<WebhookRepository['change']>[0]): Promise<boolean> {
    const { id, url, events, enabled } = endpoint;
    const changed = await this.scope.sql.run(
      `UPDATE webhook_endpoint SET url = $3, events = $4, enabled = $5, gone = gone AND NOT $5
        WHERE practice_id = $1 AND id = $2 AND removed_at IS NULL`,
      [this.scope.practice, id, url, events, enabled],
    );
    return changed === 1;
  }

  async markGone(id: WebhookEndpointId): Promise<boolean> {
    const changed = await this.scope.sql.run(
      'UPDATE webhook_endpoint SET enabled = false, gone = true WHERE practice_id = $1 AND id = $2 AND enabled AND removed_at IS NULL',
      [this.scope.practice, id],
    );
    return changed === 1;
  }

  async rotate(id: WebhookEndpointId, secret: string, previousUntil: number): Promise<boolean> {
    const { sql, practice } = this.scope;
    const [row] = await sql.rows(
      'SELECT secrets FROM webhook_endpoint WHERE practice_id = $1 AND id = $2 AND removed_at IS NULL FOR NO KEY UPDATE',
      [practice, id],
    );
    if (row === undefined) return false;
    const [current] = this.#open(id, row.bytes('secrets'));
    await sql.run('UPDATE webhook_endpoint SET secrets = $3, previous_until = $4 WHERE practice_id = $1 AND id = $2', [
      practice,
      id,
      this.#close(id, current === undefined ? [secret] : [secret, current]),
      instantOf(previousUntil),
    ]);
    return true;
  }

  async remove(id: WebhookEndpointId): Promise<boolean> {
    const { sql, practice, now } = this.scope;
    const changed = await sql.run(
      `UPDATE webhook_endpoint SET enabled = false, secrets = NULL, previous_until = NULL, removed_at = $3
        WHERE practice_id = $1 AND id = $2 AND removed_at IS NULL`,
      [practice, id, instantOf(now)],
    );
    if (changed !== 1) return false;
    await sql.run(
      `UPDATE webhook_delivery SET state = 'failed', last_code = 'endpoint_removed'
        WHERE practice_id = $1 AND endpoint_id = $2 AND state = 'pending'`,
      [practice, id],
    );
    return true;
  }

  async test(delivery: WebhookDeliveryId, endpoint: WebhookEndpointId): Promise<void> {
    const timestamp = new Date(this.scope.now).toISOString();
    const message: WebhookMessage = { type: 'endpoint.test', timestamp, data: { endpoint } };
    await this.scope.sql.run(
      `INSERT INTO webhook_delivery (practice_id, id, endpoint_id, event, body, state, attempts, due_at, give_up_at, created_at)
        VALUES ($1, $2, $3, $4, $5, 'pending', 0, $6, $6::timestamptz + ${DELIVERED_WITHIN}, $6)`,
      [this.scope.practice, delivery, endpoint, message.type, JSON.stringify(message), instantOf(this.scope.now)],
    );
  }

  announceExpiring(releases: readonly string[]): void {
    this.happened.expiring.push(...releases);
  }

  async delivery(id: WebhookDeliveryId): Promise<WebhookDeliveryRecord | undefined> {
    const [row] = await this.scope.sql.rows(
      `SELECT ${DELIVERY} FROM webhook_delivery WHERE practice_id = $1 AND id = $2`,
      [this.scope.practice, id],
    );
    return row === undefined ? undefined : deliveryOf(row);
  }

  async page(
    filter: Parameters<WebhookRepository['page']>[0],
    request: PageRequest,
  ): Promise<Page<WebhookDeliveryRecord>> {
    const limit = limitOf(request);
    const [at, id] = placeAfter(request, ['instant', 'id']) ?? [];
    const rows = await this.scope.sql.rows(
      `SELECT ${DELIVERY} FROM webhook_delivery
        WHERE practice_id = $1 AND ($2::uuid IS NULL OR endpoint_id = $2) AND ($3::text IS NULL OR state = $3)
          AND ($4::timestamptz IS NULL OR (created_at, id) < ($4, $5::uuid))
        ORDER BY created_at DESC, id DESC LIMIT $6`,
      [
        this.scope.practice,
        filter.endpoint ?? null,
        filter.state ?? null,
        at === undefined ? null : instantOf(Number(at)),
        id ?? null,
        limit + 1,
      ],
    );
    return pageOf(rows.map(deliveryOf), limit, (row) => [row.createdAt, row.id]);
  }

  async redeliver(id: WebhookDeliveryId): Promise<boolean> {
    const changed = await this.scope.sql.run(
      `UPDATE webhook_delivery d SET state = 'pending', attempts = 0, due_at = $3, give_up_at = $3::timestamptz + ${DELIVERED_WITHIN}
        FROM webhook_endpoint e
        WHERE d.practice_id = $1 AND d.id = $2 AND d.state <> 'pending' AND e.practice_id = $1 AND e.id = d.endpoint_id AND e.enabled`,
      [this.scope.practice, id, instantOf(this.scope.now)],
    );
    return changed === 1;
  }

  async claim(request: Parameters<WebhookRepository['claim']>[0]): Promise<readonly WebhookTask[]> {
    const rows = await this.scope.sql.rows(
      `WITH due AS MATERIALIZED (
        SELECT d.id, e.url, e.secrets, e.previous_until FROM webhook_endpoint e CROSS JOIN LATERAL (
          SELECT id FROM webhook_delivery
          WHERE practice_id = $1 AND endpoint_id = e.id AND state = 'pending' AND due_at <= now()
          ORDER BY due_at, id LIMIT $2 FOR UPDATE SKIP LOCKED
        ) d
        WHERE e.practice_id = $1 AND e.enabled AND e.removed_at IS NULL
      )
      UPDATE webhook_delivery d SET attempts = d.attempts + 1, last_attempt_at = now(), due_at = now() + $3 * interval '1 millisecond'
        FROM due WHERE d.practice_id = $1 AND d.id = due.id
        RETURNING d.id, d.endpoint_id, d.body, d.attempts, d.give_up_at, due.url, due.secrets, due.previous_until`,
      [this.scope.practice, request.perEndpoint, request.leaseMs],
    );
    return rows.map((row) => {
      const endpoint = row.text('endpoint_id') as WebhookEndpointId;
      const overlap = (row.optionalInstant('previous_until') ?? 0) > this.scope.now;
      return {
        id: row.text('id') as WebhookDeliveryId,
        endpoint,
        url: row.text('url'),
        secrets: this.#open(endpoint, row.bytes('secrets')).slice(0, overlap ? 2 : 1),
        body: row.text('body'),
        attempt: row.number('attempts'),
        giveUpAt: row.instant('give_up_at'),
      };
    });
  }

  async settle(
    task: Pick<WebhookTask, 'id' | 'attempt'>,
    outcome: Parameters<WebhookRepository['settle']>[1],
  ): Promise<boolean> {
    const { state, dueAt, status, code } = outcome;
    const changed = await this.scope.sql.run(
      `UPDATE webhook_delivery SET state = $4, due_at = coalesce($5, due_at), last_status = $6, last_code = $7
        WHERE practice_id = $1 AND id = $2 AND attempts = $3 AND state = 'pending'`,
      [
        this.scope.practice,
        task.id,
        task.attempt,
        state,
        dueAt === undefined ? null : instantOf(dueAt),
        status ?? null,
        code ?? null,
      ],
    );
    return changed === 1;
  }

  async tidy(overBefore: number): Promise<void> {
    const { sql, practice } = this.scope;
    await sql.run(
      `UPDATE webhook_delivery SET state = 'failed', last_code = 'endpoint_disabled'
        WHERE practice_id = $1 AND state = 'pending' AND give_up_at <= now()
          AND endpoint_id IN (SELECT id FROM webhook_endpoint WHERE practice_id = $1 AND NOT enabled)`,
      [practice],
    );
    await sql.run(
      `DELETE FROM webhook_delivery WHERE practice_id = $1 AND state <> 'pending' AND created_at < $2 AND give_up_at < $2`,
      [practice, instantOf(overBefore)],
    );
  }

  #close(endpoint: WebhookEndpointId, secrets: Secrets): Uint8Array {
    return this.scope.vault.ofPractice.close(secretsPlace(endpoint), secrets);
  }

  #open(endpoint: WebhookEndpointId, blob: Uint8Array): Secrets {
    return this.scope.vault.ofPractice.open(secretsPlace(endpoint), blob) as Secrets;
  }
}
