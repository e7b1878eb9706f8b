import { arrival, bytes, flag, instant, integer, optional, table, text, uuid } from './table.js';

const ofItself = ['practice_id', 'id'];
const ofLane = ['practice_id', 'lane_id'];
const ofDisclosure = ['practice_id', 'disclosure_id'];
const ofTransmission = ['practice_id', 'transmission_id'];

export const TRANSMISSION_TABLES = [
  table(
    'control_number',
    { practice_id: uuid, pair: text, taken: integer },
    {
      key: ['practice_id', 'pair'],
      checks: { ck_control_number_taken: 'taken BETWEEN 1 AND 999999999' },
      foreignKeys: [['fk_control_number_practice', ['practice_id'], 'practice', ['practice_id']]],
    },
  ),
  table(
    'transmission',
    {
      practice_id: uuid,
      id: uuid,
      lane_id: uuid,
      addressee: text,
      format: text,
      media_type: text,
      bytes: optional(bytes),
      digest: text,
      content_digest: text,
      idempotency_key: text,
      reference: text,
      interchange_control_number: optional(text),
      group_control_number: optional(text),
      set_control_number: optional(text),
      batch_reference: optional(text),
      attempts: integer,
      created_at: instant,
      unsealed_at: optional(instant),
    },
    {
      key: ofItself,
      uniques: {
        uq_transmission_idempotency_key: ['practice_id', 'idempotency_key'],
        uq_transmission_interchange: [...ofLane, 'interchange_control_number'],
      },
      checks: { ck_transmission_unsealed: '(bytes IS NULL) = (unsealed_at IS NOT NULL)' },
      indices: {
        ix_transmission_group: { columns: [...ofLane, 'group_control_number'] },
        ix_transmission_batch: { columns: [...ofLane, 'batch_reference'] },
        ix_transmission_reference: { columns: [...ofLane, 'reference'] },
      },
      foreignKeys: [['fk_transmission_lane', ofLane, 'lane', ofItself]],
    },
  ),
  table(
    'transmission_item',
    {
      practice_id: uuid,
      transmission_id: uuid,
      disclosure_id: uuid,
      client_id: uuid,
      patient_control_number: optional(text),
      line_origins: bytes,
      live: flag,
      ordinal: optional(integer),
      set_control_number: optional(text),
      batch_reference: optional(text),
      content_digest: optional(text),
      bytes: optional(bytes),
    },
    {
      key: ['practice_id', 'transmission_id', 'disclosure_id'],
      uniques: { uq_transmission_item_patient_control: ['practice_id', 'patient_control_number'] },
      indices: { uq_transmission_item_live: { columns: ofDisclosure, where: 'live', unique: true } },
      foreignKeys: [
        ['fk_transmission_item_transmission', ofTransmission, 'transmission', ofItself],
        ['fk_transmission_item_disclosure', ofDisclosure, 'disclosure', ofItself],
      ],
    },
  ),
  table(
    'attempt',
    {
      practice_id: uuid,
      id: text,
      transmission_id: uuid,
      number: integer,
      fence: text,
      outcome: text,
      status: optional(integer),
      permitted_at: instant,
      finished_at: optional(instant),
    },
    {
      key: ofItself,
      uniques: { uq_attempt_number: [...ofTransmission, 'number'] },
      checks: {
        ck_attempt_outcome: `outcome IN ('permitted', 'accepted', 'not-sent', 'refused', 'ambiguous', 'expired')`,
      },
      foreignKeys: [['fk_attempt_transmission', ofTransmission, 'transmission', ofItself]],
    },
  ),
  table(
    'forgotten_attempt',
    { practice_id: uuid, id: text, noted_at: instant },
    {
      key: ofItself,
      foreignKeys: [['fk_forgotten_attempt_practice', ['practice_id'], 'practice', ['practice_id']]],
    },
  ),
  table(
    'inbox_item',
    {
      practice_id: uuid,
      id: uuid,
      insurer_id: uuid,
      lane_id: uuid,
      transmission_id: uuid,
      disclosure_id: uuid,
      client_id: uuid,
      arrival: integer,
      arrived_at: instant,
      epoch: integer,
      valid_until: instant,
      answer: optional(text),
      answered_at: optional(instant),
    },
    {
      key: ofItself,
      uniques: {
        uq_inbox_item_transmission: ofTransmission,
        uq_inbox_item_arrival: ['practice_id', 'insurer_id', 'arrival'],
      },
      checks: { ck_inbox_item_answered: '(answer IS NULL) = (answered_at IS NULL)' },
      indices: { ix_inbox_item_client: { columns: ['practice_id', 'client_id'], where: 'answer IS NULL' } },
      foreignKeys: [
        ['fk_inbox_item_insurer', ['practice_id', 'insurer_id'], 'insurer', ofItself],
        ['fk_inbox_item_lane', ofLane, 'lane', ofItself],
        ['fk_inbox_item_transmission', ofTransmission, 'transmission', ofItself],
        ['fk_inbox_item_disclosure', ofDisclosure, 'disclosure', ofItself],
      ],
    },
  ),
  table(
    'answer',
    {
      practice_id: uuid,
      id: text,
      arrival,
      disclosure_id: uuid,
      transmission_id: uuid,
      client_id: uuid,
      kind: text,
      received_at: instant,
      incoming: optional(text),
      layer: text,
      claim_number: optional(text),
      detail: bytes,
    },
    {
      key: ofItself,
      checks: { ck_answer_layer: `layer IN ('insurer', 'clearinghouse')` },
      indices: {
        ix_answer_disclosure: { columns: ofDisclosure },
        ix_answer_claim_number: { columns: ['practice_id', 'claim_number'], where: 'claim_number IS NOT NULL' },
      },
      foreignKeys: [
        ['fk_answer_disclosure', ofDisclosure, 'disclosure', ofItself],
        ['fk_answer_transmission', ofTransmission, 'transmission', ofItself],
      ],
    },
  ),
  table(
    'inbox',
    { practice_id: uuid, lane_id: uuid, digest: text, media_type: text, received_at: instant, bytes: optional(bytes) },
    {
      key: [...ofLane, 'digest'],
      indices: { ix_inbox_received: { columns: [...ofLane, 'received_at'] } },
      foreignKeys: [['fk_inbox_lane', ofLane, 'lane', ofItself]],
    },
  ),
  table(
    'quarantine',
    { practice_id: uuid, lane_id: uuid, digest: text, code: text, received_at: instant },
    { key: [...ofLane, 'digest', 'code'], foreignKeys: [['fk_quarantine_lane', ofLane, 'lane', ofItself]] },
  ),
];
