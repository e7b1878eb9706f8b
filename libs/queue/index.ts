export { openQueueEngine, type QueueEngine } from './engine.js';
export type { HintHandler } from './hint-work.js';
export { QueueModule } from './queue.module.js';
export { startRelay } from './relay.js';
