import type { MigrationInterface } from 'typeorm';
import { Access1764000000007 } from './access-1764000000007.js';
import { ClientIdentity1764000000009 } from './client-identity-1764000000009.js';
import { Client1764000000002 } from './client-1764000000002.js';
import { Directory1764000000006 } from './directory-1764000000006.js';
import { Disclosure1764000000003 } from './disclosure-1764000000003.js';
import { Ledger1764000000005 } from './ledger-1764000000005.js';
import { Practice1764000000001 } from './practice-1764000000001.js';
import { TimeZone1764000000008 } from './time-zone-1764000000008.js';
import { Transmission1764000000004 } from './transmission-1764000000004.js';

/** Every migration, oldest first. One that has been released is never changed. */
export const MIGRATIONS: readonly (new () => MigrationInterface)[] = [
  Practice1764000000001,
  Client1764000000002,
  Disclosure1764000000003,
  Transmission1764000000004,
  Ledger1764000000005,
  Directory1764000000006,
  Access1764000000007,
  TimeZone1764000000008,
  ClientIdentity1764000000009,
];
