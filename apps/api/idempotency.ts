import { createHash } from 'node:crypto';
import type { FastifyRequest } from 'fastify';
import { routeOf } from '#libs/contracts';
import { type Canonical, canonical } from '#libs/kernel';
import { headerOf } from './headers.js';
import { ProblemError } from './problem-error.js';
import { stateOf } from './request-state.js';
import type { Idempotency } from './use-cases/asked.js';
import type { OneAction } from './use-cases/bulk-actions.js';

/** A string of structured fields (RFC 8941 3.3.3) or its bare content: 1 to 255 visible ASCII characters. */
const keyOf = (header: string): string => {
  const bare = /^"([^"\\]*)"$/.exec(header)?.[1] ?? header;
  if (!/^[\x21-\x7e]{1,255}$/.test(bare)) throw new ProblemError('idempotency_key_invalid');
  return bare;
};

/** The body was read as strict JSON and found to have whole numbers only: it is canonical by now. */
const fingerprintOf = (path: string, body: unknown): string =>
  createHash('sha256')
    .update(canonical({ path, body: (body ?? null) as Canonical }))
    .digest('hex');

/**
 * The key of a request whose body is read later, and only once: what it asks for is known then. Problems as of
 * `idempotencyOf`.
 */
export const openClaimOf = (request: FastifyRequest): Omit<Idempotency, 'fingerprint'> => {
  const { route: name } = stateOf(request);
  if (name === undefined) throw new Error('a request without a route creates nothing');
  const { method, path, status } = routeOf(name);
  const header = headerOf(request, 'idempotency-key');
  if (header === undefined || header === '') throw new ProblemError('idempotency_key_missing');
  return { key: keyOf(header), route: `${method} ${path}`, status };
};

/**
 * The key of a request that creates something, with what tells a repetition from another request
 * (draft-ietf-httpapi-idempotency-key-header). Problems: `idempotency_key_missing`, `idempotency_key_invalid`.
 */
export const idempotencyOf = (request: FastifyRequest): Idempotency => ({
  ...openClaimOf(request),
  fingerprint: fingerprintOf(request.url, request.body),
});

/** The same for a body that is bytes and was read in whole. */
export const idempotencyOfBytes = (request: FastifyRequest, bytes: Uint8Array): Idempotency => ({
  ...openClaimOf(request),
  fingerprint: createHash('sha256')
    .update(`${request.url}\n${String(request.headers['content-type'])}\n`)
    .update(bytes)
    .digest('hex'),
});

/**
 * The key of one item under that of its batch, joined by what no key has. The fingerprint is the item's alone: the rest
 * of a batch may change, and what was taken in of it stays taken in.
 */
export const idempotencyOfItem = (
  batch: Omit<Idempotency, 'fingerprint'>,
  item: { readonly key: string; readonly invoice: unknown },
): Idempotency => ({
  ...batch,
  key: `${batch.key} ${item.key}`,
  fingerprint: fingerprintOf(batch.route, item.invoice),
});

/** The same for one disclosure of several to which one thing is done. */
export const idempotencyOfAction = (
  batch: Omit<Idempotency, 'fingerprint'>,
  { disclosure, ...asked }: OneAction,
): Idempotency => ({
  ...batch,
  key: `${batch.key} ${disclosure}`,
  fingerprint: fingerprintOf(batch.route, asked),
});
