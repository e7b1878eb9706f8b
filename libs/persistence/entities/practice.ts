import { arrival, flag, instant, integer, bytes, json, optional, table, text, texts, uuid } from './table.js';

export const PRACTICE_TABLES = [
  table(
    'practice',
    {
      practice_id: uuid,
      name: text,
      npi: text,
      tax_id: text,
      taxonomy: text,
      address: json,
      phone: text,
      contact_name: text,
      submitter_id: text,
      part2_program: flag,
      time_zone: { ...text, default: 'UTC' },
    },
    {
      key: ['practice_id'],
      checks: { ck_practice_time_zone: `timezone(time_zone, timestamptz 'epoch') IS NOT NULL` },
    },
  ),
  table(
    'clinician',
    {
      practice_id: uuid,
      id: uuid,
      first_name: text,
      last_name: text,
      credential: text,
      npi: text,
      taxonomy: text,
      jurisdiction: text,
      profession: text,
      supervisor_id: optional(uuid),
    },
    {
      key: ['practice_id', 'id'],
      foreignKeys: [
        ['fk_clinician_practice', ['practice_id'], 'practice', ['practice_id']],
        ['fk_clinician_supervisor', ['practice_id', 'supervisor_id'], 'clinician', ['practice_id', 'id']],
      ],
    },
  ),
  table(
    'insurer',
    { practice_id: uuid, id: uuid, profile: json, connection: json, token: bytes },
    {
      key: ['practice_id', 'id'],
      foreignKeys: [['fk_insurer_practice', ['practice_id'], 'practice', ['practice_id']]],
    },
  ),
  table(
    'lane',
    {
      practice_id: uuid,
      id: uuid,
      insurer_id: uuid,
      route: text,
      breaker: text,
      open_until: instant,
      failures: integer,
      slow: flag,
      answers_cursor: text,
    },
    {
      key: ['practice_id', 'id'],
      indices: { uq_lane_direct: { columns: ['practice_id', 'insurer_id'], where: `route = 'direct'`, unique: true } },
      checks: {
        ck_lane_route: `route IN ('direct', 'clearinghouse')`,
        ck_lane_breaker: `breaker IN ('closed', 'open', 'half-open', 'stopped')`,
      },
      foreignKeys: [['fk_lane_insurer', ['practice_id', 'insurer_id'], 'insurer', ['practice_id', 'id']]],
    },
  ),
  table(
    'route',
    {
      practice_id: uuid,
      id: uuid,
      arrival,
      insurer_id: uuid,
      lane_id: uuid,
      recorded_by: text,
      recorded_at: instant,
      agent: optional(json),
      connection: optional(json),
      token: optional(bytes),
    },
    {
      key: ['practice_id', 'id'],
      checks: { ck_route_agent: 'num_nulls(agent, connection, token) IN (0, 3)' },
      indices: { ix_route_insurer: { columns: ['practice_id', 'insurer_id'] } },
      foreignKeys: [
        ['fk_route_insurer', ['practice_id', 'insurer_id'], 'insurer', ['practice_id', 'id']],
        ['fk_route_lane', ['practice_id', 'lane_id'], 'lane', ['practice_id', 'id']],
      ],
    },
  ),
  table(
    'staff',
    {
      practice_id: uuid,
      id: uuid,
      sign_in: text,
      name: text,
      password_hash: text,
      roles: texts,
      clinician_id: optional(uuid),
      disabled: flag,
      must_change: flag,
      version: integer,
    },
    {
      key: ['practice_id', 'id'],
      uniques: { uq_staff_sign_in: ['sign_in'] },
      foreignKeys: [
        ['fk_staff_practice', ['practice_id'], 'practice', ['practice_id']],
        ['fk_staff_clinician', ['practice_id', 'clinician_id'], 'clinician', ['practice_id', 'id']],
      ],
    },
  ),
  table(
    'credential',
    {
      digest: text,
      practice_id: uuid,
      kind: text,
      subject: text,
      label: optional(text),
      roles: texts,
      created_at: instant,
      expires_at: instant,
      revoked_at: optional(instant),
    },
    {
      key: ['digest'],
      checks: {
        ck_credential_kind: `kind IN ('session', 'api-key', 'inbox-credential', 'inbox-token')`,
        ck_credential_label: `(kind IN ('api-key', 'inbox-credential')) = (label IS NOT NULL)`,
      },
      indices: {
        ix_credential_api_key: { columns: ['practice_id', 'subject'], where: `kind = 'api-key'`, unique: true },
        ix_credential_insurer: {
          columns: ['practice_id', 'subject'],
          where: `kind IN ('inbox-credential', 'inbox-token')`,
        },
      },
      foreignKeys: [['fk_credential_practice', ['practice_id'], 'practice', ['practice_id']]],
    },
  ),
  table(
    'reading_choice',
    {
      practice_id: uuid,
      id: text,
      ceiling: text,
      reading: optional(text),
      reading_version: optional(text),
      signed_by: uuid,
      signed_at: instant,
      revoked_at: optional(instant),
    },
    {
      key: ['practice_id', 'id'],
      checks: { ck_reading_choice_version: '(reading IS NULL) = (reading_version IS NULL)' },
      foreignKeys: [['fk_reading_choice_signer', ['practice_id', 'signed_by'], 'staff', ['practice_id', 'id']]],
    },
  ),
  table(
    'webhook_endpoint',
    {
      practice_id: uuid,
      id: uuid,
      url: text,
      events: texts,
      enabled: flag,
      gone: flag,
      secrets: optional(bytes),
      previous_until: optional(instant),
      created_at: instant,
      removed_at: optional(instant),
    },
    {
      key: ['practice_id', 'id'],
      checks: { ck_webhook_endpoint_removed: '(secrets IS NULL) = (removed_at IS NOT NULL)' },
      foreignKeys: [['fk_webhook_endpoint_practice', ['practice_id'], 'practice', ['practice_id']]],
    },
  ),
  table(
    'webhook_delivery',
    {
      practice_id: uuid,
      id: uuid,
      endpoint_id: uuid,
      event: text,
      body: text,
      state: text,
      attempts: integer,
      due_at: instant,
      give_up_at: instant,
      created_at: instant,
      last_attempt_at: optional(instant),
      last_status: optional(integer),
      last_code: optional(text),
    },
    {
      key: ['practice_id', 'id'],
      checks: { ck_webhook_delivery_state: `state IN ('pending', 'delivered', 'failed')` },
      indices: {
        ix_webhook_delivery_due: {
          columns: ['practice_id', 'endpoint_id', 'due_at', 'id'],
          where: `state = 'pending'`,
        },
        ix_webhook_delivery_page: { columns: ['practice_id', 'created_at', 'id'] },
      },
      foreignKeys: [
        ['fk_webhook_delivery_endpoint', ['practice_id', 'endpoint_id'], 'webhook_endpoint', ['practice_id', 'id']],
      ],
    },
  ),
  table(
    'webhook_told',
    { practice_id: uuid, endpoint_id: uuid, event: text, about: uuid },
    {
      key: ['practice_id', 'endpoint_id', 'event', 'about'],
      foreignKeys: [
        ['fk_webhook_told_endpoint', ['practice_id', 'endpoint_id'], 'webhook_endpoint', ['practice_id', 'id']],
      ],
    },
  ),
  table(
    'worker_heartbeat',
    {
      practice_id: uuid,
      worker_id: uuid,
      started_at: instant,
      beat_at: instant,
      quarantine: optional(text),
      queues: json,
    },
    {
      key: ['practice_id', 'worker_id'],
      foreignKeys: [['fk_worker_heartbeat_practice', ['practice_id'], 'practice', ['practice_id']]],
    },
  ),
];
