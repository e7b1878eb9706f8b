export { describeSettings } from './describe-settings.js';
export { type Config, type ConfigSchemas, loadConfig } from './load-config.js';
export { loadRules, type Rules } from './load-rule-book.js';
export { projectRoot } from './project-root.js';
export { type DataFile } from './read-json-directory.js';
export { readSettings } from './read-settings.js';
export type { LogLevel, Settings } from './settings.js';
export { systemClock, systemIds, systemRandom } from './system-clock.js';
