import { arrival, bytes, day, flag, instant, integer, optional, table, text, uuid } from './table.js';

const ofClient = ['practice_id', 'client_id'];

export const CLIENT_TABLES = [
  table(
    'client',
    { practice_id: uuid, id: uuid, code: text, identity: bytes },
    {
      key: ['practice_id', 'id'],
      uniques: { uq_client_code: ['practice_id', 'code'] },
      foreignKeys: [['fk_client_practice', ['practice_id'], 'practice', ['practice_id']]],
    },
  ),
  table(
    'client_identity',
    {
      practice_id: uuid,
      client_id: uuid,
      revision: integer,
      recorded_by: text,
      recorded_at: instant,
      content: bytes,
    },
    {
      key: [...ofClient, 'revision'],
      checks: { ck_client_identity_revision: 'revision > 1' },
      foreignKeys: [['fk_client_identity_client', ofClient, 'client', ['practice_id', 'id']]],
    },
  ),
  table(
    'data_key',
    { practice_id: uuid, client_id: uuid, kek: text, wrapped: optional(bytes), destroyed_at: optional(instant) },
    {
      key: ofClient,
      checks: { ck_data_key_destroyed: '(wrapped IS NULL) = (destroyed_at IS NOT NULL)' },
      foreignKeys: [['fk_data_key_client', ofClient, 'client', ['practice_id', 'id']]],
    },
  ),
  table(
    'retired_key',
    { practice_id: uuid, kek: text, retired_at: instant },
    {
      key: ['practice_id', 'kek'],
      foreignKeys: [['fk_retired_key_practice', ['practice_id'], 'practice', ['practice_id']]],
    },
  ),
  table(
    'client_authority',
    { practice_id: uuid, client_id: uuid, epoch: integer },
    { key: ofClient, foreignKeys: [['fk_client_authority_client', ofClient, 'client', ['practice_id', 'id']]] },
  ),
  table(
    'coverage',
    { practice_id: uuid, id: uuid, client_id: uuid, insurer_id: uuid, member_index: text, terms: bytes },
    {
      key: ['practice_id', 'id'],
      indices: {
        ix_coverage_client: { columns: ofClient },
        ix_coverage_member: { columns: ['practice_id', 'member_index'] },
      },
      foreignKeys: [
        ['fk_coverage_client', ofClient, 'client', ['practice_id', 'id']],
        ['fk_coverage_insurer', ['practice_id', 'insurer_id'], 'insurer', ['practice_id', 'id']],
      ],
    },
  ),
  table(
    'client_clinician',
    {
      practice_id: uuid,
      id: uuid,
      client_id: uuid,
      clinician_id: uuid,
      starts_on: day,
      ends_on: optional(day),
      recorded_by: text,
      recorded_at: instant,
      ended_by: optional(text),
      ended_at: optional(instant),
    },
    {
      key: ['practice_id', 'id'],
      indices: {
        ix_client_clinician_client: { columns: [...ofClient, 'clinician_id'] },
        ix_client_clinician_open: { columns: [...ofClient, 'clinician_id'], where: 'ends_on IS NULL', unique: true },
      },
      checks: {
        ck_client_clinician_order: 'ends_on >= starts_on',
        ck_client_clinician_ended: '(ends_on IS NULL) = (ended_by IS NULL) AND (ends_on IS NULL) = (ended_at IS NULL)',
      },
      foreignKeys: [
        ['fk_client_clinician_client', ofClient, 'client', ['practice_id', 'id']],
        ['fk_client_clinician_clinician', ['practice_id', 'clinician_id'], 'clinician', ['practice_id', 'id']],
      ],
    },
  ),
  table(
    'release_draft',
    { practice_id: uuid, id: uuid, client_id: uuid, created_at: instant, content: bytes },
    {
      key: ['practice_id', 'id'],
      indices: { ix_release_draft_client: { columns: ofClient } },
      foreignKeys: [['fk_release_draft_authority', ofClient, 'client_authority', ofClient]],
    },
  ),
  table(
    'release',
    {
      practice_id: uuid,
      id: uuid,
      revision: integer,
      client_id: uuid,
      created_at: instant,
      signed_at: instant,
      valid_until: optional(day),
      content: bytes,
      signature: optional(bytes),
    },
    {
      key: ['practice_id', 'id', 'revision'],
      indices: {
        ix_release_client: { columns: ofClient },
        ix_release_valid_until: { columns: ['practice_id', 'valid_until'] },
      },
      foreignKeys: [['fk_release_authority', ofClient, 'client_authority', ofClient]],
    },
  ),
  table(
    'release_reminder',
    { practice_id: uuid, release_id: uuid, client_id: uuid, days: integer, due_at: instant },
    {
      key: ['practice_id', 'release_id', 'days'],
      checks: { ck_release_reminder_days: 'days IN (30, 14, 3)' },
      foreignKeys: [['fk_release_reminder_client', ofClient, 'client', ['practice_id', 'id']]],
    },
  ),
  table(
    'release_reference',
    { practice_id: uuid, reference: text, client_id: uuid, release_id: uuid },
    {
      key: ['practice_id', 'reference'],
      foreignKeys: [['fk_release_reference_client', ofClient, 'client', ['practice_id', 'id']]],
    },
  ),
  table(
    'release_scan',
    {
      practice_id: uuid,
      id: uuid,
      release_id: uuid,
      client_id: uuid,
      media_type: text,
      size: integer,
      draft_digest: text,
      attached_by: text,
      attached_at: instant,
      outcome: optional(text),
      checked_by: optional(text),
      checked_at: optional(instant),
      content: bytes,
    },
    {
      key: ['practice_id', 'id'],
      indices: { ix_release_scan_release: { columns: ['practice_id', 'release_id'] } },
      checks: {
        ck_release_scan_media_type: `media_type IN ('application/pdf', 'image/png', 'image/jpeg')`,
        ck_release_scan_outcome: `outcome IN ('accepted', 'refused')`,
        ck_release_scan_checked:
          '(outcome IS NULL) = (checked_by IS NULL) AND (outcome IS NULL) = (checked_at IS NULL)',
        ck_release_scan_second_person: 'checked_by <> attached_by',
      },
      foreignKeys: [['fk_release_scan_authority', ofClient, 'client_authority', ofClient]],
    },
  ),
  table(
    'signing_link',
    {
      practice_id: uuid,
      id: uuid,
      release_id: uuid,
      client_id: uuid,
      token_digest: text,
      draft_digest: text,
      language: text,
      created_by: text,
      created_at: instant,
      expires_at: instant,
      tries: integer,
      session_digest: optional(text),
      session_until: optional(instant),
      identified: flag,
      ended_because: optional(text),
      ended_at: optional(instant),
      content: bytes,
    },
    {
      key: ['practice_id', 'id'],
      uniques: { uq_signing_link_token: ['token_digest'], uq_signing_link_session: ['session_digest'] },
      indices: { ix_signing_link_release: { columns: ['practice_id', 'release_id'] } },
      checks: {
        ck_signing_link_ended: `ended_because IN ('used', 'tries', 'withdrawn', 'replaced')`,
        ck_signing_link_tries: 'tries BETWEEN 0 AND 3',
      },
      foreignKeys: [['fk_signing_link_authority', ofClient, 'client_authority', ofClient]],
    },
  ),
  table(
    'revocation',
    {
      practice_id: uuid,
      arrival,
      client_id: uuid,
      release_id: uuid,
      received_at: instant,
      recorded_at: instant,
      channel: text,
    },
    {
      key: ['practice_id', 'arrival'],
      indices: { ix_revocation_client: { columns: ofClient } },
      checks: { ck_revocation_channel: `channel IN ('in-person', 'letter', 'fax', 'portal', 'other')` },
      foreignKeys: [['fk_revocation_authority', ofClient, 'client_authority', ofClient]],
    },
  ),
  table(
    'release_relation',
    {
      practice_id: uuid,
      arrival,
      client_id: uuid,
      kind: text,
      newer_id: uuid,
      older_id: uuid,
      recorded_at: instant,
    },
    {
      key: ['practice_id', 'arrival'],
      indices: { ix_release_relation_client: { columns: ofClient } },
      checks: {
        ck_release_relation_kind: `kind IN ('adds_to', 'supersedes')`,
        ck_release_relation_two: 'newer_id <> older_id',
      },
      foreignKeys: [['fk_release_relation_authority', ofClient, 'client_authority', ofClient]],
    },
  ),
  table(
    'restriction',
    { practice_id: uuid, id: text, revision: integer, arrival, client_id: uuid, content: bytes },
    {
      key: ['practice_id', 'id', 'revision'],
      indices: { ix_restriction_client: { columns: ofClient } },
      foreignKeys: [['fk_restriction_authority', ofClient, 'client_authority', ofClient]],
    },
  ),
];
