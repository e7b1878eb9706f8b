export { canWrite837P } from './837p-005010X222A1/can-write.js';
export type { Envelope837P } from './837p-005010X222A1/envelope-837p.js';
export { join837P } from './837p-005010X222A1/join-837p.js';
export { render837P } from './837p-005010X222A1/render-837p.js';
export { validate837P } from './837p-005010X222A1/validate-837p.js';
export { type Answer, readAnswers } from './read-answers.js';
export { readInterchanges } from './read/read-interchanges.js';
