import type { EntitySchema } from 'typeorm';
import { CLIENT_TABLES } from './client.js';
import { DISCLOSURE_TABLES } from './disclosure.js';
import { LEDGER_TABLES } from './ledger.js';
import { PRACTICE_TABLES } from './practice.js';
import { TRANSMISSION_TABLES } from './transmission.js';

export const ENTITIES: readonly EntitySchema<Record<string, unknown>>[] = [
  ...PRACTICE_TABLES,
  ...CLIENT_TABLES,
  ...DISCLOSURE_TABLES,
  ...TRANSMISSION_TABLES,
  ...LEDGER_TABLES,
];
