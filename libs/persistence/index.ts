export { DatabaseError } from './database-error.js';
export {
  backUpEmbedded,
  type EmbeddedPostgres,
  type EmbeddedStep,
  putBackEmbedded,
  startEmbeddedPostgres,
} from './embedded/index.js';
export { exportLedger, type LedgerFileVerification, readCheckpoints, verifyLedgerFile } from './ledger/ledger-file.js';
export { migrateDatabase, pendingSchemaChanges } from './migrate-database.js';
export { openOutbox, type OpenOutbox } from './open-outbox.js';
export { openStore, type OpenStore } from './open-store.js';
export { type ReachedDatabase, reachDatabase } from './reach-database.js';
export { rolePasswords, type RolePasswords, runtimeUrls } from './runtime-roles.js';
