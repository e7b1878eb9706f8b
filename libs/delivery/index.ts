export { createTransport } from './create-transport.js';
export { admit, afterAttempt } from './lane-breaker.js';
