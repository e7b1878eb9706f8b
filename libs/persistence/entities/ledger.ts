import { bigint, bytes, instant, integer, optional, table, text, uuid } from './table.js';

const ofBlock = ['practice_id', 'height'];
const inOrder = ['height', 'position'];

export const LEDGER_TABLES = [
  table(
    'ledger_head',
    { practice_id: uuid, height: bigint, hash: bytes },
    { key: ['practice_id'], foreignKeys: [['fk_ledger_head_practice', ['practice_id'], 'practice', ['practice_id']]] },
  ),
  table(
    'ledger_block',
    {
      practice_id: uuid,
      height: bigint,
      previous: bytes,
      root: bytes,
      hash: bytes,
      entries: integer,
      written_at: instant,
    },
    { key: ofBlock, foreignKeys: [['fk_ledger_block_practice', ['practice_id'], 'practice', ['practice_id']]] },
  ),
  table(
    'ledger_entry',
    {
      practice_id: uuid,
      height: bigint,
      position: integer,
      client_id: optional(uuid),
      disclosure_id: optional(uuid),
      leaf: bytes,
      body: text,
    },
    {
      key: ['practice_id', ...inOrder],
      indices: {
        ix_ledger_entry_client: {
          columns: ['practice_id', 'client_id', ...inOrder],
          where: 'client_id IS NOT NULL',
        },
        ix_ledger_entry_disclosure: {
          columns: ['practice_id', 'disclosure_id', ...inOrder],
          where: 'disclosure_id IS NOT NULL',
        },
      },
    },
  ),
  table(
    'ledger_checkpoint',
    { practice_id: uuid, height: bigint, hash: bytes, signed_at: instant, signature: bytes },
    { key: ofBlock, foreignKeys: [['fk_ledger_checkpoint_block', ofBlock, 'ledger_block', ofBlock]] },
  ),
];
