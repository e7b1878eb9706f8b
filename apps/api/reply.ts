import type { Created } from './use-cases/asked.js';

/** What a handler gives back. Status and body are held to the route’s contract before they leave. */
export interface Reply {
  readonly status?: number;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

/** What was created, and whether this is only a repetition of what was said then. */
export const created = <Body>({ status, body, replayed }: Created<Body>): Reply => ({
  status,
  body,
  ...(replayed ? { headers: { 'idempotency-replayed': 'true' } } : {}),
});

/** The answer has gone already, by the handler's own hand. */
export const handedOver: Reply = {};
