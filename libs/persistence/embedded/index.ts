export {
  type EmbeddedOptions,
  type EmbeddedPostgres,
  type EmbeddedStep,
  startEmbeddedPostgres,
} from './start-embedded-postgres.js';
