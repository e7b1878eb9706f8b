import { AsyncLocalStorage } from 'node:async_hooks';
import { isId } from './safe-values.js';

const current = new AsyncLocalStorage<string>();

/**
 * Runs the task, and all that it starts, under one id (a UUID of ours, never one that a caller chose: it could hold
 * anything), so that every line of one request or job can be found together. Any other text is dropped.
 */
export const withCorrelation = <T>(id: string, task: () => T): T => (isId(id) ? current.run(id, task) : task());

export const correlationId = (): string | undefined => current.getStore();
