import { CORRECTION_KINDS, DELIVERY_STATES } from '#libs/disclosure';
import { arrival, bytes, flag, instant, integer, optional, table, text, uuid } from './table.js';

const ofItself = ['practice_id', 'id'];

export const DISCLOSURE_TABLES = [
  table(
    'document',
    {
      practice_id: uuid,
      id: uuid,
      client_id: uuid,
      kind: text,
      created_by: text,
      created_at: instant,
      content: bytes,
    },
    {
      key: ofItself,
      checks: { ck_document_kind: `kind IN ('invoice', 'treatment-report')` },
      foreignKeys: [['fk_document_client', ['practice_id', 'client_id'], 'client', ofItself]],
    },
  ),
  table(
    'service_index',
    { practice_id: uuid, hash: text, document_id: uuid },
    {
      key: ['practice_id', 'hash'],
      indices: { ix_service_index_document: { columns: ['practice_id', 'document_id'] } },
      foreignKeys: [['fk_service_index_document', ['practice_id', 'document_id'], 'document', ofItself, 'deferred']],
    },
  ),
  table(
    'disclosure',
    {
      practice_id: uuid,
      id: uuid,
      document_id: uuid,
      client_id: uuid,
      insurer_id: uuid,
      lane_id: uuid,
      purpose: text,
      format: text,
      state: text,
      cause: optional(text),
      curer: optional(text),
      options: optional(bytes),
      attempts: integer,
      due_at: instant,
      lease_until: optional(instant),
      fence: optional(text),
      created_at: instant,
      updated_at: instant,
      version: integer,
      corrects_id: optional(uuid),
      correction: optional(text),
    },
    {
      key: ofItself,
      checks: {
        ck_disclosure_correction: `correction IN (${CORRECTION_KINDS.map((kind) => `'${kind}'`).join(', ')})`,
        ck_disclosure_corrects: '(corrects_id IS NULL) = (correction IS NULL)',
        ck_disclosure_state: `state IN (${DELIVERY_STATES.map((state) => `'${state}'`).join(', ')})`,
        ck_disclosure_curer: `curer IN ('client', 'chart', 'office', 'practice', 'nobody')`,
        ck_disclosure_lease: '(fence IS NULL) = (lease_until IS NULL)',
      },
      indices: {
        ix_disclosure_created: { columns: ['practice_id', 'created_at', 'id'] },
        ix_disclosure_state: { columns: ['practice_id', 'state', 'created_at', 'id'] },
        ix_disclosure_client: { columns: ['practice_id', 'client_id'] },
        ix_disclosure_document: { columns: ['practice_id', 'document_id'] },
        ix_disclosure_corrects: { columns: ['practice_id', 'corrects_id'], where: 'corrects_id IS NOT NULL' },
        uq_disclosure_correction: {
          columns: ['practice_id', 'corrects_id'],
          where: `corrects_id IS NOT NULL AND state <> 'cancelled'`,
          unique: true,
        },
        ix_disclosure_driven: {
          columns: ['practice_id', 'due_at'],
          where: `state IN ('ready', 'sealed', 'sending', 'unknown')`,
        },
      },
      foreignKeys: [
        ['fk_disclosure_corrects', ['practice_id', 'corrects_id'], 'disclosure', ofItself],
        ['fk_disclosure_document', ['practice_id', 'document_id'], 'document', ofItself],
        ['fk_disclosure_client', ['practice_id', 'client_id'], 'client', ofItself],
        ['fk_disclosure_lane', ['practice_id', 'lane_id'], 'lane', ofItself],
      ],
    },
  ),
  table(
    'decision',
    {
      practice_id: uuid,
      id: text,
      arrival,
      disclosure_id: uuid,
      client_id: uuid,
      taken_at: instant,
      content: bytes,
    },
    {
      key: ofItself,
      indices: { ix_decision_disclosure: { columns: ['practice_id', 'disclosure_id'] } },
      foreignKeys: [['fk_decision_disclosure', ['practice_id', 'disclosure_id'], 'disclosure', ofItself]],
    },
  ),
  table(
    'outbox',
    {
      id: uuid,
      practice_id: uuid,
      lane_id: uuid,
      slow: flag,
      due_at: instant,
      published_at: optional(instant),
    },
    {
      key: ['id'],
      indices: { ix_outbox_due: { columns: ['lane_id', 'due_at', 'id'], where: 'published_at IS NULL' } },
      foreignKeys: [['fk_outbox_disclosure', ['practice_id', 'id'], 'disclosure', ofItself]],
    },
  ),
  table(
    'idempotency',
    {
      practice_id: uuid,
      principal: text,
      route: text,
      key: text,
      fingerprint: text,
      status: integer,
      body: bytes,
      created_at: instant,
    },
    {
      key: ['practice_id', 'principal', 'route', 'key'],
      foreignKeys: [['fk_idempotency_practice', ['practice_id'], 'practice', ['practice_id']]],
    },
  ),
];
