import { randomUUID } from 'node:crypto';
import type { Clock, IdSource } from '#libs/kernel';

/** This machine's clock. Where the law depends on the moment, the database's clock decides instead. */
export const systemClock: Clock = { now: () => Date.now() };

/** Random UUIDs (version 4, RFC 9562). */
export const systemIds: IdSource = { uuid: () => randomUUID() };

/** From 0 up to but not including 1, for jitter. Never for secrets. */
export const systemRandom = (): number => Math.random();
