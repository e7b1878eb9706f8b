export { backUpEmbedded } from './backup.js';
export { putBackEmbedded } from './put-back.js';
export {
  type EmbeddedOptions,
  type EmbeddedPostgres,
  type EmbeddedStep,
  startEmbeddedPostgres,
} from './start-embedded-postgres.js';
