export { createHttpsTransport } from './https-transport.js';
export { admit, afterAttempt } from './lane-breaker.js';
